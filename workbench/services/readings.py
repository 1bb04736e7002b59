"""Writing a reading of a version: its sentences, its claims, and which earlier claims they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from db import readings as stored
from db import storing
from db.models import Agency, Article, Claim, Outlet, Reading, Source, SourceAlias, Version
from workbench.alignment import Alignment, plain
from workbench.records import ExtractedClaim, Extraction, ReadingChanges, SourceMention
from workbench.services import carrying, drafts
from workbench.services.carrying import Carried
from workbench.services.journal import new_uid, now
from workbench.spans import Anchor as TextAnchor
from workbench.spans import anchor

if TYPE_CHECKING:
    from sqlmodel import Session

_LOST = -1  # the number of the wording of a claim whose words are gone


def write_first(
    session: Session, article: Article, version: Version, reading: Extraction, *, shown: bool
) -> ReadingChanges:
    """The reading of a version that came in. Claims of the version before keep their identity where they still stand.

    `shown` says whether the article has a version in use, whose claims are carried over.
    """
    row = _new_reading(session, version, reading, hidden=False)
    rows = [{**row, "version_id": version.id} for row in drafts.sentence_columns(reading)]
    storing.insert(session, "sentence", rows)
    if article.reading_id is None:
        _write_claims(session, article, version, row, reading, reading.claims)
        return ReadingChanges(new=len(reading.claims))
    stored.save(session, article.id or 0, article.reading_id)
    carried = _carried_over(session, article, version, reading) if shown else []
    return _write_carried(session, article, version, row, reading, carried)


def write_again(
    session: Session, article: Article, version: Version, reading: Extraction
) -> tuple[Reading, ReadingChanges] | None:
    """A new reading of the version in use, hidden until it is acted upon; None when the machine reads what it read.

    Claims with a person's decision stay as they are, removed ones and those marked as no claim too. Of the others the
    new reading decides: those with the very same spans keep their identity.
    """
    before = article.reading_id or 0
    stored.save(session, article.id or 0, before)
    carried = _carried_again(session, article, reading)
    kept = [one for one in carried if one.decided or one.fresh is not None]
    gone, fresh = len(carried) - len(kept), len(reading.claims) - sum(one.fresh is not None for one in kept)
    if not gone and not fresh and session.get_one(Reading, before).machine == reading.reading:
        return None
    row = _new_reading(session, version, reading, hidden=True)
    _write_carried(session, article, version, row, reading, kept)
    decided = sum(one.decided for one in kept)
    return row, ReadingChanges(unchanged=len(kept), lost=gone, new=fresh, decided=decided)


def _new_reading(session: Session, version: Version, reading: Extraction, *, hidden: bool) -> Reading:
    row = Reading(
        uid=new_uid(), version_id=version.id or 0, machine=reading.reading, language=reading.language,
        analysed=reading.analysed, read_at=now(), hidden=hidden,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _carried_over(session: Session, article: Article, version: Version, reading: Extraction) -> list[Carried]:
    """What becomes of the claims in use in a new text."""
    anchors, decided = stored.anchors(session, article.id or 0), stored.decided(session, article.id or 0)
    names = dict(session.exec(select(Source.id, Source.name)).all()) if anchors else {}
    alignments: dict[int, Alignment] = {}
    carried: list[tuple[Carried, Alignment]] = []
    for claim in stored.standing(session, article.reading_id or 0):
        if claim.version_id not in alignments:
            text = session.get_one(Version, claim.version_id).text
            alignments[claim.version_id] = Alignment(text, version.text)
        alignment = alignments[claim.version_id]
        own = anchors.get((claim.id or 0, claim.version_id), [])
        carried.append((carrying.find(claim, own, claim.id in decided, alignment), alignment))
    carrying.pair([one for one, _ in carried], reading.claims)
    shaped = stored.shaped(session, article.id or 0)
    for one, alignment in carried:
        if one.claim.id not in shaped:  # what a person shaped keeps its shape
            carrying.judge(one, reading, alignment, names.get(one.claim.born_source_id))
    _drop_doubles([one for one, _ in carried])
    return [one for one, _ in carried]


def _drop_doubles(carried: Sequence[Carried]) -> None:
    """Two claims that would stand on the same words: one that nobody decided on gives way."""
    seen: set[Any] = set()
    for one in sorted(carried, key=lambda each: not each.decided):
        key = (one.claim.kind, one.content)
        if one.content and key in seen and not one.decided:
            one.state, one.fresh, one.adopts = "lost", None, False
        seen.add(key)


def _carried_again(session: Session, article: Article, reading: Extraction) -> list[Carried]:
    """What becomes of the claims in use in a new reading of the same text."""
    anchors, decided = stored.anchors(session, article.id or 0), stored.decided(session, article.id or 0)
    carried = [
        carrying.stay(claim, anchors.get((claim.id or 0, claim.version_id), []), claim.id in decided)
        for claim in stored.standing(session, article.reading_id or 0)
    ]
    carrying.pair([one for one in carried if one.decided and one.state != "lost"], reading.claims)
    taken = {one.fresh for one in carried}
    rest = [index for index in range(len(reading.claims)) if index not in taken]
    free = [one for one in carried if not one.decided]
    carrying.pair(free, [reading.claims[index] for index in rest])
    for one in free:
        if one.fresh is not None:
            one.fresh = rest[one.fresh]
            one.adopts = carrying.unchanged_spans(one, reading.claims[one.fresh])
            one.fresh = one.fresh if one.adopts else None
    return carried


def _write_carried(
    session: Session, article: Article, version: Version, row: Reading, reading: Extraction, carried: Sequence[Carried]
) -> ReadingChanges:
    """Write the claims of a reading, earlier ones and new ones, and what it says of each."""
    known: dict[tuple[str, str], Source] = {}
    taken = {one.fresh: one.claim.id or 0 for one in carried if one.fresh is not None}
    fresh = [index for index in range(len(reading.claims)) if index not in taken]
    ids = _write_claims(session, article, version, row, reading, [reading.claims[index] for index in fresh])
    numbers = taken | dict(zip(fresh, ids, strict=True))
    wordings = stored.earlier(session, article.id or 0)
    rows, anchors, mentions = [], [], []
    for index, claim_id in zip(fresh, ids, strict=True):
        parent = reading.claims[index].parent
        if parent in taken:
            session.get_one(Claim, claim_id).parent_id = taken[parent]
    session.flush()
    again = version.id == article.version_id
    for one in carried:
        if one.state == "lost" and not one.decided:
            continue
        claim = reading.claims[one.fresh] if one.adopts and one.fresh is not None else None
        source = _source(session, article, claim.source, known) if claim and claim.source else None
        values = _values(one, claim, source, row, version, reading, numbers)
        rows.append(values | {"words": _wording(values, one, wordings.get(one.claim.id or 0, []))})
        if claim and source and claim.source and claim.source.end > claim.source.start:
            mentions.append(_mention_row(claim.source, source, row))
        if not again:
            anchors += _carried_anchors(one, claim, version, reading.text)
    rows += [
        {name: getattr(claim, name) for name in stored.VALUES}
        | {"claim_id": claim.id, "reading_id": row.id, "read_in_id": row.id, "version_id": version.id, "words": 0,
           "start": claim.start, "end": claim.end, "state": "as was", "source_id": claim.born_source_id}
        for claim in session.exec(select(Claim).where(Claim.reading_id == row.id))
    ]  # fmt: skip
    stored.add(session, rows)
    storing.insert(session, "anchor", anchors)
    storing.insert(session, "mention", mentions)
    session.flush()
    return _summary(carried, len(fresh))


def _summary(carried: Sequence[Carried], new: int) -> ReadingChanges:
    counts = {state: sum(one.state == state for one in carried) for state in ("as was", "moved", "changed", "lost")}
    return ReadingChanges(
        unchanged=counts["as was"],
        moved=counts["moved"],
        changed=counts["changed"],
        lost=counts["lost"],
        new=new,
        decided=sum(one.decided and one.state in ("changed", "lost") for one in carried),
    )


def _values(
    one: Carried, claim: ExtractedClaim | None, source: Source | None, row: Reading, version: Version,
    reading: Extraction, numbers: dict[int, int],
) -> dict[str, Any]:  # fmt: skip
    """What the reading says of a carried claim: the machine's new values, or the earlier ones where it has none."""
    before = one.claim
    place = {"claim_id": before.id, "reading_id": row.id, "state": one.state, "version_id": version.id}
    if claim is not None:
        values = _claim_columns(reading.text, claim, source)
        parent = numbers.get(claim.parent) if claim.parent is not None else None
        kept = {name: values[name] for name in stored.VALUES if name != "parent_id"}
        return place | kept | {
            "parent_id": parent, "source_id": values["born_source_id"], "read_in_id": row.id, "start": claim.start,
            "end": claim.end,
        }  # fmt: skip
    values = {name: getattr(before, name) for name in stored.VALUES}
    values |= {"source_id": before.born_source_id, "read_in_id": before.reading_id}
    if one.state == "lost" or not one.content:
        return place | values | {"version_id": before.version_id, "start": before.start, "end": before.end}
    words = carrying.text_of(version.text, one.content)
    for name in ("numbers", "hedges"):  # a figure or hedge that went out of the words goes out of the card
        values[name] = json.dumps([each for each in json.loads(values[name]) if each in words], ensure_ascii=False)
    return place | values | {"text": words, "start": one.content[0].start, "end": one.content[-1].end}


