"""The whole path by commands: from an article to a published verdict, through the real console script and inside."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from workbench.cli.main import run
from workbench.records import APPROVED_ONLY, ONE_REVIEWER, PUBLIC_HOLDS

SEED = Path(str(files("seeds").joinpath("bezos-musk-trump.txt")))
WORKBENCH = str(Path(sys.executable).parent / "workbench")


@pytest.fixture(scope="module")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the seed article."""
    place = tmp_path_factory.mktemp("seed") / "seed.db"
    assert 0 == run(["--db", str(place), "--as", "ana", "ingest", str(SEED)])
    return place


@pytest.fixture
def seeded(cli, seed_store: Path, db: Path):
    """The command line on a copy of that store."""
    db.parent.mkdir()
    shutil.copy(seed_store, db)
    return cli


def _json(cli, *words: str) -> list[dict]:
    result = cli(*words, "--json")
    assert (0, "") == (result.status, result.err)
    return [json.loads(line) for line in result.out.splitlines()]


def test_the_console_script_goes_from_an_article_to_a_report(tmp_path: Path) -> None:
    db = tmp_path / "a.db"

    def call(*words: str) -> str:
        program = [WORKBENCH, "--db", str(db), "--as", "ana", *words]
        return subprocess.run(program, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL).stdout

    assert call("ingest", str(SEED)).endswith("1 stored, 0 unchanged, 0 new versions, 0 failed\n")
    first = json.loads(call("claims", "--json", "--limit", "1"))["id"]
    call("mark", first, "--truth", "mostly-true", "--explain", "The sum is right.")
    call("evidence", "add", first, "--url", "https://records.example/contract", "--stance", "supports")
    call("export", "--format", "html", "-o", str(tmp_path / "report.html"))

    assert "The sum is right." in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "the chain holds" in call("log", "--verify")


def test_ingest_twice_changes_nothing(seeded) -> None:
    before = _json(seeded, "claims")

    assert "a1 unchanged: " in seeded("ingest", str(SEED)).out
    assert before == _json(seeded, "claims")


def test_a_new_text_under_the_same_name_is_a_new_version(seeded, tmp_path: Path) -> None:
    changed = tmp_path / SEED.name
    changed.write_text(SEED.read_text(encoding="utf-8") + "\nA last line was added.\n", encoding="utf-8")
    result = seeded("ingest", str(changed))

    assert "0 stored, 0 unchanged, 1 new version, 0 failed" == result.out.splitlines()[-1]
    assert 2 == _json(seeded, "articles")[0]["versions"]


def test_a_dry_run_stores_nothing(cli, db: Path) -> None:
    result = cli("ingest", "--dry-run", str(SEED))

    assert "1 would be stored, 0 unchanged, 0 would be new versions, 0 failed" == result.out.splitlines()[-1]
    assert ("", False) == (cli("articles", "--json").out, db.exists())


def test_standard_input_is_ingested_under_its_id(cli) -> None:
    text = b"Pier shut\n\nIda Brandt said the pier \xe2\x80\x9cwill not open.\xe2\x80\x9d\n"
    result = cli("ingest", "-", "--id", "pier", "--outlet", "The Quay", "--published", "2025-07-06", given=text)

    assert 0 == result.status
    [article] = _json(cli, "articles", "--outlet", "quay")
    assert ("pier", "The Quay", "2025-07-06") == (article["name"], article["outlet"], article["published"])


def test_extract_gives_one_object_a_document_with_exact_spans(cli, db) -> None:
    [line] = cli("extract", str(SEED)).out.splitlines()
    found = json.loads(line)

    assert (1, SEED.stem) == (found["format"], found["id"])
    assert found["claims"]
    for claim in found["claims"]:
        assert claim["text"] == found["text"][claim["start"] : claim["end"]]
    assert not db.exists()


def test_extract_reads_standard_input_and_writes_text(cli) -> None:
    result = cli("extract", "-", "--format", "text", given=SEED.read_bytes())

    assert (0, "") == (result.status, result.err)
    assert "gone crazy" in result.out


