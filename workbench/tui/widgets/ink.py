"""The roles of words and how the theme in use draws them: letters and signs carry every state, colour only helps.

Textual's component classes would do the same, but each is matched against the stylesheet for every widget: with
twenty roles that was a third of the first frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.lines import Line, to_strip

GREY = 0.5  # of the strength of a ground in the accent's colour, where it is a grey one
KEPT = 400  # strips of a widget


@dataclass(frozen=True, slots=True)
class Look:
    """A colour of the theme at some strength over the background, and what says the same without colour."""

    colour: str = "foreground"
    strength: float = 1.0
    bold: bool = False
    underline: bool = False
    dim: bool = False  # on themes that have the terminal's own colours only
    back: float = 0.0  # strength of the accent behind the words


ROLES: dict[str, Look] = {
    "plain": Look(strength=0.8),
    "strong": Look(bold=True),
    "dim": Look(strength=0.62),
    "faint": Look(strength=0.5, dim=True),
    "accent": Look("accent"),
    "alarm": Look("error", bold=True),
    "guess": Look(strength=0.5),
    "hit": Look("accent", bold=True, underline=True),
    "rule": Look(strength=0.2, dim=True),
    "title": Look(bold=True),
    "key": Look("accent"),
    "tab": Look(strength=0.62),
    "tab-on": Look("accent", bold=True, underline=True),
    "open": Look(),
    "settled": Look(strength=0.5, dim=True),
    "quote": Look(underline=True),
    "now": Look(bold=True, back=0.3),
    "picked": Look(bold=True, underline=True, back=0.45),
    "caret": Look("background", bold=True, underline=True, back=0.8),
    "here": Look(bold=True),
    "now-mark": Look("accent", bold=True),
    "bar": Look("accent", strength=0.75),
    "cursor": Look(bold=True, back=0.18),
}


class Inked:
    """Mixed into a widget that draws words by their roles. No widget itself: Textual inherits styles from one base.

    What is drawn again is not made again: a strip that is the same object brings along what Textual worked out for it.
    """

    _base: Style | None = None
    _strips: dict[tuple[Line, int, Style, str], Strip] | None = None

    def ink(self, role: str) -> Style:
        """The style of a role, to be laid over the widget's own."""
        return styles_of(cast(Widget, self).app)[role]

    def render_lines(self, crop: Region) -> list[Strip]:
        """As the widget does, with its own style worked out once and not for each line."""
        self._base = cast(Widget, self).rich_style
        strips: list[Strip] = super().render_lines(crop)  # type: ignore[misc]
        return strips

    @property
    def base(self) -> Style:
        """The widget's own style."""
        return self._base or cast(Widget, self).rich_style

    def strip(self, parts: Line, width: int, base: Style | None = None) -> Strip:
        """A line as a strip of `width` cells over `base`, by default the widget's own style."""
        if self._strips is None or len(self._strips) > KEPT:
            self._strips = {}
        under = base or self.base
        key = (parts, width, under, cast(Widget, self).app.theme)
        made = self._strips.get(key)
        if made is None:
            made = self._strips[key] = to_strip(parts, self.ink, width, under)
        return made


def styles_of(app: App[object]) -> dict[str, Style]:
    """The styles of all roles in the theme of `app`, for as many colours as its terminal has."""
    colours = "truecolor" if app.is_headless else app.console.color_system or "standard"
    held = _made.get((app.theme, colours))
    if held is None:
        theme = app.current_theme
        if theme.ansi or colours not in ("truecolor", "256"):
            held = {role: _in_terminal_colours(look) for role, look in ROLES.items()}
        else:
            named = {
                name: Color.parse(app.theme_variables[name]) for name in ("foreground", "background", "accent", "error")
            }
            held = in_colours(named, greys=colours == "256")
        _made[app.theme, colours] = held
    return held


_made: dict[tuple[str, str], dict[str, Style]] = {}  # theme and colours of the terminal -> role -> style


def in_colours(named: dict[str, Color], *, greys: bool) -> dict[str, Style]:
    """The styles of all roles; with `greys` no tinted grounds, whose nearest of 256 colours are far too strong."""
    return {role: _in_colours(look, named, greys) for role, look in ROLES.items()}


def _in_colours(look: Look, named: dict[str, Color], greys: bool) -> Style:
    ground, tint = named["background"], named["foreground" if greys else "accent"]
    back = ground.blend(tint, look.back * (GREY if greys else 1)) if look.back else None
    colour = (back or ground).blend(named[look.colour], look.strength)
    return Style(
        color=None if look == ROLES["cursor"] else colour.rich_color,
        bgcolor=back.rich_color if back else None,
        bold=look.bold or None,
        underline=look.underline or None,
    )


def _in_terminal_colours(look: Look) -> Style:
    return Style(
        bold=look.bold or look.colour != "foreground" or None,
        underline=look.underline or None,
        dim=look.dim or None,
        reverse=look.back > 0 or None,
    )