def _wording(values: dict[str, Any], one: Carried, earlier: Sequence[Any]) -> int:
    """The number of the claim's wording: that of an earlier reading with the same words, else a new one."""
    if one.state == "lost":
        return _LOST
    last = earlier[-1].words if earlier else 0
    if one.state != "changed" and last != _LOST:
        return int(last)
    words = plain(values["text"])
    for row in reversed(earlier):
        if row.words != _LOST and plain(row.text) == words and row.source_id == values["source_id"]:
            return int(row.words)
    return max((int(row.words) for row in earlier), default=0) + 1


def _carried_anchors(one: Carried, claim: ExtractedClaim | None, version: Version, text: str) -> list[dict[str, Any]]:
    """The anchors of a carried claim in the new version; none when it is lost."""
    if one.state == "lost":
        return []
    if claim is None:
        return [
            _anchor_row(one.claim.id or 0, version, row.role, row.piece, anchor(text, place.span), place.state)
            for row, place in ((one.anchors[index], place) for index, place in one.places.items())
        ]
    before = {(row.role, row.piece): row for row in one.anchors}
    rows = _anchor_rows(text, claim, one.claim.id or 0, version)
    for row in rows:
        old = before.get((row["role"], row["piece"]))
        if old is None or plain(old.exact) != plain(row["exact"]):
            row["state"] = "changed"
        elif (old.start, old.end) != (row["start"], row["end"]):
            row["state"] = "moved"
    return rows


