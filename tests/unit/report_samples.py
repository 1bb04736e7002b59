"""Invented reports for the tests of `workbench.report`: a town, its papers and a quarrel about a bridge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.factchecks import CheckMatch, FactCheck
from workbench.records import (
    ONE_REVIEWER,
    ArticleRow,
    ArticleView,
    ClaimCard,
    ClaimChange,
    ClaimRow,
    ClaimSpan,
    Conflict,
    EventRow,
    Evidence,
    Family,
    Flag,
    Label,
    Note,
    Occurrence,
    Report,
    ReportArticle,
    Scale,
    SentenceRow,
    Verdict,
    Verification,
    VerifiedStep,
    VerifiedText,
    VersionChanges,
    WordChange,
)
from workbench.spans import Span, hull

TRUTH = Scale(
    "house-truth",
    "truth",
    "House scale",
    (
        Label("true", "1", "true", "T", "true", 5),
        Label("mostly-true", "2", "mostly true", "t", "mostly true", 4),
        Label("mixed", "3", "mixed", "M", "mixed", 3),
        Label("mostly-false", "4", "mostly false", "f", "mostly false", 2),
        Label("false", "5", "false", "F", "false", 1),
        Label("unproven", "6", "unproven", "U", "none", None),
    ),
)
ATTRIBUTION = Scale(
    "house-attribution",
    "attribution",
    "Quotation",
    (
        Label("accurate", "1", "accurate", "✓", "none", None),
        Label("altered-meaning", "4", "altered with change of meaning", "≠", "none", None),
    ),
)
FLAGS = (Flag("missing-context", "missing context", "c"), Flag("outdated", "outdated", "o"))

TEXT = (
    "The bridge of Altenfurt\n"
    "The new bridge cost 12 million crowns, Mayor Vera Holm said on Tuesday. “We never raised a fee,” she said,"
    " “and we will not raise one this year.” The council has 31 members.\n"
    "According to people familiar with the plans, Holm admitted that “the figures are not final.”"
    " It rained all day."
)


def row(claim_id: int, text: str, **changes: Any) -> ClaimRow:
    base = ClaimRow(
        id=claim_id,
        article_id=1,
        article_title="The bridge of Altenfurt",
        outlet="Altenfurt Courier",
        published="2025-05-06",
        kind="indirect",
        text=text,
        wording=None,
        source="Vera Holm",
        source_kind="person",
        source_confirmed=False,
        anonymity="A",
        check_worthiness=0.5,
        status="open",
        truth=None,
        attribution=None,
        flags=(),
        family_id=None,
        family_size=1,
        family_alarm=None,
        evidence_count=0,
        anchor_state="as was",
        stale=False,
    )
    return replace(base, **changes)


def spans(claim_id: int, text: str, **words: str | tuple[str, ...]) -> tuple[ClaimSpan, ...]:
    """Where the words of each role stand in `text`."""
    found = []
    for role, value in words.items():
        for phrase in (value,) if isinstance(value, str) else value:
            start = text.index(phrase)
            found.append(ClaimSpan(claim_id, role, start, start + len(phrase)))  # type: ignore[arg-type]
    return tuple(found)


def card(claim: ClaimRow, places: tuple[ClaimSpan, ...], **changes: Any) -> ClaimCard:
    content = [Span(place.start, place.end) for place in places if place.role == "content"]
    whole = hull(content) if content else Span(0, 1)
    base = ClaimCard(
        row=claim,
        version=2,
        start=whole.start,
        end=whole.end,
        spans=places,
        source_text=None,
        source_reason=None,
        source_confidence=None,
        cue_text=None,
        cue_class=None,
        hedges=(),
        negated=False,
        numbers=(),
        confidence=0.9,
        reading="rules-1",
        parent_id=None,
        truth=None,
        attribution=None,
        evidence=(),
        notes=(),
        family=None,
        waived_because=None,
        revision=0,
    )
    return replace(base, **changes)


def verdict(label: Label, scale: Scale, **changes: Any) -> Verdict:
    base = Verdict(
        judgement=scale.judgement,
        scale=scale.id,
        label=label.id,
        label_text=label.label,
        letter=label.letter,
        word=label.word,
        rating=label.rating,
        explanation=None,
        rationale=None,
        reviewer="ana",
        given_at="2025-05-08T14:05:00Z",
        version=2,
    )
    return replace(base, **changes)


def evidence(number: int, claim_id: int, **changes: Any) -> Evidence:
    base = Evidence(
        id=number,
        claim_id=claim_id,
        url=None,
        file_name=None,
        excerpt=None,
        stance="supports",
        independent=None,
        confidential=False,
        digest=None,
        added_by="ana",
        added_at="2025-05-08T13:50:00Z",
    )
    return replace(base, **changes)


def view(text: str, cards: tuple[ClaimCard, ...], sentences: tuple[Span, ...], **changes: Any) -> ArticleView:
    lines, at, paragraphs = text.split("\n"), 0, []
    for line in lines:
        if line:
            paragraphs.append(Span(at, at + len(line)))
        at += len(line) + 1
    article = ArticleRow(
        id=1,
        title="The bridge of Altenfurt",
        outlet="Altenfurt Courier",
        agency="NORDWIRE",
        published="2025-05-06",
        url="https://courier.example/bridge?page=1&part=2",
        name="bridge",
        versions=2,
        claims=len(cards),
        open_claims=1,
        sentences=len(sentences),
        settled=2,
    )
    states = tuple(SentenceRow(i + 1, span.start, span.end, None, i < 2, ()) for i, span in enumerate(sentences))
    base = ArticleView(
        row=article,
        version=2,
        text=text,
        header=None,
        title_span=paragraphs[0] if paragraphs else None,
        paragraphs=tuple(paragraphs),
        sentences=states,
        claims=tuple(entry.row for entry in cards),
        spans=tuple(place for entry in cards for place in entry.spans),
        language="en",
        analysed=True,
        notes=(),
    )
    return replace(base, **changes)


def sentences(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in words)


def _bridge_cards() -> tuple[ClaimCard, ...]:
    return (_cost(), _fee(), _members(), _figures(), _final())


def _match(claim: str, state: Any) -> CheckMatch:
    check = FactCheck(
        9, "k9", "https://checks.example/bridge", claim, None, None, None, None, "Fen Checkers", "checks.example",
        "Mostly false", "mostly false", (), "none", None, "2025-05-20", "en", False,
    )  # fmt: skip
    return CheckMatch(12, check, 0.9, ("bridge",), "shared words", state, "ben", "2025-05-21T08:00:00Z")


def _cost() -> ClaimCard:
    """Reported speech with both judgements, an open and a confidential piece of evidence and a note."""
    return card(
        row(12, "The new bridge cost 12 million crowns", wording="The bridge of Altenfurt cost 12 million crowns.",
            status="checked", truth="false", attribution="accurate", flags=("missing-context",), evidence_count=2,
            source_confirmed=True, check_worthiness=0.81),
        spans(12, TEXT, content="The new bridge cost 12 million crowns", source="Mayor Vera Holm", cue="said"),
        source_text="Mayor Vera Holm",
        source_reason="full name beside the cue",
        source_confidence=0.97,
        cue_text="said",
        cue_class="neutral",
        numbers=("12 million crowns",),
        truth=verdict(TRUTH.labels[4], TRUTH, explanation="The final bill was 19 million crowns.",
                      rationale="The bill of 2 May adds up to 19.2 million.\n\nThe mayor’s figure is an estimate."),
        attribution=verdict(ATTRIBUTION.labels[0], ATTRIBUTION, reviewer="ben"),
        evidence=(
            evidence(1, 12, url="https://altenfurt.example/bill.pdf", excerpt="Total: 19.2 million crowns",
                     stance="refutes", independent=True, digest="sha256:feed01"),
            evidence(2, 12, file_name="whistleblower-letter.pdf", stance="refutes", confidential=True),
        ),
        fact_checks=(_match("Bridge bill checked", "confirmed"), _match("Rejected bridge story", "rejected")),
        notes=(Note(1, 12, "Ask the treasurer before printing.", "ana", "2025-05-08T13:40:00Z"),),
        revision=4,
    )  # fmt: skip


def _fee() -> ClaimCard:
    """A quote in two pieces, judged only for its attribution, with a family whose links are mixed."""
    members = (
        Occurrence(13, 1, "Altenfurt Courier", "NORDWIRE", "2025-05-06", "We never raised a fee", "earliest", 1.0, (),
                   "", "suggested"),
        Occurrence(31, 2, "Harbour News", None, "2025-05-07", "We have raised a fee", "near", 0.82, ("negation",),
                   "shared words 0.82", "suggested",
                   (WordChange("equal", "We", "We"), WordChange("replace", "never", "have"),
                    WordChange("equal", "raised a fee", "raised a fee"))),
        Occurrence(32, 3, "Daily Ledger", "NORDWIRE", None, "We never raised a fee", "wire copy", 1.0, (),
                   "same text", "confirmed"),
        Occurrence(33, 4, "The Fen Post", None, "2025-05-09", "We raise fees", "near", 0.41, (), "shared words 0.41",
                   "rejected"),
    )  # fmt: skip
    return card(
        row(13, "“We never raised a fee,” she said, “and we will not raise one this year.”", kind="direct",
            status="checked", attribution="altered-meaning", family_id=7, family_size=3, family_alarm="negation"),
        spans(13, TEXT, content=("“We never raised a fee,”", "“and we will not raise one this year.”"),
              quote=("We never raised a fee,", "and we will not raise one this year."), source="she", cue="she said"),
        source_text="she",
        source_reason="the last person named before",
        source_confidence=0.74,
        cue_text="said",
        cue_class="neutral",
        negated=True,
        attribution=verdict(ATTRIBUTION.labels[1], ATTRIBUTION, explanation="She said “hardly ever”."),
        verifications=(
            Verification(
                5, 13, "We never raised a fee", "Vera Holm", "hedge_dropped", ("hedge dropped",),
                (VerifiedText("Tape of the council", "feed02", "t2"),), 0, (12,), ("HOLM",),
                "I think we hardly ever raised a fee.",
                (VerifiedStep("equal", "We", "we", ""), VerifiedStep("replace", "never", "hardly ever", "hedge"),
                 VerifiedStep("equal", "raised a fee", "raised a fee", "")),
                0.9, "changed", "ben", "2025-05-08T15:00:00Z", "ana", "2025-05-08T15:01:00Z",
            ),
        ),
        conflicts=(Conflict(44, 5, "Moor Gazette", "2025-05-10", "Tom Reed", "The bridge cost 19 million", "12 million",
                            "19 million", "the same measure"),),
        family=Family(7, "We never raised a fee", 3, 2, "negation", "2025-05-06", members),
    )  # fmt: skip


def _members() -> ClaimCard:
    """A statement that nobody judged yet."""
    return card(
        row(14, "The council has 31 members.", kind="statement", source=None, source_kind=None, anonymity=None),
        spans(14, TEXT, content="The council has 31 members."),
        numbers=("31 members",),
    )


def _figures() -> ClaimCard:
    """An attribution around another one, waived."""
    content = "Holm admitted that “the figures are not final.”"
    return card(
        row(15, content, kind="mixed", source="people familiar with the plans", source_kind="anonymous",
            anonymity="E", status="waived"),
        spans(15, TEXT, content=content, source="people familiar with the plans", cue="According to"),
        source_text="people familiar with the plans",
        cue_text="According to",
        cue_class="neutral",
        waived_because="printed before it could be checked",
    )  # fmt: skip


def _final() -> ClaimCard:
    """The nested attribution, whose verdict was given on an earlier text."""
    return card(
        row(16, "“the figures are not final.”", kind="direct", status="approved", truth="mostly-true", stale=True),
        spans(16, TEXT, content="“the figures are not final.”", source="Holm", cue="admitted that"),
        parent_id=15,
        cue_text="admitted",
        cue_class="factive",
        hedges=("not final",),
        negated=True,
        truth=verdict(TRUTH.labels[1], TRUTH, explanation="Two bills are still open.", version=1),
    )


def history() -> tuple[EventRow, ...]:
    return (
        EventRow(40, 21, "2025-05-08T14:05:00Z", "ana", "mark", "c12", "truth", None,
                 {"label": "false", "explanation": "The final bill was 19 million.", "scale": "house-truth"}, None),
        EventRow(41, 22, "2025-05-08T14:07:00Z", "ben", "mark", "c12", "wording", None,
                 "The bridge of Altenfurt cost 12 million crowns.", "stands alone"),
        EventRow(42, 23, "2025-05-08T14:09:00Z", "ana", "evidence add", "e1", "record", None,
                 {"blob_digest": "feed01", "confidential": False, "stance": "refutes", "file_name": None}, None),
        EventRow(43, 24, "2025-05-08T14:10:00Z", "ana", "mark", "n1", "record", None,
                 {"text": "Ask the treasurer before printing."}, None),
        EventRow(44, 25, "2025-05-08T14:11:00Z", "ana", "mark", "c12", "status", "open", "checked", None),
    )  # fmt: skip


def correction() -> VersionChanges:
    """What the second version changed: a claim that is published, and one that is not."""
    told = (
        ClaimChange(12, "changed", "The new bridge cost 11 million crowns", "The new bridge cost 12 million crowns",
                    "Vera Holm", "Vera Holm", True),
        ClaimChange(14, "changed", "The council has 30 members.", "The council has 31 members.", None, None, False),
    )  # fmt: skip
    return VersionChanges(1, "The bridge of Altenfurt", "Altenfurt Courier", 2, 1, "2025-05-07T08:00:00Z",
                          "2025-05-06", 3, 0, 2, 0, 0, told)  # fmt: skip


def report(*, public: bool = False, **changes: Any) -> Report:
    """The sample: five claims of one article."""
    cards = _bridge_cards()
    families = tuple(entry.family for entry in cards if entry.family is not None)
    whole = view(TEXT, cards, sentences(
        TEXT,
        "The new bridge cost 12 million crowns, Mayor Vera Holm said on Tuesday.",
        "“We never raised a fee,” she said, “and we will not raise one this year.”",
        "The council has 31 members.",
        "According to people familiar with the plans, Holm admitted that “the figures are not final.”",
        "It rained all day.",
    ), notes=("the encoding was guessed: cp1252",))  # fmt: skip
    base = Report(
        made_at="2025-05-09T09:30:00Z",
        made_by="ana",
        public=public,
        filter_text="outlet:courier",
        articles=(ReportArticle(whole, cards),),
        scales=(TRUTH, ATTRIBUTION),
        flags=FLAGS,
        families=families,
        history=history(),
        log_head="9f2c61d0",
        log_length=41,
        program="workbench 0.1.0",
        rule=ONE_REVIEWER if public else "",
        corrections=(correction(),),
    )
    return replace(base, **changes)
