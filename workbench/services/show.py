"""Single things, whole: a card, an article with what is marked in it, a source, a family. On the driver alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import batches, cards, checks, pages
from db.driver import Connection
from workbench.errors import NotFoundError
from workbench.records import (
    ArticleView,
    ClaimCard,
    ClaimSpan,
    Conflict,
    Evidence,
    Family,
    Flag,
    Judgement,
    Label,
    Note,
    Scale,
    SentenceRow,
    SourceRow,
    Verdict,
    Verification,
    VerifiedStep,
    VerifiedText,
)
from workbench.services.checkrows import to_match
from workbench.services.lists import to_article_row, to_claim_row, to_family, to_source_row
from workbench.services.store import Store
from workbench.spans import Span


@dataclass(frozen=True, slots=True)
class Hanging:
    """The rows that hang on claims, by the claim's number."""

    spans: Mapping[int, Sequence[Any]]
    verdicts: Mapping[int, Sequence[Any]]
    evidence: Mapping[int, Sequence[Any]]
    notes: Mapping[int, Sequence[Any]]
    verifications: Mapping[int, Sequence[Any]]
    fact_checks: Mapping[int, Sequence[Any]]
    conflicts: Mapping[int, Sequence[Any]]


def claim_card(store: Store, claim_id: int) -> ClaimCard:
    """Everything about a claim. Raises NotFoundError."""
    with store.reading() as reader:
        found = batches.claims(reader, [claim_id])
        if not found or found[0]["hidden"]:
            raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
        family_id = found[0]["family_id"]
        hanging = Hanging(
            {claim_id: cards.anchors(reader, [claim_id])},
            {claim_id: cards.verdicts(reader, claim_id)},
            {claim_id: cards.evidence(reader, "claim_id", claim_id)},
            {claim_id: cards.notes(reader, claim_id)},
            {claim_id: batches.verifications(reader, [claim_id])},
            {claim_id: checks.decided(reader, [claim_id])},
            {claim_id: batches.conflicts(reader, [claim_id])},
        )
        return to_card(reader, found[0], {family_id: _family(reader, family_id) if family_id else None}, hanging)


def to_card(reader: Connection, row: Any, families: Mapping[int, Family | None], hanging: Hanging) -> ClaimCard:
    """A record of a row of `batches.claims`, its family and what hangs on it."""
    claim_id, family_id = row["id"], row["family_id"]
    before = _before(reader, row)
    standing = {found["judgement"]: _verdict(found) for found in hanging.verdicts.get(claim_id, ())}
    return ClaimCard(
        row=to_claim_row(row),
        version=row["version_number"],
        start=row["start"],
        end=row["end"],
        spans=tuple(_span(found) for found in hanging.spans.get(claim_id, ())),
        source_text=row["source_text"],
        source_reason=row["source_reason"],
        source_confidence=row["source_confidence"],
        cue_text=row["cue_text"],
        cue_class=row["cue_class"],
        hedges=tuple(json.loads(row["hedges"])),
        negated=bool(row["negated"]),
        numbers=tuple(json.loads(row["numbers"])),
        confidence=row["confidence"],
        reading=row["machine"],
        parent_id=row["parent_id"],
        truth=standing.get("truth"),
        attribution=standing.get("attribution"),
        evidence=tuple(_evidence(found) for found in hanging.evidence.get(claim_id, ())),
        notes=tuple(_note(found) for found in hanging.notes.get(claim_id, ())),
        family=families.get(family_id) if family_id else None,
        waived_because=row["waived_because"],
        revision=row["revision"],
        words_before=before[0],
        source_before=before[1],
        verifications=tuple(to_verification(found) for found in hanging.verifications.get(claim_id, ())),
        fact_checks=tuple(to_match(found) for found in hanging.fact_checks.get(claim_id, ())),
        conflicts=tuple(_conflict(found) for found in hanging.conflicts.get(claim_id, ())),
    )


def _before(reader: Connection, row: Any) -> tuple[str | None, str | None]:
    """The words and the source that the claim had when its stale verdict was given, else in the version before."""
    if not row["stale"] and row["anchor_state"] != "changed":
        return None, None
    found = cards.words_before(reader, row["id"], judged=bool(row["stale"]))
    if found is None:
        return None, None
    words = found["text"] if found["text"] != row["text"] else None
    return words, found["source"] if found["source_id"] != row["born_source_id"] else None


