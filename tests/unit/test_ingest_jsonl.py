import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.ingest import BadInput, ReadOptions, read
from workbench.records import Document


def documents(data: bytes) -> list[Document | BadInput]:
    return list(read(data, name="dump", options=ReadOptions(format="jsonl")))


def one(record: dict[str, Any]) -> Document | BadInput:
    (result,) = documents(json.dumps(record).encode())
    return result


def test_each_line_is_an_article_with_the_documented_keys() -> None:
    line = {
        "id": "b1",
        "headline": "Bridge opens",
        "body": "The mayor opened it.",
        "link": "https://post.example/1",
        "publisher": {"name": "Post"},
        "date": "2025-07-06",
        "authors": ["Ana Reyes", {"name": "Li Wei"}],
        "agency": "AP",
        "lang": "en",
    }

    (document,) = read(json.dumps(line).encode(), name="dump")

    assert isinstance(document, Document)
    assert ("b1", "Bridge opens", "The mayor opened it.", "https://post.example/1", "Post") == (
        document.name,
        document.title,
        document.text,
        document.url,
        document.outlet,
    )
    assert ("2025-07-06", "Ana Reyes, Li Wei", "AP", "en") == (
        document.published,
        document.author,
        document.agency,
        document.language,
    )


def test_a_line_without_an_id_is_named_by_file_and_line() -> None:
    (document,) = documents(b'\n{"text": "It opened."}\n')

    assert isinstance(document, Document)
    assert "dump:2" == document.name


def test_bad_lines_are_named_and_do_not_end_the_others() -> None:
    lines = [
        b'{"text": "One."}',
        b'{"text": "cut',
        b"[1]",
        b'{"title": "no text"}',
        b'{"text": 5}',
        b'{"text": "x", "score": NaN}',
        b'{"text": "x", "n": ' + b"9" * 5000 + b"}",
        b'{"text": "x", "date": "soon"}',
        b'{"text": "x", "title": ["a"]}',
        b"[" * 100_000,
        b'{"text": "\xff\xfe"}',
        b'{"text": "Last."}',
    ]

    results = documents(b"\n".join(lines))

    bad = [result.where for result in results if isinstance(result, BadInput)]
    assert [f"line {number}" for number in range(2, 11)] == bad
    good = [result.text for result in results if isinstance(result, Document)]
    assert ("One.", "Last.") == (good[0], good[-1])


def test_a_lone_surrogate_is_replaced_and_noted() -> None:
    document = one({"text": "a\ud800b \x00c"})

    assert isinstance(document, Document)
    assert ("a\ufffdb \ufffdc", ("2 NUL or lone surrogate replaced by U+FFFD",)) == (document.text, document.notes)


@pytest.mark.parametrize(
    "data", [b'[{"text": "One."}, {"text": "Two."}]', b'[\n {"text": "One."},\n {"text": "Two."}\n]']
)
def test_a_list_of_articles_in_one_document_is_read_too(data: bytes) -> None:
    results = list(read(data, name="dump"))

    assert ["One.", "Two."] == [result.text for result in results if isinstance(result, Document)]


def test_an_object_over_several_lines_is_one_article() -> None:
    (document,) = documents(b'{\n "id": "b",\n "text": "One."\n}\n')

    assert isinstance(document, Document)
    assert ("b", "One.") == (document.name, document.text)


def test_utf_16_lines_are_read() -> None:
    results = documents('{"text": "“One.”"}\n{"text": "Two."}\n'.encode("utf-16"))

    assert ["“One.”", "Two."] == [result.text for result in results if isinstance(result, Document)]


def test_an_id_for_many_articles_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        list(read(b'{"text": "One."}', name="dump", options=ReadOptions(id="x")))


ODD = [None, True, 0, 10**400, 1.5, float("nan"), "", " ", "text", "\ud800", "\0", "2025-07-06", "../../x", "x" * 200]
ODD += [[], ["a", 1], [["a"]], {}, {"name": "A"}, {"name": 1}]
JSON = st.sampled_from(ODD)
KEYS = st.sampled_from(
    ["id", "text", "body", "title", "url", "outlet", "publisher", "date", "author", "agency", "lang"]
)


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=4))
def test_any_records_are_read_or_named(records: list[dict[str, Any]]) -> None:
    data = "\n".join(map(json.dumps, records)).encode()
    if not data:
        return

    results = documents(data)

    assert len(records) == len(results)
    for result in results:
        assert isinstance(result, BadInput) or result.text.strip()
        assert (result.reason if isinstance(result, BadInput) else result.text + result.name).encode()
