"""Wrong usage: exit status 2, one line, a near match."""
# ruff: noqa: E501 - each expected line stands on one line, as the user sees it

from __future__ import annotations

import pytest

CASES = [
    (["clams"], "workbench: no such command “clams”: did you mean claims?"),
    (["zzz"], "workbench: no such command “zzz”: workbench --help lists them"),
    (["evidence"], "workbench: a command is missing: workbench evidence --help lists them"),
    (["evidence", "ad"], "workbench: no such command “ad”: did you mean add?"),
    (["claims", "--serch", "x"], "workbench: no such option --serch: did you mean --search?"),
    (["--dd", "x"], "workbench: no such option --dd: did you mean --db?"),
    (["claims", "--db", "x"], "workbench: no such option --db: it stands before the command, as in workbench --db … claims"),
    (["claims", "--limit", "-3"], "workbench: --limit: “-3” is no whole number from 0 on: write one such as 20"),
    (["mark"], "workbench: missing argument CLAIM...: see workbench mark --help"),
    (["mark", "c1"], "workbench: nothing to mark was given: name something such as --truth false; see workbench mark --help"),
    (["mark", "a1", "--truth", "true"], "workbench: a1 is not a claim: name claims such as c12; workbench claims lists them"),
    (["claims", "--json", "--csv"], "workbench: --json and --csv exclude each other: give one of them"),
    (["claims", "--since", "2025-13"], "workbench: --since: “2025-13” is no date: write it as 2025-07-06, 2025-07 or 2025"),
    (["claims", "--min-check-worthiness", "nan"], "workbench: --min-check-worthiness: “nan” is no number from 0 to 1: write one such as 0.7"),
    (["export"], "workbench: missing option --format: see workbench export --help"),
    (["evidence", "add", "c1"], "workbench: give either --url or --file: see workbench evidence add --help"),
    (["undo", "c1"], "workbench: got unexpected extra argument (c1): see workbench undo --help"),
    (["log", "c1", "--verify"], "workbench: --verify checks the whole history: leave the identifier out"),
    (["ingest", "a.txt", "b.txt", "--id", "x"], "workbench: --id fits one article, and 2 inputs are given: ingest them one by one"),
    (["--as", " ", "undo"], "workbench: the reviewer's name is empty (--as): give a name such as --as ana"),
    (["--as", "an\x1ba", "undo"], "workbench: the reviewer's name holds control or invisible characters (--as): use plain letters"),
    ([], "workbench: the desk needs a terminal: run it in one, or see workbench --help for what works without"),
    (["claims", "--limit", "x"], "workbench: --limit: “x” is no whole number from 0 on: write one such as 20"),
    (["match", "--most", "99"], "workbench: --most: “99” is no whole number from 1 to 50: write one such as 20"),
    (["--db", "x.db", "demo", "--check"], "workbench: demo makes a store of its own and --db names another: leave --db out"),
    (["ingest", "a.csv", "--map", "text"], "workbench: --map: “text” names no column: write it as text=Story"),
    (["demo"], "workbench: the desk needs a terminal: run it in one, or see workbench --help for what works without"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "line"), CASES, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_wrong_usage_is_one_line_that_says_what_to_do(bare, tmp_path, words: list[str], line: str) -> None:
    result = bare(*words)

    assert (2, "", [line]) == (result.status, result.out, result.errors)
    assert [] == list((tmp_path / "home").iterdir())


@pytest.mark.parametrize("word", ["foo", "c", "c0", "x9", "c-1", "c1.5", "c٣", "c" + "9" * 19, "", "c1; drop table"])
def test_what_can_name_nothing_is_not_found(bare, word: str) -> None:
    result = bare("show", word)

    assert 1 == result.status
    assert [f"workbench: there is no “{word}”: identifiers look like"] == [
        line[: line.index("like") + 4] for line in result.errors
    ]


@pytest.mark.parametrize("kind", ["Direct", "DIRECT", " direct"])
def test_words_are_known_whatever_their_case(bare, kind: str) -> None:
    assert 0 == bare("claims", "--kind", kind).status


def test_a_status_may_be_written_with_a_hyphen(bare) -> None:
    assert 0 == bare("claims", "--status", "not-a-claim").status


def test_an_unknown_word_gets_the_near_one_and_the_list(bare) -> None:
    assert ["workbench: --status: unknown word “opne”: did you mean open? known are open, in review, checked, approved, waived, not a claim"] == bare("claims", "--status", "opne").errors  # fmt: skip


def test_foreign_bytes_in_an_argument_reach_stderr_as_stand_ins(bare) -> None:
    assert ["workbench: no such command “\u241b[31m\ufffd\u202f”: workbench --help lists them".replace("\u202f", "x")] == bare("\x1b[31m\u202ex").errors  # fmt: skip


@pytest.mark.parametrize("words", [["articles"], ["claims"], ["sources"], ["families"], ["log"]], ids=" ".join)
def test_a_list_of_no_store_is_empty_and_makes_none(cli, db, words: list[str]) -> None:
    result = cli(*words, "--json")

    assert (0, "", 1) == (result.status, result.out, len(result.errors))
    assert not db.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["show", "c1"],
        ["mark", "c1", "--truth", "true"],
        ["undo"],
        ["redo"],
        ["export", "--format", "md"],
        ["log", "--verify"],
    ],
    ids=" ".join,
)
def test_what_needs_a_store_does_not_make_one(cli, db, words: list[str]) -> None:
    result = cli(*words)

    assert (3, "", [f"workbench: {db} does not exist: check the path given with --db"]) == (
        result.status,
        result.out,
        result.errors,
    )
    assert not db.exists()


def test_debug_adds_the_traceback(bare) -> None:
    result = bare("--debug", "show", "nothing")

    assert 1 == result.status
    assert "Traceback (most recent call last):" == result.errors[0]
    assert result.errors[-1].startswith("workbench: there is no “nothing”")


def test_an_empty_store_name_does_not_lead_to_the_users_own_store(bare) -> None:
    assert (2, ["workbench: the name of the store is empty: give a path after --db, or leave --db out"]) == (
        (result := bare("--db", "", "claims")).status,
        result.errors,
    )
