"""Who speaks where in a transcript, in the layouts that newsrooms meet. Lines count from 1. Linear in the length.

Read are `NAME:`, `Name (office):`, `Name, office:`, `Q.` and `A.`, `Mr. NAME.` of official records, names in bold, in
brackets or alone on a line, with or without a time stamp, and the captions of SRT and WebVTT. A line without a name
goes on with the speaker before it. Remarks in brackets such as [applause] are nobody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from workbench.language.words import group as closed_group
from workbench.spans import Span

_TIME = r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?)"
_WORD = r"[^\W\d_a-z][\w.’'\-]{0,30}"
_SMALL = r"(?:of|the|for|and|de|van|von|der|da|bin|al|#?\d{1,3})"
_NAME = rf"(?:{_WORD}|The)(?:,?[ \t](?:{_WORD}|{_SMALL}|&|\"{_WORD}\"|“{_WORD}”)){{0,6}}"
_OFFICE = r"(?:[ \t]*[(\[](?P<office>[^()\[\]\n]{1,80})[)\]]|,[ \t](?P<role>[a-z][^:\n]{1,60}?))?"
_HEAD = re.compile(
    rf"[ \t]*(?:[-–—>•]{{1,2}}[ \t]*)?(?:{_TIME}[ \t]*)?(?:\*\*|__)?"
    rf"(?P<name>{_NAME}){_OFFICE}(?:\*\*|__)?[ \t]*(?:{_TIME})?[ \t]*:(?:\*\*|__)?(?=\s|$)[ \t]*"
)
_ASKED = re.compile(r"[ \t]*(?P<name>[QA])[.:][ \t]+(?=\S)")
_BRACKETED = re.compile(rf"[ \t]*\[(?P<name>{_NAME})\][ \t]*:?[ \t]*")
_CAPITALS = r"(?:Mc|Mac)?[A-Z][A-Z’'\-]+"
_OFFICIAL = re.compile(
    rf"[ \t]*(?P<name>(?:The|Mr\.|Mrs\.|Ms\.|Dr\.|Senator|Chairman|Chairwoman)"
    rf"[ \t]{_CAPITALS}(?:[ \t]{_CAPITALS}){{0,3}})\.[ \t]+"
)
_LOOSE = re.compile(
    r"[ \t]*(?P<name>[^\W_][^:.!?;\n]{0,59}):(?=\s)[ \t]*"
)  # any label, where nearly every line has one
_STAMPED = re.compile(rf"[ \t]*(?P<name>{_NAME})[ \t]+{_TIME}[ \t]*$")
_ALONE = re.compile(rf"[ \t]*(?:\*\*|__)?(?P<name>{_CAPITALS}\.?(?:[ \t]{_CAPITALS}\.?){{0,4}})(?:\*\*|__)?[ \t]*$")
_VOICE = re.compile(r"[ \t]*<v(?:\.[\w.]+)?[ \t]+(?P<name>[^>\n]{1,80})>")
_CUE = re.compile(r"[ \t]*(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d{3}[ \t]*-->")
_NUMBER = re.compile(r"[ \t]*\d{1,6}[ \t]*$")
_LINE = re.compile(r"\n|\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ASIDE = re.compile(
    r"\[[^\[\]\n]{1,120}\]|\((?:[A-Z][A-Z ,;'’.\-]{2,80}|(?i:applause|laughter|laughs|crosstalk|inaudible|cheers|"
    rf"cheering|pause|music|booing|unintelligible|off-?mike|phonetic)[^()\n]{{0,60}}|{_TIME})\)|<[^<>\n]{{1,60}}>"
)
_NEARLY_ALL = 0.8  # of the lines that hold anything
_FEW = 3  # names a transcript may hold that come only once each and still be names


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of one line and who says it (None where nobody is named); `office` is what the line says of them."""

    speaker: str | None
    office: str | None
    words: Span
    line: int


@dataclass(frozen=True, slots=True)
class Speech:
    """A transcript read by speaker: `turns` in the order of the text, `asides` what nobody says, `starts` of lines."""

    turns: tuple[Turn, ...]
    asides: tuple[Span, ...]
    starts: tuple[int, ...]

    def line(self, at: int) -> int:
        """The number of the line that holds code point `at`."""
        return bisect_right(self.starts, at)