def test_the_best_matches_of_a_search_come_first_by_relevance(seeded, cli) -> None:
    ranked = _json(seeded, "claims", "--search", "Trump", "--sort", "relevance")
    worthy = _json(seeded, "claims", "--search", "Trump")
    refused = cli("claims", "--sort", "relevance")

    assert sorted(claim["id"] for claim in worthy) == sorted(claim["id"] for claim in ranked)
    assert [claim["id"] for claim in worthy] != [claim["id"] for claim in ranked]
    assert ranked[:2] == _json(seeded, "claims", "--search", "Trump", "--sort", "relevance", "--limit", "2")
    assert (2, "--sort relevance orders the matches of a search" in refused.err) == (refused.status, True)


def test_filters_narrow_the_list_of_claims(seeded) -> None:
    every = _json(seeded, "claims")
    crazy = _json(seeded, "claims", "--search", "gone crazy")
    mixed = _json(seeded, "claims", "--kind", "mixed")
    worthy = _json(seeded, "claims", "--min-check-worthiness", "0.5")

    assert [True] == ["crazy" in claim["text"] for claim in crazy]
    assert [claim["id"] for claim in every if claim["kind"] == "mixed"] == [
        claim["id"] for claim in _sorted(mixed, every)
    ]
    assert {claim["id"] for claim in every if claim["check_worthiness"] >= 0.5} == {claim["id"] for claim in worthy}
    assert every[:3] == _json(seeded, "claims", "--limit", "3")
    assert [] == _json(seeded, "claims", "--since", "2025-08")
    assert every == _json(seeded, "claims", "--since", "2025-07", "--status", "open", "--verdict", "none")


def _sorted(some: list[dict], every: list[dict]) -> list[dict]:
    order = [claim["id"] for claim in every]
    return sorted(some, key=lambda claim: order.index(claim["id"]))


def test_csv_and_json_say_the_same(seeded) -> None:
    table = list(csv.DictReader(io.StringIO(seeded("claims", "--csv").out)))

    assert [claim["id"] for claim in _json(seeded, "claims")] == [row["id"] for row in table]


def test_marking_several_claims_is_one_action_that_one_undo_takes_back(seeded) -> None:
    before = _json(seeded, "claims")
    result = seeded(
        "mark", "c1", "2", "c3", "c2", "--truth", "false", "--explain", "No record of it.", "--note", "Ask again."
    )

    assert (0, "") == (result.status, result.err)
    assert result.out.endswith(" · workbench undo takes it back\n")
    assert {"c1", "c2", "c3"} == {claim["id"] for claim in _json(seeded, "claims", "--verdict", "false")}
    assert 0 == seeded("undo").status
    assert before == _json(seeded, "claims")
    assert 0 == seeded("redo").status
    assert 3 == len(_json(seeded, "claims", "--status", "checked"))


def test_a_claim_is_shown_with_its_sentence_and_what_hangs_on_it(seeded) -> None:
    [crazy] = _json(seeded, "claims", "--search", "gone crazy")
    seeded("mark", crazy["id"], "--attribution", "accurate", "--note", "Heard it myself.", "--flag", "missing-context")
    seeded("evidence", "add", crazy["id"], "--url", "https://records.example/talk", "--quote", "gone crazy")
    shown = seeded("show", crazy["id"]).out

    assert "⟦" in shown
    for part in (
        "Donald Trump",
        "said so?",
        "Accurate",
        "Heard it myself.",
        "missing-context",
        "https://records.example/talk",
    ):
        assert part in shown
    assert "https://records.example/talk" in seeded("show", "e1").out


def test_an_article_is_shown_with_its_claims_numbered(seeded) -> None:
    shown = seeded("show", "a1").out

    for claim in _json(seeded, "claims"):
        assert f"⟦{claim['id']} " in shown


def test_a_source_is_shown_with_its_claims(seeded) -> None:
    [source] = _json(seeded, "sources", "--search", "Donald Trump")
    shown = seeded("show", source["id"]).out

    assert f"claims ({source['claims']})" in shown
    assert "gone crazy" in shown


