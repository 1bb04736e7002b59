"""A report as data: its articles, claims and decisions come into any store, once, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.errors import InputError
from workbench.records import APPROVED_ONLY, ClaimFilter, ClaimRow
from workbench.services import evidence, history, lists, rebuild, removal, report, review, show
from workbench.services.imports import import_file
from workbench.services.store import Store, open_store

BOTH = pytest.mark.parametrize("format", ["json", "jsonl"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        first, second, third, *_ = (row.id for row in rows(made))
        review.mark(made, [first], truth="true", explain="See the minutes.", flags=["outdated"])
        said = next(row.id for row in rows(made) if row.kind != "statement")
        review.mark(made, [said], source="Ida Brandt")
        review.mark(made, [second], status="waived", waive="Trivial")
        review.mark(made, [third], note="Ask \x1b[31m her", wording="It stands alone.")
        evidence.add(made, first, url="https://ostwick.example/minutes", quote="4 percent", confidential=True)
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "other" / "other.db"), "bob") as made:
        yield made


def _export(store: Store, format: str) -> Path:
    path = store.path.with_name(f"report.{format}")
    report.export(store, ClaimFilter(), format, output=path)
    return path


def _alike(row: ClaimRow) -> ClaimRow:
    """A row without what is local to one store, or read by the machine anew."""
    return replace(row, id=0, article_id=0, family_id=None, family_size=0, family_alarm=None)


def _log(store: Store) -> int:
    return history.verify(store).length


@BOTH
def test_articles_claims_and_decisions_come_into_an_empty_store(store: Store, other: Store, format: str) -> None:
    done = import_file(other, _export(store, format))
    first = show.claim_card(other, rows(other)[0].id)

    assert [_alike(row) for row in rows(store)] == [_alike(row) for row in rows(other)]
    assert () == done.failed
    assert first.truth is not None
    assert ("ana", "See the minutes.") == (first.truth.reviewer, first.truth.explanation)
    assert [(True, "https://ostwick.example/minutes")] == [(e.confidential, e.url) for e in first.evidence]
    assert ["Ask \x1b[31m her"] == [n.text for row in rows(other) for n in show.claim_card(other, row.id).notes]
    assert history.verify(other).ok
    assert () == rebuild.rebuild(other).differing


@BOTH
def test_importing_twice_changes_nothing(store: Store, other: Store, format: str) -> None:
    path = _export(store, format)
    import_file(other, path)
    before = _log(other)
    done = import_file(other, path)

    assert (before, None) == (_log(other), done.action)
    assert "nothing was changed" in done.said


def test_a_report_of_this_very_store_changes_no_decision(store: Store) -> None:
    before = rows(store)
    import_file(store, _export(store, "json"))
    again = _log(store)
    import_file(store, _export(store, "json"))

    assert before == rows(store)
    assert again == _log(store)


def test_it_is_one_action_that_undo_takes_back_and_redo_brings_again(store: Store, other: Store) -> None:
    import_file(other, _export(store, "json"))
    given = [_alike(row) for row in rows(other)]
    history.undo(other)
    assert [] == rows(other)
    history.redo(other)

    assert given == [_alike(row) for row in rows(other)]


def test_the_history_comes_along_as_quoted_events(store: Store, other: Store) -> None:
    import_file(other, _export(store, "json"))
    claim = rows(other)[0].id
    quoted = [event for event in history.log(other, f"c{claim}") if event.field == "quoted"]

    assert ["bob"] == [event.reviewer for event in quoted]
    entries = quoted[0].after["entries"]
    assert {"ana"} == {entry["reviewer"] for entry in entries}
    assert "truth" in [entry["field"] for entry in entries]


def test_what_was_decided_here_stays(store: Store, other: Store) -> None:
    put(other, HARBOUR)
    claim = next(row for row in rows(other) if row.text == rows(store)[0].text)
    review.mark(other, [claim.id], truth="false")
    done = import_file(other, _export(store, "json"))

    assert "false" == next(row.truth for row in rows(other) if row.id == claim.id)
    assert "decided otherwise here" in done.said


def test_a_claim_that_the_reading_here_did_not_find_comes_in_with_its_verdict(store: Store, other: Store) -> None:
    put(other, HARBOUR)
    claim = next(row.id for row in rows(other) if row.text == rows(store)[0].text)
    review.mark(other, [claim], status="not a claim")
    removal.remove(other, [("c", claim)])
    import_file(other, _export(store, "json"))

    assert ["true"] == [row.truth for row in rows(other) if row.truth]


def test_an_article_with_another_text_here_is_left_alone(store: Store, other: Store) -> None:
    put(other, HARBOUR.replace("4 percent", "5 percent"))
    before = _log(other)
    done = import_file(other, _export(store, "json"))

    assert before == _log(other)
    assert "another text of it is here" in done.failed[0]


def test_a_verdict_of_another_reviewer_counts_for_what_may_be_published(store: Store, other: Store) -> None:
    import_file(other, _export(store, "json"))
    claim = next(row.id for row in rows(other) if row.truth is None and row.status == "open")
    review.mark(other, [claim], truth="false")

    assert APPROVED_ONLY == report.rule_of(other)


def test_a_public_report_is_refused(store: Store, other: Store) -> None:
    path = store.path.with_name("public.json")
    report.export(store, ClaimFilter(), "json", public=True, output=path)

    with pytest.raises(InputError, match="public report"):
        import_file(other, path)


def _outside(whole: dict[str, Any]) -> None:
    whole["articles"][0]["sentences"][0][1] = 10**9


def _unknown_label(whole: dict[str, Any]) -> None:
    whole["articles"][0]["claims"][0]["judgements"]["truth"]["label"] = "pants-on-fire"


def _newer(whole: dict[str, Any]) -> None:
    whole["format"] = 2


def test_a_report_that_lies_about_places_or_is_newer_is_refused_whole(store: Store, other: Store) -> None:
    whole = json.loads(_export(store, "json").read_text(encoding="utf-8"))
    for change, said in ((_outside, "outside its text"), (_newer, "newer")):
        changed = json.loads(json.dumps(whole))
        change(changed)
        path = other.path.with_name("bad.json")
        path.write_text(json.dumps({"format": changed.pop("format"), **changed}), encoding="utf-8")
        with pytest.raises(InputError, match=said):
            import_file(other, path)
    assert (0, 0) == (_log(other), lists.totals(other).articles)


def test_a_label_that_no_scale_here_knows_is_said_and_the_rest_is_taken(store: Store, other: Store) -> None:
    whole = json.loads(_export(store, "json").read_text(encoding="utf-8"))
    _unknown_label(whole)
    path = other.path.with_name("label.json")
    path.write_text(json.dumps(whole), encoding="utf-8")
    done = import_file(other, path)

    assert ["is on no scale of this store"] == [line.partition("” ")[2] for line in done.failed]
    assert len(rows(store)) == len(rows(other))


@BOTH
def test_a_report_of_this_very_store_leaves_its_history_as_it_is(store: Store, format: str) -> None:
    before = list(history.entries(store))
    done = import_file(store, _export(store, format))

    assert "nothing was changed" in done.said
    assert before == list(history.entries(store))
