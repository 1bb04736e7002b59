"""Who speaks where in a transcript, in the layouts that newsrooms meet. Lines count from 1. Linear in the length.

Read are `NAME:`, `Name (office):`, `Name, office:`, `Speaker 1 (Name):`, `Q.` and `A.`, `Mr. NAME.` of official
records, `Name — words`, names in bold, in brackets or alone on a line, with or without a time stamp before, behind or
below, and the captions of SRT and WebVTT. A line without a name goes on with the speaker before it. Remarks in brackets
such as [applause] are nobody's words.
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
    rf"[ \t]*(?P<name>(?:The|Mr\.|Mrs\.|Ms\.|Dr\.|Senator|Chairman|Chairwoman|Secretary|Minister|Governor|Mayor|Judge)"
    rf"[ \t]{_CAPITALS}(?:[ \t]{_CAPITALS}){{0,3}})\.[ \t]+"
)
_PLAIN = r"[^\W\d_a-z][^\W\d_][\w’'\-]{0,29}"  # a capitalised word, without a full stop
_PERSON = rf"{_PLAIN}(?:[ \t](?:[^\W\d_a-z]\.|{_PLAIN}|van|von|de|der|bin|al)){{0,3}}"
_TITLED = re.compile(
    rf"[ \t]*(?P<name>(?:Mr|Mrs|Ms|Mx|Dr|Miss|Prof)\.?[ \t]{_PLAIN}(?:[ \t]{_PLAIN}){{0,2}})\.[ \t]+(?=\S)"
)
_DASHED = re.compile(
    rf"[ \t]*(?:{_TIME}[ \t]*)?(?:\*\*|__)?(?P<name>{_PERSON})(?:[ \t]*\((?P<office>[^()\n]{{1,80}})\))?(?:\*\*|__)?"
    r"[ \t]*(?:[–—]|[ \t]-(?=[ \t]))[ \t]*(?=(?:\S{1,40}[ \t]){2})"  # no list of places and their figures
)
_STAMP = re.compile(rf"[ \t]*{_TIME}[ \t]*$")
_STAMP_FIRST = re.compile(rf"[ \t]*{_TIME}")
_STAMP_AND_NAME = re.compile(
    rf"[ \t]*{_TIME}[ \t]*(?:[-–—|·][ \t]*)?(?:\*\*|__)?(?P<name>{_PERSON})(?:\*\*|__)?[ \t]*$"
)
_NAME_ALONE = re.compile(rf"[ \t]*(?:\*\*|__)?(?P<name>{_PERSON})(?:\*\*|__)?[ \t]*$")
_NUMBERED = re.compile(r"(?i:speaker|voice|person|participant)[ \t]?#?\d{1,3}")
_LOOSE = re.compile(
    r"[ \t]*(?P<name>[^\W_][^:.!?;\n]{0,59}):(?=\s)[ \t]*"
)  # any label, where nearly every line has one
_STAMPED = re.compile(rf"[ \t]*(?P<name>{_NAME})[ \t]*(?:,|[ \t][-–—|·])?[ \t]+{_TIME}[ \t]*$")
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
_OPENS = 20  # code points said on the line that a speech opens with; less may be a heading
_HEADINGS = frozenset({"NEWS", "UPDATE", "UPDATES", "LIVE", "BREAKING", "ANALYSIS", "OPINION", "STATEMENT", "RELEASE"})
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

    def said(self, text: str, span: Span) -> str:
        """What is said in a stretch of the text, without names, stamps and line ends."""
        first = max(0, bisect_right(self.turns, span.start, key=lambda turn: turn.words.start) - 1)
        pieces = []
        for turn in self.turns[first:]:
            if turn.words.start >= span.end:
                break
            pieces += text[max(span.start, turn.words.start) : min(span.end, turn.words.end)].split()
        return " ".join(pieces)


def speech(text: str) -> Speech:
    """The turns of a transcript or any text; one without names is all turns of nobody."""
    lines = _lines(text)
    captions = text[:40].lstrip("\ufeff").startswith("WEBVTT") or bool(_captions(text, lines))
    heads = _with_names_above(text, lines, [_head(text, line, captions) for line in lines])
    known = _known(text, lines, heads)
    turns: list[Turn] = []
    speaker: str | None = None
    office: str | None = None
    offices: dict[str, str] = {}
    for number, (line, head) in enumerate(zip(lines, heads, strict=True), start=1):
        start = line.start
        if captions and _is_caption_mark(text, line):
            continue
        if number > 1 and _STAMP.fullmatch(text, line.start, line.end) and heads[number - 2] is not None:
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
    layout: str = ""  # "above": alone above its words; "dashed": before a dash


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
    for pattern, sure in ((_VOICE, True), (_ASKED, False), (_BRACKETED, False), (_HEAD, False), (_OFFICIAL, True),
                          (_TITLED, False), (_STAMPED, True), (_ALONE, False), (_DASHED, False),
                          (_LOOSE, False)):  # fmt: skip
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
        if office is not None and _NUMBERED.fullmatch(name) and _NAME_ALONE.fullmatch(office):
            name, office = " ".join(office.split()), None  # “Speaker 1 (Anna Holt)”
        sure = (sure and name[:4] != "The ") or bool(office and pattern is _HEAD)
        layout = "dashed" if pattern is _DASHED else ""
        return _Head(name, office, match.end(), sure, pattern is _LOOSE, layout)
    return None


def _with_names_above(text: str, lines: list[Span], heads: list[_Head | None]) -> list[_Head | None]:
    """The heads, and names that stand alone above their words: with a stamp beside or below them, or after a blank."""
    found = list(heads)
    for at, line in enumerate(lines[:-1]):
        if heads[at] is None and line.end - line.start <= 120:
            found[at] = _above(text, lines, heads, at)
    return found


def _above(text: str, lines: list[Span], heads: list[_Head | None], at: int) -> _Head | None:
    line, below = lines[at], lines[at + 1]
    stamped = _STAMP_AND_NAME.fullmatch(text, line.start, line.end)
    match = stamped or _NAME_ALONE.fullmatch(text, line.start, line.end)
    name = " ".join(match["name"].split()) if match else ""
    said = text[below.start : below.end].strip()
    if match is None or not said or heads[at + 1] is not None or not _speaks(name):
        return None
    if stamped:
        return None if _STAMP_FIRST.match(text, below.start, below.end) else _Head(name, None, line.end, True)
    if _STAMP.fullmatch(text, below.start, below.end):
        return _Head(name, None, line.end, True)
    opens = at == 0 or not text[lines[at - 1].start : lines[at - 1].end].strip()
    return _Head(name, None, line.end, False, layout="above") if opens and " " in name else None


def _speaks(name: str) -> bool:
    return _looks_named(name) and name.casefold() not in closed_group("no_speakers")


def _looks_named(name: str) -> bool:
    return name.casefold() not in {"applause", "laughter", "crosstalk", "inaudible", "music", "pause", "silence"}


def _known(text: str, lines: list[Span], heads: list[_Head | None]) -> frozenset[str]:
    """The names that are speakers: those that come back, all where most lines have one, capitals, sure ones."""
    plain = [head for head in heads if head is not None and not head.layout]
    counts = Counter(head.name for head in plain)
    full = sum(bool(text[line.start : line.end].strip()) and not _is_caption_mark(text, line) for line in lines)
    most = sum(counts.values()) * 2 >= full and sum(counts.values()) > 1
    capitals = sum(count for name, count in counts.items() if name.isupper())
    named = {head.name for head in plain if not head.loose}
    nearly_all = sum(counts.values()) >= _NEARLY_ALL * full and len(counts) < sum(counts.values())
    sure = {head.name for head in plain if head.sure}
    return (
        frozenset(
            name
            for name, count in counts.items()
            if (name in named or nearly_all)
            and (most or count > 1 or name in sure or (name.isupper() and len(name) > 1 and capitals >= _FEW))
        )
        | _opening(text, lines, heads)
        | _known_by_layout(text, lines, heads, full)
    )


def _opening(text: str, lines: list[Span], heads: list[_Head | None]) -> frozenset[str]:
    """The one name in capitals with which a speech opens: nobody else is named in the text."""
    first = next((at for at, line in enumerate(lines) if text[line.start : line.end].strip()), 0)
    head, count = heads[first], sum(head is not None for head in heads)
    if head is None or count > 1 or head.loose or head.layout or not head.name.isupper() or " " not in head.name:
        return frozenset()
    if _HEADINGS & set(head.name.split()):
        return frozenset()
    said = text[head.end : lines[first].end]
    return (
        frozenset({head.name}) if text[head.end - 2 : head.end].strip() == ":" and len(said) > _OPENS else frozenset()
    )


def _known_by_layout(text: str, lines: list[Span], heads: list[_Head | None], full: int) -> frozenset[str]:
    """Names before a dash or alone above their words, where so many are there that they are no accident."""
    blocks = sum(bool(block.strip()) for block in re.split(r"\n\s*\n", text)) if any(heads) else 0
    found: set[str] = set()
    for layout, whole in (("dashed", full), ("above", blocks)):
        counts = Counter(head.name for head in heads if head is not None and head.layout == layout)
        back = any(count > 1 for count in counts.values()) and 3 * sum(counts.values()) >= whole
        all_of_them = layout == "dashed" and sum(counts.values()) >= _NEARLY_ALL * whole
        full_names = all(" " in name or name.isupper() for name in counts)
        if len(counts) > 1 and (back or (all_of_them and full_names)):
            found |= set(counts)
    return frozenset(found)
