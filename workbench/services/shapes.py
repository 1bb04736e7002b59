"""The shape of a claim as its events hold it: where it stands, and what its words are. No decision is made here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.alignment import plain
from workbench.errors import ConflictError, UsageError
from workbench.history import Change
from workbench.services.carrying import text_of
from workbench.spans import Span, trim

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Claim

EDGES = " \t\r\n,;:–—"  # what a cut leaves at an edge and is no part of a claim


def content_of(shape: dict[str, Any]) -> list[Span]:
    """The pieces of the content, in their order."""
    return [Span(start, end) for role, _, start, end, _ in shape["anchors"] if role == "content"]


def text_in_use(session: Session, claim: Claim) -> str:
    """The text that the claim stands in. Raises ConflictError for a claim whose words are lost in the newest one."""
    from db.models import Article, Version

    if claim.anchor_state == "lost" or session.get_one(Article, claim.article_id).version_id != claim.version_id:
        raise ConflictError(
            f"the words of c{claim.id} are gone from the newest version of its article",
            "add the claim anew where it stands now, or remove it",
        )
    return session.get_one(Version, claim.version_id).text


def clipped(text: str, content: Sequence[Span], start: int, end: int) -> list[Span]:
    """The pieces between two places of the text; the outer ones reach out to them. Raises UsageError for no words."""
    first, last = content[0], content[-1]
    pieces = [Span(max(piece.start, start), min(piece.end, end)) for piece in content]
    pieces = [piece for piece in pieces if piece.start < piece.end]
    if not pieces:
        pieces = [Span(start, end)]
    if start < first.start:
        pieces[0] = Span(start, pieces[0].end)
    if end > last.end:
        pieces[-1] = Span(pieces[-1].start, end)
    return sound(text, pieces)


def sound(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The pieces inside the text, without white space at their edges. Raises UsageError when no word is left."""
    kept = [trim(text, Span(max(piece.start, 0), min(piece.end, len(text)))) for piece in pieces]
    kept = [piece for piece in kept if piece.start < piece.end]
    if not any(letter.isalnum() for piece in kept for letter in piece.of(text)):
        raise UsageError("a claim needs at least one word", "choose other places")
    return kept


def cut_edges(text: str, piece: Span) -> Span:
    """A piece without the marks and blanks that a cut left at its edges."""
    start, end = piece
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end)


def reshaped(session: Session, claim: Claim, text: str, content: Sequence[Span]) -> tuple[dict[str, Any], str]:
    """The spans of a claim with another content, and the kind that its quotation marks make of it."""
    from db import shaping
    from workbench.extract.described import describe

    before = shaping.standing(session, claim)
    about = describe(text, content, claim.cue_class)  # type: ignore[arg-type]
    kept = [row for row in before["anchors"] if row[0] in ("source", "cue")]
    words = text_of(text, content)
    numbered = before["words"]
    if numbered is not None and plain(words) != plain(before["text"]):
        numbered = shaping.next_words(session, claim.id or 0)
    after = before | {
        "anchors": sorted([*rows("content", content), *rows("quote", about.quotes), *kept]),
        "state": "as was", "words": numbered, "text": words, "start": content[0].start, "end": content[-1].end,
        "negated": about.negated, "check_worthiness": about.check_worthiness, "hedges": list(about.hedges),
        "numbers": list(about.numbers),
    }  # fmt: skip
    return after, "statement" if claim.kind == "statement" else about.kind


def rows(role: str, spans: Sequence[Span]) -> list[list[Any]]:
    """Anchors of one role as events hold them."""
    return [[role, piece, span.start, span.end, "as was"] for piece, span in enumerate(spans)]


def change(claim: Claim, field: str, before: Any, after: Any) -> Change:
    """A change of one field of a claim."""
    return Change("claim", claim.id or 0, claim.uid, field, before, after, claim.id, claim.article_id)


def spans_changed(session: Session, claim: Claim, text: str, content: Sequence[Span]) -> list[Change]:
    """What another content changes: spans, kind, and a claim that was judged goes back into review."""
    from db import shaping

    before = shaping.standing(session, claim)
    after, kind = reshaped(session, claim, text, content)
    if content_of(before) == list(content):
        return []
    changes = [change(claim, "spans", before, after)]
    if kind != claim.kind:
        changes.append(change(claim, "kind", claim.kind, kind))
    if plain(before["text"]) != plain(after["text"]) and claim.status in ("checked", "approved"):
        changes.append(change(claim, "status", claim.status, "in review"))
    return changes
