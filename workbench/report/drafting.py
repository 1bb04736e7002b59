"""From records to sheets: every phrase of a report is chosen here."""

from __future__ import annotations

import re
from collections import Counter

from workbench.factchecks import FactCheck
from workbench.records import (
    QUOTE_CLASSES,
    REPORT_FORMAT,
    ClaimCard,
    Conflict,
    Evidence,
    Family,
    Judgement,
    Occurrence,
    Report,
    ReportArticle,
    Status,
    Verdict,
    Verification,
    VersionChanges,
)
from workbench.report import chronicle, phrases, questions
from workbench.report.figures import figures
from workbench.report.links import web_link
from workbench.report.passages import Passages, in_place
from workbench.report.sheets import (
    ArticleSheet,
    ChangeSheet,
    CheckSheet,
    ClaimSheet,
    CorrectionSheet,
    EventSheet,
    EvidenceSheet,
    Fact,
    FamilySheet,
    JudgementSheet,
    ReportSheet,
    VariantSheet,
    VerificationSheet,
    WordsSheet,
)
from workbench.text import has_hidden

MOST_VARIANTS = 20  # of a family under one claim; a slogan with a thousand copies would drown the report


def draft(report: Report) -> ReportSheet:
    """`report` in phrases. What may not be published has been withheld before."""
    desk = _Desk(report)
    readings = Counter(card.reading for article in report.articles for card in article.cards if card.reading)
    return ReportSheet(
        title=_title(report),
        internal=not report.public,
        facts=_report_facts(report),
        figures=figures(report),
        articles=tuple(desk.article(article) for article in report.articles),
        questions=questions.gather((card for article in report.articles for card in article.cards), report.public),
        printed=frozenset(desk.printed),
        scales=report.scales,
        readings=tuple(sorted(readings)),
        log=_log(report),
        program=report.program,
    )


def _title(report: Report) -> str:
    """The family or the article that the report is about, else how much it holds."""
    about = re.fullmatch(r"family:f([0-9]+)", report.filter_text)
    named = [family for family in report.families if about and family.id == int(about[1])]
    if named:
        return f"“{named[0].text.strip('“”')}” in {phrases.count(len(report.articles), 'article')}"
    if len(report.articles) == 1:
        return report.articles[0].view.row.title
    return f"Claims in {phrases.count(len(report.articles), 'article')}"


def _report_facts(report: Report) -> tuple[Fact, ...]:
    facts = [
        Fact("Holds", _holds(report)),
        Fact("Made", phrases.minute(report.made_at) + (f" by {report.made_by}" if report.made_by else "")),
    ]
    if report.public:
        facts.append(Fact("For", "publication"))
    facts.append(Fact("Format", f"verdict report {REPORT_FORMAT}"))
    return tuple(facts)


def _holds(report: Report) -> str:
    if not report.public:
        return f"the claims that match: {report.filter_text}" if report.filter_text else "every claim"
    rule = report.rule or "checked claims"
    return f"{rule}, of those that match: {report.filter_text}" if report.filter_text else rule


def _log(report: Report) -> str:
    entries = phrases.count(report.log_length, "entry", "entries")
    return f"{entries}, the last with digest {report.log_head}" if report.log_head else entries


