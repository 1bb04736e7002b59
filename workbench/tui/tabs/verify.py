"""The tab Verify: the quote against what was said, word by word, and what the reviewer says of its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.records import ClaimCard, Verification, VerifiedStep, VerifiedText
from workbench.text import cell_width, clean_line, fit
from workbench.tui.lines import Line, Part, justify
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import paragraph

if TYPE_CHECKING:
    from workbench.services.store import Store
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint

GUTTER = 9  # cells of "printed"


@dataclass(frozen=True, slots=True)
class Verified:
    """What the tab reads: the finding (None where nothing could be verified, `wrong` says why), and all there is to
    verify against."""

    found: Verification | None
    texts: tuple[VerifiedText, ...]
    wrong: str = ""
    words: str = ""  # the class in words
    suggested: tuple[str, str] | None = None


class VerifyTab(Tab):
    """One item a text that the quote can be verified against; enter chooses it, enter again all of them."""

    name = "Verify"
    empty = "No text to verify against. V names a file; workbench transcript add stores a transcript."
    reads = True
    against: tuple[str, ...] = ()  # what the reviewer chose; nothing: all that the store has

    def shown(self, card: ClaimCard) -> bool:
        """Only where words stand in quotation marks."""
        return card.row.kind in ("direct", "mixed")

    def count(self, card: ClaimCard) -> int | None:
        """Kept findings."""
        return len(card.verifications) or None

    def read(self, store: Store, card: ClaimCard) -> Verified:
        """Verify the claim's quote; indexes of texts are kept for the next claim."""
        from workbench.services import verification

        texts: tuple[VerifiedText, ...] = ()
        try:
            stored = verification.texts_for(store, card.row.id).texts
            texts = tuple(text.about for text in stored)
            chosen = verification.texts_for(store, card.row.id, self.against).texts if self.against else stored
            quote, speaker = verification.quote_of(store, card.row.id)
            if not chosen:
                return Verified(None, texts)
            found = verification.standing(card, verification.verify(quote, speaker, chosen, card.row.id))
        except WorkbenchError as error:
            return Verified(None, texts, str(error))
        return Verified(found, texts, "", verification.in_words(found.quote_class), verification.suggestion(found))

    def head(self, about: About, width: int) -> list[Line]:
        """Class, alarms and place; both wordings; the question and its answer."""
        read: Verified | None = about.data
        if read is None or read.found is None:
            return paragraph(clean_line(read.wrong), width, "alarm") if read and read.wrong else []
        return [*_finding(read.found, read, width), *_meaning(read, about, width), ()]

    def items(self, about: About, width: int) -> list[Item]:
        """The texts, those that were chosen marked."""
        read: Verified | None = about.data
        if read is None:
            return []
        used = read.found.against if read.found else ()
        files = tuple(text for text in used if text not in read.texts)
        place = read.found.text if read.found else None
        return [Item(text.id or text.name, _text(text, used, place, width)) for text in (*read.texts, *files)]

    def hints(self, about: About) -> list[Hint]:
        """Enter chooses the text."""
        return [("enter", "only this", "item_open")]

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Verify against this text alone; again: against all."""
        if item.name.startswith(("t", "e")) and item.name[1:].isdigit():
            self.against = () if self.against == (item.name,) else (item.name,)
        else:
            self.against = ()
        await screen.refresh_all()


def _finding(found: Verification, read: Verified, width: int) -> list[Line]:
    count = len(found.against)
    if not found.found:
        made = paragraph(f"not found in the {count} text{'' if count == 1 else 's'} given", width, "strong")
        return made + beside("printed", [(found.quote, "plain")], width)
    alarms = [Part(f"⚠ {', '.join(found.alarms)}", "alarm")] if found.alarms else []
    made = [justify([Part(read.words, "strong")], alarms, width)]
    made += paragraph(_place(found), width, "dim")
    made += beside("said", list(_said(found.steps)), width)
    return made + beside("printed", list(_printed(found.steps)), width)


def _place(found: Verification) -> str:
    text = found.against[found.text or 0]
    lines = f"line{'' if len(found.lines) == 1 else 's'} {', '.join(map(str, found.lines))}"
    who = ", ".join(found.speakers) or "no speaker named"
    if "speaker" in found.alarms and found.speaker:
        who += f", not {found.speaker}"
    return clean_line(" · ".join(filter(None, (f"{text.id or ''} {text.name}".strip(), lines, who))))


def _said(steps: Iterable[VerifiedStep]) -> Iterable[tuple[str, str]]:
    """What was said, what is not printed standing out; a cut that dots mark does not."""
    for step in steps:
        if step.kind == "leap":
            yield "…", "dim"
        if step.said:
            loud = step.operation != "equal" and step.kind not in ("cleaned", "marked cut", "bracketed")
            yield step.said, "alarm" if loud else "dim" if step.operation != "equal" else "plain"


def _printed(steps: Iterable[VerifiedStep]) -> Iterable[tuple[str, str]]:
    """What is printed, what was not said standing out; a gap where words went out."""
    for step in steps:
        if step.printed:
            loud = step.operation != "equal" and step.kind not in ("cleaned", "bracketed")
            yield step.printed, "alarm" if loud else "plain"
        elif step.said:
            yield "…" if step.kind == "marked cut" else "_", "dim"


def beside(name: str, words: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Words with roles, wrapped beside a name."""
    rows: list[list[Part]] = [[]]
    used, room = 0, max(width - GUTTER, 8)
    for text, role in words:
        for word in clean_line(text).split():
            while cell_width(word) > room:  # longer than a line: over as many as it needs
                word = _broken(rows, word, role, room)
                used = room
            cells = cell_width(word)
            if used and used + 1 + cells > room:
                rows.append([])
                used = 0
            rows[-1].append(Part(f" {word}" if used else word, role))
            used += cells + bool(used)
    return [(Part(fit(name if not at else "", GUTTER), "dim"), *row) for at, row in enumerate(rows)]


