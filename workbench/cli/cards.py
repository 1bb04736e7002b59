"""One thing as a block of text: a claim's card, an article, a source, a family, a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.alignment import changed_words
from workbench.cli import marking, output
from workbench.cli.history import change, day, what, when
from workbench.factchecks import CheckMatch, FactCheck
from workbench.records import (
    AlsoFound,
    ArticleView,
    ClaimCard,
    ClaimChange,
    ClaimRow,
    Conflict,
    Drift,
    EventRow,
    Evidence,
    SourceRow,
    Variant,
    Verdict,
    Verification,
    VersionChanges,
    WordChange,
)

SIGNS = {"earliest": "●", "same": "=", "near": "≈", "fragment": "⊂", "wire copy": "=", "differs": "≠"}
NOT_KEPT = "no copy kept"


def claim(
    card: ClaimCard, view: ArticleView, history: Iterable[EventRow], also: Iterable[AlsoFound] = (),
    others: Iterable[Variant] = (),
) -> None:  # fmt: skip
    """Write a claim: its sentence, its card, and what hangs on it."""
    row = card.row
    state = f"{row.status}, stale" if row.stale else row.status
    output.heading(f"c{row.id}  {row.kind} · {state} · check {row.check_worthiness:.2f}")
    output.line(f"a{row.article_id}  {_place(row.article_title, row.outlet, row.published)}")
    output.line()
    output.block("  " + marking.claim_in_context(view, card))
    output.line()
    output.fields(_claim_fields(card))
    _section("evidence", (_evidence_line(each) for each in card.evidence))
    _section("conflicts", (_conflict_line(each) for each in card.conflicts))
    _section("verified", (_verified_line(each) for each in card.verifications))
    _section("fact-checks", (_check_line(each) for each in card.fact_checks if each.state == "confirmed"))
    _section("notes", (f"n{each.id}  {each.text}  ({each.reviewer}, {when(each.added_at)})" for each in card.notes))
    if card.family:
        lines = (_variant_line(each, row.id) for each in others if each.member.claim_id != row.id)
        _section(f"family f{card.family.id}, against this claim", lines)
    _section("also found in", (_also_line(each) for each in also))
    _section("history", (_event_line(each) for each in history))


def _also_line(found: AlsoFound) -> str:
    where = " ".join(filter(None, [day(found.published), found.outlet]))
    of = f"f{found.family_id}  " if found.family_id else ""
    return f"∩ {of}c{found.claim_id}  {where}  {found.text}  ({found.why})"


def _conflict_line(found: Conflict) -> str:
    place = " ".join(filter(None, [(found.published or "")[:10], found.outlet]))
    return (
        f"⚠ {found.figure} here, {found.against} in c{found.claim_id}  {place}  {found.text}  (suggested: {found.why})"
    )


def _check_line(found: CheckMatch) -> str:
    check = found.check
    told = ", ".join(filter(None, [check.publisher, day(check.published), check.rating]))
    return f"k{check.id}  {told}  {check.claim}  {check.url}"


def _verified_line(found: Verification) -> str:
    from workbench.cli import verified
    from workbench.services import verification

    alarms = f" ⚠ {', '.join(found.alarms)}" if found.alarms else ""
    meaning = f" · meaning {found.meaning}, says {found.answered_by}" if found.meaning else " · meaning not answered"
    where = f" · {verified.place(found)}" if found.found else f" in {len(found.against)} texts"
    differs = f"  {verified.marked(found.steps)}" if found.alarms or found.quote_class not in _PLAIN else ""
    return f"{verification.in_words(found.quote_class)}{alarms}{where}{meaning}{differs}"


_PLAIN = ("verbatim", "not_found")


def _claim_fields(card: ClaimCard) -> list[tuple[str, str]]:
    row = card.row
    guess = "" if row.source_confirmed else " ~"
    reason = f"  (“{card.source_text}”: {card.source_reason})" if card.source_text and card.source_reason else ""
    return [
        ("claim", row.text),
        ("changed", changed_words(card.words_before, row.text) if card.words_before else ""),
        ("source was", card.source_before or ""),
        ("wording", row.wording or ""),
        ("source", f"{row.source}{guess}{reason}" if row.source else ""),
        ("cue", " · ".join(filter(None, [card.cue_text, card.cue_class]))),
        ("voice", _voice(card)),
        ("numbers", ", ".join(card.numbers)),
        ("part of", f"c{card.parent_id}" if card.parent_id is not None else ""),
        ("said so?", _verdict(card.attribution) if row.kind != "statement" else ""),
        ("is it so?", _verdict(card.truth)),
        ("flags", ", ".join(row.flags)),
        ("waived", card.waived_because or ""),
        ("place", f"characters {card.start} to {card.end} of version {card.version}, {row.anchor_state}"),
        ("reading", card.reading or ""),
    ]


def _voice(card: ClaimCard) -> str:
    parts = [f"anonymity {card.row.anonymity}" if card.row.anonymity else ""]
    parts.append("hedged: " + ", ".join(card.hedges) if card.hedges else "")
    parts.append("negated" if card.negated else "")
    return " · ".join(filter(None, parts))


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "–"
    reasons = [each for each in (verdict.explanation, verdict.rationale) if each]
    given = f"{verdict.label_text}  ({verdict.reviewer}, {when(verdict.given_at)})"
    return " · ".join([given, *reasons])


def article(view: ArticleView) -> None:
    """Write an article: its head, then its text with the claims numbered in brackets."""
    row = view.row
    output.heading(f"a{row.id}  {row.title or row.name}")
    output.fields(
        [
            ("outlet", row.outlet or ""),
            ("agency", row.agency or ""),
            ("date", day(row.published)),
            ("url", row.url or ""),
            ("name", row.name),
            ("copy of", f"a{row.copy_of}, the same text" if row.copy_of else ""),
            ("version", f"{view.version} of {row.versions}"),
            ("claims", f"{row.claims}, {row.open_claims} open"),
            ("settled", f"{row.settled} of {row.sentences} sentences"),
            ("language", view.language if view.analysed else f"{view.language}: attributions are not read"),
            ("read as", "; ".join(view.read_as)),
            ("remarks", "; ".join(view.notes)),
        ]
    )
    output.line()
    output.block(marking.article_text(view).strip("\r\n"))


def source(row: SourceRow, claims: Iterable[ClaimRow]) -> None:
    """Write a source: its names, its record and its claims."""
    output.heading(f"s{row.id}  {row.name}")
    record = ", ".join(f"{label} {count}" for label, count in row.verdicts.items())
    output.fields(
        [
            ("kind", row.kind),
            ("also", ", ".join(row.aliases)),
            ("verdicts", record),
            ("articles", str(row.articles)),
        ]
    )
    _section(f"claims ({row.claims})", (f"c{each.id}  {each.truth or '–'}  {each.text}" for each in claims))


def family(found: Drift) -> None:
    """Write a family: every variant, earliest first, with its words against the chosen one, and who dropped what."""
    family = found.family
    output.heading(f"f{family.id}  {family.text}")
    size = f"{family.size} occurrences · {family.origins} origin{'' if family.origins == 1 else 's'}"
    output.line(" · ".join(filter(None, [size, f"earliest {day(family.earliest)}" if family.earliest else ""])))
    if family.alarm:
        output.line(f"⚠ {family.alarm}")
    output.line(f"against c{found.against}: [-left out-] {{+put in+}}")
    output.line()
    for each in found.variants:
        output.block("  " + _variant_line(each, found.against))
    dropped = found.outlets_that_dropped
    _section("left out", (f"“{words}”: {', '.join(outlets)}" for words, outlets in dropped))


def _variant_line(each: Variant, against: int) -> str:
    member = each.member
    sign = "⚠" if member.alarms else SIGNS[member.relation]
    on = f", {day(each.decided_at)}" if each.decided_at else ""
    decided = f"confirmed by {each.decided_by}{on}" if each.decided_by else member.state
    linked = [] if member.claim_id == against else [*member.alarms, member.why, decided]
    about = ["in the headline" if each.headline else "", each.source or "", *linked]
    where = f"{day(member.published) or '–'}  {member.outlet or member.agency or '–'}"
    words = _marked(each.changes) if each.changes else each.words
    note = " · ".join(dict.fromkeys(filter(None, about)))
    return " ".join(f"{sign} c{member.claim_id}  {where}  {words}  ({note})".split("\n"))


def _marked(changes: Iterable[WordChange]) -> str:
    """The words of a variant with [-what it left out-] and {+what it put in+}."""
    parts: list[str] = []
    for each in changes:
        if each.operation == "equal":
            parts.append(each.now)
            continue
        parts += [f"[-{each.before}-]"] if each.before else []
        parts += [f"{{+{each.now}+}}"] if each.now else []
    return " ".join(parts)


def evidence(found: Evidence, row: ClaimRow) -> None:
    """Write a piece of evidence and the claim that it is for."""
    output.heading(f"e{found.id}  {found.stance}")
    independent = {True: "independent", False: "derivative", None: ""}[found.independent]
    output.fields(
        [
            ("claim", f"c{row.id}  {row.text}"),
            ("url", found.url or ""),
            ("file", found.file_name or ""),
            ("excerpt", found.excerpt or ""),
            ("origin", independent),
            ("public", "no, confidential" if found.confidential else "no, proposed" if found.proposed else "yes"),
            (
                "state",
                f"proposed: workbench evidence edit e{found.id} --stance … takes it over" if found.proposed else "",
            ),
            ("copy", f"kept, sha256 {found.digest}" if found.digest else NOT_KEPT),
            ("added", f"{found.added_by}, {when(found.added_at)}"),
        ]
    )


def version_changes(found: VersionChanges) -> None:
    """Write an entry of the corrections log: the figures, then each claim that changed, went or came."""
    output.heading(f"a{found.article_id}  {_place(found.title, found.outlet, found.published)}")
    figures = [
        f"version {found.version} after {found.version_before}, stored {when(found.at)}",
        *(f"{getattr(found, name)} {name}" for name in ("unchanged", "moved", "changed", "lost", "new")),
    ]
    output.line(" · ".join(figures))
    for each in found.claims:
        judged = "  (judged)" if each.judged else ""
        output.block("  " + " ".join(f"{each.what:7} c{each.claim_id}{judged}  {_change_of_words(each)}".split()))


def _change_of_words(each: ClaimChange) -> str:
    if each.before is None or each.now is None:
        return f"{{+{each.now}+}}" if each.before is None else f"[-{each.before}-]"
    words = changed_words(each.before, each.now)
    moved = each.source_before != each.source_now
    return words + (f"  source: [-{each.source_before or '–'}-] {{+{each.source_now or '–'}+}}" if moved else "")


def _evidence_line(each: Evidence) -> str:
    place = each.url or each.file_name or "–"
    kept = "kept" if each.digest else NOT_KEPT
    parts = [each.stance, place, kept, "confidential" if each.confidential else "", "proposed" if each.proposed else ""]
    excerpt = f"  “{each.excerpt}”" if each.excerpt else ""
    return f"e{each.id}  {' · '.join(filter(None, parts))}{excerpt}"


def _event_line(each: EventRow) -> str:
    return f"{when(each.at)}  {each.reviewer}  {what(each)}: {change(each)}"


def _section(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if shown:
        output.line()
        output.heading(title)
        for each in shown:
            output.block("  " + " ".join(each.split()))


def _place(title: str, outlet: str | None, published: str | None) -> str:
    return " · ".join(filter(None, [title, outlet, day(published)]))


def fact_check(check: FactCheck, decided: Iterable[tuple[int, str]]) -> None:
    """Write a published fact-check, and the claims that people decided on it for."""
    output.heading(f"k{check.id}  {check.publisher or check.site}" + (" · withdrawn" if check.withdrawn else ""))
    output.line(check.url)
    output.line()
    output.fields(
        [
            ("claim", check.claim),
            ("in full", check.quote or ""),
            ("claimed by", " · ".join(filter(None, [check.claimant, (check.claimed or "")[:10]]))),
            ("rating", check.rating or "–"),
            ("in short", f"{rating_words(check)}  (by the table {check.table})" if rating_words(check) else ""),
            ("explained", check.explanation or ""),
            ("title", check.title or ""),
            ("published", check.published or "no date"),
            ("language", check.language or ""),
        ]
    )
    _section("claims", (f"c{claim}  {state}" for claim, state in decided))


def rating_words(check: FactCheck) -> str:
    """The rating in common words, by the table that knows it; "" where none does."""
    flags = [flag.replace("-", " ") for flag in check.flags]
    return ", ".join([*([check.word] if check.word != "none" else []), *flags])
