"""What may not be published is taken out of the records, before any format sees them."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.records import (
    APPROVED_ONLY,
    WITHHELD,
    ArticleView,
    ClaimCard,
    ClaimRow,
    ClaimSpan,
    Evidence,
    Family,
    Report,
    ReportArticle,
    SentenceRow,
    Status,
    Verdict,
    Verification,
    VersionChanges,
)
from workbench.spans import Span

_PUBLISHED: tuple[Status, ...] = ("checked", "approved")


def withhold(report: Report) -> Report:
    """`report` as it is when internal; when public, without notes, names of reviewers, history, digests of kept
    copies, confidential evidence, rejected links, and claims that its rule does not let in or whose words have
    changed since or are lost. Of an article it keeps the sentences that hold its claims: a newsroom may quote what it
    checks, not print another's whole text.

    Whoever collects a public report leaves these out already; this is the second lock.
    """
    if not report.public:
        return report
    statuses = ("approved",) if report.rule == APPROVED_ONLY else _PUBLISHED
    cards = (card for article in report.articles for card in article.cards)
    kept = {card.row.id for card in cards if card.row.status in statuses and _stands(card.row)}
    articles = tuple(_article(article, kept) for article in report.articles)
    families = tuple(_family(family) for family in report.families)
    corrections = tuple(_correction(change, kept) for change in report.corrections)
    return replace(report, made_by="", articles=articles, families=families, history=(), corrections=corrections)


def _correction(change: VersionChanges, kept: set[int]) -> VersionChanges:
    """The same figures, told only of the claims that the report holds."""
    return replace(change, claims=tuple(told for told in change.claims if told.claim_id in kept))


def _stands(row: ClaimRow) -> bool:
    """Whether the verdict is about words that the article still has."""
    return not row.stale and row.anchor_state != "lost"


def _article(article: ReportArticle, kept: set[int]) -> ReportArticle:
    cards = tuple(_card(card, kept) for card in article.cards if card.row.id in kept)
    return ReportArticle(_view(article.view, {card.row.id: card.row for card in cards}), cards)


def _view(view: ArticleView, kept: dict[int, ClaimRow]) -> ArticleView:
    spans = tuple(span for span in view.spans if span.claim_id in kept)
    shown = _shown(view, spans)
    return replace(
        view,
        row=replace(view.row, name="", copy_of=None),  # a file's name may say who sent it
        text=_masked(view.text, shown),
        claims=tuple(kept[row.id] for row in view.claims if row.id in kept),
        spans=spans,
        sentences=tuple(_sentence(sentence, kept) for sentence in view.sentences),
        notes=(),
        read_as=(),
    )


def _shown(view: ArticleView, spans: tuple[ClaimSpan, ...]) -> list[Span]:
    """What of a text is printed: the sentences that a claim, its source or its cue touches, and those words."""
    wanted = sorted((span.start, span.end) for span in spans)
    shown = [Span(start, end) for start, end in wanted]
    reach, at = 0, 0
    for sentence in sorted(view.sentences, key=lambda each: each.start):
        while at < len(wanted) and wanted[at][0] < sentence.end:
            reach = max(reach, wanted[at][1])
            at += 1
        if reach > sentence.start:
            shown.append(Span(sentence.start, sentence.end))
    return sorted(shown)


def _masked(text: str, shown: list[Span]) -> str:
    """`text` with a stand-in for each character that is not shown; white space stays, so does every offset."""
    pieces, at = [], 0
    for span in shown:
        if span.end > at:
            start = max(span.start, at)
            pieces += [_NOT_BLANK.sub(WITHHELD, text[at:start]), text[start : span.end]]
            at = span.end
    return "".join([*pieces, _NOT_BLANK.sub(WITHHELD, text[at:])])


_NOT_BLANK = re.compile(r"\S")


def _sentence(sentence: SentenceRow, kept: dict[int, ClaimRow]) -> SentenceRow:
    return replace(sentence, claims=tuple(claim for claim in sentence.claims if claim in kept))


def _card(card: ClaimCard, kept: set[int]) -> ClaimCard:
    evidence = tuple(_evidence(piece) for piece in card.evidence if not (piece.confidential or piece.proposed))
    return replace(
        card,
        row=replace(card.row, evidence_count=len(evidence)),
        # A person's confirmation may name the person; the machine's reason may not.
        source_reason=None if card.row.source_confirmed else card.source_reason,
        truth=_verdict(card.truth),
        attribution=_verdict(card.attribution),
        evidence=evidence,
        notes=(),
        waived_because=None,
        words_before=None,
        source_before=None,
        verifications=tuple(_verification(found) for found in card.verifications if found.meaning is not None),
        fact_checks=tuple(replace(match, decided_by=None) for match in card.fact_checks if match.state == "confirmed"),
        conflicts=(),  # suggestions about claims that may not be published
        parent_id=card.parent_id if card.parent_id in kept else None,
        family=None if card.family is None else _family(card.family),
    )


def _verification(found: Verification) -> Verification:
    """What a person answered for, without names and without the passage of a record that is the desk's own."""
    return replace(found, passage="", added_by=None, answered_by=None, against=())


def _verdict(verdict: Verdict | None) -> Verdict | None:
    return None if verdict is None else replace(verdict, reviewer="")


def _evidence(evidence: Evidence) -> Evidence:
    return replace(evidence, digest=None, added_by="", file_name=None)


def _family(family: Family) -> Family:
    members = tuple(
        replace(member, why="") if member.state == "confirmed" else member
        for member in family.members
        if member.state != "rejected"
    )
    return replace(family, members=members)