def _write_claims(
    session: Session,
    article: Article,
    version: Version,
    reading_row: Reading,
    reading: Extraction,
    fresh: Sequence[ExtractedClaim],
) -> list[int]:
    """Insert claims with their anchors, mentions and sources; parents are set once ids are known. Returns the ids."""
    sources: dict[tuple[str, str], Source] = {}
    linked = [_source(session, article, claim.source, sources) if claim.source else None for claim in fresh]
    common = common_columns(session, article, version, reading_row)
    rows = [common | _claim_columns(reading.text, claim, source) for claim, source in zip(fresh, linked, strict=True)]
    if not rows:
        return []
    first = storing.next_id(session, "claim")
    ids = list(range(first, first + len(rows)))
    storing.insert(session, "claim", [row | {"id": number} for row, number in zip(rows, ids, strict=True)])
    index = {id(claim): number for claim, number in zip(fresh, ids, strict=True)}
    anchors: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    for claim, claim_id, source in zip(fresh, ids, linked, strict=True):
        anchors += _anchor_rows(reading.text, claim, claim_id, version)
        parent = reading.claims[claim.parent] if claim.parent is not None else None
        if parent is not None and id(parent) in index:
            session.get_one(Claim, claim_id).parent_id = index[id(parent)]
        if claim.source and source and claim.source.end > claim.source.start:
            mentions.append(_mention_row(claim.source, source, reading_row))
    storing.insert(session, "anchor", anchors)
    storing.insert(session, "mention", mentions)
    session.flush()
    return ids


