"""What is said about one claim in the margin of an annotated copy: lines of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.report import phrases
from workbench.report.sheets import ClaimSheet, EvidenceSheet, FamilySheet, JudgementSheet, WordsSheet


def remark(claim: ClaimSheet) -> list[str]:
    """The lines of the comment on a claim, what matters first; foreign text as it stands."""
    return [f"c{claim.id} · {claim.kind} · {claim.status}", *_verdicts(claim), *_about(claim), *_grounds(claim)]


def _verdicts(claim: ClaimSheet) -> Iterator[str]:
    for given in claim.judgements:
        yield from _judgement(given)
    yield from claim.warnings
    if claim.wording:
        yield f"As checked: {claim.wording}"


def _judgement(given: JudgementSheet) -> Iterator[str]:
    about = f" ({given.given}; scale: {given.scale})" if given.given else ""
    yield f"{given.question} {given.label}{about}"
    yield from filter(None, (given.earlier, given.explanation, given.rationale))


def _about(claim: ClaimSheet) -> Iterator[str]:
    if claim.flags:
        yield f"Flags: {', '.join(claim.flags)}"
    for fact in claim.facts:
        more = f" ({fact.more})" if fact.more else ""
        yield f"{fact.name}: {fact.text}{' ~' if fact.guess else ''}{more}"
    if claim.questions:
        yield f"Open: {'; '.join(claim.questions)}"


def _grounds(claim: ClaimSheet) -> Iterator[str]:
    for piece in claim.evidence:
        yield _evidence(piece)
    for found in claim.verifications:
        alarms = f"; {', '.join(found.alarms)}" if found.alarms else ""
        yield f"Against the record: {found.summary}{alarms} ({found.answer})"
        yield _diff(found.words)
    for check in claim.checks:
        yield f"Published check: {check.text} {check.address}"
    for conflict in claim.conflicts:
        yield f"Other figure: {conflict}"
    if claim.family is not None:
        yield from _family(claim.family)
    for note in claim.notes:
        yield f"Note, {phrases.minute(note.added_at)} {note.reviewer}: {note.text}"
    if claim.in_short:
        yield f"History: {claim.in_short}"
    for event in claim.history:
        yield f"{phrases.minute(event.at)} {event.reviewer}: {event.what}"


def _evidence(piece: EvidenceSheet) -> str:
    remarks = f" ({', '.join(piece.remarks)})" if piece.remarks else ""
    excerpt = f" “{piece.excerpt}”" if piece.excerpt else ""
    return f"Evidence {piece.stance}: {piece.name}{remarks}{excerpt}"


def _diff(words: Iterable[WordsSheet]) -> str:
    """A word diff as plain text: [-said or earliest-] {+printed+}."""
    pieces = []
    for each in words:
        said, printed = f"[-{each.said}-]" if each.said else "", f"{{+{each.printed}+}}" if each.printed else ""
        pieces += [each.printed] if each.same else [said, printed]
    return " ".join(filter(None, pieces))


def _family(family: FamilySheet) -> Iterator[str]:
    yield f"Also printed: {family.summary}"
    for variant in family.variants:
        if not variant.here:
            alarms = f"; differs: {', '.join(variant.alarms)}" if variant.alarms else ""
            remarks = "".join(f"; {remark}" for remark in variant.remarks)
            yield f"{variant.day} {variant.outlet}: {variant.text} ({variant.relation}{alarms}{remarks})"
            if variant.words:
                yield f"against the earliest: {_diff(variant.words)}"
    if family.unlisted:
        yield f"and {family.unlisted} more"
