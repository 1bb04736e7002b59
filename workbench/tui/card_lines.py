"""The claim's card as lines: everything about one claim in a column. Pure, from records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.actions import find
from workbench.alignment import changed_words
from workbench.records import ClaimCard, Conflict, Flag, Judgement, Label, Scale, Verdict
from workbench.text import clean, fit
from workbench.tui.keys import digit_key, shown_key
from workbench.tui.lines import Line, Part, justify, line, width_of
from workbench.tui.tabs import tabs_of
from workbench.tui.tabs.base import About, Tab
from workbench.tui.wrapping import wrapped

VOICES: Mapping[str, str] = {
    "A": "named, on record",
    "B": "named body, unnamed voice",
    "C": "unnamed, in a position to know",
    "D": "unnamed, vaguely described",
    "E": "familiar with the matter",
    "F": "bare source",
    "G": "collective: critics, experts, some",
    "H": "agentless: it is said",
    "I": "a document",
    "J": "another medium",
}
GUTTER = 10  # cells of the names at the left


@dataclass(frozen=True, slots=True)
class CardContext:
    """What a card needs beside the claim: the scales in use, the flags, the open tab and what it read."""

    tab: Tab
    scales: Sequence[Scale] = ()
    flags: Sequence[Flag] = ()
    data: Any = None  # what the open tab read
    chosen: int = -1  # the tab's item under the keys
    compact: bool = False  # below the article, where the claim's words stand already

    def scale(self, judgement: Judgement) -> Scale | None:
        """The scale in use for a judgement."""
        return next((scale for scale in self.scales if scale.judgement == judgement), None)


def card_lines(card: ClaimCard, context: CardContext, width: int) -> list[Line]:
    """The card in lines of at most `width` cells."""
    if context.compact:
        return [
            *_state(card, width),
            *(_words(card, width) if card.row.anchor_state == "lost" else _changed(card, width)),
            *_judgement(card, "attribution", context, width),
            *_judgement(card, "truth", context, width),
            *_wording(card, width),
            *_origin(card, width),
            *_voice(card, width),
            *_marks(card, context, width),
            *_tab(card, context, width, rule=False),
        ]
    return [
        *_state(card, width),
        (),
        *_words(card, width),
        (),
        *_wording(card, width),
        *_origin(card, width),
        *_voice(card, width),
        (),
        *_judgement(card, "attribution", context, width),
        *_judgement(card, "truth", context, width),
        *_marks(card, context, width),
        (),
        *_tab(card, context, width, rule=True),
    ]


def field(name: str, value: str, width: int, role: str = "plain", tail: Iterable[Part] = ()) -> list[Line]:
    """A named value, wrapped beside its name; `tail` follows its last line."""
    rows = wrapped(clean(value), max(width - GUTTER, 8)) or [""]
    made = [
        line(Part(fit(name if not place else "", GUTTER), "dim"), Part(row, role)) for place, row in enumerate(rows)
    ]
    made[-1] = (*made[-1], *tail)
    return made


def _keyed(lines: list[Line], action_id: str, width: int) -> list[Line]:
    """The lines with the key of an action at the right end of the first, which a click runs too."""
    key = Part(f" {shown_key(find(action_id))}", "key", action_id)
    return [justify(lines[0], [key], width), *lines[1:]]


def _state(card: ClaimCard, width: int) -> list[Line]:
    row = card.row
    state = [Part(f"c{row.id}", "strong"), Part(f"  {row.kind} · {row.status}", "dim")]
    if row.stale:
        state.append(Part(" · stale", "alarm"))
    if row.anchor_state == "lost":
        state.append(Part(" · lost in this version", "alarm"))
    worth = Part(f"check {row.check_worthiness:.2f}", "faint")
    return [justify(state, [worth], width)]


def _words(card: ClaimCard, width: int) -> list[Line]:
    """The claim's words, and below what changed in them."""
    return [*(line(Part(words, "title")) for words in wrapped(clean(card.row.text), width)), *_changed(card, width)]


def _changed(card: ClaimCard, width: int) -> list[Line]:
    """What changed in the words since a verdict was given or since the version before."""
    made: list[Line] = []
    if card.words_before:
        made += field("changed", changed_words(card.words_before, card.row.text), width, "alarm")
    if card.source_before:
        made += field("source was", card.source_before, width, "alarm")
    return made


def _wording(card: ClaimCard, width: int) -> list[Line]:
    row = card.row
    wording = field("wording", row.wording, width) if row.wording else field("wording", "as it stands", width, "faint")
    return _keyed(wording, "wording", width)


def _origin(card: ClaimCard, width: int) -> list[Line]:
    row = card.row
    if row.source is None and not card.source_text:
        found = field("source", "none named", width, "faint")
    else:
        found = field("source", row.source or "not resolved", width, "plain", _guess(card))
        if reason := _reason(card):
            found += field("", reason, width, "dim")
    cue = []
    if card.cue_text:
        cue = field("cue", f"{card.cue_text} · {card.cue_class or 'other'}", width)
    return [*_keyed(found, "source", width), *cue]


def _guess(card: ClaimCard) -> list[Part]:
    return [] if card.row.source_confirmed else [Part(" ~", "guess")]