def _span(row: Any) -> ClaimSpan:
    return ClaimSpan(row["claim_id"], row["role"], row["start"], row["end"])


def _verdict(row: Any) -> Verdict:
    return Verdict(
        row["judgement"], row["scale_id"], row["label"], row["label_text"], row["letter"], row["word"], row["rating"],
        row["explanation"], row["rationale"], row["reviewer"], row["given_at"], row["version"],
    )  # fmt: skip


def _evidence(row: Any) -> Evidence:
    return Evidence(
        row["id"], row["claim_id"], row["url"], row["file_name"], row["excerpt"], row["stance"],
        None if row["independent"] is None else bool(row["independent"]), bool(row["confidential"]),
        row["blob_digest"], row["added_by"], row["added_at"], bool(row["proposed"]),
    )  # fmt: skip


def _conflict(row: Any) -> Conflict:
    return Conflict(
        row["other_id"], row["article_id"], row["outlet"], row["sort_date"] or None, row["source_name"], row["text"],
        row["figure"], row["against"], row["why"],
    )  # fmt: skip


def to_verification(row: Any) -> Verification:
    """A record of a kept verification."""
    kept = json.loads(row["result"])
    return Verification(
        id=row["id"],
        claim_id=row["claim_id"],
        quote=kept["quote"],
        speaker=kept["speaker"],
        quote_class=kept["class"],
        alarms=tuple(kept["alarms"]),
        against=tuple(VerifiedText(**text) for text in kept["against"]),
        text=kept["text"],
        lines=tuple(kept["lines"]),
        speakers=tuple(kept["speakers"]),
        passage=kept["passage"],
        steps=tuple(VerifiedStep(*step) for step in kept["steps"]),
        score=kept["score"],
        meaning=row["meaning"],
        added_by=row["added_by"],
        added_at=row["added_at"],
        answered_by=row["answered_by"],
        answered_at=row["answered_at"],
    )


def _note(row: Any) -> Note:
    return Note(row["id"], row["claim_id"], row["text"], row["reviewer"], row["added_at"])


def article_view(store: Store, article_id: int, version: int | None = None) -> ArticleView:
    """A version of an article (the newest by default) with its claims and sentences. Raises NotFoundError."""
    with store.reading() as reader:
        listed = pages.articles(reader, {"id": article_id}, "date", 1)
        if not listed:
            raise _no_article(reader, article_id)
        found = cards.version(reader, article_id, version)
        if found is None:
            raise NotFoundError(f"article a{article_id} has no version {version}", "leave the version out")
        return _view(reader, listed[0], found)


def article_named(store: Store, article_id: int) -> None:
    """Raise NotFoundError when there is no such article, or it was purged."""
    with store.reading() as reader:
        if not pages.articles(reader, {"id": article_id}, "date", 1):
            raise _no_article(reader, article_id)


def _no_article(reader: Connection, article_id: int) -> NotFoundError:
    """That an article is not there, or that it was purged."""
    purged = pages.select(reader, "SELECT purged_at FROM article WHERE id = ? AND purged_at IS NOT NULL", article_id)
    if purged:
        return NotFoundError(f"a{article_id} was purged on {purged[0][0][:10]}", "digests of its texts are in the log")
    return NotFoundError(f"there is no article a{article_id}", "workbench articles lists them")


def _view(reader: Connection, listed: Any, version: Any) -> ArticleView:
    claims = cards.article_claims(reader, listed["id"])
    spans = tuple(_span(row) for row in cards.article_anchors(reader, listed["id"], version["id"]))
    text: str = version["text"]
    details = json.loads(version["details"])
    sentences = cards.sentences(reader, version["id"])
    return ArticleView(
        row=to_article_row(listed),
        version=version["number"],
        text=text,
        header=Span(0, version["header_end"]) if version["header_end"] else None,
        title_span=Span(version["title_start"], version["title_end"]) if version["title_end"] else None,
        paragraphs=_paragraphs(sentences),
        sentences=_sentence_rows(sentences, spans),
        claims=tuple(to_claim_row(row) for row in claims),
        spans=spans,
        language=version["read_as"] or version["language"],
        analysed=bool(version["analysed"]),
        notes=tuple(details.get("notes", ())),
        read_as=_read_as(version, details),
    )


