"""Paragraphs: a line each, or a block of lines where the text is wrapped by hand."""

from __future__ import annotations

import re

from workbench.spans import Span, trim

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[^\S\n\r]*(?:\r\n|\n|\r)")
_FINISHED = tuple('.!?…:;"”’»)]')
_WIDEST_WRAP = 100  # code points; a longer line was not broken by hand


def paragraphs(text: str, start: int = 0) -> tuple[Span, ...]:
    """The paragraphs of `text` from `start` on, trimmed and never empty.

    A line is a paragraph, unless blank lines part blocks whose lines mostly break off in the middle of a sentence:
    then a block is.
    """
    lines = [trim(text, Span(*match.span())) for match in _LINE.finditer(text, start)]
    lines = [line for line in lines if line.start < line.end]
    blocks = _blocks(text, lines)
    return tuple(_joined(blocks) if _is_wrapped(text, blocks) else lines)


def _blocks(text: str, lines: list[Span]) -> list[list[Span]]:
    """Lines that no blank line parts."""
    blocks: list[list[Span]] = []
    for line in lines:
        if blocks and not _BLANK.search(text, blocks[-1][-1].end, line.start):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_wrapped(text: str, blocks: list[list[Span]]) -> bool:
    inner = [line for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < 4:
        return False
    broken = sum(line.end - line.start <= _WIDEST_WRAP and not text.endswith(_FINISHED, line.start, line.end)
                 for line in inner)  # fmt: skip
    long_enough = sum(line.end - line.start >= 40 for line in inner)
    return broken > 0.7 * len(inner) and long_enough > 0.8 * len(inner)


def _joined(blocks: list[list[Span]]) -> list[Span]:
    return [Span(block[0].start, block[-1].end) for block in blocks]
