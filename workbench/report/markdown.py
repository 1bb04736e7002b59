"""A report as Markdown that reads well as plain text too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.records import Report, Scale
from workbench.report import phrases
from workbench.report.drafting import draft
from workbench.report.marking import Segment
from workbench.report.mdescape import heading, inline, opening, quoted, within
from workbench.report.sheets import (
    ArticleSheet,
    ClaimSheet,
    EvidenceSheet,
    Fact,
    FamilySheet,
    JudgementSheet,
    ReportSheet,
    VariantSheet,
    VerificationSheet,
    WordsSheet,
)
from workbench.text import clean_line


def render(report: Report) -> bytes:
    """`report` as one Markdown file, UTF-8; runs of empty lines are one."""
    sheet = draft(report)
    lines = [*_head(sheet), *_figures(sheet)]
    for article in sheet.articles:
        lines += _article(article, sheet.internal)
    lines += [*_questions(sheet), *_method(sheet)]
    return ("\n".join(_single_gaps(lines)) + "\n").encode("utf-8", "replace")


def _single_gaps(lines: Iterable[str]) -> Iterator[str]:
    empty = True
    for line in lines:
        if line or not empty:
            yield line
        empty = not line


def _marked_internal(internal: bool) -> list[str]:
    return ["", f"*{phrases.INTERNAL}*", ""] if internal else [""]


def _head(sheet: ReportSheet) -> Iterator[str]:
    yield f"# Verdict report: {heading(sheet.title)}"
    yield from _marked_internal(sheet.internal)
    for fact in sheet.facts:
        yield _fact(fact)
    yield f"- **With** {inline(sheet.program)}"
    yield ""


def _fact(fact: Fact) -> str:
    more = f" ({inline(fact.more)})" if fact.more else ""
    return f"- **{fact.name}:** {inline(fact.text)}{' ~' if fact.guess else ''}{more}"


def _figures(sheet: ReportSheet) -> Iterator[str]:
    numbers = sheet.figures
    yield "## In figures"
    yield ""
    if not numbers.articles:
        yield phrases.NO_CLAIM
        yield ""
        return
    yield "| articles | claims | checked | open | waived | not a claim | coverage |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    cells = (numbers.articles, numbers.claims, numbers.checked, numbers.open, numbers.waived, numbers.not_claims)
    yield f"| {' | '.join(map(str, cells))} | {phrases.percent(numbers.coverage)} |"
    yield ""
    for judgement, question in phrases.QUESTIONS.items():
        tallies = [tally for tally in numbers.tallies if tally.judgement == judgement]
        if tallies:
            counted = ", ".join(f"{inline(tally.label)} ({inline(tally.letter)}) {tally.claims}" for tally in tallies)
            yield f"- **{question}** {counted}"
    if numbers.stale or numbers.lost:
        yield f"- **To be checked again:** {numbers.stale} stale, {numbers.lost} lost"
    yield ""


def _article(article: ArticleSheet, internal: bool) -> Iterator[str]:
    yield f"## {heading(article.heading)}"
    yield from _marked_internal(internal)
    for fact in article.facts:
        linked = fact.name == "Address" and article.link is not None
        yield f"- **Address:** <{article.link}>" if linked else _fact(fact)
    yield f"- **Coverage:** {inline(article.coverage)}"
    for warning in (*article.warnings, *article.notes):
        yield f"- **Note on the text:** {inline(warning)}"
    yield ""
    yield from _corrections(article)
    if not article.claims:
        yield "No claim of this article is in the report."
    for claim in article.claims:
        yield from _claim(claim, internal)


def _corrections(article: ArticleSheet) -> Iterator[str]:
    if article.corrections:
        yield "Corrections to the article:"
        yield ""
    for entry in article.corrections:
        yield f"- {opening(entry.summary)}"
        for change in entry.changes:
            before = f" from “{inline(change.before)}”" if change.before else ""
            now = f" to “{inline(change.now)}”" if change.now else ""
            yield f"  - c{change.claim} {change.what}:{before}{now}"
    yield ""


def _questions(sheet: ReportSheet) -> Iterator[str]:
    if not sheet.questions:
        return
    yield "## Open questions"
    yield from _marked_internal(sheet.internal)
    for asked in sheet.questions:
        named = ", ".join(f"c{claim}" for claim in asked.named)
        more = f" and {asked.unnamed:,} more" if asked.unnamed else ""
        yield f"- {asked.text}: {phrases.count(len(asked.claims), 'claim')} ({named}{more})"
    yield ""


def _claim(claim: ClaimSheet, internal: bool) -> Iterator[str]:
    yield f"### c{claim.id} · {inline(claim.verdict.label)} · {claim.kind}"
    yield ""
    yield from quoted(claim.words)
    yield ""
    if claim.context:
        yield f"In context: {_context(claim.context)}"
        yield ""
    for warning in claim.warnings:
        yield f"- **{inline(warning)}**"
    if claim.wording:
        yield f"- **As checked:** {inline(claim.wording)}"
    for judgement in claim.judgements:
        yield from _judgement(judgement)
    yield from _about(claim)
    yield from _hanging(claim, internal)
    yield ""


def _context(segments: tuple[Segment, ...]) -> str:
    """The sentence around the claim, the claim's own words in bold."""
    cleaned = [(segment.claim, clean_line(segment.text)) for segment in segments]
    return " ".join("".join(_bold(text) if claim else within(text) for claim, text in cleaned).split())


def _bold(text: str) -> str:
    inside = text.strip()
    if not inside:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}**{within(inside)}**{after}"