def _reason(card: ClaimCard) -> str:
    """How the source was resolved, in words."""
    named = f"“{card.source_text}”" if card.source_text and card.source_text != card.row.source else ""
    if card.row.source_confirmed:
        return named
    if named and (card.source_reason or "").startswith(named):
        named = ""
    sure = f"{card.source_confidence:.0%} sure" if card.source_confidence is not None else ""
    return " · ".join(part for part in (named, card.source_reason or "", sure) if part)


def _voice(card: ClaimCard, width: int) -> list[Line]:
    level = card.row.anonymity
    found: list[Line] = []
    if level:
        unnamed = level not in ("A", "B")
        found += field("voice", f"{level} {VOICES.get(level, '')}", width, "strong" if unnamed else "plain")
    if card.hedges:
        found += field("hedged", ", ".join(card.hedges), width)
    if card.negated:
        found += field("negated", "the claim says that something is not so", width, "alarm")
    if card.numbers:
        found += field("numbers", " · ".join(card.numbers), width, "alarm")
    for conflict in card.conflicts:
        found += _conflict(conflict, width)
    return found


def _conflict(conflict: Conflict, width: int) -> list[Line]:
    """Another claim's figure for what seems the same measure; a click goes there."""
    said = f"{conflict.figure} here, {conflict.against} in"
    lines = field(
        "conflict~", said, width, "alarm", [Part(f" c{conflict.claim_id}", "key", f"go({conflict.claim_id})")]
    )
    return lines + field("", " ".join(filter(None, (conflict.outlet, conflict.text))), width, "dim")


def _judgement(card: ClaimCard, judgement: Judgement, context: CardContext, width: int) -> list[Line]:
    asks = "said so?" if judgement == "attribution" else "is it so?"
    if judgement == "attribution" and card.row.kind == "statement":
        return field(asks, "– the article's own voice", width, "faint")
    verdict = card.attribution if judgement == "attribution" else card.truth
    if verdict is not None:
        return _verdict(asks, verdict, card, width)
    scale = context.scale(judgement)
    labels = _labels(scale.labels, judgement, max(width - GUTTER, 8)) if scale else [(Part("no scale", "faint"),)]
    return [(Part(fit(asks if not place else "", GUTTER), "strong"), *row) for place, row in enumerate(labels)]


def _verdict(asks: str, verdict: Verdict, card: ClaimCard, width: int) -> list[Line]:
    earlier = [Part(" on an earlier text", "alarm")] if card.row.stale else []
    found = field(asks, f"{verdict.letter} {verdict.label_text}", width, "strong", earlier)
    found += field("", f"{verdict.reviewer} · {verdict.given_at[:16].replace('T', ' ')}", width, "dim")
    for text in (verdict.explanation, verdict.rationale):
        if text:
            found += field("", text, width)
    return found


def _labels(labels: Sequence[Label], judgement: Judgement, width: int) -> list[Line]:
    """The labels of a scale with their keys, as many in a line as fit; a click gives the verdict."""
    prefix = "" if judgement == "truth" else shown_key(find("attribution")).split()[0]
    rows: list[list[Part]] = [[]]
    used = 0
    for label in labels:
        key = f"{prefix}{digit_key(label.key)}"
        words = f"{key} {clean(label.label).lower()}"
        if used and used + 2 + len(words) > width:
            rows.append([])
            used = 0
        if used:
            rows[-1].append(Part("  "))
            used += 2
        action = f"{'truth' if judgement == 'truth' else 'attribution_label'}({label.key!r})"
        rows[-1] += [Part(key, "key", action), Part(words[len(key) :], "dim", action)]
        used += len(words)
    return [tuple(row) for row in rows]


def _marks(card: ClaimCard, context: CardContext, width: int) -> list[Line]:
    found: list[Line] = []
    if card.row.flags:
        names = {flag.id: flag.label for flag in context.flags}
        found += field("flags", ", ".join(names.get(flag, flag).lower() for flag in card.row.flags), width)
    if card.waived_because:
        found += field("waived", card.waived_because, width)
    if card.parent_id is not None:
        found.append(
            line(Part(fit("part of", GUTTER), "dim"), Part(f"c{card.parent_id}", "key", f"go({card.parent_id})"))
        )
    return found


def _tab(card: ClaimCard, context: CardContext, width: int, *, rule: bool) -> list[Line]:
    """The names of the tabs and what the open one shows."""
    about = About(card, context.data, context.scales)
    ruled = [line(Part("─" * width, "rule"))] if rule else []
    return [*_tab_lines(card, context.tab, width), *ruled, *context.tab.lines(about, width, context.chosen)]


def _tab_lines(card: ClaimCard, current: Tab, width: int) -> list[Line]:
    """The names of the tabs; in a narrow card closer together, then without the counts of none, then in two lines."""
    for gap, zeros in (("  ", True), (" ", True), ("  ", False), (" ", False)):
        names = _tab_names(card, current, zeros)
        row = tuple(part for name in names for part in (Part(gap), name))[1:]
        if width_of(row) <= width:
            return [row]
    half = (len(names) + 1) // 2
    return [tuple(part for name in some for part in (name, Part("  ")))[:-1] for some in (names[:half], names[half:])]


def _tab_names(card: ClaimCard, current: Tab, zeros: bool) -> list[Part]:
    made: list[Part] = []
    for tab in tabs_of(card):
        count = tab.count(card)
        label = f"{tab.name} {count}" if count or (zeros and count is not None) else tab.name
        made.append(Part(label, "tab-on" if tab is current else "tab", f"tab({tab.name!r})"))
    return made
