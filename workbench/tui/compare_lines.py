"""The lines of the Compare screen: a family's variants beside the one that they are compared with. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence

from workbench.records import Drift, Variant
from workbench.text import clean_line
from workbench.tui.lines import Line, Part, justify, line
from workbench.tui.tabs.blocks import paragraph, quoted
from workbench.tui.wrapping import wrap

RELATIONS = {"earliest": "●", "same": "=", "near": "≈", "fragment": "⊂", "wire copy": "=", "differs": "≠"}
_INDENT = 4


def head_line(drift: Drift, width: int) -> Line:
    """What the family is, and what it is compared against."""
    family = drift.family
    earliest = f" · earliest {family.earliest[:10]}" if family.earliest else ""
    origins = f"{family.origins} origin" + ("" if family.origins == 1 else "s")
    size = f"{family.size} occurrences · {origins}{earliest}"
    left = [Part(f" f{family.id}  ", "strong"), Part(f"{size}  ", "dim"), Part(quoted(family.text))]
    first = drift.family.members[0].claim_id if drift.family.members else 0
    right = f"against c{drift.against}" + (" (earliest)" if drift.against == first else "")
    return justify(left, [Part(right + " ", "accent")], width)


def variant_lines(drift: Drift, place: int, chosen: bool, marked: Container[int], width: int) -> list[Line]:
    """One variant: who printed it when, what is decided, and its words, those that differ marked."""
    variant = drift.variants[place]
    member = variant.member
    sign = "⚠" if member.alarms else RELATIONS.get(member.relation, "≈")
    cursor = "▸" if chosen else "*" if member.claim_id in marked else " "
    where = variant.member.outlet or variant.member.agency or "no outlet"
    left = [
        Part(cursor + " ", "accent"),
        Part(sign + " ", "alarm" if member.alarms else "accent"),
        Part(f"{(member.published or 'no date')[:10]}  ", "dim"),
        Part(f"{clean_line(where)}  ", "strong" if chosen else "plain"),
        Part(f"c{member.claim_id}", "dim", f"choose({place})"),
        Part("  in the headline" if variant.headline else "", "accent"),
    ]
    right = [Part(_said_of(variant, drift.against), "alarm" if member.alarms else "dim"), Part(" ")]
    made = [justify(left, right, width)]
    parts = _words(variant, drift.against)
    made += [(Part(" " * _INDENT), *row) for row in _wrapped(parts, max(width - _INDENT, 12))]
    if chosen:
        about = " · ".join(filter(None, (variant.source, member.why, _state(variant))))
        made += paragraph(about, width, "dim", indent=_INDENT)
    return [*made, ()]


def _said_of(variant: Variant, against: int) -> str:
    member = variant.member
    if member.claim_id == against:
        return "compared with"
    what = ", ".join(f"{alarm} differs" for alarm in member.alarms) or member.relation
    return f"{what} · {_state(variant)}"


def _state(variant: Variant) -> str:
    on = f" {variant.decided_at[:10]}" if variant.decided_at else ""
    return f"confirmed {variant.decided_by}{on}" if variant.decided_by else variant.member.state


def _words(variant: Variant, against: int) -> list[Part]:
    """The words, with ‹what was put in› and –what was left out–; of a fragment only where it stands in the longer."""
    member = variant.member
    if member.claim_id == against or not variant.changes:
        return [Part(clean_line(quoted(variant.words)), "plain")]
    role = "alarm" if member.alarms else "accent"
    parts: list[Part] = []
    for change in variant.changes:
        if change.operation == "equal":
            parts.append(Part(clean_line(change.now) + " ", "plain"))
            continue
        if change.before:
            parts.append(Part(f"–{clean_line(change.before)}– ", "faint"))
        if change.now:
            parts.append(Part(f"‹{clean_line(change.now)}› ", role))
    return parts


def dropped_lines(drift: Drift, width: int) -> list[Line]:
    """Which words were left out, and by whom."""
    dropped = drift.outlets_that_dropped[:8]
    made: list[Line] = [line(Part(" left out", "dim"))] if dropped else []
    for words, outlets in dropped:
        made += paragraph(f"{quoted(words)} by {', '.join(outlets)}", width, "dim", indent=_INDENT)
    return made


def _wrapped(parts: Sequence[Part], width: int) -> list[Line]:
    """Parts that run on, broken into lines."""
    text = "".join(part.text for part in parts)
    made: list[Line] = []
    for row in wrap(text, width):
        cells: list[Part] = []
        at = 0
        for part in parts:
            start, end = max(row.start, at), min(row.end, at + len(part.text))
            if start < end:
                cells.append(part._replace(text=text[start:end]))
            at += len(part.text)
        made.append(tuple(cells))
    return made
