"""Clean text on twenty pages of different layouts: F1 of the body's words, their order, and what the page states."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.gates.page_layouts import LAYOUTS, Page
from workbench.ingest import read
from workbench.records import Document

FLOOR = 0.95
_WORD = re.compile(r"\w+")
PAGES = [build() for build in LAYOUTS]


def read_page(page: Page) -> Document:
    charset = "iso-8859-1" if "charset=iso-8859-1" in page.html else "utf-8"
    (document,) = read(page.html.encode(charset, "xmlcharrefreplace"), name=page.name)
    assert isinstance(document, Document)
    return document


def body_of(document: Document) -> str:
    return document.text[document.title_span.end :] if document.title_span else document.text


def f1(expected: str, found: str) -> float:
    """Harmonic mean of precision and recall over the words, each as often as it stands there."""
    wanted, got = Counter(_WORD.findall(expected)), Counter(_WORD.findall(found))
    shared = sum((wanted & got).values())
    return 2 * shared / (sum(wanted.values()) + sum(got.values()))


def test_there_are_twenty_layouts() -> None:
    assert 20 == len({page.name for page in PAGES})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_body_is_the_known_text_in_its_order(page: Page) -> None:
    body = body_of(read_page(page))

    assert f1("\n".join(page.body), body) >= FLOOR
    plain = " ".join(body.split())
    starts = [plain.find(" ".join(line.removeprefix("- ").split(" | ")[0].split())[:90]) for line in page.body]
    assert sorted(starts) == starts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_metadata_is_right_where_the_page_states_it(page: Page) -> None:
    document = read_page(page)

    assert page.stated == {name: getattr(document, name) for name in page.stated}
    assert set() == document.guessed & page.stated.keys() - {"title"}
