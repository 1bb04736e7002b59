"""The bodies of the card's tabs as lines: evidence, notes, duplicates, history. Pure, from records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.records import EventRow, Evidence, Family, Note, Occurrence
from workbench.text import clean, clean_line, fit
from workbench.tui.history_words import change_in_words
from workbench.tui.lines import Line, Part, justify, line
from workbench.tui.wrapping import wrapped

RELATIONS = {"earliest": "●", "same": "=", "near": "≈", "fragment": "⊂", "wire copy": "="}


def paragraph(text: str, width: int, role: str = "plain", indent: int = 0) -> list[Line]:
    """A text wrapped into lines."""
    return [line(Part(" " * indent), Part(row, role)) for row in wrapped(clean(text), max(width - indent, 8))]


def quoted(text: str) -> str:
    """`text` in quotation marks, unless it brings its own."""
    return text if text[:1] in "“\"‘«„'" else f"“{text}”"


def evidence_lines(evidence: Sequence[Evidence], width: int) -> list[Line]:
    """What the verdict rests on, one block a piece."""
    if not evidence:
        return paragraph("Nothing yet. e adds a link or a file with the words that bear on the claim.", width, "faint")
    made: list[Line] = []
    for piece in evidence:
        address = paragraph(piece.url or piece.file_name or "no address", width - 10)
        stance = Part(fit(piece.stance, 10), "dim" if piece.stance == "context" else "strong")
        made += [(stance if not place else Part(" " * 10), *row) for place, row in enumerate(address)]
        if piece.excerpt:
            made += paragraph(quoted(piece.excerpt), width, indent=10)
        made += paragraph(_facts(piece), width, "dim", indent=10)
    return made


def _facts(piece: Evidence) -> str:
    kept = "kept" if piece.digest else "no copy kept"
    secret = ["confidential"] if piece.confidential else []
    return " · ".join([f"e{piece.id}", kept, *secret, piece.added_by])


def note_lines(notes: Sequence[Note], width: int) -> list[Line]:
    """The notes, oldest first."""
    if not notes:
        return paragraph("No notes. n writes one.", width, "faint")
    made: list[Line] = []
    for note in notes:
        made += paragraph(f"{note.reviewer} · {note.added_at[:16].replace('T', ' ')}", width, "dim")
        made += paragraph(note.text, width, indent=2)
    return made


def duplicate_lines(family: Family, current: int, width: int) -> list[Line]:
    """The other occurrences of the quote, earliest first."""
    head = f"f{family.id} · {family.size} occurrences · {family.origins} origins"
    made = paragraph(head, width, "dim")
    for member in family.members:
        made += _occurrence(member, current, width)
    return made


def _occurrence(member: Occurrence, current: int, width: int) -> list[Line]:
    """Who printed it when, its words, and why the machine counts it in."""
    role = "strong" if member.claim_id == current else "plain"
    where = " ".join(filter(None, ((member.published or "no date")[:10], member.outlet or member.agency)))
    left = [
        Part(RELATIONS.get(member.relation, "≈") + " ", "accent"),
        Part(f"c{member.claim_id}", role, f"go({member.claim_id})"),
        Part(" "),
        Part(clean_line(where), "dim"),
    ]
    made = [justify(left, (), width)]
    made += paragraph(quoted(member.text), width, role, indent=2)
    why = member.why if member.relation in member.why else f"{member.relation}: {member.why}".rstrip(": ")
    made += paragraph(f"{member.state} · {why}", width, "dim", indent=2)
    if member.alarms:
        made += paragraph(
            "⚠ " + ", ".join(member.alarms) + (" differs" if len(member.alarms) == 1 else " differ"),
            width,
            "alarm",
            indent=2,
        )
    return made


def history_lines(events: Sequence[EventRow], width: int, labels: Mapping[str, str] | None = None) -> list[Line]:
    """What people did to the claim, newest first; `labels` gives the label of a scale by its id."""
    if not events:
        return paragraph("Nobody has decided anything about this claim.", width, "faint")
    made: list[Line] = []
    for event in reversed(events):
        made += paragraph(f"{event.at[:16].replace('T', ' ')} · {event.reviewer} · {event.verb}", width, "dim")
        made += paragraph(change_in_words(event, labels or {}), width, indent=2)
    return made
