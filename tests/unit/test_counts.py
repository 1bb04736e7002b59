"""Counts of the lists: the counters say what the rows say; what they do not know is counted up to a limit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import driver, pages
from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.errors import StoppedError
from workbench.records import SORTS, ClaimFilter
from workbench.services import doctor, history, lists, removal, review
from workbench.services.filters import MARKS, format_filter
from workbench.services.rebuild import rebuild
from workbench.services.store import Stop, Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two outlets, verdicts, a stale claim, a removed one, something undone."""
    with make_store(tmp_path_factory.mktemp("counts")) as made:
        put(made, HARBOUR.replace("Ostwick", "Marlow"), name="marlow", outlet="Marlow Mail")
        ids = [row.id for row in rows(made)]
        review.mark(made, ids[:2], truth="false")
        review.mark(made, [rows(made)[-1].id], status="waived", waive="not about facts")
        put(made, HARBOUR.replace("4 percent", "5 percent"))
        review.mark(made, [ids[2]], truth="true")
        history.undo(made)
        removal.remove(made, [("c", ids[3])])
        spoken = next(row.id for row in rows(made) if row.kind == "statement")
        review.mark(made, [spoken], flags=["satire"])
        review.mark(made, [ids[1]], source="Ada Brandt")
        yield made


_FILTERS = st.builds(
    ClaimFilter,
    kind=st.sampled_from([None, "direct", "mixed", "indirect", "statement"]),
    status=st.sampled_from([None, "open", "checked", "waived"]),
    verdict=st.sampled_from([None, "none", "false", "true"]),
    outlet=st.sampled_from([None, "marlow", "o", "nobody"]),
    marks=st.sets(st.sampled_from(["anonymous", "named", "stale", "family", "open", "settled"]), max_size=2).map(
        frozenset
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FILTERS)
def test_the_counters_say_what_the_rows_say(store: Store, wanted: ClaimFilter) -> None:
    listed = lists.claim_rows(store, wanted, limit=None)
    told = lists.tally(store, wanted, limit=0)

    assert lists.counts_at_once(wanted)
    assert (len(listed), True) == (told.number, told.exact)
    assert sorted({row.kind for row in listed}) == sorted(kind for kind, _ in told.facets["kind"])
    assert all(len(listed) == sum(number for _, number in facet) for facet in told.facets.values())


def test_a_facet_of_the_counters_is_that_of_the_rows(store: Store) -> None:
    every = lists.tally(store, ClaimFilter()).facets
    one_by_one = lists.tally(store, ClaimFilter(min_check=0.0)).facets

    assert every == one_by_one


def test_what_the_counters_do_not_know_is_counted_up_to_the_limit(store: Store) -> None:
    wanted = ClaimFilter(min_check=0.0)
    matching = lists.count_claims(store, wanted)

    assert not lists.counts_at_once(wanted)
    assert ("3+", str(matching)) == (
        str(lists.tally(store, wanted, limit=3)),
        str(lists.tally(store, wanted, limit=matching)),
    )


_NARROW = (
    *(ClaimFilter(marks=frozenset({mark})) for mark in MARKS),
    *(ClaimFilter(kind=kind) for kind in ("direct", "mixed", "indirect", "statement")),
    *(ClaimFilter(status=status) for status in ("open", "checked", "waived")),
    *(ClaimFilter(verdict=verdict) for verdict in ("none", "false", "true")),
    *(ClaimFilter(search=words) for words in ("dues", "mayor quay", "qu", "4 perc", 'the "closed until')),
    *(ClaimFilter(), ClaimFilter(outlet="marlow"), ClaimFilter(source="bran"), ClaimFilter(source="Ada Brandt")),
    *(
        ClaimFilter(min_check=0.4),
        ClaimFilter(since="2026-03"),
        ClaimFilter(since="2026-04"),
        ClaimFilter(article_id=1),
    ),
    *(ClaimFilter(marks=frozenset({"number", "open"}), source="a"), ClaimFilter(search="dues", outlet="marlow")),
)


@pytest.mark.parametrize("wanted", _NARROW, ids=format_filter)
def test_every_way_to_a_page_gives_the_same_rows(
    store: Store, wanted: ClaimFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sort in (*SORTS, "relevance"):
        for turned in (False, True):
            few = [row.id for row in lists.claim_rows(store, wanted, sort, descending=turned)]
            monkeypatch.setattr(pages, "FEW", -1)
            own_index = [row.id for row in lists.claim_rows(store, wanted, sort, descending=turned)]
            monkeypatch.setattr(pages, "RARE_FEW", -1)
            monkeypatch.setattr(pages, "SOURCES_FEW", 0)
            in_order = [row.id for row in lists.claim_rows(store, wanted, sort, descending=turned)]
            places = [lists.claim_position(store, wanted, sort, claim, turned) for claim in few]
            monkeypatch.setattr(lists, "STEP", 2)
            keys = lists.key_map(store, wanted, sort, turned)
            mapped = [
                row.id
                for offset in range(0, len(few), 3)
                for row in lists.claim_rows(store, wanted, sort, offset, 3, turned, keys=keys)
            ]
            monkeypatch.setattr(lists, "BATCH", 2)
            one_by_one = [row.id for row in lists.every_claim(store, wanted, sort)]
            monkeypatch.setattr(pages, "MANY", -1)
            asked = [row.id for row in lists.claim_rows(store, wanted, sort, descending=turned)]
            near = [lists.claim_position(store, wanted, sort, claim, turned, within=2) for claim in few]
            monkeypatch.undo()

            assert (len(few), few) == (keys.count, mapped)
            assert turned or few == one_by_one
            assert near == [
                place if place <= 2 or (sort == "relevance" and wanted.search) else None for place in range(len(few))
            ]
            assert few == own_index == in_order == asked
            assert list(range(len(few))) == places
    assert len(few) == lists.count_claims(store, wanted) == lists.tally(store, wanted).number


def test_marks_narrow_to_what_the_rows_say(store: Store) -> None:
    every = rows(store)
    says = {
        "stale": lambda row: row.stale,
        "lost": lambda row: row.anchor_state == "lost",
        "evidence": lambda row: row.evidence_count > 0,
        "flag": lambda row: bool(row.flags),
        "open": lambda row: row.stale or row.status in ("open", "in review"),
        "settled": lambda row: not row.stale and row.status not in ("open", "in review"),
    }
    for mark, holds in says.items():
        expected = {row.id for row in every if holds(row)}
        assert expected == {row.id for row in lists.claim_rows(store, ClaimFilter(marks=frozenset({mark})))}


def test_the_totals_are_those_of_the_rows(store: Store) -> None:
    totals, articles = lists.totals(store), lists.article_rows(store)

    assert (len(articles), len(rows(store))) == (totals.articles, totals.claims)
    assert totals.open == sum(article.open_claims for article in articles)
    assert totals.sentences == sum(article.sentences for article in articles)
    assert totals.settled_sentences == sum(article.settled for article in articles)


def test_counters_that_are_off_are_found_and_mended(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        writer = driver.connect(store.path)
        writer.execute("UPDATE claimcount SET number = number + 1")
        writer.execute("UPDATE storecount SET number = 7")
        writer.close()
        found = {one.name: one for one in doctor.examine(str(store.path))}["counters"]
        mended = [one.column for one in rebuild(store).differing]
        after = {one.name: one for one in doctor.examine(str(store.path))}["counters"]

    assert (False, "run workbench doctor --rebuild") == (found.ok, found.advice)
    assert ["claimcount number", "storecount number"] == mended
    assert after.ok


def test_a_count_that_nobody_waits_for_ends(store: Store) -> None:
    stop = Stop()
    stop.now()
    with pytest.raises(StoppedError):
        lists.tally(store, ClaimFilter(min_check=0.1), stop)


_ENDLESS = "WITH RECURSIVE n(i) AS (VALUES (begun()) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_reading_that_is_under_way_ends(store: Store) -> None:
    stop, begun = Stop(), threading.Event()
    store.reader.create_function("begun", 0, lambda: begun.set() or 0)

    def read() -> None:
        with store.reading(stop) as reader:
            reader.execute(_ENDLESS).fetchall()

    ending = threading.Thread(target=lambda: (begun.wait(), stop.now()))
    ending.start()
    with pytest.raises(StoppedError):
        read()
    ending.join()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_read_from_the_end_is_the_page_read_from_the_beginning(
    store: Store, monkeypatch: pytest.MonkeyPatch, sort: str, descending: bool
) -> None:
    every = lists.claim_rows(store, ClaimFilter(), sort, 0, None, descending)
    monkeypatch.setattr(lists, "DEEP", 0)

    for offset in range(len(every) + 2):
        page = lists.claim_rows(store, ClaimFilter(), sort, offset, 3, descending)
        assert every[offset : offset + 3] == page