def _read_as(version: Any, details: dict[str, Any]) -> tuple[str, ...]:
    """`("pdf", "utf-8", "guessed: title", "pages: 3")`."""
    guessed = details.get("guessed", ())
    found = [f"{name}: {value}" for name, value in details.get("metadata", {}).items()]
    return (version["format"], version["encoding"], *([f"guessed: {', '.join(guessed)}"] if guessed else []), *found)


def _paragraphs(sentences: list[Any]) -> tuple[Span, ...]:
    """The hull of the sentences of each paragraph."""
    hulls: dict[int, Span] = {}
    for row in sentences:
        before = hulls.get(row["paragraph"])
        hulls[row["paragraph"]] = Span(before.start if before else row["start"], row["end"])
    return tuple(hulls.values())


def _sentence_rows(sentences: list[Any], spans: tuple[ClaimSpan, ...]) -> tuple[SentenceRow, ...]:
    """Each sentence with the claims whose content touches it; both lists are in the order of the text."""
    contents = [span for span in spans if span.role == "content"]
    rows, first = [], 0
    for row in sentences:
        while first < len(contents) and contents[first].end <= row["start"]:
            first += 1
        touching = []
        for span in contents[first:]:
            if span.start >= row["end"]:
                break
            if span.end > row["start"]:
                touching.append(span.claim_id)
        rows.append(
            SentenceRow(
                row["id"], row["start"], row["end"], row["mark"], bool(row["settled"]), tuple(dict.fromkeys(touching))
            )
        )
    return tuple(rows)


def article_of_claim(store: Store, claim_id: int) -> int:
    """The article that a claim stands in. Raises NotFoundError."""
    with store.reading() as reader:
        row = cards.claim(reader, claim_id)
    if row is None:
        raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return int(row["article_id"])


def neighbour_article(store: Store, article_id: int, step: int) -> int | None:
    """The next (1) or previous (-1) article by number; None at the end."""
    with store.reading() as reader:
        return cards.neighbour_article(reader, article_id, step)


def source(store: Store, source_id: int) -> SourceRow:
    """A source with its figures. Raises NotFoundError."""
    with store.reading() as reader:
        found = pages.sources(reader, {"id": source_id}, "claims", 1)
    if not found:
        raise NotFoundError(f"there is no source s{source_id}", "workbench sources lists them")
    return to_source_row(found[0])


def family(store: Store, family_id: int) -> Family:
    """A family with its occurrences, earliest first. Raises NotFoundError."""
    with store.reading() as reader:
        found = _family(reader, family_id)
    if found is None:
        raise NotFoundError(f"there is no family f{family_id}", "workbench families lists them")
    return found


def _family(reader: Connection, family_id: int) -> Family | None:
    from workbench.services import drift

    found = pages.families(reader, {"id": family_id}, 1)
    if not found:
        return None
    rows = cards.members(reader, family_id)
    if len(rows) < 2:
        return None
    variants = drift.variants(rows, cards.kinships(reader, family_id))
    return replace(to_family(found[0]), members=tuple(each.member for each in variants))


def evidence(store: Store, evidence_id: int) -> Evidence:
    """One piece of evidence. Raises NotFoundError."""
    with store.reading() as reader:
        found = cards.evidence(reader, "id", evidence_id)
    if not found:
        raise NotFoundError(f"there is no evidence e{evidence_id}", "workbench show CLAIM lists a claim's evidence")
    return _evidence(found[0])


def scales(store: Store, *, every: bool = False) -> tuple[Scale, ...]:
    """The verdict scales in use, or every one that verdicts were ever given on, with their labels in order."""
    with store.reading() as reader:
        rows = cards.scales(reader, every=every)
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row["scale_id"], []).append(row)
    return tuple(
        Scale(name, labels[0]["judgement"], labels[0]["scale_name"], tuple(_label(row) for row in labels))
        for name, labels in grouped.items()
    )


def _label(row: Any) -> Label:
    return Label(row["id"], row["key"], row["label"], row["letter"], row["word"], row["rating"])


def scale(store: Store, judgement: Judgement) -> Scale:
    """The scale in use for a judgement. Raises NotFoundError when the store has none."""
    for found in scales(store):
        if found.judgement == judgement:
            return found
    raise NotFoundError(f"the store has no scale for {judgement}", "run workbench doctor")


def flags(store: Store) -> tuple[Flag, ...]:
    """The flags that a claim may carry."""
    with store.reading() as reader:
        rows = cards.flags(reader)
    return tuple(Flag(row["id"], row["label"], row["key"]) for row in rows)