def _broken(rows: list[list[Part]], word: str, role: str, room: int) -> str:
    from rich.cells import chop_cells

    first = chop_cells(word, room)[0]
    if rows[-1]:
        rows.append([])
    rows[-1].append(Part(first, role))
    return word[len(first) :]


def _meaning(read: Verified, about: About, width: int) -> list[Line]:
    found = read.found
    if found is None or not found.found:
        return _suggestion(read, about, width)
    changed, same = Part("! yes", "key", "meaning_changed"), Part("= no", "key", "meaning_same")
    if found.meaning:
        says = f"meaning {'changes' if found.meaning == 'changed' else 'stays'}, says {found.answered_by or ''}"
        made = [justify([Part(says, "strong")], [changed, Part("  "), same], width)]
    elif found.quote_class == "verbatim":
        made = []
    else:
        made = [justify([Part("Does the meaning change?", "strong")], [changed, Part("  "), same], width)]
    return made + _suggestion(read, about, width)


def _suggestion(read: Verified, about: About, width: int) -> list[Line]:
    """What the finding speaks for, marked as a guess: the key gives the verdict."""
    if read.suggested is None or about.card.attribution is not None:
        return []
    wanted, why = read.suggested
    for scale in about.scales:
        for label in scale.labels:
            if scale.judgement == "attribution" and label.id == wanted:
                return paragraph(clean_line(f"suggests Q{label.key} {label.label.lower()} ~ {why}"), width, "guess")
    return []


def _text(text: VerifiedText, used: Sequence[VerifiedText], place: int | None, width: int) -> list[Line]:
    on = text in used
    here = on and place is not None and used[place] == text
    sign = Part("● " if here else "○ " if on else "  ", "accent")
    name = f"{text.id}  {text.name}" if text.id else text.name
    return [justify([sign, Part(clean_line(name), "plain" if on else "faint")], (), width)]