def common_columns(session: Session, article: Article, version: Version, reading: Reading | None) -> dict[str, Any]:
    """The columns that a new claim of an article begins with; without a `reading` a person made it."""
    outlet = session.get(Outlet, article.outlet_id) if article.outlet_id else None
    agency = session.get(Agency, article.agency_id) if article.agency_id else None
    shown = outlet or agency
    numbers = (article.id, version.id, reading.id if reading else None)
    return opening_columns(*numbers, version.title, version.published) | {"outlet": shown.name if shown else None}


def opening_columns(
    article_id: int | None, version_id: int | None, reading_id: int | None, title: str, published: str | None
) -> dict[str, Any]:
    """What nobody decided yet of a claim, and where it stands."""
    return {
        "article_id": article_id, "born_version_id": version_id, "version_id": version_id, "reading_id": reading_id,
        "parent_id": None, "anchor_state": "as was", "removed": False, "wording": None, "source_confirmed": False,
        "status": "open", "waived_because": None, "truth": None, "attribution": None, "flags": "[]", "stale": False,
        "hidden": True, "family_id": None, "family_size": 0, "family_alarm": None, "evidence_count": 0, "revision": 0,
        "title": title, "sort_date": published or "",
    }  # fmt: skip


def _claim_columns(text: str, claim: ExtractedClaim, source: Source | None) -> dict[str, Any]:
    source_id = source.id if source else None
    return drafts.claim_columns(text, claim) | {"born_source_id": source_id} | speaker_columns(
        source_id, source.name if source else None, source.kind if source else None
    )  # fmt: skip


def speaker_columns(source_id: int | None, name: str | None, kind: str | None) -> dict[str, Any]:
    """Who speaks in a claim, as lists show it; claims without a source are sorted last."""
    return {
        "source_id": source_id, "source_name": name, "source_kind": kind,
        "sort_source": name.casefold() if name is not None else "\uffff",
    }  # fmt: skip


def _anchor_rows(text: str, claim: ExtractedClaim, claim_id: int, version: Version) -> list[dict[str, Any]]:
    return [row | {"claim_id": claim_id, "version_id": version.id} for row in drafts.anchor_columns(text, claim)]


def _anchor_row(
    claim_id: int, version: Version, role: str, piece: int, place: TextAnchor, state: str
) -> dict[str, Any]:
    return {
        "claim_id": claim_id, "version_id": version.id, "role": role, "piece": piece, "start": place.start,
        "end": place.end, "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix, "state": state,
    }  # fmt: skip


def _mention_row(mention: SourceMention, source: Source, reading: Reading) -> dict[str, Any]:
    return {"reading_id": reading.id, "source_id": source.id, **drafts.mention_columns(mention)}


def _source(
    session: Session, article: Article, mention: SourceMention, known: dict[tuple[str, str], Source]
) -> Source | None:
    """The stored source of a mention, as `drafts.voice_of` says who shares it."""
    voice = drafts.voice_of(mention)
    if voice is None:
        return None
    key = (voice.name, voice.kind)
    if key not in known:
        place = None if voice.joins else article.id
        same = select(Source).where(Source.name == voice.name, Source.kind == voice.kind, Source.article_id == place)
        found = session.exec(same.limit(1)).first() or (_by_alias(session, *key) if voice.joins else None)
        if found is None:
            found = Source(uid=new_uid(), name=voice.name, kind=voice.kind, article_id=place)
            session.add(found)
            session.flush()
        known[key] = found
    return known[key]


def _by_alias(session: Session, name: str, kind: str) -> Source | None:
    """The source that a person gave this name as another form of its own."""
    other = select(Source).join(SourceAlias, col(SourceAlias.source_id) == col(Source.id))
    known = (SourceAlias.name == name, Source.kind == kind, col(Source.article_id).is_(None))
    return session.exec(other.where(*known, col(Source.hidden).is_(False)).order_by(col(Source.id)).limit(1)).first()
