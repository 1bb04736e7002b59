"""Terminals with few colours: what is written stays readable, and no state is told by colour alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color

from workbench.tui.themes import THEMES
from workbench.tui.widgets.ink import ROLES, _in_terminal_colours, in_colours

LEAST, MUCH = 2.4, 4.5  # contrast in a terminal of 256 colours: of grey words, of those that matter (WCAG AA)
STRONG = ("strong", "title", "open", "now", "picked")


def contrast(first: Color, second: Color) -> float:
    """The ratio of two colours' luminances, 1 to 21 (WCAG 2.2)."""
    lights = sorted(_luminance(each) for each in (first, second))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _of_256(colour: Color) -> Color:
    return Color.from_rich_color(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_are_readable_with_256_colours_also_under_the_cursor(theme) -> None:
    named = {name: Color.parse(getattr(theme, name)) for name in ("foreground", "background", "accent", "error")}
    styles = in_colours(named, greys=True)
    grounds = [named["background"], Color.from_rich_color(styles["cursor"].bgcolor)]
    for role, style in styles.items():
        if style.color is None or role in ("rule", "bar"):
            continue
        own = [Color.from_rich_color(style.bgcolor)] if style.bgcolor else grounds
        words = Color.from_rich_color(style.color)
        for ground in own:
            wanted = MUCH if role in STRONG else LEAST
            assert contrast(_of_256(words), _of_256(ground)) >= wanted, (role, ground)


def test_without_colours_of_its_own_every_state_of_words_has_another_look() -> None:
    told_apart = {role: _in_terminal_colours(ROLES[role]) for role in ("open", "settled", "quote", "now", "caret")}

    for one, other in combinations(told_apart.values(), 2):
        assert one != other
    assert all(style.color is None and style.bgcolor is None for style in told_apart.values())
    assert told_apart["now"].reverse
    assert Style(dim=True) == told_apart["settled"]