class _Desk:
    """What the sheets of all claims need to know: scales, flags, events by claim, and who is part of whom."""

    def __init__(self, report: Report) -> None:
        self.public = report.public
        self.titles = {article.view.row.id: article.view.row.title for article in report.articles}
        self.single = len(report.articles) == 1
        self.scales = {scale.id: scale.name for scale in report.scales}
        self.flags = {flag.id: flag.label for flag in report.flags}
        self.events = chronicle.by_subject(report.history)
        cards = [card for article in report.articles for card in article.cards]
        self.printed = {card.row.id for card in cards}
        self.corrections: dict[int, list[VersionChanges]] = {}
        for change in report.corrections:
            self.corrections.setdefault(change.article_id, []).append(change)
        self.children: dict[int, list[int]] = {}
        for card in cards:
            if card.parent_id is not None:
                self.children.setdefault(card.parent_id, []).append(card.row.id)

    # ---- articles

    def article(self, article: ReportArticle) -> ArticleSheet:
        view, row = article.view, article.view.row
        passages = Passages(view)
        claims = tuple(self.claim(card, article, passages) for card in article.cards)
        marked = [(span, card.row.id) for card in article.cards for span in in_place(card, view)]
        return ArticleSheet(
            id=row.id,
            title=row.title,
            heading="The article" if self.single else row.title,
            link=web_link(row.url),
            facts=_article_facts(article),
            coverage=f"{phrases.percent(row.coverage)}, {row.settled:,} of {row.sentences:,} sentences settled",
            share=min(max(row.coverage, 0.0), 1.0),
            warnings=_article_warnings(article),
            notes=view.notes,
            language=view.language,
            blocks=passages.blocks(marked),
            claims=claims,
            tones={claim.id: claim.verdict for claim in claims},
            corrections=tuple(self.correction(change) for change in self.corrections.get(row.id, ())),
        )

    def correction(self, change: VersionChanges) -> CorrectionSheet:
        counts = {name: getattr(change, name) for name in ("unchanged", "moved", "changed", "lost", "new")}
        told = ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "none"
        return CorrectionSheet(
            f"version {change.version}, taken in {phrases.day(change.at)}, against version {change.version_before};"
            f" claims: {told}",
            tuple(
                ChangeSheet(each.claim_id, each.what, each.before, each.now, each.claim_id in self.printed)
                for each in change.claims
            ),
        )

    # ---- claims

    def claim(self, card: ClaimCard, article: ReportArticle, passages: Passages) -> ClaimSheet:
        row = card.row
        events = chronicle.of_claim(card, self.events)
        return ClaimSheet(
            id=row.id,
            kind=phrases.KINDS[row.kind],
            quoted=row.kind != "statement",
            words=passages.words(card),
            source=None if row.source is None else Fact("Source", row.source, not row.source_confirmed),
            context=passages.context(card),
            marked=bool(in_place(card, article.view)),
            status=row.status,
            warnings=_claim_warnings(card, article),
            judgements=self.judgements(card),
            wording=row.wording,
            facts=_claim_facts(card, self.public),
            flags=tuple(self.flags.get(flag, flag) for flag in row.flags),
            evidence=tuple(self.evidence(piece) for piece in card.evidence),
            verifications=tuple(_verification(found) for found in card.verifications),
            conflicts=tuple(_conflict(found) for found in card.conflicts),
            checks=tuple(_check(match.check) for match in card.fact_checks if match.state == "confirmed"),
            family=None if card.family is None else self.family(card.family, row.id),
            notes=card.notes,
            history=tuple(EventSheet(event.at, event.reviewer, chronicle.in_words(event)) for event in events),
            in_short=chronicle.in_short(events),
            questions=questions.of_claim(card, self.public),
            parent=card.parent_id,
            parent_printed=card.parent_id in self.printed,
            children=tuple(self.children.get(row.id, ())),
        )

    def judgements(self, card: ClaimCard) -> tuple[JudgementSheet, ...]:
        truth = self.judgement("truth", card.truth, card)
        if card.row.kind == "statement" and card.attribution is None:
            return (truth,)
        return truth, self.judgement("attribution", card.attribution, card)

    def judgement(self, judgement: Judgement, verdict: Verdict | None, card: ClaimCard) -> JudgementSheet:
        question = phrases.QUESTIONS[judgement]
        if verdict is None:
            return JudgementSheet(question, *_not_judged(card.row.status), "open")
        by = f" by {verdict.reviewer}" if verdict.reviewer else ""
        return JudgementSheet(
            question,
            verdict.label_text,
            verdict.letter,
            phrases.tone(verdict.word),
            self.scales.get(verdict.scale, verdict.scale),
            verdict.explanation,
            verdict.rationale,
            f"given {phrases.day(verdict.given_at)}{by} on version {verdict.version}",
            _earlier(verdict, card),
            verdict.reviewer,
        )

    def evidence(self, piece: Evidence) -> EvidenceSheet:
        remarks = [] if piece.independent is None else ["independent" if piece.independent else "derivative"]
        if not self.public:
            remarks.append(f"copy kept, digest {piece.digest}" if piece.digest else "no copy kept")
            remarks += ["confidential"] if piece.confidential else []
            remarks += ["proposed, nobody took it over"] if piece.proposed else []
            remarks.append(f"added {phrases.day(piece.added_at)}" + (f" by {piece.added_by}" if piece.added_by else ""))
        name = piece.url or piece.file_name or "a document without an address"
        return EvidenceSheet(piece.stance, web_link(piece.url), name, piece.excerpt, tuple(remarks))

    def family(self, family: Family, claim_id: int) -> FamilySheet:
        found = f"{phrases.count(family.size, 'occurrence')}, {phrases.count(family.origins, 'origin')}"
        earliest = f", earliest {phrases.day(family.earliest)}" if family.earliest else ""
        first = family.members[:MOST_VARIANTS]
        own = [member for member in family.members[MOST_VARIANTS:] if member.claim_id == claim_id]
        shown = [*first, *own]
        variants = tuple(self.variant(member, claim_id) for member in shown)
        return FamilySheet(found + earliest, variants, len(family.members) - len(shown))

    def variant(self, member: Occurrence, claim_id: int) -> VariantSheet:
        state = {"suggested": "suggested, nobody confirmed it", "confirmed": "confirmed", "rejected": "rejected"}
        remarks = [state[member.state]] if member.relation != "earliest" or member.state != "suggested" else []
        remarks += [f"by {member.agency}"] if member.agency and member.agency != member.outlet else []
        remarks += [member.why] if member.why and member.relation != "earliest" else []
        return VariantSheet(
            phrases.day(member.published) or "no date",
            member.outlet or self.titles.get(member.article_id, f"article a{member.article_id}"),
            member.text,
            phrases.RELATIONS[member.relation],
            member.alarms,
            tuple(remarks),
            member.claim_id == claim_id,
            member.claim_id if member.claim_id in self.printed else None,
            _drift(member),
        )


