"""What is written of an article that came in, as far as it can be told without the store: made in any process.

Rows are here without the numbers that the store gives; a claim or a source is named by its place in its list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workbench.records import Document, ExtractedClaim, Extraction, SourceMention
from workbench.services.journal import new_uid
from workbench.spans import anchor
from workbench.text import clean_line

if TYPE_CHECKING:
    from workbench.match.conflicts import Index

LONGEST_NAME = 300  # code points of a title, outlet or source name

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as an article names it. `joins` says whether other articles may mean the same by that name."""

    name: str
    kind: str
    joins: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's rows. `voices[n]` is who speaks in claim n, `figures[n]` how its figures are found by others."""

    version: Columns
    sentences: tuple[Columns, ...]
    claims: tuple[Columns, ...]
    parents: tuple[int | None, ...]
    anchors: tuple[tuple[Columns, ...], ...]
    sources: tuple[Voice, ...]
    voices: tuple[int | None, ...]
    mentions: tuple[tuple[int, Columns], ...]  # source, and where it is named
    figures: tuple[Index | None, ...]


def draft(document: Document, reading: Extraction) -> Draft:
    """The rows of a document and its reading."""
    from workbench.match.conflicts import index

    text, sources = reading.text, dict[Voice, int]()
    voices, mentions = [], []
    for claim in reading.claims:
        voice = voice_of(claim.source) if claim.source else None
        place = sources.setdefault(voice, len(sources)) if voice else None
        voices.append(place)
        if claim.source and place is not None and claim.source.end > claim.source.start:
            mentions.append((place, mention_columns(claim.source)))
    claims = tuple(claim_columns(text, claim) for claim in reading.claims)
    return Draft(
        version_columns(document),
        tuple(sentence_columns(reading)),
        claims,
        tuple(claim.parent for claim in reading.claims),
        tuple(tuple(anchor_columns(text, claim)) for claim in reading.claims),
        tuple(sources),
        tuple(voices),
        tuple(mentions),
        tuple(index(columns["text"]) for columns in claims),
    )


def version_columns(document: Document) -> Columns:
    """What is stored of a document's text, its number and time aside."""
    title, header = document.title_span, document.header
    return {
        "uid": new_uid(), "text": document.text, "digest": sha256(document.text.encode("utf-8")).hexdigest(),
        "blob_digest": sha256(document.data).hexdigest() if document.data else None, "title": _title(document),
        "published": document.published, "author": document.author, "language": document.language or "und",
        "format": document.format, "encoding": document.encoding, "header_end": header.end if header else None,
        "title_start": title.start if title else None, "title_end": title.end if title else None,
        "details": json.dumps(
            {"metadata": dict(document.metadata), "notes": list(document.notes), "guessed": sorted(document.guessed),
             "agency_span": list(document.agency_span) if document.agency_span else None},
            ensure_ascii=False, default=str,
        ),
    }  # fmt: skip


def _title(document: Document) -> str:
    """The title, else the first words of the text."""
    words = (document.title or "").strip() or " ".join(document.text[:400].split())[:80] or document.name
    return words[:LONGEST_NAME]


def sentence_columns(reading: Extraction) -> list[Columns]:
    """The sentences with the number of their paragraph."""
    rows: list[Columns] = []
    paragraph = 0
    for start, end in reading.sentences:
        while paragraph < len(reading.paragraphs) - 1 and start >= reading.paragraphs[paragraph].end:
            paragraph += 1
        rows.append({"paragraph": paragraph, "start": start, "end": end, "mark": None, "settled": False})
    return rows


def claim_columns(text: str, claim: ExtractedClaim) -> dict[str, Any]:
    """What the machine read of a claim, who speaks aside."""
    cue, source = claim.cue, claim.source
    return {
        "uid": new_uid(), "kind": claim.kind, "text": " … ".join(piece.of(text) for piece in claim.content),
        "start": claim.start, "end": claim.end, "cue_text": cue.text if cue else None,
        "cue_class": cue.cue_class if cue else None, "source_text": source.text if source else None,
        "source_reason": source.reason if source else None,
        "source_confidence": source.confidence if source else None, "anonymity": claim.anonymity,
        "hedges": json.dumps([span.of(text) for span in claim.hedges], ensure_ascii=False), "negated": claim.negated,
        "numbers": json.dumps([number.text for number in claim.numbers], ensure_ascii=False),
        "check_worthiness": claim.check_worthiness, "confidence": claim.confidence,
    }  # fmt: skip


def anchor_columns(text: str, claim: ExtractedClaim) -> list[dict[str, Any]]:
    """What ties a claim to its text: a row for each piece of each role."""
    roles = {
        "content": claim.content, "source": claim.source_spans, "cue": claim.cue_spans, "quote": claim.quotes,
    }  # fmt: skip
    found = [(role, piece, anchor(text, span)) for role, spans in roles.items() for piece, span in enumerate(spans)]
    return [
        {"role": role, "piece": piece, "start": place.start, "end": place.end, "exact": place.exact,
         "prefix": place.prefix, "suffix": place.suffix, "state": "as was"}
        for role, piece, place in found
    ]  # fmt: skip


def mention_columns(mention: SourceMention) -> dict[str, Any]:
    """Where a source is named, and why it is that one."""
    return {"start": mention.start, "end": mention.end, "reason": mention.reason, "confidence": mention.confidence}


def voice_of(mention: SourceMention) -> Voice | None:
    """Whom a mention names, None where nothing of the name is left.

    Across articles only an equal full name of the same kind is joined: two words or more of a person, any name of a
    body or document. A single name, a description and an anonymous voice belong to their article.
    """
    name = clean_line(mention.name).strip()[:LONGEST_NAME]
    joins = mention.kind in ("body", "document") or (mention.kind == "person" and " " in name)
    return Voice(name, mention.kind, joins) if name else None
