"""What a mark asks for, and its words: the label of the action, and why nothing would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import ConflictError, UsageError
from workbench.history import Change
from workbench.records import Judgement, Label, Scale
from workbench.text import clean_line

if TYPE_CHECKING:
    from db.claimfacts import ClaimFacts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `mark` was asked for, checked; None leaves a thing as it is."""

    truth: Label | None
    attribution: Label | None
    scales: dict[str, Scale]
    explain: str | None
    rationale: str | None
    note: str | None
    flags: tuple[str, ...]
    unflags: tuple[str, ...]
    source: str | None
    wording: str | None
    status: str | None
    waive: str | None
    clear: tuple[Judgement, ...]
    words: list[tuple[str, str]] = field(default_factory=list)  # what is asked for: the field and the label's words


def describe(wanted: Wanted) -> None:
    """Fill `words` and refuse a call that asks for nothing or for two things that exclude each other."""

    def say(name: str, words: str) -> None:
        wanted.words.append((name, words))

    if wanted.truth:
        say("truth", wanted.truth.label.lower())
    if wanted.attribution:
        say("attribution", f"said: {wanted.attribution.label.lower()}")
    for judgement in wanted.clear:
        say(judgement, f"{judgement} cleared")
    for name in ("explain", "rationale", "wording", "source"):
        value = getattr(wanted, name)
        if value is not None:
            shown = "explanation" if name == "explain" else name
            say(name, f"{shown}: {short(value)}" if value else f"{shown} removed")
    if wanted.note:
        say("note", "note added")
    for flag in wanted.flags:
        say("flags", f"flag {flag}")
    for flag in wanted.unflags:
        say("flags", f"flag {flag} removed")
    if wanted.waive is not None:
        if not wanted.waive:
            raise UsageError("a waived claim needs a reason", "say why it stays unchecked")
        say("waived_because", "waived")
    if wanted.status:
        if wanted.status == "waived" and not wanted.waive:
            raise UsageError("a waived claim needs a reason", "use --waive REASON")
        if wanted.waive and wanted.status != "waived":
            raise UsageError("a claim cannot be waived and given another status at once", "leave one of them out")
        say("status", wanted.status)
    if not wanted.words:
        raise UsageError("nothing to mark", "name a verdict, source, wording, note, flag or status")
    for judgement in wanted.clear:
        if getattr(wanted, judgement) is not None:
            raise UsageError(f"the {judgement} verdict is both given and cleared", "leave one of them out")


def short(value: str) -> str:
    """At most 60 characters of a text, on one line, as a label shows it."""
    line = clean_line(value)
    return line if len(line) <= 60 else line[:59] + "…"


def label_of(changes: Sequence[Change], wanted: Wanted) -> str:
    """Which claims changed and how, in the words of the label: only what did change is named."""
    changed = {"note" if change.subject == "note" else change.field for change in changes}
    ids = list(dict.fromkeys(change.claim_id for change in changes))
    names = f"c{ids[0]}" if len(ids) == 1 else f"{len(ids)} claims"
    return f"{names} {', '.join([label_words(wanted, changed), *_removed(changes, wanted)])}"


def label_words(wanted: Wanted, changed: set[str]) -> str:
    """What a mark did, in words: only the fields that did change are named."""
    if changed & {"truth", "attribution"}:
        changed = changed | {"explain", "rationale"}
    return ", ".join(words for name, words in wanted.words if name in changed)


def _removed(changes: Sequence[Change], wanted: Wanted) -> list[str]:
    """The texts that went with the verdict that they explained, unless new ones came or a whole verdict went."""
    verdicts = [
        (change.before, change.after) for change in changes if change.field in ("truth", "attribution") and change.after
    ]
    given = {"explanation": wanted.explain, "rationale": wanted.rationale}
    return [
        f"{name} removed"
        for name, text in given.items()
        if text is None and any(before and before[name] and not after[name] for before, after in verdicts)
    ]


def nothing_to_change(claims: Sequence[ClaimFacts], wanted: Wanted) -> ConflictError:
    """Why a mark would change nothing, in words."""
    reasons = [f"no {judgement} verdict" for judgement in wanted.clear]
    reasons += ["that verdict" for judgement in ("truth", "attribution") if getattr(wanted, judgement)][:1]
    for name, shown in (("explain", "explanation"), ("rationale", "rationale"), ("wording", "wording")):
        value = getattr(wanted, name)
        if value is not None:
            reasons.append(f"that {shown}" if value else f"no {shown}")
    if wanted.source is not None:
        reasons.append("that source" if wanted.source else "no source")
    reasons += [f"the flag {flag}" for flag in wanted.flags] + [f"no flag {flag}" for flag in wanted.unflags]
    reasons += [f"the status “{wanted.status}”"] if wanted.status else []
    reasons += ["that reason"] if wanted.waive else []
    one = len(claims) == 1
    subject = f"c{claims[0].id} has" if one else f"these {len(claims)} claims have"
    return ConflictError(f"nothing to change: {subject} {', '.join(reasons)}", "workbench show CLAIM tells what stands")
