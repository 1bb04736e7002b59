"""An article or a family as the subject of a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

PIER = "The pier\nMayor Ida Brandt said “the pier of Ostwick will open again before the autumn storms arrive.”\n"
QUAY = "The quay\nThe mayor said “the pier of Ostwick will not open again before the autumn storms arrive.”\n"


@pytest.fixture
def two(cli: Cli, tmp_path: Path) -> Cli:
    for name, text in (("pier", PIER), ("quay", QUAY)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert 0 == cli("ingest", str(tmp_path / f"{name}.txt"), "--outlet", name).status
    return cli


def test_a_report_of_an_article_holds_that_article(two: Cli) -> None:
    report = json.loads(two("export", "a2", "--format", "json").out)

    assert ["The quay"] == [article["title"] for article in report["articles"]]
    assert "article:a2" == report["filter"]


def test_a_report_of_a_family_holds_its_members_and_is_named_after_its_words(two: Cli) -> None:
    report = json.loads(two("export", "f1", "--format", "json").out)
    page = two("export", "f1", "--format", "md").out

    assert [["f1"], ["f1"]] == [[claim["family"] for claim in article["claims"]] for article in report["articles"]]
    assert page.splitlines()[0].startswith("# Verdict report: “the pier of Ostwick will")
    assert page.splitlines()[0].endswith("” in 2 articles")


@pytest.mark.parametrize("subject", ["a9", "f9", "s1", "x"])
def test_a_subject_that_is_not_there_is_said_in_one_line(two: Cli, subject: str) -> None:
    result = two("export", subject, "--format", "md")

    assert (1, "", 1) == (result.status, result.out, len(result.errors))
