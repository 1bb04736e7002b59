"""A verified quote and a transcript in words, for `verify` and `show`."""

from __future__ import annotations

from workbench.cli import output
from workbench.records import Transcript, Verification, VerifiedStep
from workbench.text import clean


def finding(found: Verification, words: str, suggested: tuple[str, str] | None) -> None:
    """Write what was found: the class, where, both wordings with what differs marked, alarms."""
    alarms = f" · ⚠ {', '.join(found.alarms)}" if found.alarms else ""
    count = len(found.against)
    texts = f"{count} text{'' if count == 1 else 's'}"
    subject = f"c{found.claim_id}: " if found.claim_id else ""
    if not found.against:
        output.heading(f"{subject}no text to verify against")
        output.fields([("printed", found.quote)])
        output.line("workbench transcript add FILE stores what was said; --against FILE names a text")
        return
    if not found.found:
        output.heading(f"{subject}not found in the {texts} given")
        output.fields([("printed", found.quote), ("searched", "; ".join(_named(text) for text in found.against))])
    else:
        output.heading(f"{subject}{words}{alarms}")
        output.fields(
            [
                ("place", place(found)),
                ("speaker", _speakers(found)),
                ("printed", found.quote),
                ("said", found.passage),
                ("differs", marked(found.steps) if any(step.kind for step in found.steps) else ""),
            ]
        )
    output.fields([("meaning", f"{found.meaning}, says {found.answered_by}" if found.meaning else "")])
    if suggested:
        output.line(f"suggests {suggested[0]}: {suggested[1]}")
    elif found.found and found.meaning is None:
        output.line("does the difference change the meaning? --meaning changed or --meaning same keeps your answer")


def place(found: Verification) -> str:
    """The text and the lines where the words stand."""
    if found.text is None:
        return ""
    lines = ", ".join(map(str, found.lines))
    return f"{_named(found.against[found.text])}, line{'' if len(found.lines) == 1 else 's'} {lines}"


def _named(text: object) -> str:
    name, typed = text.name, text.id  # type: ignore[attr-defined]
    return f"{typed} {name}" if typed else str(name)


def _speakers(found: Verification) -> str:
    said = ", ".join(found.speakers)
    if "speaker" in found.alarms:
        return f"{said}, not {found.speaker}" if found.speaker and len(found.speakers) == 1 else said
    return said


def marked(steps: tuple[VerifiedStep, ...]) -> str:
    """Both wordings in one line: [-said-] {+printed+}, as `show` marks changed words."""
    pieces: list[str] = []
    for step in steps:
        if step.operation == "equal":
            pieces.append(step.said if step.kind else step.printed)
            continue
        pieces += [f"[-{step.said}-]"] if step.said else []
        pieces += [f"{{+{step.printed}+}}"] if step.printed else []
    return " ".join(pieces)


def transcript(found: Transcript, text: str) -> None:
    """Write a transcript with its facts, its lines numbered from 1."""
    output.heading(f"t{found.id}  {found.title}")
    output.fields(
        [
            ("held", found.held_at or ""),
            ("url", found.url or ""),
            ("speakers", ", ".join(found.speakers)),
            ("words", f"{found.words:,}"),
            ("digest", found.digest),
            ("added", f"{found.added_by} {found.added_at[:16].replace('T', ' ')}"),
        ]
    )
    output.line()
    lines = clean(text).splitlines()
    room = len(str(len(lines)))
    for number, line in enumerate(lines, start=1):
        output.block(f"{number:>{room}}  {line}".rstrip())