def _drift(member: Occurrence) -> tuple[WordsSheet, ...]:
    """How a variant's words differ from the earliest's; nothing where most of them do and none of it alarms."""
    mostly = member.relation == "differs" or (member.relation == "fragment" and not member.alarms)
    if mostly or all(change.operation == "equal" for change in member.changes):
        return ()
    return tuple(WordsSheet(change.now, change.before, change.operation == "equal") for change in member.changes)


def _verification(found: Verification) -> VerificationSheet:
    named = found.text is not None and 0 <= found.text < len(found.against)
    against = f" against {found.against[found.text or 0].name}" if named else ""
    places = f", line {', '.join(map(str, found.lines))}" if found.lines and against else ""
    speakers = f", said by {', '.join(found.speakers)}" if found.speakers else ""
    answers = {"changed": "the meaning changes", "same": "the meaning stays"}
    who = f", says {found.answered_by}" if found.answered_by else ""
    return VerificationSheet(
        f"{QUOTE_CLASSES.get(found.quote_class, found.quote_class)}{against}{places}{speakers}",
        found.alarms,
        f"{answers[found.meaning]}{who}" if found.meaning else "suggested, nobody said whether the meaning changes",
        tuple(WordsSheet(step.printed, step.said, step.operation == "equal") for step in found.steps),
    )


