"""Runs of text on pages -> the text in reading order: columns, running heads, paragraphs, hyphens. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

Box = tuple[float, float, float, float]  # left, bottom, right, top; the page's origin is at the bottom left

_MARGIN = 0.12  # of the page's height: where running heads and page numbers stand
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|pagina|página)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:(?:of|/|von|de)\s*\d{1,4})?\s*[-–—|]?",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_COLUMNS = 5  # at most, on one page


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text on one line: left and right edge, distance of its top from the page's top, size of its font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: float  # the page's height


@dataclass
class Line:
    """A run as it grows, character by character."""

    size: float
    chars: list[str] = field(default_factory=list)
    box: Box | None = None

    def breaks(self, box: Box, size: float, gap: float) -> bool:
        """Whether a character at `box` begins a run of its own: far right, back to the left, or on another line."""
        if self.box is None:
            return False
        _, bottom, right, top = self.box
        wide = gap * max(self.size, size, 1.0)
        middle = (box[1] + box[3]) / 2
        other_line = not (bottom - 0.3 * self.size <= middle <= top + 0.3 * self.size)
        return box[0] - right > wide or box[0] < right - 3 * max(self.size, size) or other_line

    def add(self, char: str, box: Box | None) -> None:
        """Take in one character."""
        self.chars.append(char)
        if box and (not char.isspace() or self.box is None):
            mine = self.box or box
            self.box = (min(mine[0], box[0]), min(mine[1], box[1]), max(mine[2], box[2]), max(mine[3], box[3]))

    def fragment(self, height: float) -> Fragment:
        """The run as it stands."""
        left, bottom, right, top = self.box or (0.0, 0.0, 0.0, 0.0)
        return Fragment("".join(self.chars).strip(), left, right, height - top, height - bottom, self.size, height)


def lay_out(pages: Sequence[Sequence[Fragment]]) -> tuple[str, str | None]:
    """The text of all pages, one line a paragraph, without running heads; and the heading that it begins with."""
    running = _running(pages)
    lines: list[Fragment] = []
    for page in pages:
        kept = [each for each in page if each.text and not _is_running(each, running, len(pages))]
        lines += _ordered(_rows(kept))
    lines = lines or [each for page in pages for each in page if each.text]
    known = Counter(word.lower() for each in lines for word in re.findall(r"\w+(?:-\w+)+|\w+", each.text))
    return _paragraphs(lines, known)


def _shape(fragment: Fragment) -> str:
    return _NUMBER.sub("#", " ".join(fragment.text.lower().split()))


def _in_margin(fragment: Fragment) -> bool:
    return fragment.bottom < _MARGIN * fragment.page or fragment.top > (1 - _MARGIN) * fragment.page


def _running(pages: Sequence[Sequence[Fragment]]) -> set[tuple[str, int]]:
    """Shape and height of the lines in the margins that come again on other pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({(_shape(each), round(each.top / 4)) for each in page if _in_margin(each)})
    return {key for key, count in seen.items() if count >= max(2, min(3, len(pages) // 3))}


def _is_running(fragment: Fragment, running: set[tuple[str, int]], pages: int) -> bool:
    if not _in_margin(fragment):
        return False
    place = round(fragment.top / 4)
    shape = _shape(fragment)
    if any((shape, place + by) in running for by in (-1, 0, 1)):
        return True
    return pages > 1 and bool(_PAGE_NUMBER.fullmatch(fragment.text.strip()))


def _rows(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Fragments from top to bottom, those on one line from left to right."""
    ordered = sorted(fragments, key=lambda each: (each.top + each.bottom) / 2)
    rows: list[list[Fragment]] = []
    for each in ordered:
        middle = (each.top + each.bottom) / 2
        if rows and middle <= rows[-1][0].bottom and middle - _middle(rows[-1][0]) < 0.5 * each.size:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [each for row in rows for each in sorted(row, key=lambda one: one.left)]


def _middle(fragment: Fragment) -> float:
    return (fragment.top + fragment.bottom) / 2


def _ordered(rows: list[Fragment]) -> list[Fragment]:
    """A page's fragments column by column; a line over several columns closes what stands above it."""
    gutters = _gutters(rows)
    if not gutters:
        return _join_cells(rows)
    result: list[Fragment] = []
    columns: list[list[Fragment]] = [[] for _ in range(len(gutters) + 1)]

    def close() -> None:
        for column in columns:
            result.extend(_join_cells(column))
            column.clear()

    for each in rows:
        if any(each.left < gutter < each.right for gutter in gutters):
            close()
            result.append(each)
        else:
            columns[sum(gutter <= each.left + 1 for gutter in gutters)].append(each)
    close()
    return result


def _gutters(rows: Sequence[Fragment]) -> list[float]:
    """The places between columns: few lines cross them, and many begin right of them at the same place."""
    if len(rows) < 6:
        return []
    body = median(each.size for each in rows)
    starts = Counter(round(each.left / 3) for each in rows)
    least = max(3, len(rows) // 12)
    found: list[float] = []
    for place, _ in sorted(starts.items()):
        count = sum(starts[place + by] for by in (-1, 0, 1))
        at = place * 3 - 3.0
        left = [each for each in rows if each.right <= at + 3]
        crossing = sum(each.left < at < each.right for each in rows)
        if count < least or len(left) < least or crossing > 0.25 * len(rows) or not _are_prose(left, rows, at, body):
            continue
        if not found or at - found[-1] > 6 * body:
            found.append(at)
    return found[: _COLUMNS - 1]


def _are_prose(left: Sequence[Fragment], rows: Sequence[Fragment], at: float, body: float) -> bool:
    """Whether both sides are columns of text: lines of several words, not the cells of a table."""
    right = [each for each in rows if each.left >= at]
    sides = [median(len(each.text) for each in side) for side in (left, right) if side]
    return len(sides) == 2 and min(sides) >= 15


def _join_cells(rows: Sequence[Fragment]) -> list[Fragment]:
    """Fragments that stand side by side in one column are cells of a table: one line, bars between them."""
    joined: list[Fragment] = []
    for each in rows:
        last = joined[-1] if joined else None
        if last and abs(_middle(last) - _middle(each)) < 0.4 * each.size and each.left >= last.right:
            close = each.left - last.right < 1.5 * each.size
            words = f"{last.text} {each.text}" if close else f"{last.text} | {each.text}"
            joined[-1] = Fragment(words, last.left, each.right, last.top, last.bottom, last.size, last.page)
        else:
            joined.append(each)
    return joined


def _paragraphs(lines: Sequence[Fragment], known: Counter[str]) -> tuple[str, str | None]:
    """Lines joined to paragraphs, one a line; and the first one when its font is the largest."""
    body = median(each.size for each in lines)
    leading = _leading(lines)
    width = _widths(lines)
    paragraphs: list[str] = []
    sizes: list[float] = []
    for index, each in enumerate(lines):
        before = lines[index - 1] if index else None
        if before and not _begins(before, each, lines, index, leading, width):
            paragraphs[-1] = _joined(paragraphs[-1], each.text, known)
        else:
            paragraphs.append(each.text)
            sizes.append(each.size)
    paragraphs = [" ".join(each.replace("\u00ad", "").split()) for each in paragraphs]
    largest = max(range(len(sizes)), key=lambda index: sizes[index])
    first = paragraphs[largest]
    stands_out = largest < 4 and sizes[largest] > 1.15 * body and len(first) < 250
    return "\n".join(each for each in paragraphs if each), first if stands_out else None


def _leading(lines: Sequence[Fragment]) -> float:
    """The usual distance from line to line."""
    gaps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 3 * a.size]
    return median(gaps) if gaps else 12.0


def _widths(lines: Sequence[Fragment]) -> dict[int, tuple[float, float]]:
    """The edges of the column at each left edge, rounded: its leftmost and rightmost place."""
    edges: dict[int, tuple[float, float]] = {}
    for each in lines:
        key = round(each.left / 40)
        left, right = edges.get(key, (each.left, each.right))
        edges[key] = (min(left, each.left), max(right, each.right))
    return edges


def _begins(
    before: Fragment, each: Fragment, lines: Sequence[Fragment], index: int, leading: float,
    width: dict[int, tuple[float, float]],
) -> bool:  # fmt: skip
    """Whether a line begins a paragraph, by its font, the gap above, its indent, or the short line before it."""
    if abs(before.size - each.size) > 0.12 * max(before.size, each.size):
        return True
    if " | " in before.text or " | " in each.text:
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    gap = each.top - before.top
    if gap < 0 or gap > 6 * leading:  # another column or page
        return ended and (each.text[:1].isupper() or not each.text[:1].isalpha())
    if gap > 1.45 * leading and gap > 1.45 * each.size:
        return True
    after = lines[index + 1] if index + 1 < len(lines) else None
    hangs = after is None or abs(after.left - before.left) < 3 or after.left < each.left - 3
    if each.left - before.left > 0.7 * each.size and each.left - before.left < 6 * each.size and hangs and ended:
        return True
    if re.match(r"[•●▪‣·*-]\s|\(?\d{1,2}[.)]\s", each.text):
        return True
    right = max((width.get(round(before.left / 40) + by, (0.0, 0.0))[1] for by in (-1, 0, 1)), default=before.right)
    return ended and before.right < right - 0.12 * (right - before.left) - each.size


def _joined(text: str, following: str, known: Counter[str]) -> str:
    """Two lines of one paragraph. A hyphen at the end goes, unless the word has it elsewhere too."""
    hard = text.endswith(("-", "\u2010"))
    if not (hard or text.endswith("\u00ad")) or not following[:1].isalpha() or not text[-2:-1].isalpha():
        return f"{text} {following}"
    tail = re.search(r"\w+$", text[:-1])
    head = re.match(r"\w+", following)
    whole = f"{tail.group()}-{head.group()}".lower() if tail and head else ""
    if following[:1].isupper() or known[whole]:
        return f"{text[:-1]}-{following}"
    return text[:-1] + following
