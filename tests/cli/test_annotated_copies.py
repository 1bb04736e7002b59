"""An annotated copy comes in with its comments and footnotes as proposed evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit import document_samples as samples


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "pier.docx"
    path.write_bytes(samples.docx(footnotes=True))
    return path


def _claim(cli, words: str) -> str:
    (row,) = [
        json.loads(line) for line in cli("claims", "--json").out.splitlines() if words in json.loads(line)["text"]
    ]
    return str(row["id"])


def test_a_comment_and_a_footnote_stand_at_their_claims_until_a_person_takes_them_over(cli, copy: Path) -> None:
    assert 0 == cli("ingest", str(copy)).status
    quoted, cost = _claim(cli, "will not open"), _claim(cli, "The repair cost")

    assert "proposed" in cli("show", quoted).out
    assert "Transcript, line 40" in cli("show", quoted).out
    assert "Annual accounts of the port, page 12." in cli("show", cost).out

    assert 0 == cli("evidence", "edit", "e1", "--stance", "supports").status
    shown = cli("show", "e1").out
    assert ("proposed" in shown, "supports" in shown, "comment by Emil Rand" in shown) == (False, True, True)


def test_proposed_evidence_is_in_no_public_report(cli, copy: Path) -> None:
    cli("ingest", str(copy))
    cli("mark", _claim(cli, "will not open"), "--truth", "true")

    assert "line 40" not in cli("export", "--format", "md", "--public").out
    assert "line 40" in cli("export", "--format", "md", "--internal").out


def test_undo_takes_the_proposals_away_and_a_rebuild_changes_nothing(cli, copy: Path) -> None:
    cli("ingest", str(copy))
    cli("evidence", "edit", "e2", "--stance", "supports")
    rebuilt = cli("doctor", "--rebuild")
    assert (0, "proposed" in rebuilt.out) == (rebuilt.status, False)

    assert "proposed" not in cli("show", "e2").out
    cli("undo")
    assert "proposed" in cli("show", "e2").out
    cli("undo")
    assert 1 == cli("show", "e1").status


def test_the_same_copy_with_a_new_text_proposes_nothing_twice(cli, copy: Path) -> None:
    cli("ingest", str(copy))
    copy.write_bytes(
        samples.rezipped(
            samples.docx(footnotes=True), {}, lambda name, old: old.replace(b"The east gate", b"The west gate")
        )
    )

    assert "1 new version" in cli("ingest", str(copy)).out
    assert 1 == cli("show", _claim(cli, "will not open")).out.count("“Transcript, line 40")


def test_what_was_guessed_is_shown(cli, tmp_path: Path) -> None:
    (tmp_path / "pier.pdf").write_bytes(samples.pdf())
    cli("ingest", str(tmp_path / "pier.pdf"))

    assert "pdf; utf-8; guessed: title; pages: 1" in cli("show", "a1").out
