"""The command palette: every action of the screen by name, from the one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from workbench.actions import PLACES, Action, in_place
from workbench.tui.keys import DIGITS, shown_key
from workbench.tui.screens.desk_screen import DeskScreen

BY_ITS_HELP = 0.01  # behind everything whose name matches
_WHOLE = ("go to", "truth", "said so")  # names that tell little without what follows


class ActionCommands(Provider):
    """Actions as commands. Texts go in as `Content`, never as markup, and without `help`, which is parsed."""

    def _actions(self) -> list[tuple[str, Callable[[], Any]]]:
        screen = self.screen
        if not isinstance(screen, DeskScreen):
            return []
        found: list[tuple[str, Callable[[], Any]]] = []
        table = sorted(in_place(screen.place), key=lambda action: action.command is None)  # moving about comes last
        for action in table:
            if action.id in DIGITS:
                found += self._verdicts(screen)
            else:
                found.append((_words(action), self._runner(screen, action.id)))
        return [*found, *self._screens(screen), ("theme: change the colours", self._runner(screen, "app.change_theme"))]

    def _screens(self, screen: DeskScreen) -> list[tuple[str, Callable[[], Any]]]:
        there = [info for info in PLACES if info.letter and info.place != screen.place]
        return [
            (f"go to: {info.title.lower()}  g {info.letter}", self._runner(screen, f"app.go({info.place!r})"))
            for info in there
        ]

    def _verdicts(self, screen: DeskScreen) -> list[tuple[str, Callable[[], Any]]]:
        return [
            (
                f"{'truth' if scale.judgement == 'truth' else 'said so'}: {label.label.lower()}",
                self._runner(
                    screen, f"{'truth' if scale.judgement == 'truth' else 'attribution_label'}({label.key!r})"
                ),
            )
            for scale in sorted(screen.desk.scales, key=lambda each: each.judgement != "truth")
            for label in scale.labels
        ]

    def _runner(self, screen: DeskScreen, action: str) -> Callable[[], Any]:
        async def run() -> None:
            await screen.run_action(action)

        return run

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for text, run in self._actions():
            yield DiscoveryHit(Content(text), run, text=text)

    async def search(self, query: str) -> Hits:
        """What has the typed letters in its name, then what has the typed words in its help."""
        matcher = self.matcher(query)
        words = query.casefold().split()
        for text, run in self._actions():
            name, _, said = text.partition(": ")
            whole = name in _WHOLE or query.casefold() in text.casefold()
            score = matcher.match(text if whole else name)
            if score <= 0 and all(word in said.casefold() for word in words):
                score = BY_ITS_HELP
            if score > 0:
                yield Hit(score, Content(text), run, text=text)


def _words(action: Action) -> str:
    return f"{action.label}: {action.help}  {shown_key(action)}"