def speech(text: str) -> Speech:
    """The turns of a transcript or any text; one without names is all turns of nobody."""
    lines = _lines(text)
    captions = text[:40].lstrip("\ufeff").startswith("WEBVTT") or bool(_captions(text, lines))
    heads = [_head(text, line, captions) for line in lines]
    known = _known(text, lines, heads)
    turns: list[Turn] = []
    speaker: str | None = None
    office: str | None = None
    offices: dict[str, str] = {}
    for number, (line, head) in enumerate(zip(lines, heads, strict=True), start=1):
        start = line.start
        if captions and _is_caption_mark(text, line):
            continue
        if head is not None and head.name in known:
            speaker, start = head.name, head.end
            office = offices.setdefault(speaker, head.office) if head.office else offices.get(speaker)
        if text[start : line.end].strip():
            turns.append(Turn(speaker, office, Span(start, line.end), number))
    filled = tuple(replace(turn, office=turn.office or offices.get(turn.speaker or "")) for turn in turns)
    asides = tuple(Span(*match.span()) for match in _ASIDE.finditer(text))
    return Speech(filled, asides, tuple(line.start for line in lines))


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    office: str | None
    end: int
    sure: bool  # whether the layout alone says that this is a speaker
    loose: bool = False  # whether it is a name only where nearly every line has one


def _lines(text: str) -> list[Span]:
    ends = [(match.start(), match.end()) for match in _LINE.finditer(text)] + [(len(text), len(text))]
    starts = [0] + [end for _, end in ends]
    return [Span(start, end) for start, (end, _) in zip(starts, ends, strict=False)]


def _captions(text: str, lines: list[Span]) -> list[Span]:
    return [line for line in lines[:400] if _CUE.match(text, line.start, line.end)]


def _is_caption_mark(text: str, line: Span) -> bool:
    first = text[line.start : line.end].lstrip("\ufeff ")
    return bool(
        _CUE.match(text, line.start, line.end)
        or _NUMBER.fullmatch(text, line.start, line.end)
        or first.startswith(("WEBVTT", "NOTE ", "STYLE"))
    )


def _head(text: str, line: Span, captions: bool) -> _Head | None:
    """The name at the beginning of a line, if it looks like one."""
    if line.end - line.start > 200:
        line_end = line.start + 200
    else:
        line_end = line.end
    for pattern, sure in ((_VOICE, True), (_ASKED, False), (_BRACKETED, False), (_HEAD, False), (_OFFICIAL, False),
                          (_STAMPED, True), (_ALONE, False), (_LOOSE, False)):  # fmt: skip
        whole = pattern in (_STAMPED, _ALONE)
        match = pattern.match(text, line.start, line.end if whole else line_end)
        if match is None or (whole and match.end() != line.end) or (pattern is _VOICE and not captions):
            continue
        groups = match.groupdict()
        office = groups.get("office") or groups.get("role")
        name = " ".join(match["name"].split())
        if office is not None and re.fullmatch(_TIME, office):
            office = None
        if name.casefold() in closed_group("no_speakers") or (pattern is _BRACKETED and not _looks_named(name)):
            continue
        return _Head(name, office, match.end(), sure or bool(office and pattern is _HEAD), pattern is _LOOSE)
    return None


def _looks_named(name: str) -> bool:
    return name.casefold() not in {"applause", "laughter", "crosstalk", "inaudible", "music", "pause", "silence"}


def _known(text: str, lines: list[Span], heads: list[_Head | None]) -> frozenset[str]:
    """The names that are speakers: those that come back, all where most lines have one, capitals, sure ones."""
    counts = Counter(head.name for head in heads if head is not None)
    full = sum(bool(text[line.start : line.end].strip()) and not _is_caption_mark(text, line) for line in lines)
    most = sum(counts.values()) * 2 >= full and sum(counts.values()) > 1
    capitals = sum(count for name, count in counts.items() if name.isupper())
    named = {head.name for head in heads if head is not None and not head.loose}
    nearly_all = sum(counts.values()) >= _NEARLY_ALL * full and len(counts) < sum(counts.values())
    sure = {head.name for head in heads if head is not None and head.sure}
    return frozenset(
        name
        for name, count in counts.items()
        if (name in named or nearly_all)
        and (most or count > 1 or name in sure or (name.isupper() and len(name) > 1 and capitals >= _FEW))
    )
