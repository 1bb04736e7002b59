"""The queue's list: how a claim looks as one line, wide and at 80 columns."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.text import cell_width, clean_line, fit
from workbench.tui.lines import Line, Part, cut, width_of
from workbench.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from workbench.records import ClaimRow, Scale

    ClaimPages = PagedList[ClaimRow]
else:
    ClaimPages = PagedList  # the records are not imported before the first frame

WIDE = 100
OPEN = "○"  # the same sign as in the coverage margin
SETTLED = frozenset({"checked", "approved", "waived", "not a claim"})
KINDS = {"direct": "dir", "mixed": "mix", "indirect": "ind", "statement": "stmt"}  # where columns are narrow
JUDGED = 10  # cells of the two judgements at the right
ALARMS = {"negation": "not", "number": "no.", "entity": "name", "hedge": "hedge"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells for one width of the list; 0 means that the column is folded away."""

    kind: int
    source: int
    claim: int
    outlet: int
    wide: bool


def columns_for(width: int) -> Columns:
    """How the columns share a list of `width` cells, the two of the cursor mark included."""
    wide = width >= WIDE
    kind, outlet = (10, 15) if wide else (5, 0)
    source = min(max(width // 5, 12), 26)
    fixed = 2 + 6 + kind + source + outlet + JUDGED
    return Columns(kind, source, max(width - fixed, 8), outlet, wide)


def bar(share: float) -> str:
    """Check-worthiness as five blocks, a monochrome figure."""
    full = min(max(round(share * 5), 0), 5)
    return "▇" * full + "▁" * (5 - full)


def heads(width: int) -> Line:
    """The column heads."""
    columns = columns_for(width)
    text = (
        "  "
        + fit("check", 6)
        + fit("kind", columns.kind)
        + fit("source", columns.source)
        + fit("claim", columns.claim)
        + (fit("outlet", columns.outlet) if columns.outlet else "")
        + "truth said"
    )
    return cut((Part(text, "faint"),), width)


def letters(scales: Sequence[Scale]) -> dict[str, str]:
    """Label id -> its letter, over all scales."""
    return {label.id: label.letter for scale in scales for label in scale.labels}


def state_letter(row: ClaimRow, letter_of: Mapping[str, str]) -> str:
    """One sign for where the truth judgement stands: its letter, or that nobody judged it, or will."""
    if row.truth:
        return letter_of.get(row.truth, row.truth[:1].upper())
    return {"waived": "w", "not a claim": "x"}.get(row.status, OPEN)


def said_letter(row: ClaimRow, letter_of: Mapping[str, str]) -> str:
    """One sign for where the attribution judgement stands; a statement has none."""
    if row.kind == "statement" or (row.status in ("waived", "not a claim") and not row.attribution):
        return "–"
    return letter_of.get(row.attribution, row.attribution[:1]) if row.attribution else OPEN


def source_words(row: ClaimRow) -> Line:
    """The source as the list names it; a machine's guess carries a trailing ~."""
    if row.source is None and row.source_kind != "anonymous":
        level = f"anonymous ({row.anonymity})" if row.anonymity and row.anonymity not in "AB" else "–"
        return (Part(level, "plain" if row.anonymity else "faint"),)
    name = row.source or "anonymous"
    if row.source_kind == "anonymous" and row.anonymity:
        name = f"{name} ({row.anonymity})"
    return (Part(name),) if row.source_confirmed else (Part(name), Part(" ~", "guess"))


def signs(row: ClaimRow) -> Line:
    """What stands out about a claim, at the end of its words."""
    found: list[Part] = []
    if row.family_size > 1:
        found.append(Part(f" ≈{row.family_size}", "dim"))
    if row.family_alarm:
        found.append(Part(f" ⚠{ALARMS.get(row.family_alarm, row.family_alarm)}", "alarm"))
    if row.flags:
        found.append(Part(f" ⚑{len(row.flags)}", "dim"))
    if row.evidence_count:
        found.append(Part(f" e{row.evidence_count}", "dim"))
    if row.anchor_state == "lost":
        found.append(Part(" lost", "alarm"))
    elif row.stale:
        found.append(Part(" stale", "alarm"))
    return tuple(found)


def hit_pattern(search: str) -> re.Pattern[str] | None:
    """A pattern for the words and phrases of a search, to mark where they stand; None when there are none."""
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]*)"?|(\S+)', search)]
    wanted = sorted({term for term in terms if any(map(str.isalnum, term))}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(term)}" for term in wanted), re.IGNORECASE) if wanted else None