def _check(check: FactCheck) -> CheckSheet:
    when = phrases.day(check.published)
    about = ", ".join(filter(None, (check.publisher, when, "withdrawn since" if check.withdrawn else "")))
    rating = f"{check.rating}: " if check.rating else ""
    return CheckSheet(f"{rating}“{check.claim}” ({about})", web_link(check.url), check.url)


def _conflict(found: Conflict) -> str:
    place = ", ".join(filter(None, (found.source, found.outlet, phrases.day(found.published))))
    return f"{found.figure} against {found.against}: “{found.text}” ({place}; c{found.claim_id}; suggested)"


def _not_judged(status: Status) -> tuple[str, str]:
    """Words and sign for a judgement that nobody gave."""
    if status == "waived":
        return "waived", "w"
    return ("not a claim", "×") if status == "not a claim" else ("open: not judged yet", "○")


def _earlier(verdict: Verdict, card: ClaimCard) -> str:
    if card.row.stale:
        return f"given on version {verdict.version}, an earlier text; to be checked again"
    return ""


def _article_facts(article: ReportArticle) -> tuple[Fact, ...]:
    view, row = article.view, article.view.row
    shown = [
        Fact("Outlet", row.outlet or ("" if row.agency else "not known")),
        Fact("Agency", row.agency or ""),
        Fact("Published", phrases.day(row.published) or "not known"),
        Fact("Address", row.url or ""),
        Fact("Version", f"{view.version} of {row.versions}"),
    ]
    return tuple(fact for fact in shown if fact.text)


def _article_warnings(article: ReportArticle) -> tuple[str, ...]:
    view = article.view
    warnings = []
    if has_hidden(view.text.replace("\r\n", "\n")):
        warnings.append("The text holds control or invisible characters; each is shown by a stand-in.")
    if not view.analysed:
        warnings.append(f"The language of the text ({view.language}) is not one whose attributions are read.")
    return tuple(warnings)


def _claim_warnings(card: ClaimCard, article: ReportArticle) -> tuple[str, ...]:
    warnings = []
    if card.row.anchor_state == "lost":
        warnings.append("lost: these words are no longer in the text of the article")
    elif card.row.anchor_state == "changed":
        warnings.append("changed: the words in the article are no longer the ones that were read")
    elif card.version != article.view.version:
        warnings.append(f"read in version {card.version} of the article")
    if card.row.stale:
        warnings.append("stale: the text changed after the verdict was given")
    return tuple(warnings)


def _claim_facts(card: ClaimCard, public: bool) -> tuple[Fact, ...]:
    row = card.row
    shown = [
        _source_fact(card),
        Fact("Cue", f"“{card.cue_text}”" if card.cue_text else "", more=phrases.CUES.get(card.cue_class or "", "")),
        Fact("Voice", phrases.ANONYMITY.get(row.anonymity or "", ""), more=f"level {row.anonymity}"),
        Fact("Hedged", ", ".join(f"“{hedge}”" for hedge in card.hedges)),
        Fact("Negated", "yes" if card.negated else ""),
        Fact("Figures", ", ".join(card.numbers)),
        Fact("Waived", card.waived_because or ""),
    ]
    if not public:
        read = f"{card.reading}, confidence {card.confidence:.2f}" if card.reading else "added by a person"
        shown += [Fact("Reading", read), Fact("Worth a check", f"{row.check_worthiness:.2f}", guess=True)]
    return tuple(fact for fact in shown if fact.text)


def _source_fact(card: ClaimCard) -> Fact:
    row = card.row
    if row.source is None:
        own = "the article itself" if row.kind == "statement" else "nobody is named"
        return Fact("Source", own)
    called = f"in the text “{card.source_text}”" if card.source_text and card.source_text != row.source else ""
    if row.source_confirmed:
        return Fact("Source", row.source, more="; ".join(filter(None, (called, "confirmed by a person"))))
    sure = "" if card.source_confidence is None else f"confidence {card.source_confidence:.2f}"
    return Fact("Source", row.source, True, "; ".join(filter(None, (called, card.source_reason, sure))))
