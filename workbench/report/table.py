"""A report as a table: one claim a row, the same columns whatever it holds, each value in its own type.

Lists inside a cell are parted by ` | `. What CSV and XLSX print.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.records import QUOTE_CLASSES, REPORT_FORMAT, ClaimCard, Evidence, Family, Report, ReportArticle, Verdict
from workbench.report import phrases, questions
from workbench.report.passages import Passages

Cells = dict[str, str | int | float | bool | None]


def rows(report: Report) -> list[Cells]:
    """The claims of `report`, in the order of their articles; each has all of COLUMNS."""
    return [row for article in report.articles for row in _rows(article, report)]


def _rows(article: ReportArticle, report: Report) -> list[Cells]:
    passages = Passages(article.view)
    return [_row(card, article, report) | {"text": passages.words(card)} for card in article.cards]


def _row(card: ClaimCard, article: ReportArticle, report: Report) -> Cells:
    return {
        **_place(card, article, report),
        **_voice(card),
        **_state(card),
        **_verdict("truth", card.truth),
        **_verdict("attribution", card.attribution),
        "evidence": _list(_evidence(piece, report.public) for piece in card.evidence),
        **_family(card.family),
        "notes": _list(f"{note.reviewer}: {note.text}" for note in card.notes),
        "verification": _list(
            QUOTE_CLASSES.get(found.quote_class, found.quote_class)
            + "".join(f", {alarm}" for alarm in found.alarms)
            + (f" (meaning: {found.meaning})" if found.meaning else " (suggested)")
            for found in card.verifications
        ),
        "conflicts": _list(f"c{found.claim_id}: {found.figure} against {found.against}" for found in card.conflicts),
        "fact_checks": _list(
            f"{match.check.publisher or match.check.site}: {match.check.rating or 'no rating'} {match.check.url}"
            for match in card.fact_checks
            if match.state == "confirmed"
        ),
        "questions": _list(questions.of_claim(card, report.public)),
        "report_format": REPORT_FORMAT,
        "history_head": report.log_head,
        "history_length": report.log_length,
    }


def _list(items: Iterable[str]) -> str:
    return " | ".join(items)


def _place(card: ClaimCard, article: ReportArticle, report: Report) -> Cells:
    row, view = card.row, article.view
    return {
        "publication": "public" if report.public else phrases.INTERNAL,
        "claim": f"c{row.id}",
        "part_of": "" if card.parent_id is None else f"c{card.parent_id}",
        "article": f"a{view.row.id}",
        "title": view.row.title,
        "outlet": view.row.outlet,
        "agency": view.row.agency,
        "published": view.row.published,
        "url": view.row.url,
        "version": card.version,
        "start": card.start,
        "end": card.end,
        "kind": row.kind,
        "wording": row.wording,
    }


def _voice(card: ClaimCard) -> Cells:
    row = card.row
    return {
        "source": row.source,
        "source_kind": row.source_kind,
        "source_confirmed": row.source_confirmed if row.source is not None else "",
        "source_in_text": card.source_text,
        "source_reason": card.source_reason,
        "cue": card.cue_text,
        "cue_class": card.cue_class,
        "anonymity": row.anonymity,
        "anonymity_in_words": phrases.ANONYMITY.get(row.anonymity or "", ""),
        "hedges": _list(card.hedges),
        "negated": card.negated,
        "numbers": _list(card.numbers),
        "check_worthiness": round(row.check_worthiness, 3),
    }


def _state(card: ClaimCard) -> Cells:
    row = card.row
    return {
        "status": row.status,
        "stale": row.stale,
        "anchor": row.anchor_state,
        "waived_because": card.waived_because,
        "flags": _list(row.flags),
    }


def _verdict(name: str, verdict: Verdict | None) -> Cells:
    word = ("word",) if name == "truth" else ()  # whether it was said has no place between true and false
    fields = ("label_text", "letter", *word, "scale", "explanation", "rationale", "reviewer", "given_at", "version")
    return {
        name if field == "label_text" else f"{name}_{field}": None if verdict is None else getattr(verdict, field)
        for field in fields
    }


def _evidence(piece: Evidence, public: bool) -> str:
    parts = [f"{piece.stance}: {piece.url or piece.file_name or ''}", f"“{piece.excerpt}”" if piece.excerpt else ""]
    if not public:
        parts.append(f"copy kept {piece.digest}" if piece.digest else "no copy kept")
        parts.append("confidential" if piece.confidential else "")
        parts.append("proposed" if piece.proposed else "")
    return "; ".join(filter(None, parts))


def _family(family: Family | None) -> Cells:
    if family is None:
        return {"family": "", "family_size": "", "family_origins": "", "family_alarm": "", "family_members": ""}
    return {
        "family": f"f{family.id}",
        "family_size": family.size,
        "family_origins": family.origins,
        "family_alarm": family.alarm,
        "family_members": _list(
            f"c{member.claim_id} {member.relation}"
            + ("" if member.relation == "earliest" and member.state == "suggested" else f" ({member.state})")
            for member in family.members
        ),
    }


COLUMNS: tuple[str, ...] = (
    *("publication", "claim", "part_of", "article", "title", "outlet", "agency", "published", "url", "version"),
    *("start", "end", "kind", "text", "wording"),
    *("source", "source_kind", "source_confirmed", "source_in_text", "source_reason", "cue", "cue_class"),
    *("anonymity", "anonymity_in_words", "hedges", "negated", "numbers", "check_worthiness"),
    *("status", "stale", "anchor", "waived_because", "flags"),
    *("truth", "truth_letter", "truth_word", "truth_scale", "truth_explanation", "truth_rationale"),
    *("truth_reviewer", "truth_given_at", "truth_version"),
    *("attribution", "attribution_letter", "attribution_scale", "attribution_explanation"),
    *("attribution_rationale", "attribution_reviewer", "attribution_given_at", "attribution_version"),
    *("evidence", "family", "family_size", "family_origins", "family_alarm", "family_members", "notes"),
    *("verification", "conflicts", "fact_checks", "questions", "report_format", "history_head", "history_length"),
)
