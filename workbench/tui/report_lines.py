"""Lines of the Report screen: the formats, the readers, and a report's beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.text import clean, counted
from workbench.tui.lines import Line, Part, cut, line, width_of
from workbench.tui.wrapping import wrapped

if TYPE_CHECKING:
    from workbench.services.claimreviews import Foreseen
    from workbench.services.preview import Preview

ARCHIVE = "archive"
CHECKS = "claimreview"
FORMATS = ("md", "html", "docx", "xlsx", "csv", "json", "jsonl", CHECKS, ARCHIVE)
ENDINGS = {ARCHIVE: (".zip",), CHECKS: (".json", ".html")}  # of the others: the format's name
LINES = 400  # lines of a preview
CHARACTERS = 60_000  # of a report that are looked at for them


def endings_of(format_name: str) -> tuple[str, ...]:
    """The endings that a file of that format may have, dots included; the first is the usual one."""
    return ENDINGS.get(format_name, (f".{format_name}",))


def format_line(chosen: str, width: int) -> Line:
    """The formats, the chosen one marked; each is clickable. A narrow screen leaves the word before them out."""
    parts: list[Part] = []
    for name in FORMATS:
        parts += [Part("  ")] if parts else []
        parts.append(Part(name, "tab-on" if name == chosen else "tab", f"choose({name!r})"))
    lead = Part("format  ", "dim")
    return (lead, *parts) if width_of([lead, *parts]) <= width else cut(parts, width)


def audience_line(public: bool, format_name: str, preview: Preview | Foreseen | None, width: int) -> Line:
    """For whom it is, and how many claims it holds."""
    if format_name == ARCHIVE:
        return cut([Part("for     ", "dim"), Part("yourself: an archive is internal, and the whole store")], width)
    inside, outside = ("tab", "tab-on") if public else ("tab-on", "tab")
    parts = [
        Part("for     ", "dim"),
        Part("internal", inside, "internal"),
        Part("  "),
        Part("public", outside, "public"),
    ]
    if preview is not None:
        count = "1 claim" if preview.claims == "1" else f"{preview.claims} claims"
        parts.append(Part(f"   {count}", "strong"))
    if preview is not None and preview.left_out:
        parts.append(Part(f" · {preview.left_out:,} judged left out", "alarm"))
    return cut(parts, width)


def holds_of(preview: Preview | Foreseen | None, public: bool, format_name: str) -> str:
    """What the report holds and what it leaves out, in words."""
    if format_name == ARCHIVE:
        return "workbench import restores it exactly; the filter does not narrow it"
    if preview is None:
        return "reading …"
    if format_name == CHECKS:
        return preview.holds
    if not public:
        return f"{preview.holds}, with notes, names of reviewers and history"
    return f"{preview.holds}; no notes, names or history"


def preview_lines(preview: Preview, width: int) -> Sequence[Line]:
    """The beginning of the report, wrapped; its headings stand out."""
    found: list[Line] = []
    if preview.left_out:
        found += [*(line(Part(part, "dim")) for part in wrapped(preview.holds, width)), ()]
    if not preview.whole:
        found.append(
            cut(
                [Part(f"the first {preview.shown} of {preview.claims} claims, and the figures of these", "faint")],
                width,
            )
        )
        found.append(())
    for written in clean(preview.text[:CHARACTERS]).split("\n"):
        role = "strong" if written.startswith("#") else "dim" if written.startswith(">") else "plain"
        found += [line(Part(part, role)) for part in wrapped(written, width)] or [()]
        if len(found) >= LINES:
            return [*found[:LINES], line(Part("… the file goes on", "faint"))]
    return found if len(preview.text) <= CHARACTERS else [*found, line(Part("… the file goes on", "faint"))]


def archive_lines(width: int) -> Sequence[Line]:
    """What an archive is."""
    said = (
        "The whole store in one zip: articles, readings, judgements, evidence and its kept copies, families, "
        "fact-checks and the history, hidden things included. Equal stores make equal archives."
    )
    return [(), *(line(part) for part in wrapped(said, width))]


def check_lines(found: Foreseen, width: int) -> Sequence[Line]:
    """What would go out as ClaimReview: what the desk and the claims lack, then how the file begins."""
    lines: list[Line] = []
    if found.unset:
        names = ", ".join(one.name for one in found.unset)
        said = f"ClaimReview needs to know {names}: w asks, and the settings keep it"
        lines += [*(line(Part(part, "alarm")) for part in wrapped(said, width)), ()]
    if found.judged == 0:
        said = "No claim of the filter may be published yet: it needs a verdict, a wording and an explanation."
        return [*lines, *(line(Part(part)) for part in wrapped(said, width))]
    looked = "" if found.looked_at == found.judged else f" of the first {found.looked_at:,} claims"
    lines.append(cut([Part(f"{counted(found.reviews, 'check')} can go out{looked}", "strong")], width))
    if found.lacking:
        lines += [(), cut([Part(f"{counted(len(found.lacking), 'claim')} cannot", "alarm")], width)]
        for one in found.lacking:
            lines.append(
                cut(
                    [Part(f"c{one.claim_id} "), Part(f"lacks {' and '.join(one.lacks)}  "), Part(one.text, "dim")],
                    width,
                )
            )
        lines.append(line(Part("w on a claim writes its wording, i its explanation", "faint")))
    if found.reviews:
        lines.append(())
        written = clean(found.text[:CHARACTERS]).split("\n")
        lines += [cut([Part(one)], width) for one in written[:LINES]]
        if len(written) > LINES or len(found.text) > CHARACTERS:
            lines.append(line(Part("… the file goes on", "faint")))
    return lines
