"""The tabs of the claim's card, in the order in which they stand: one class each, one line here."""

from __future__ import annotations

from workbench.records import ClaimCard
from workbench.tui.tabs.base import Tab
from workbench.tui.tabs.checks import ChecksTab
from workbench.tui.tabs.duplicates import DuplicatesTab
from workbench.tui.tabs.evidence import EvidenceTab
from workbench.tui.tabs.history import HistoryTab
from workbench.tui.tabs.notes import NotesTab
from workbench.tui.tabs.verify import VerifyTab

TABS: tuple[Tab, ...] = (
    EvidenceTab(),
    DuplicatesTab(),
    VerifyTab(),
    ChecksTab(),
    NotesTab(),
    HistoryTab(),
)


def tabs_of(card: ClaimCard) -> list[Tab]:
    """The tabs that a claim has."""
    return [tab for tab in TABS if tab.shown(card)]


def tab_named(name: str) -> Tab:
    """The tab of that name, the first one for an unknown name."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])
