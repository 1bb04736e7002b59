"""A report as JSON and back. Each article has the fields of an extraction (interface.md) and what people decided.

Identifiers are typed strings, offsets are code points, and characters that steer a terminal or hide text are
written as escapes, so that the file is safe to print and still reads back exactly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from workbench.errors import InputError
from workbench.records import (
    ArticleRow,
    ArticleView,
    ClaimCard,
    ClaimRow,
    ClaimSpan,
    EventRow,
    Family,
    Flag,
    Report,
    ReportArticle,
    Scale,
    SentenceRow,
    Verdict,
)
from workbench.report import codec
from workbench.report.figures import figures
from workbench.text import clean

FORMAT = 1

_NOT_AS_THEY_ARE = frozenset({"row", "spans", "truth", "attribution", "family"})


# ---- out -------------------------------------------------------------------------------------------------------------


def render(report: Report) -> bytes:
    """`report` as one JSON object, indented by one, UTF-8, with a newline at its end."""
    text = json.dumps(_report(report), ensure_ascii=False, allow_nan=False, indent=1)
    return (_escaped(text) + "\n").encode()


def _escaped(text: str) -> str:
    """Serialised `text` with hidden and steering characters as JSON escapes."""
    hidden = {character for character in set(text) if character != "\n" and clean(character) != character}
    return text.translate({ord(character): _escape(character) for character in hidden})


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _report(report: Report) -> dict[str, Any]:
    events = _events_by_claim(report.history)
    return {
        "format": FORMAT,
        "program": report.program,
        "made_at": report.made_at,
        "made_by": report.made_by,
        "public": report.public,
        "filter": report.filter_text,
        "figures": codec.dump(figures(report)),
        "scales": codec.dump(report.scales),
        "flags": codec.dump(report.flags),
        "articles": [_article(article, report, events) for article in report.articles],
        "families": codec.dump(report.families),
        "history": codec.dump(report.history),
        "log": {"head": report.log_head, "length": report.log_length},
    }


def _events_by_claim(history: Iterable[EventRow]) -> dict[str, list[int]]:
    events: dict[str, list[int]] = {}
    for event in history:
        events.setdefault(event.subject, []).append(event.seq)
    return events


def _article(article: ReportArticle, report: Report, events: dict[str, list[int]]) -> dict[str, Any]:
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
    events: dict[str, list[int]],
) -> dict[str, Any]:
    row = codec.dump_record(card.row)
    row["source_name"] = row.pop("source")
    family = card.family
    known = family is not None and families.get(family.id) == family
    return {
        **row,
        **_as_extracted(card, view.text, places),
        "anchors": [[span.role, span.start, span.end] for span in card.spans],
        **codec.dump_record(card, _NOT_AS_THEY_ARE),
        "judgements": {"truth": codec.dump(card.truth), "attribution": codec.dump(card.attribution)},
        "family": f"f{family.id}" if family is not None and known else codec.dump(family),
        "history": events.get(f"c{card.row.id}", []),
    }


def _as_extracted(card: ClaimCard, text: str, places: dict[int, int]) -> dict[str, Any]:
    """The fields of interface.md, “JSON of an extraction”, for those who read both."""
    spans: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": [], "quote": []}
    for span in card.spans:
        spans[span.role].append([span.start, span.end])
    quotes = spans.pop("quote")
    return {
        "spans": spans,
        "quotes": [{"start": start, "end": end, "text": text[start:end]} for start, end in quotes],
        "source": _source(card, spans["source"]),
        "cue": _cue(card, spans["cue"]),
        "parent": None if card.parent_id is None else places.get(card.parent_id),
    }


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


# ---- in --------------------------------------------------------------------------------------------------------------


def read_json(data: bytes) -> Report:
    """The report that `render` wrote. Raises InputError, in words, for anything else."""
    value = codec.mapping(_parsed(data), "the file")
    version = value.get("format")
    if version != FORMAT or "articles" not in value:
        raise _wrong_version(version if "articles" in value else None)
    try:
        return _read(value)
    except RecursionError:
        raise codec.wrong("the file", "is nested too deep") from None


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise codec.wrong("the file", "is not UTF-8 text") from None
    except RecursionError:
        raise codec.wrong("the file", "is nested too deep") from None
    except ValueError:
        raise codec.wrong("the file", "is not JSON") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _wrong_version(version: Any) -> InputError:
    if isinstance(version, int) and version > FORMAT:
        return InputError(f"this report has format {version}, newer than {FORMAT}", "read it with a newer workbench")
    return codec.wrong("the file", "holds no report of format 1")


def _read(value: dict[str, Any]) -> Report:
    families = codec.load(tuple[Family, ...], value.get("families"), "families")
    by_id = {family.id: family for family in families}
    log = codec.mapping(value.get("log"), "log")
    articles = codec.array(value["articles"], "articles")
    given = {
        "filter_text": codec.load(str, value.get("filter"), "filter"),
        "articles": tuple(_read_article(entry, by_id, f"articles[{i}]") for i, entry in enumerate(articles)),
        "scales": codec.load(tuple[Scale, ...], value.get("scales"), "scales"),
        "flags": codec.load(tuple[Flag, ...], value.get("flags"), "flags"),
        "families": families,
        "history": codec.load(tuple[EventRow, ...], value.get("history"), "history"),
        "log_head": codec.load(str, log.get("head"), "log.head"),
        "log_length": codec.load(int, log.get("length"), "log.length"),
    }
    return codec.load_record(Report, value, "the report", given)


def _read_article(value: Any, families: dict[int, Family], where: str) -> ReportArticle:
    source = codec.mapping(value, where)
    entries = codec.array(source.get("claims"), f"{where}.claims")
    cards = tuple(_read_claim(entry, families, f"{where}.claims[{i}]") for i, entry in enumerate(entries))
    given = {
        "row": codec.load_record(ArticleRow, source.get("article"), f"{where}.article"),
        "sentences": _read_sentences(source, where),
        "claims": _read_marked(source, cards, where),
        "spans": _read_marks(source, where),
    }
    return ReportArticle(codec.load_record(ArticleView, source, where, given), cards)


def _read_sentences(source: dict[str, Any], where: str) -> tuple[SentenceRow, ...]:
    places = codec.array(source.get("sentences"), f"{where}.sentences")
    states = codec.array(source.get("sentence_states"), f"{where}.sentence_states")
    if len(places) != len(states):
        raise codec.wrong(f"{where}.sentences", "has another length than the states of the sentences")
    pairs = zip(places, states, strict=True)
    return tuple(_read_sentence(place, state, f"{where}.sentences[{i}]") for i, (place, state) in enumerate(pairs))


def _read_sentence(place: Any, state: Any, where: str) -> SentenceRow:
    start, end = codec.span(place, where)
    return codec.load_record(SentenceRow, state, where, {"start": start, "end": end})


def _read_marked(source: dict[str, Any], cards: tuple[ClaimCard, ...], where: str) -> tuple[ClaimRow, ...]:
    rows = {f"c{card.row.id}": card.row for card in cards}
    place = f"{where}.marked"
    return tuple(
        rows[entry] if isinstance(entry, str) and entry in rows else codec.load_record(ClaimRow, entry, place)
        for entry in codec.array(source.get("marked"), place)
    )


def _read_marks(source: dict[str, Any], where: str) -> tuple[ClaimSpan, ...]:
    place = f"{where}.marks"
    return tuple(_read_mark(entry, place) for entry in codec.array(source.get("marks"), place))


def _read_mark(value: Any, where: str, claim_id: int | None = None) -> ClaimSpan:
    entry = codec.array(value, where)
    if len(entry) != (4 if claim_id is None else 3):
        raise codec.wrong(where, "is not a role and two offsets")
    claim = codec.identifier("c", entry[0], where) if claim_id is None else claim_id
    role, start, end = entry[-3:]
    return codec.load_record(ClaimSpan, {"role": role, "start": start, "end": end}, where, {"claim_id": claim})


def _read_claim(value: Any, families: dict[int, Family], where: str) -> ClaimCard:
    source = codec.mapping(value, where)
    given = {"source": codec.load(str | None, source.get("source_name"), f"{where}.source_name")}
    row = codec.load_record(ClaimRow, source, where, given)
    judgements = codec.mapping(source.get("judgements"), f"{where}.judgements")
    anchors = codec.array(source.get("anchors"), f"{where}.anchors")
    card = {
        "row": row,
        "spans": tuple(_read_mark(entry, f"{where}.anchors", row.id) for entry in anchors),
        "truth": codec.load(Verdict | None, judgements.get("truth"), f"{where}.judgements.truth"),
        "attribution": codec.load(Verdict | None, judgements.get("attribution"), f"{where}.judgements.attribution"),
        "family": _read_family(source.get("family"), families, f"{where}.family"),
    }
    return codec.load_record(ClaimCard, source, where, card)


def _read_family(value: Any, families: dict[int, Family], where: str) -> Family | None:
    if not isinstance(value, str):
        family: Family | None = codec.load(Family | None, value, where)
        return family
    number = codec.identifier("f", value, where)
    if number not in families:
        raise codec.wrong(where, "names a family that the file does not hold")
    return families[number]