def test_the_history_says_who_did_what(seeded) -> None:
    seeded("mark", "c1", "--truth", "true")
    seeded("mark", "c1", "--clear", "truth")
    events = _json(seeded, "log", "c1")

    assert {"ana"} == {event["reviewer"] for event in events}
    assert [("open", "checked")] == [
        (event["before"], event["after"]) for event in events if event["field"] == "status"
    ][:1]
    assert events[-1:] == _json(seeded, "log", "c1", "--limit", "1")


def test_a_changed_history_does_not_verify(seeded, db: Path) -> None:
    import sqlite3

    seeded("mark", "c1", "--truth", "true")
    connection = sqlite3.connect(db)
    guards = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    ).fetchall()
    with connection:
        for (name,) in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE event SET after = '\"false\"' WHERE seq = (SELECT max(seq) FROM event)")
    connection.close()
    result = seeded("log", "--verify")

    assert (1, 1) == (result.status, len(result.errors))
    assert result.err.startswith("workbench: the history was changed at entry ")


@pytest.mark.parametrize("shape", ["md", "html", "json", "csv"])
def test_an_export_to_a_file_is_the_export_to_stdout(seeded, tmp_path: Path, shape: str) -> None:
    file = tmp_path / "report"
    result = seeded("export", "--format", shape, "-o", str(file), "--kind", "mixed")

    assert (0, "") == (result.status, result.out)
    assert result.err.endswith(f" to {file}: {shape}, internal\n")
    assert len(seeded("export", "--format", shape, "--kind", "mixed").out) == len(file.read_bytes().decode())


def test_a_public_report_names_no_reviewer(seeded) -> None:
    seeded("mark", "c1", "--truth", "true", "--note", "private remark")
    shown = seeded("export", "--format", "md", "--public").out

    assert "private remark" not in shown
    assert "private remark" in seeded("export", "--format", "md").out


def test_a_public_export_says_on_stderr_what_it_holds_and_the_help_words_it_alike(seeded, bare, db: Path) -> None:
    seeded("mark", "c1", "--truth", "true")
    alone = seeded("export", "--format", "md", "--public").errors
    assert 0 == bare("--db", str(db), "--as", "bob", "mark", "c2", "--truth", "false").status
    both = seeded("export", "--format", "md", "--public")
    told = " ".join(seeded("export", "--help").out.split())

    assert ["wrote 1 claim to standard output: md, public", f"it holds {ONE_REVIEWER}"] == alone
    assert f"it holds {APPROVED_ONLY}; 2 judged claims are left out: 2 that nobody approved" == both.errors[-1]
    assert f"Holds:** {APPROVED_ONLY}\n" in both.out
    assert PUBLIC_HOLDS in told


def test_families_are_listed_and_shown_earliest_first(cli, tmp_path: Path) -> None:
    case = Path(str(files("seeds"))) / "marlow-quay"
    names = ["tarrowshire-herald.txt", "skerrow-standard.txt", "brannock-evening-mail.txt"]
    assert 0 == cli("ingest", *(str(case / name) for name in names)).status
    [first, *_] = _json(cli, "families")
    shown = cli("show", first["id"]).out.splitlines()

    members = [line.strip() for line in shown if line.startswith("  ") and " c" in line]

    assert first["size"] == len(members)
    assert members[0].startswith(("●", "⚠"))


def test_doctor_finds_a_sound_store_sound(seeded) -> None:
    result = seeded("doctor")

    assert (0, "") == (result.status, result.err)
    assert "integrity" in result.out


def test_the_demonstration_checks_itself_and_leaves_nothing(bare, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = bare("demo", "--check")

    assert (0, "") == (result.status, result.err)
    assert "verifies" in result.out.splitlines()[-1]
    assert [] == list(tmp_path.glob("workbench-demo-*"))


def test_families_are_ordered_narrowed_by_date_and_name_their_claims(seeded) -> None:
    by_origins = [json.loads(line) for line in seeded("families", "--sort", "origins", "--json").out.splitlines()]

    assert sorted((each["origins"] for each in by_origins), reverse=True) == [each["origins"] for each in by_origins]
    assert all(len(each["claims"]) == each["size"] for each in by_origins)
    assert "" == seeded("families", "--since", "2199-01-01", "--json").out