def marked(text: str, pattern: re.Pattern[str] | None, role: str) -> Line:
    """`text` in parts, with the places of `pattern` as hits."""
    if pattern is None:
        return (Part(text, role),)
    parts: list[Part] = []
    at = 0
    for found in pattern.finditer(text):
        if found.end() > found.start():
            parts += [Part(text[at : found.start()], role), Part(found.group(), "hit")]
            at = found.end()
    return tuple(part for part in (*parts, Part(text[at:], role)) if part.text)


def claim_line(row: ClaimRow, width: int, letter_of: Mapping[str, str], pattern: re.Pattern[str] | None) -> Line:
    """A claim as one line of exactly `width - 2` cells (the cursor mark takes two)."""
    columns = columns_for(width)
    role = "settled" if row.status in SETTLED else "plain"
    kind = row.kind if columns.wide else KINDS.get(row.kind, row.kind)
    tail = cut(signs(row), max(columns.claim - 8, 0))
    words = clean_line(" ".join((row.wording or row.text)[:2000].split()))
    return (
        Part(bar(row.check_worthiness) + " ", "bar" if role == "plain" else "faint"),
        Part(fit(kind, columns.kind), "dim" if role == "plain" else "settled"),
        *_source(row, columns.source, role),
        *_column(marked(words, pattern, role), columns.claim - 1 - width_of(tail), role),
        *tail,
        Part(" "),
        Part(_outlet(row, columns), "dim" if role == "plain" else "settled"),
        Part(f"  {state_letter(row, letter_of)}   ", "open" if role == "plain" else "settled"),
        Part(f" {said_letter(row, letter_of)}  ", "open" if role == "plain" else "settled"),
    )


def _source(row: ClaimRow, width: int, role: str) -> Line:
    """The source in its column; the sign of a guess stays when the name is cut."""
    words = source_words(row)
    if len(words) > 1 and width_of(words) > width - 1:
        words = (*cut(words[:-1], max(width - 3, 1)), words[-1])
    return _column(words, width, role)


def _outlet(row: ClaimRow, columns: Columns) -> str:
    return fit(clean_line(row.outlet or "–"), columns.outlet) if columns.outlet else ""


def _column(parts: Line, width: int, role: str) -> Line:
    """The parts in a column of `width` cells whose last cell stays free; plain words take the row's role."""
    kept = cut(parts, max(width - 1, 0))
    shaded = tuple(part._replace(role=role) if part.role == "plain" else part for part in kept)
    return (*shaded, Part(" " * max(width - width_of(kept), 0)))


class ClaimList(ClaimPages):
    """Claims in pages; the words of the search are marked."""

    letter_of: Mapping[str, str] = {}
    pattern: re.Pattern[str] | None = None
    selection: Container[int] = ()

    def is_chosen(self, row: ClaimRow) -> bool:
        """Whether the claim is selected."""
        return row.id in self.selection

    def key_of(self, row: ClaimRow) -> int:
        """The claim's number."""
        return row.id

    def draw(self, row: ClaimRow, width: int) -> Line:
        """The claim as one line."""
        return claim_line(row, width, self.letter_of, self.pattern)


def cells(line: Line) -> int:
    """Width of a drawn line, for tests and for callers that pad."""
    return sum(cell_width(part.text) for part in line)