def _judgement(sheet: JudgementSheet) -> Iterator[str]:
    label = f"**{inline(sheet.label)}** ({inline(sheet.letter)})" if sheet.tone != "open" else sheet.label
    scale = f", scale: {inline(sheet.scale)}" if sheet.scale else ""
    given = f", {inline(sheet.given)}" if sheet.given else ""
    yield f"- **{sheet.question}** {label}{scale}{given}"
    if sheet.earlier:
        yield f"  - **{inline(sheet.earlier)}**"
    if sheet.explanation:
        yield f"  - {opening(sheet.explanation)}"
    if sheet.rationale:
        yield "  - Rationale:"
        yield ""
        yield from quoted(sheet.rationale, "    ")
        yield ""


def _about(claim: ClaimSheet) -> Iterator[str]:
    if claim.flags:
        yield f"- **Flags:** {', '.join(map(inline, claim.flags))}"
    for fact in claim.facts:
        yield _fact(fact)
    yield f"- **Status:** {claim.status}"
    if claim.parent is not None:
        yield f"- **Part of:** c{claim.parent}"
    if claim.questions:
        yield f"- **Open:** {'; '.join(claim.questions)}"
    if claim.children:
        yield f"- **Parts:** {', '.join(f'c{child}' for child in claim.children)}"


def _hanging(claim: ClaimSheet, internal: bool) -> Iterator[str]:
    """Evidence, family, and what only an internal report holds."""
    if claim.evidence:
        yield "- **Evidence:**"
    elif internal:
        yield f"- **Evidence:** {phrases.NO_EVIDENCE}"
    for piece in claim.evidence:
        yield from _evidence(piece)
    for found in claim.verifications:
        yield from _verification(found)
    for check in claim.checks:
        address = f"<{check.link}>" if check.link else inline(check.address)
        yield f"- **Published check:** {inline(check.text)} {address}"
    for conflict in claim.conflicts:
        yield f"- **Other figure:** {inline(conflict)}"
    if claim.family is not None:
        yield from _family(claim.family)
    if internal and claim.notes:
        yield "- **Notes:**"
    for note in claim.notes:
        yield f"  - {opening(phrases.minute(note.added_at))} {inline(note.reviewer)}: {inline(note.text)}"
    if internal and claim.history:
        yield f"- **History:** {inline(claim.in_short)}"
    for event in claim.history:
        yield f"  - {opening(phrases.minute(event.at))} {inline(event.reviewer)}: {inline(event.what)}"


def _evidence(piece: EvidenceSheet) -> Iterator[str]:
    name = f"<{piece.link}>" if piece.link else inline(piece.name)
    remarks = f" ({', '.join(map(inline, piece.remarks))})" if piece.remarks else ""
    yield f"  - {piece.stance}: {name}{remarks}"
    if piece.excerpt:
        yield ""
        yield from quoted(piece.excerpt, "    ")
        yield ""


def _verification(found: VerificationSheet) -> Iterator[str]:
    alarms = f"; **{', '.join(map(inline, found.alarms))}**" if found.alarms else ""
    yield f"- **Against the record:** {inline(found.summary)}{alarms} ({inline(found.answer)})"
    if found.words:
        yield f"  - {' '.join(filter(None, map(_words, found.words)))}"


def _words(words: WordsSheet) -> str:
    """A stretch of a word diff as plain text: [-said or earliest-] {+printed+}."""
    if words.same:
        return opening(words.printed)
    said = f"\\[-{inline(words.said)}-\\]" if words.said else ""
    return " ".join(filter(None, (said, f"{{+{inline(words.printed)}+}}" if words.printed else "")))


def _family(family: FamilySheet) -> Iterator[str]:
    yield f"- **Also printed:** {inline(family.summary)}"
    for variant in family.variants:
        yield f"  - {_variant(variant)}"
        if variant.words:
            yield f"    - against the earliest: {' '.join(filter(None, map(_words, variant.words)))}"
    if family.unlisted:
        yield f"  - and {family.unlisted} more"


def _variant(variant: VariantSheet) -> str:
    alarms = f"**differs: {', '.join(map(inline, variant.alarms))}**" if variant.alarms else ""
    remarks = "; ".join(filter(None, (variant.relation, alarms, *map(inline, variant.remarks))))
    here = " (this one)" if variant.here else ""
    place = f"{opening(variant.day)} {inline(variant.outlet)}{here}"
    return f"{place}: {inline(variant.text)} ({remarks})"


def _method(sheet: ReportSheet) -> Iterator[str]:
    yield "## Method"
    yield from _marked_internal(sheet.internal)
    for name, text in phrases.METHOD:
        yield f"- **{name}:** {text}"
    if sheet.readings:
        yield f"- **Readings of the machine:** {', '.join(map(inline, sheet.readings))}"
    yield f"- **History of the store:** {inline(sheet.log)}"
    yield f"- **Program:** {inline(sheet.program)}"
    yield ""
    for scale in sheet.scales:
        yield from _scale(scale)


def _scale(scale: Scale) -> Iterator[str]:
    yield f"### Scale: {heading(scale.name)}"
    yield ""
    yield f"It answers: {phrases.QUESTIONS[scale.judgement]}"
    yield ""
    truth = scale.judgement == "truth"
    yield "| letter | label | means |" if truth else "| letter | label |"
    yield "|---|---|---|" if truth else "|---|---|"
    for label in scale.labels:
        means = f" {phrases.meaning(label.word)} |" if truth else ""
        yield f"| {inline(label.letter)} | {inline(label.label)} |{means}"
    yield ""
