"""Evidence: an address or a file, the words that bear on the claim, what they do to it, and whether it is secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual.app import ComposeResult
from textual.widgets import Input, Static, TextArea

from workbench.records import STANCES, Evidence, Stance
from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Accept, Dialog
from workbench.tui.dialogs.choice import Choice

_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(:[0-9]+)?", re.IGNORECASE)
IN_A_LINE = "enter or ctrl+s stores · tab next field · esc cancels"
IN_THE_EXCERPT = "ctrl+s stores · enter new line · tab next field · esc cancels"
COPY, ADDRESS = "a copy of the page", "the address alone"
INDEPENDENT: dict[str, bool | None] = {"not said": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class EvidenceAnswer:
    """What was filled in; `place` is an http(s) address or the path of a file."""

    place: str
    quote: str | None
    stance: Stance
    confidential: bool
    independent: bool | None = None
    fetched: bool = False  # whether a copy of the page is wanted

    @property
    def is_url(self) -> bool:
        """Whether the place is a web address."""
        return _is_url(self.place)


def _is_url(place: str) -> bool:
    return place.casefold().startswith(("http://", "https://"))


def place_of(typed: str) -> str:
    """What was typed, with https:// before the bare name of a host (`www.x.org`, `x.org/page`) that is no file here."""
    host, slash, _ = typed.partition("/")
    bare = _HOST.fullmatch(host) and (slash or host.casefold().startswith("www."))
    return f"https://{typed}" if bare and not _is_here(typed) else typed


def _is_here(typed: str) -> bool:
    try:
        return Path(typed).exists()
    except (OSError, ValueError):
        return False


def _independent(held: Evidence | None) -> str:
    return next(word for word, value in INDEPENDENT.items() if value is (held.independent if held else None))


class EvidenceDialog(Dialog[EvidenceAnswer]):
    """Enter stores from every field but the excerpt, ctrl+s from there too; tab goes on to the next."""

    def __init__(
        self, said: str, accept: Accept[EvidenceAnswer] | None = None, standing: Evidence | None = None
    ) -> None:
        super().__init__(f"Evidence e{standing.id}" if standing else "Evidence", said, IN_A_LINE, accept)
        self._standing = standing

    def fields(self) -> ComposeResult:
        """Address, excerpt, stance, secrecy."""
        yield Static("address of a page (https://…) or path of a file", markup=False, classes="label")
        held = self._standing
        yield OneLine(
            (held.url or held.file_name or "") if held else "", id="place", placeholder="https://",
            disabled=held is not None and held.url is None,
        )  # fmt: skip
        yield Static("the words that bear on the claim", markup=False, classes="label")
        excerpt = (held.excerpt or "") if held else ""
        yield TextArea(excerpt, id="quote", tab_behavior="focus", show_line_numbers=False)
        yield Choice("it", STANCES, held.stance if held else None, id="stance")
        yield Choice("independent", tuple(INDEPENDENT), _independent(held), id="independent")
        yield Choice("confidential", ("no", "yes"), "yes" if held and held.confidential else None, id="secret")
        if held is None:
            yield Choice("keep", (COPY, ADDRESS), id="copy", classes="-hidden")

    def on_descendant_focus(self) -> None:
        """The foot says what enter does here."""
        self.hint(IN_THE_EXCERPT if self.query_one("#quote").has_focus else IN_A_LINE)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Of a page a copy can be had: the only time that the desk asks a host, and only for this page."""
        for choice in self.query("#copy"):
            choice.set_class(not _is_url(place_of(event.value.strip())), "-hidden")

    def no_copy(self, why: str) -> None:
        """Say why no copy can be had; the next enter keeps the address alone."""
        self.query_one("#copy", Choice).choose(ADDRESS)
        self.complain(f"{why}. Enter now keeps the address alone.")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Store what is there."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the fields."""
        field = self.query_one("#place", OneLine)
        if not field.value.strip():
            self.complain("Name an address or a file.")
            return
        if not field.disabled:
            field.value = place_of(field.value.strip())
        answer = EvidenceAnswer(
            field.value,
            self.query_one("#quote", TextArea).text.strip() or None,
            cast(Stance, self.query_one("#stance", Choice).value),
            self.query_one("#secret", Choice).value == "yes",
            INDEPENDENT[self.query_one("#independent", Choice).value],
            _is_url(field.value) and any(choice.value == COPY for choice in self.query("#copy").results(Choice)),
        )
        if answer.fetched:
            self.run_worker(self.offer(answer), group="offer")  # so that esc is heard meanwhile
        else:
            await self.offer(answer)
