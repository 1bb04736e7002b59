"""A report as JSON and back. Each article has the fields of an extraction (interface.md) and what people decided.

Identifiers are typed strings, offsets are code points, and characters that steer a terminal or hide text are
written as escapes, so that the file is safe to print and still reads back exactly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workbench.language.numbers import numbers
from workbench.records import (
    REPORT_FORMAT,
    ArticleView,
    ClaimCard,
    Family,
    Report,
    ReportArticle,
)
from workbench.report import chronicle, codec, questions
from workbench.report.figures import figures
from workbench.report.passages import in_place
from workbench.spans import Span
from workbench.text import clean

_NOT_AS_THEY_ARE = frozenset({"row", "spans", "truth", "attribution", "family", "hedges", "numbers"})


def render(report: Report) -> bytes:
    """`report` as one JSON object, indented by one, UTF-8, with a newline at its end."""
    text = json.dumps(to_json(report), ensure_ascii=False, allow_nan=False, indent=1)
    return (escaped(text) + "\n").encode()


def escaped(text: str) -> str:
    """Serialised `text` with hidden and steering characters as JSON escapes."""
    hidden = {character for character in set(text) if character != "\n" and clean(character) != character}
    return text.translate({ord(character): _escape(character) for character in hidden})


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def to_json(report: Report) -> dict[str, Any]:
    """`report` as one object of plain JSON values."""
    events = chronicle.by_subject(report.history)
    return {
        "format": REPORT_FORMAT,
        "program": report.program,
        "made_at": report.made_at,
        "made_by": report.made_by,
        "public": report.public,
        "rule": report.rule,
        "filter": report.filter_text,
        "figures": codec.dump(figures(report)),
        "scales": codec.dump(report.scales),
        "flags": codec.dump(report.flags),
        "questions": codec.dump(_questions(report)),
        "articles": [_article(article, report, events) for article in report.articles],
        "families": codec.dump(report.families),
        "corrections": codec.dump(report.corrections),
        "history": codec.dump(report.history),
        "log": {"head": report.log_head, "length": report.log_length},
    }


def _questions(report: Report) -> list[dict[str, Any]]:
    cards = (card for article in report.articles for card in article.cards)
    return [
        {"question": asked.text, "claims": [f"c{claim}" for claim in asked.claims]}
        for asked in questions.gather(cards, report.public)
    ]


def _article(article: ReportArticle, report: Report, events: chronicle.Events) -> dict[str, Any]:
    view, row = article.view, article.view.row
    rows = {card.row.id: card.row for card in article.cards}
    places = {card.row.id: index for index, card in enumerate(article.cards)}
    families = {family.id: family for family in report.families}
    return {
        "id": row.name,
        "title": row.title,
        "published": row.published,
        "outlet": row.outlet,
        "agency": row.agency,
        "url": row.url,
        "language": view.language,
        "analysed": view.analysed,
        "reading": next((card.reading for card in article.cards if card.reading), None),
        "coverage": row.coverage,
        "article": codec.dump(row),
        "version": view.version,
        "notes": list(view.notes),
        "read_as": list(view.read_as),
        "text": view.text,
        "header": codec.dump(view.header),
        "title_span": codec.dump(view.title_span),
        "paragraphs": codec.dump(view.paragraphs),
        "sentences": [[sentence.start, sentence.end] for sentence in view.sentences],
        "sentence_states": [codec.dump_record(sentence, frozenset({"start", "end"})) for sentence in view.sentences],
        "claims": [_claim(card, view, places, families, events) for card in article.cards],
        "marked": [f"c{row.id}" if rows.get(row.id) == row else codec.dump(row) for row in view.claims],
        "marks": [[f"c{span.claim_id}", span.role, span.start, span.end] for span in view.spans],
    }


def _claim(
    card: ClaimCard,
    view: ArticleView,
    places: dict[int, int],
    families: dict[int, Family],
    events: chronicle.Events,
) -> dict[str, Any]:
    row = codec.dump_record(card.row)
    row["source_name"] = row.pop("source")
    family = card.family
    known = family is not None and families.get(family.id) == family
    return {
        **row,
        **_as_extracted(card, view, places),
        "anchors": [[span.role, span.start, span.end] for span in card.spans],
        **codec.dump_record(card, _NOT_AS_THEY_ARE),
        "judgements": {"truth": codec.dump(card.truth), "attribution": codec.dump(card.attribution)},
        "family": f"f{family.id}" if family is not None and known else codec.dump(family),
        "history": [event.seq for event in chronicle.of_claim(card, events)],
    }


def _as_extracted(card: ClaimCard, view: ArticleView, places: dict[int, int]) -> dict[str, Any]:
    """The fields of interface.md, “JSON of an extraction”, for those who read both."""
    spans: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": [], "quote": []}
    for span in card.spans:
        spans[span.role].append([span.start, span.end])
    quotes = spans.pop("quote")
    return {
        "spans": spans,
        "quotes": [{"start": start, "end": end, "text": view.text[start:end]} for start, end in quotes],
        "source": _source(card, spans["source"]),
        "cue": _cue(card, spans["cue"]),
        "hedges": [_place(words, start) for words, start in _found(card.hedges, card, view)],
        "numbers": _numbers(card, view),
        "parent": None if card.parent_id is None else places.get(card.parent_id),
    }


def _found(phrases: tuple[str, ...], card: ClaimCard, view: ArticleView) -> Iterator[tuple[str, int | None]]:
    """Each of `phrases` with the offset where it stands in the claim, searched in order; None when it does not."""
    standing = bool(in_place(card, view))
    at = card.start
    for words in phrases:
        start = view.text.find(words, at, card.end) if standing else -1
        at = start + len(words) if start >= 0 else at
        yield words, start if start >= 0 else None


def _place(words: str, start: int | None) -> dict[str, Any]:
    return {"start": start, "end": None if start is None else start + len(words), "text": words}


def _numbers(card: ClaimCard, view: ArticleView) -> list[dict[str, Any]]:
    """The figures of a claim with their values, read again where they stand: a card keeps only their words."""
    if not card.numbers:
        return []
    known = {number.start: number for number in numbers(view.text, Span(card.start, card.end))}
    result = []
    for words, start in _found(card.numbers, card, view):
        number = known.get(start) if start is not None else None
        same = number is not None and number.text == words
        value, unit = (number.value, number.unit) if number is not None and same else (None, None)
        result.append({**_place(words, start), "value": codec.dump(value), "unit": unit})
    return result


def _hull(spans: list[list[int]]) -> dict[str, int | None]:
    if not spans:
        return {"start": None, "end": None}
    return {"start": min(start for start, _ in spans), "end": max(end for _, end in spans)}


def _source(card: ClaimCard, spans: list[list[int]]) -> dict[str, Any] | None:
    if card.row.source is None and card.source_text is None:
        return None
    return {
        **_hull(spans),
        "text": card.source_text,
        "name": card.row.source,
        "kind": card.row.source_kind,
        "reason": card.source_reason,
        "confidence": codec.dump(card.source_confidence),
        "confirmed": card.row.source_confirmed,
    }


def _cue(card: ClaimCard, spans: list[list[int]]) -> dict[str, Any] | None:
    if card.cue_text is None:
        return None
    return {**_hull(spans), "text": card.cue_text, "class": card.cue_class}
