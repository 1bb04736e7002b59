"""What a public report lets in, who counts as a reviewer, and what is said of the claims that are left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.records import APPROVED_ONLY, ONE_REVIEWER, ClaimFilter
from workbench.services import evidence, history, report, review
from workbench.services.report import Exported
from workbench.services.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def colleague(store: Store) -> Iterator[Store]:
    with open_store(str(store.path), "bob") as other:
        yield other


def _public(store: Store) -> Exported:
    return report.export(store, ClaimFilter(), "md", public=True)


def test_a_colleagues_note_evidence_and_article_do_not_change_what_is_published(store: Store, colleague: Store) -> None:
    first, second, *_ = (row.id for row in rows(store))
    review.mark(store, [first], truth="true")
    before = _public(store)
    review.mark(colleague, [first, second], note="Ask her.", flags=["satire"])
    evidence.add(colleague, first, url="https://ostwick.example/minutes")
    put(colleague, "Rain\nIt rained in Ostwick for 12 days.\n", name="rain")
    after = _public(store)

    assert (1, ONE_REVIEWER, 0) == (before.claims, before.rule, before.left_out)
    assert (1, ONE_REVIEWER, 0) == (after.claims, after.rule, after.left_out)
    assert f"it holds {ONE_REVIEWER}" == after.holds


def test_a_colleagues_verdict_makes_approval_needed_and_the_export_says_so(store: Store, colleague: Store) -> None:
    first, second, *_ = (row.id for row in rows(store))
    review.mark(store, [first], truth="true")
    review.mark(colleague, [second], truth="false")
    done = _public(store)

    assert (0, APPROVED_ONLY, 2) == (done.claims, done.rule, done.left_out)
    assert f"it holds {APPROVED_ONLY}; 2 judged claims are left out: 2 that nobody approved" == done.holds
    assert b"100%" not in done.data


def test_what_was_undone_makes_nobody_a_reviewer_and_redone_it_does(store: Store, colleague: Store) -> None:
    first, second, *_ = (row.id for row in rows(store))
    review.mark(store, [first], truth="true")
    review.mark(colleague, [second], truth="false")
    history.undo(colleague)
    assert ONE_REVIEWER == report.rule_of(store)
    history.redo(colleague)
    assert APPROVED_ONLY == report.rule_of(store)


def test_an_approval_is_published_and_makes_a_second_reviewer(store: Store, colleague: Store) -> None:
    first, second, *_ = (row.id for row in rows(store))
    review.mark(store, [first, second], truth="true")
    review.mark(colleague, [first], status="approved")
    done = _public(store)

    assert (1, APPROVED_ONLY, 1) == (done.claims, done.rule, done.left_out)
    assert APPROVED_ONLY.encode() in done.data


def test_a_lost_verdict_is_left_out_of_a_public_report_and_stays_in_an_internal_one(store: Store) -> None:
    claim = next(row.id for row in rows(store) if "harbour dues by 4 percent" in row.text)
    review.mark(store, [claim], truth="true")
    put(store, HARBOUR.replace("The council of Ostwick raised harbour dues by 4 percent on Monday. ", ""))
    done = _public(store)
    internal = report.export(store, ClaimFilter(), "md")

    assert (0, 1) == (done.claims, done.left_out)
    assert done.holds.endswith("1 judged claim is left out: 1 lost (the words are no longer in the article)")
    assert b"lost: these words are no longer in the text of the article" in internal.data
    assert ("every claim", 0) == (internal.rule, internal.left_out)
