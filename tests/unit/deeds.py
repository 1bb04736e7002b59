"""One deed for every kind of action and more for those of many sides, and what anybody can see of a store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.records import ClaimFilter, Family
from workbench.services import (
    checkdecisions,
    claims,
    evidence,
    imports,
    kinship,
    lists,
    matching,
    notes,
    removal,
    report,
    reread,
    review,
    same_sources,
    saved,
    sentences,
    settings,
    show,
    sources,
    transcripts,
    verification,
)
from workbench.services.store import Store

RECORD = (
    b"ADA BRANDT: Good morning. The quay will be closed until 12 May, and nobody will lose a berth.\n"
    b"OLAF RETH: Thank you, Mayor. Who pays for it?\n"
)
OTHER = HARBOUR.replace("Harbour dues to rise", "Dues go up").replace("the repair", "the dyke")
_CHECK: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://factdesk.example/1",
    "author": {"@type": "Organization", "name": "Fact Desk"},
    "claimReviewed": "The council of Ostwick raised harbour dues by 4 percent",
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly true"},
}


def shown(store: Store) -> list[object]:
    """Everything that anybody can see: lists, articles with their marks, cards, families, settings, transcripts.

    What counts decisions is left out, and families, which get a new number when they form again, go by their first
    claim.
    """
    listed = rows(store)
    cards = [replace(show.claim_card(store, row.id), revision=0) for row in listed]
    articles = lists.article_rows(store)
    families = [show.family(store, row.id) for row in lists.family_rows(store)]
    held = transcripts.rows(store)
    first = {family.id: min(member.claim_id for member in family.members) for family in families}
    return [
        articles, [_renumbered(show.article_view(store, row.id), first) for row in articles],
        _renumbered(listed, first), _renumbered(cards, first), lists.source_rows(store), same_sources.proposals(store),
        sorted(_renumbered(families, first), key=lambda family: family.id), settings.settings(store),
        saved.filters(store), held, [transcripts.show(store, row.id) for row in held],
        [matching.check(store, number) for number in range(1, matching.count(store) + 1)],
        [matching.decided(store, [row.id]) for row in listed],
    ]  # fmt: skip


def _renumbered(value: Any, first: dict[int, int]) -> Any:
    """Records with other numbers of families."""
    if type(value) in (list, tuple):
        return type(value)(_renumbered(one, first) for one in value)
    if isinstance(value, Family):
        return replace(value, id=first[value.id])
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {each.name: _renumbered(getattr(value, each.name), first) for each in fields(value) if each.init}
    if changed.get("family_id"):
        changed["family_id"] = first[changed["family_id"]]
    return replace(value, **changed)


def add_evidence(store: Store) -> int:
    """Evidence of the first claim; returns its number."""
    return evidence.add(store, 1, url="https://a.example/b")[0].id


def add_file(store: Store) -> int:
    """A confidential file as evidence of the first claim, kept as it is; returns its number."""
    path = store.path.with_name("minutes.txt")
    path.write_bytes(b"The dues rose.\n\xff")
    return evidence.add(store, 1, file=path, quote="The dues rose.", confidential=True)[0].id


def add_checks(store: Store) -> None:
    """Two published checks, one of which the first claim is about, with their vectors."""
    other = {**_CHECK, "url": "https://factdesk.example/2", "claimReviewed": "The quay of Ostwick was closed for years"}
    path = store.path.with_name("checks.json")
    path.write_text(json.dumps([_CHECK, other]), encoding="utf-8")
    imports.import_file(store, path)


def add_report(store: Store) -> None:
    """What a colleague decided on the same article and on another one, as a report brings it."""
    folder = store.path.with_name("colleague")
    folder.mkdir()
    with make_store(folder, "ben") as theirs:
        put(theirs, OTHER, name="two", outlet="Ostwick Weekly")
        review.mark(theirs, [1, 6], truth="false", explain="It was 3 percent.", note="asked")
        report.export(theirs, ClaimFilter(), "json", output=folder / "report.json")
    imports.import_file(store, folder / "report.json")


def add_verification(store: Store) -> int:
    """The fourth claim's quote held against a transcript, with an answer; returns the number of the finding."""
    if not transcripts.rows(store):
        transcripts.add(store, RECORD, title="Council", held_at="2026-03-11")
    quote, speaker = verification.quote_of(store, 2)
    found = verification.verify(quote, speaker, verification.texts_for(store, 2).texts, 2)
    return verification.keep(store, found, "changed")[0].id or 0


def _second(store: Store) -> None:
    """A second article that says nearly the same: families, and sources of one name."""
    put(store, OTHER, name="two", outlet="Ostwick Weekly")


def _namesakes(store: Store) -> None:
    review.mark(store, [3], source="Brandt")


def _inside(store: Store, claim: int, words: str) -> int:
    card = show.claim_card(store, claim)
    return card.start + card.row.text.index(words)


def _decide_last(store: Store) -> object:
    """The claim that was cut off has a check, which the first is not about."""
    checkdecisions.decide(store, 1, 1, "rejected")
    checkdecisions.decide(store, rows(store)[-1].id, 1, "confirmed")
    return checkdecisions.decide(store, rows(store)[-1].id, 2, "confirmed")


def _cut(store: Store) -> object:
    return claims.split(store, 1, _inside(store, 1, "by 4"))


Deed = Callable[[Store], object]

