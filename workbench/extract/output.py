"""The JSON of an extraction, as `workbench extract` prints it and `export` contains it."""

from __future__ import annotations

from typing import Any

from workbench.records import Cue, Document, ExtractedClaim, Extraction, Number, SourceMention
from workbench.spans import Span

FORMAT = 1


def to_json(document: Document, extraction: Extraction) -> dict[str, Any]:
    """One document as plain values; offsets are code points into `text`."""
    return {
        "format": FORMAT,
        "id": document.name,
        "title": document.title,
        "published": document.published,
        "outlet": document.outlet,
        "agency": document.agency,
        "language": extraction.language,
        "analysed": extraction.analysed,
        "reading": extraction.reading,
        "text": extraction.text,
        "sentences": [list(span) for span in extraction.sentences],
        "claims": [_claim(extraction.text, claim) for claim in extraction.claims],
    }


def _claim(text: str, claim: ExtractedClaim) -> dict[str, Any]:
    spans = {"source": claim.source_spans, "cue": claim.cue_spans, "content": claim.content}
    return {
        "kind": claim.kind,
        "start": claim.start,
        "end": claim.end,
        "text": text[claim.start : claim.end],
        "spans": {role: [list(span) for span in pieces] for role, pieces in spans.items()},
        "quotes": [_place(text, span) for span in claim.quotes],
        "source": _source(claim.source),
        "cue": _cue(claim.cue),
        "anonymity": claim.anonymity,
        "hedges": [_place(text, span) for span in claim.hedges],
        "negated": claim.negated,
        "numbers": [_number(number) for number in claim.numbers],
        "check_worthiness": claim.check_worthiness,
        "confidence": claim.confidence,
        "parent": claim.parent,
    }


def _place(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _source(source: SourceMention | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "start": source.start,
        "end": source.end,
        "text": source.text,
        "name": source.name,
        "kind": source.kind,
        "reason": source.reason,
        "confidence": source.confidence,
    }


def _cue(cue: Cue | None) -> dict[str, Any] | None:
    if cue is None:
        return None
    return {"start": cue.start, "end": cue.end, "text": cue.text, "class": cue.cue_class}


def _number(number: Number) -> dict[str, Any]:
    return {
        "start": number.start,
        "end": number.end,
        "text": number.text,
        "value": number.value,
        "unit": number.unit,
    }
