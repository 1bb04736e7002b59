"""What people read: the history in words, dates as dates, and the filters of claims that the desk has too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from workbench.cli.history import change, day, what
from workbench.records import EventRow

STORY = (
    "Harbour dues to rise\n"
    "The council of Ostwick raised harbour dues by 4 percent on Monday. "
    "Mayor Ada Brandt said “the quay may be closed until 12 May”.\n"
)


@pytest.fixture
def told(cli, tmp_path: Path):
    """The command line on a store of two articles, one of them published at a full time."""
    (tmp_path / "dues.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "rain.txt").write_text("Rain\nIt rained in Ostwick for 12 days.\n", encoding="utf-8")
    published = ("--published", "2026-03-12T08:30:00Z")
    assert 0 == cli("ingest", str(tmp_path / "dues.txt"), *published).status
    assert 0 == cli("ingest", str(tmp_path / "rain.txt")).status
    return cli


def _event(field: str, before: object, after: object, *, verb: str = "mark", subject: str = "c3") -> str:
    row = EventRow(1, 1, "2026-03-12T08:30:00.000Z", "ana", verb, subject, field, before, after, None)
    return f"{what(row)}: {change(row)}"


VERDICT = {"scale": "truth-5", "label": "mostly-false", "explanation": "It fell.", "rationale": None,
           "reviewer": "ana", "at": "2026-03-12T08:30:00.000Z", "version": 1}  # fmt: skip
SOURCE = {"uid": "fb2fb95c", "name": "Ada Brandt", "confirmed": True}


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (_event("truth", None, VERDICT), "truth: mostly false (explanation: It fell.)"),
        (_event("truth", VERDICT, None), "truth: mostly false (explanation: It fell.) → –"),
        (_event("source", None, SOURCE), "source: Ada Brandt"),
        (_event("source", SOURCE | {"confirmed": False}, SOURCE), "source: Ada Brandt ~ → Ada Brandt"),
        (_event("waived_because", None, "opinion"), "waived: opinion"),
        (_event("flags", [], ["satire"]), "flags: satire"),
        (_event("record", None, {"text": "Call her."}, subject="n1"), "note: Call her."),
        (_event("record", {"text": "Call her."}, None, verb="undo", subject="n1"), "undo note: Call her. → –"),
        (_event("record", None, {"digest": "9a53", "number": 2}, verb="ingest", subject="v7"), "ingest: version 2"),
        (_event("truth", VERDICT, None, verb="undo"), "undo truth: mostly false (explanation: It fell.) → –"),
    ],
)
def test_the_history_is_told_in_words(shown: str, expected: str) -> None:
    assert expected == shown


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [("2026-03-12T08:30:00Z", "2026-03-12"), ("2026-03-12", "2026-03-12"), ("2026-03", "2026-03"), (None, "")],
)
def test_a_time_is_read_as_a_date(stamp: str | None, expected: str) -> None:
    assert expected == day(stamp)


def test_log_and_show_print_no_code_and_json_keeps_it(told) -> None:
    told("mark", "c1", "--truth", "mostly-false", "--explain", "It fell.", "--note", "Hm.", "--wording", "It is so.")
    told("mark", "c2", "--waive", "opinion")
    printed = "\n".join(told(*words).out for words in (("log",), ("log", "c1"), ("show", "c1")))

    assert [] == re.findall(r"[{}]|truth-5|waived_because|\buid\b|digest|[0-9a-f]{32}", printed)
    assert "truth-5" in told("log", "c1", "--json").out


def test_dates_are_dates_for_people_and_whole_in_json(told) -> None:
    printed = "".join(told(*words).out for words in (("articles",), ("show", "a1"), ("show", "c1")))

    assert "2026-03-12" in printed
    assert "T08:30" not in printed
    assert "2026-03-12T08:30" in told("articles", "--json").out


def test_claims_are_narrowed_to_an_article_a_flag_and_a_mark(told) -> None:
    told("mark", "c1", "--flag", "satire")

    def ids(*words: str) -> list[str]:
        return [json.loads(line)["id"] for line in told("claims", *words, "--json").out.splitlines()]

    everything = set(ids())
    assert everything == {*ids("--article", "a1"), *ids("--article", "2")}
    assert 0 < len(ids("--article", "a2")) < len(everything)
    assert ["c1"] == ids("--flag", "Satire")
    assert {"c1"} < set(ids("--is", "open"))
    assert [] == ids("--is", "stale", "--article", "a1")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--article", "a9"), "there is no article a9"),
        (("--article", "c1"), "c1 is not an article"),
        (("--flag", "satir"), "did you mean satire?"),
        (("--is", "lst"), "did you mean lost?"),
    ],
)
def test_a_filter_that_names_nothing_is_refused_in_words(told, words: tuple[str, str], says: str) -> None:
    result = told("claims", *words)

    assert 0 != result.status
    assert says in result.err


@pytest.mark.parametrize("words", [(), ("--dry-run",)], ids=["stored", "dry run"])
def test_ingest_says_of_a_language_that_its_attributions_are_not_read(cli, tmp_path: Path, words) -> None:
    (tmp_path / "ponte.txt").write_text(
        "Obras da ponte\nA presidente da câmara disse que não vão aumentar os impostos este ano, e que as obras da "
        "ponte começam em março. Os vereadores não quiseram comentar o que foi dito pela presidente.\n",
        encoding="utf-8",
    )
    told = cli("ingest", str(tmp_path / "ponte.txt"), *words).out

    assert "; the language is Portuguese: attributions are not read\n" in told


def test_evidence_takes_no_fetch(told) -> None:
    result = told("evidence", "add", "c1", "--url", "https://ostwick.example/minutes", "--no-fetch")

    assert (0, "") == (result.status, result.err)


def test_a_mark_that_changes_nothing_is_one_line_and_exit_1(told) -> None:
    result = told("mark", "c1", "--wording", "")

    assert (1, "") == (result.status, result.out)
    assert ["workbench: nothing to change: c1 has no wording: workbench show CLAIM tells what stands"] == result.errors


@pytest.mark.parametrize(
    ("words", "said"),
    [(["filters"], "no filter is saved"), (["articles", "--changes"], "no article has a new version")],
)
def test_an_empty_list_says_so(told, words: list[str], said: str) -> None:
    result = told(*words)

    assert (0, "", [True]) == (result.status, result.out, [line.startswith(said) for line in result.errors])


def test_an_encoding_that_a_person_states_holds_and_mends_what_was_guessed_wrong(cli, db: Path, tmp_path: Path) -> None:
    article = tmp_path / "bridge.txt"
    article.write_bytes("Bridge\n\n“Burmistrz Żółć wie,” Zoë Blanc said in Łódź.\n".encode("cp1250"))
    cli("ingest", str(article))

    assert "a1 new version" in cli("ingest", str(article), "--encoding", "windows-1250").out
    assert "“Burmistrz Żółć wie,”" in cli("show", "a1").out
    assert 2 == cli("ingest", str(article), "--encoding", "morse").status
