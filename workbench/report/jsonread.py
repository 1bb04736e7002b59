"""Our own JSON and JSON Lines back to records. Everything is checked on the way in; an error names the place."""

from __future__ import annotations

import json
from typing import Any

from workbench.errors import InputError
from workbench.records import (
    REPORT_FORMAT,
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
    VersionChanges,
)
from workbench.report import codec
from workbench.report.jsonlines import LISTS


def read_json(data: bytes) -> Report:
    """The report that `render` wrote as JSON or JSON Lines. Raises InputError, in words, for anything else."""
    value = codec.mapping(_whole(_decoded(data)), "the file")
    version = value.get("format")
    if version != REPORT_FORMAT or "articles" not in value:
        raise _wrong_version(version if "articles" in value else None)
    try:
        return _read(value)
    except RecursionError:
        raise codec.wrong("the file", "is nested too deep") from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise codec.wrong("the file", "is not UTF-8 text") from None


def _whole(text: str) -> Any:
    """The one object of a JSON file, or the object whose parts the lines of a JSON Lines file are."""
    first = text.partition("\n")[0]
    if not first.rstrip().endswith("}") or '"kind": "report"' not in first:
        return _parsed(text, "the file")
    lines = [line for line in text.split("\n") if line.strip()]
    head = codec.mapping(_parsed(lines[0], "line 1"), "line 1")
    counts = codec.mapping(head.pop("lines", None), "line 1.lines")
    parts: dict[str, list[Any]] = {kind: [] for kind in LISTS.values()}
    for number, line in enumerate(lines[1:], 2):
        entry = codec.mapping(_parsed(line, f"line {number}"), f"line {number}")
        kind = entry.pop("kind", None)
        if kind not in parts:
            raise codec.wrong(f"line {number}", "is of no known kind")
        parts[kind].append(entry)
    if any(len(parts[kind]) != counts.get(name) for name, kind in LISTS.items()):
        raise codec.wrong("the file", "is cut short, or lines were put in")
    return head | {name: parts[kind] for name, kind in LISTS.items()}


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise codec.wrong(where, "is nested too deep") from None
    except ValueError:
        raise codec.wrong(where, "is not JSON") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _wrong_version(version: Any) -> InputError:
    if isinstance(version, int) and version > REPORT_FORMAT:
        return InputError(
            f"this report has format {version}, newer than {REPORT_FORMAT}", "read it with a newer workbench"
        )
    return codec.wrong("the file", "holds no report of format 1")


def _read(value: dict[str, Any]) -> Report:
    families = codec.load(tuple[Family, ...], value.get("families"), "families")
    by_id = {family.id: family for family in families}
    log = codec.mapping(value.get("log"), "log")
    articles = codec.array(value["articles"], "articles")
    given = {
        "rule": codec.load(str, value.get("rule", ""), "rule"),  # older files have none
        "filter_text": codec.load(str, value.get("filter"), "filter"),
        "articles": tuple(_read_article(entry, by_id, f"articles[{i}]") for i, entry in enumerate(articles)),
        "scales": codec.load(tuple[Scale, ...], value.get("scales"), "scales"),
        "flags": codec.load(tuple[Flag, ...], value.get("flags"), "flags"),
        "families": families,
        "corrections": codec.load(tuple[VersionChanges, ...], value.get("corrections", []), "corrections"),
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
        "hedges": _read_words(source, "hedges", where),
        "numbers": _read_words(source, "numbers", where),
        "family": _read_family(source.get("family"), families, f"{where}.family"),
    }
    return codec.load_record(ClaimCard, source, where, card)


def _read_words(source: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    place = f"{where}.{name}"
    entries = codec.array(source.get(name), place)
    return tuple(codec.load(str, codec.mapping(entry, place).get("text"), place) for entry in entries)


def _read_family(value: Any, families: dict[int, Family], where: str) -> Family | None:
    if not isinstance(value, str):
        family: Family | None = codec.load(Family | None, value, where)
        return family
    number = codec.identifier("f", value, where)
    if number not in families:
        raise codec.wrong(where, "names a family that the file does not hold")
    return families[number]