DEEDS: dict[str, tuple[Deed, ...]] = {  # verb -> what is there before, and the deed
    "mark": (lambda store: review.mark(store, [1], truth="true"),),
    "mark: other verdicts": (
        lambda store: review.mark(store, [2], truth="true", attribution="accurate", explain="so it is"),
        lambda store: review.mark(store, [2], truth="false", clear=["attribution"], rationale="the minutes"),
    ),
    "mark: words": (lambda store: review.mark(store, [1, 2], wording="plain", note="seen", flags=["satire"]),),
    "mark: source": (lambda store: review.mark(store, [2], source="Olaf Reth"),),
    "mark: source of a kind": (lambda store: sources.attribute(store, 3, "Ostwick Council", "body"),),
    "mark: no source": (lambda store: review.mark(store, [2], source=""),),
    "mark: status": (lambda store: review.mark(store, [1, 2, 3], status="not a claim"),),
    "mark: waived": (
        lambda store: review.mark(store, [1], waive="not about facts"),
        lambda store: review.mark(store, [1], status="open"),
    ),
    "evidence add": (add_evidence,),
    "evidence add: file": (add_file,),
    "evidence edit": (add_evidence, lambda store: evidence.edit(store, 1, stance="refutes", quote="as recorded")),
    "evidence edit: file": (add_file, lambda store: evidence.edit(store, 1, confidential=False, independent=True)),
    "evidence remove": (add_file, lambda store: evidence.remove(store, 1)),
    "note edit": (lambda store: review.mark(store, [1], note="seen"), lambda store: notes.edit(store, 1, "asked her")),
    "claim add": (lambda store: claims.add(store, 1, 0, len("Harbour dues"), source="Ida Moor"),),
    "claim split": (_cut,),
    "claim merge": (_cut, lambda store: claims.merge(store, 1)),
    "claim merge: checks": (_cut, add_checks, _decide_last, lambda store: claims.merge(store, 1)),
    "claim respan": (lambda store: claims.respan(store, 1, end=_inside(store, 1, " by 4")),),
    "claim kind": (lambda store: claims.set_kind(store, [2], "indirect"),),
    "claim voice": (lambda store: claims.set_voice(store, [2, 3], "c"),),
    "sentence mark": (lambda store: sentences.mark(store, [1], "nothing to check", why="a headline"),),
    "sentence mark: none": (
        lambda store: sentences.mark(store, [1], "opinion"),
        lambda store: sentences.mark(store, [1], None),
    ),
    "source rename": (lambda store: sources.rename(store, 1, "Ada M. Brandt"),),
    "source merge": (_namesakes, lambda store: sources.merge(store, 3, 1)),
    "source kind": (lambda store: sources.set_kind(store, 1, "body"),),
    "source apart": (_namesakes, lambda store: same_sources.keep_apart(store, 3, 1)),
    "source part": (_second, lambda store: same_sources.part(store, 1, 2)),
    "family": (_second, lambda store: kinship.confirm(store, 1)),
    "family: reject": (_second, lambda store: kinship.reject(store, 1, [6])),
    "family: split": (_second, lambda store: kinship.split(store, 2, [8])),
    "family: merge": (_second, lambda store: kinship.merge(store, 1, [2])),
    "family: join": (_second, lambda store: kinship.join(store, 8, 1)),
    "transcript add": (lambda store: transcripts.add(store, RECORD, title="Council", held_at="2026-03-11"),),
    "verify": (lambda store: transcripts.add(store, RECORD), add_verification),
    "verify: answer": (add_verification, lambda store: verification.answer(store, 1, "same")),
    "setting": (lambda store: settings.change(store, "desk-name", "Ostwick Checks"),),
    "setting: scale": (lambda store: settings.change(store, "truth-scale", "truth-6"),),
    "setting: filter saved": (lambda store: saved.save(store, "figures", "has:number"),),
    "setting: filter taken away": (
        lambda store: saved.save(store, "wire", "kind:direct"),
        lambda store: saved.forget(store, "wire"),
    ),
    "setting: away": (
        lambda store: settings.change(store, "publishers", "factdesk.example"),
        lambda store: settings.change(store, "publishers", ""),
    ),
    "import: fact-checks": (add_checks,),
    "import": (lambda store: review.mark(store, [2], truth="true"), add_report),
    "check confirmed": (add_checks, lambda store: checkdecisions.decide(store, 1, 1, "confirmed")),
    "check rejected": (
        add_checks,
        lambda store: checkdecisions.decide(store, 1, 1, "confirmed"),
        lambda store: checkdecisions.decide(store, 1, 1, "rejected"),
    ),
    "ingest": (lambda store: put(store, HARBOUR, outlet="Another Outlet"),),
    "ingest: new version": (
        lambda store: review.mark(store, [row.id for row in rows(store)], truth="true"),
        lambda store: put(store, HARBOUR.replace("4 percent", "3 percent").replace("nobody", "somebody")),
    ),
    "remove": (
        lambda store: (review.mark(store, [1], note="seen"), add_evidence(store)),
        lambda store: removal.remove(store, [("c", 2), ("e", 1), ("n", 1)]),
    ),
    "remove: article": (lambda store: removal.remove(store, [("a", 1)]),),
    "remove: transcript": (
        lambda store: transcripts.add(store, RECORD),
        lambda store: removal.remove(store, [("t", 1)]),
    ),
    "reread": (
        lambda store: review.mark(store, [1], truth="true"),
        lambda store: list(reread.reread(store)),
    ),
}  # fmt: skip
