"""The shape in which a tagger, by rules or trained, delivers what it found."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.spans import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Pieces of source, cue and content, each sorted and in bounds. Source and cue may be empty, content never is."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
