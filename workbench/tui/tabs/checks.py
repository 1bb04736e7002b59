"""The tab Fact-checks: published checks that may already answer the claim, until a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.factchecks import CheckMatch
from workbench.records import ClaimCard
from workbench.text import clean_line
from workbench.tui.lines import Line, Part, justify
from workbench.tui.meaning import read_on
from workbench.tui.tabs.base import About, Item, Tab
from workbench.tui.tabs.blocks import minute, paragraph

if TYPE_CHECKING:
    from workbench.services.matching import Matches
    from workbench.services.store import Store
    from workbench.tui.screens.review import ReviewScreen
    from workbench.tui.widgets.hint_bar import Hint

_SHOWN = 6  # suggestions
_ROLES = {"confirmed": "strong", "rejected": "faint", "suggested": "plain"}


class ChecksTab(Tab):
    """One item a check, what people decided first; `c` confirms, `x` rejects, `o` opens its page."""

    name = "Fact-checks"
    empty = "No published fact-check fits. workbench import FILE brings more."
    reads = True

    def count(self, card: ClaimCard) -> int | None:
        """Confirmed checks."""
        return sum(match.state == "confirmed" for match in card.fact_checks) or None

    def read(self, store: Store, card: ClaimCard) -> Matches:
        """Match the claim; the vectors of the checks are kept for the next one."""
        from workbench.services import matching

        return matching.match_claim(store, card.row.id, limit=_SHOWN)

    def opened(self, screen: ReviewScreen) -> None:
        """Read checks that wait for it, in the background."""
        read_on(screen.desk)

    def head(self, about: About, width: int) -> list[Line]:
        """What could not be used for matching."""
        note = about.data.note if about.data is not None else None
        return paragraph(clean_line(note), width, "dim") if note else []

    def items(self, about: About, width: int) -> list[Item]:
        """Every check with rating, publisher, date, and why it is here."""
        matches: tuple[CheckMatch, ...] = about.data.matches if about.data is not None else about.card.fact_checks
        return [Item(f"k{match.check.id}", _lines(match, width)) for match in matches]

    def hints(self, about: About) -> list[Hint]:
        """What the keys do with the chosen check."""
        return [("c", "answers it", "check_confirm"), ("x", "does not", "not_a_claim"), ("o", "open", "open_url")]

    async def open_item(self, screen: ReviewScreen, item: Item) -> None:
        """Enter opens the page of the check."""
        screen.action_open_url()


def url_of(about: About | None, name: str) -> str | None:
    """The address of the check of that id, as the tab shows it."""
    matches: tuple[CheckMatch, ...] = about.data.matches if about is not None and about.data is not None else ()
    return next((match.check.url for match in matches if f"k{match.check.id}" == name), None)


def _lines(match: CheckMatch, width: int) -> list[Line]:
    check, role = match.check, _ROLES[match.state]
    made = [justify([Part(clean_line(_rating(match)), "strong")], [Part(_state(match), _state_role(match))], width)]
    made += paragraph(clean_line(check.claim), width, role)
    facts = [check.publisher or check.site, (check.published or "no date")[:10], f"k{check.id}"]
    made += paragraph(clean_line(" · ".join(facts)), width, "dim")
    if check.withdrawn:
        made += paragraph("withdrawn by its publisher; this is the copy that was kept", width, "alarm")
    if check.explanation and match.state != "rejected":
        made += paragraph(clean_line(check.explanation), width, "dim")
    made += paragraph(clean_line(_why(match)), width, "faint")
    return [*made, ()]


def _rating(match: CheckMatch) -> str:
    """The publisher's own label, and the common words where they say more."""
    check = match.check
    own = check.rating or "no rating"
    common = [*([check.word] if check.word != "none" else []), *(flag.replace("-", " ") for flag in check.flags)]
    said = ", ".join(common)
    return own if not said or said.casefold() == own.casefold() else f"{own} ({said})"


def _state(match: CheckMatch) -> str:
    if match.state == "suggested":
        return f"suggested {match.score:.2f} ~"
    return f"{match.state}, {clean_line(match.decided_by or '')} {minute(match.decided_at or '')[:10]}"


def _state_role(match: CheckMatch) -> str:
    return {"suggested": "guess", "confirmed": "strong", "rejected": "faint"}[match.state]


def _why(match: CheckMatch) -> str:
    words = f": {', '.join(match.words[:8])}" if match.words else ""
    return f"{match.why}{words}"
