"""Reading again, removing, and what stays: nothing that a person decided is trampled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.store_samples import HARBOUR, make_store, put, rows, state
from workbench.errors import NotFoundError, UsageError
from workbench.records import Extraction
from workbench.services import evidence, history, lists, rebuild, reread, review, show
from workbench.services.removal import remove
from workbench.services.store import Store, open_store
from workbench.spans import Span

TOWNS = ("Ostwick", "Brannock", "Skerrow", "Marlow", "Tarrow")


def _article(number: int) -> str:
    """An invented article with ten claims of its own."""
    town = TOWNS[number % len(TOWNS)]
    body = "".join(
        f"Mayor Ada Brandt said “the {town} quay number {number * 10 + line} may be closed until {line + 1} May”.\n"
        f"The council of {town} spent ${number * 10 + line} million on berth {line}.\n"
        for line in range(5)
    )
    return f"Quays of {town} {number}\n{body}"


def _later_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine of the next reading be another: it reads statements no more, and quotes a little shorter."""
    from workbench import extract

    present = extract.extract

    def later(text: str, **given: object) -> Extraction:
        found = present(text, **given)  # type: ignore[arg-type]
        claims = []
        for claim in found.claims:
            if claim.kind == "statement":
                continue
            start, end = claim.content[0]
            shorter = (Span(start, end - 6), *claim.content[1:]) if len(claim.content) == 1 else claim.content
            claims.append(type(claim)(**{**_fields(claim), "content": shorter, "quotes": (), "parent": None}))
        return Extraction(
            found.text, found.paragraphs, found.sentences, tuple(claims), found.language, found.analysed, "later-2"
        )

    monkeypatch.setattr(extract, "extract", later)


def _fields(claim: object) -> dict[str, object]:
    return {name: getattr(claim, name) for name in claim.__slots__}  # type: ignore[attr-defined]


def _decided(store: Store, ids: list[int]) -> list[object]:
    """Everything that stands about claims: their cards and where each span is."""
    return [show.claim_card(store, number) for number in ids]


def test_the_same_machine_changes_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before, length = rows(store), history.head(store)
        (outcome,) = reread.reread(store)

        assert ("same", before, length) == (outcome.status, rows(store), history.head(store))


def test_edits_by_people_survive_a_new_reading_exactly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        for number in range(12):
            put(store, _article(number), name=f"quays{number}")
        shown = rows(store)
        edited = [row.id for index, row in enumerate(shown) if index % 2 == 0]
        for index, number in enumerate(edited):
            edit = (
                {"attribution" if shown[2 * index].kind != "statement" else "truth": "accurate"}
                if shown[2 * index].kind != "statement"
                else {"truth": "false", "explain": f"It was number {index}."}
            )
            more: list[dict[str, object]] = [
                {"note": f"note {index}"}, {"wording": f"Wording {index}."}, {"source": f"Source {index}"},
                {"flags": ["satire"]}, {"status": "not a claim"},
            ]  # fmt: skip
            review.mark(store, [number], **(edit | more[index % 5]))  # type: ignore[arg-type]
        evidence.add(store, edited[0], url="https://a.example/b")
        before = _decided(store, edited)
        _later_machine(monkeypatch)
        outcomes = list(reread.reread(store))
        after = _decided(store, edited)

        assert len(edited) >= 50
        assert {"read again"} == {outcome.status for outcome in outcomes}
        for old, new in zip(before, after, strict=True):
            assert old == new
        untouched = {row.id for row in rows(store)} - set(edited)
        assert not untouched & {row.id for row in shown}
        assert all(show.claim_card(store, number).reading == "later-2" for number in untouched)
        assert () == rebuild.rebuild(store).differing


def test_a_new_reading_is_one_action_that_undo_takes_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(str(tmp_path / "desk.db"), "ana") as store:
        for number in range(3):
            put(store, _article(number), name=f"quays{number}")
        before = rows(store)
        _later_machine(monkeypatch)
        assert 3 == len(list(reread.reread(store)))
        after = rows(store)
        history.undo(store)
        assert before == rows(store)
        history.redo(store)
        assert after == rows(store)
        assert history.verify(store).ok
        assert () == rebuild.rebuild(store).differing


def test_what_a_person_deleted_does_not_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_store(tmp_path) as store:
        quotes = [row for row in rows(store) if row.kind != "statement"]
        review.mark(store, [quotes[0].id], status="not a claim")
        remove(store, [("c", quotes[1].id)])
        _later_machine(monkeypatch)
        list(reread.reread(store))
        shown = rows(store)

        assert "not a claim" == next(row.status for row in shown if row.id == quotes[0].id)
        for gone in quotes[:2]:
            assert not [row for row in shown if row.id != gone.id and row.text and row.text in gone.text]


def test_only_the_named_articles_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_store(tmp_path) as store:
        put(store, HARBOUR.replace("Ostwick", "Brannock"), name="other")
        _later_machine(monkeypatch)
        outcomes = list(reread.reread(store, [2]))

        assert [2] == [outcome.article_id for outcome in outcomes]
        assert {"statement"} & {row.kind for row in rows(store) if row.article_id == 1}
        with pytest.raises(NotFoundError, match="no article a9"):
            list(reread.reread(store, [1, 9]))


def test_removed_things_are_hidden_until_undo_brings_them_back(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        claim = rows(store)[0].id
        paper, _ = evidence.add(store, rows(store)[1].id, url="https://a.example/b")
        review.mark(store, [rows(store)[1].id], note="seen")
        before = state(store)
        remove(store, [("c", claim), ("e", paper.id), ("n", 1)])

        assert claim not in [row.id for row in rows(store)]
        card = show.claim_card(store, rows(store)[0].id)
        assert ((), ()) == (card.evidence, card.notes)
        assert () == rebuild.rebuild(store).differing
        history.undo(store)
        assert before == state(store)


def test_a_removed_article_goes_with_its_claims_and_comes_back_with_them(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before = rows(store)
        remove(store, [("a", 1)])
        assert ([], []) == (rows(store), lists.article_rows(store))
        assert 0 == lists.totals(store).claims
        history.undo(store)
        assert before == rows(store)


def test_what_cannot_be_removed_is_said_and_nothing_is_removed(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        before = rows(store)
        with pytest.raises(UsageError, match="s1 cannot be removed"):
            remove(store, [("c", before[0].id), ("s", 1)])
        with pytest.raises(NotFoundError, match="no claim c99"):
            remove(store, [("c", before[0].id), ("c", 99)])
        assert before == rows(store)
