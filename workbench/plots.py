"""Small plots in characters: bars and sparklines that stand in a terminal without colour."""

from __future__ import annotations

from collections.abc import Sequence

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEVELS = "▁▂▃▄▅▆▇█"


def bar(value: float, most: float, width: int) -> str:
    """A bar of at most `width` cells, in steps of an eighth: `value` of `most`; what is not nothing shows."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(round(min(value / most, 1.0) * width * 8), 1)
    return EIGHTHS[8] * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def sparkline(values: Sequence[float]) -> str:
    """One character a value, the highest full; nothing at all is a blank."""
    most = max(values, default=0)
    if most <= 0:
        return " " * len(values)
    return "".join(LEVELS[min(int(value / most * len(LEVELS)), len(LEVELS) - 1)] if value else " " for value in values)
