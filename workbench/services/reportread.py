"""An exported report as what an ingest takes: documents, and the readings that their claims were.

Every place is looked at before it is believed: a file that came from elsewhere may say anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workbench.errors import InputError
from workbench.language.numbers import numbers
from workbench.records import (
    ArticleView,
    ClaimCard,
    Cue,
    Document,
    ExtractedClaim,
    Extraction,
    Number,
    Report,
    ReportArticle,
    SourceMention,
)
from workbench.spans import Span, hull

LARGEST = 512 * 2**20  # bytes of a file of a report


def check(report: Report) -> None:
    """Raise InputError for a report that is for the public, or whose places are not those of its texts."""
    if report.public:
        raise InputError(
            "a public report holds no whole article", "import an internal one: export --internal --format jsonl"
        )
    for number, article in enumerate(report.articles, 1):
        places = [Span(span.start, span.end) for card in article.cards for span in card.spans]
        places += [Span(sentence.start, sentence.end) for sentence in article.view.sentences]
        places += [*article.view.paragraphs, *filter(None, (article.view.header, article.view.title_span))]
        if any(not 0 <= place.start < place.end <= len(article.view.text) for place in places):
            raise InputError(f"article {number} of the report has a place outside its text", "export it again")
        starts = [sentence.start for sentence in article.view.sentences]
        if len(set(starts)) < len(starts):
            raise InputError(f"article {number} of the report has a sentence twice", "export it again")


def document(view: ArticleView) -> Document:
    """The article as a reader of files would deliver it."""
    row = view.row
    return Document(
        name=row.name or row.title, text=view.text, format="report", title=row.title, published=row.published,
        outlet=row.outlet, agency=row.agency, url=row.url, language=view.language, header=view.header,
        title_span=view.title_span, metadata={"imported": True},
    )  # fmt: skip


def standing(article: ReportArticle) -> list[ClaimCard]:
    """The cards whose words stand in the text of the report, one for each kind and place, in the order of the text."""
    here = [card for card in article.cards if card.version == article.view.version and content(card)]
    found = {(card.row.kind, content(card)): card for card in reversed(here) if card.row.anchor_state != "lost"}
    return sorted(found.values(), key=lambda card: (content(card)[0].start, card.row.id))


def content(card: ClaimCard) -> tuple[Span, ...]:
    """The pieces of a claim, in order and apart."""
    pieces = sorted({(span.start, span.end) for span in card.spans if span.role == "content"})
    apart = all(first[1] <= second[0] for first, second in pairwise(pieces))
    return tuple(Span(start, end) for start, end in pieces) if apart else ()


def extraction(article: ReportArticle, cards: Sequence[ClaimCard]) -> Extraction:
    """The reading that the claims of a report were, without a machine."""
    view = article.view
    places = {card.row.id: index for index, card in enumerate(cards)}
    machine = next((card.reading for card in cards if card.reading), "imported")
    ordered = sorted(view.sentences, key=lambda sentence: sentence.start)
    return Extraction(
        text=view.text, paragraphs=view.paragraphs,
        sentences=tuple(Span(sentence.start, sentence.end) for sentence in ordered),
        claims=tuple(_claim(card, view.text, places) for card in cards),
        language=view.language, analysed=view.analysed, reading=machine,
    )  # fmt: skip


def _claim(card: ClaimCard, text: str, places: dict[int, int]) -> ExtractedClaim:
    row = card.row
    parent = places.get(card.parent_id) if card.parent_id is not None else None
    return ExtractedClaim(
        kind=row.kind, content=content(card), source_spans=_role(card, "source"), cue_spans=_role(card, "cue"),
        quotes=_role(card, "quote"), source=_source(card), cue=_cue(card),
        anonymity=row.anonymity,  # type: ignore[arg-type]  # a letter; the store knows no other
        hedges=_found(card.hedges, card, text), negated=card.negated, numbers=_numbers(card, text),
        check_worthiness=min(max(row.check_worthiness, 0.0), 1.0), confidence=min(max(card.confidence, 0.0), 1.0),
        parent=parent if parent is not None and parent != places[row.id] else None,
    )  # fmt: skip


def _role(card: ClaimCard, role: str) -> tuple[Span, ...]:
    return tuple(sorted({Span(span.start, span.end) for span in card.spans if span.role == role}))


def _source(card: ClaimCard) -> SourceMention | None:
    spans, name = _role(card, "source"), card.row.source
    if not spans or name is None:
        return None
    whole = hull(spans)
    return SourceMention(
        whole.start, whole.end, card.source_text or name, name, card.row.source_kind or "unknown",
        card.source_reason or "imported", min(max(card.source_confidence or 0.0, 0.0), 1.0),
    )  # fmt: skip


def _cue(card: ClaimCard) -> Cue | None:
    spans = _role(card, "cue")
    if not spans or card.cue_text is None:
        return None
    whole = hull(spans)
    return Cue(whole.start, whole.end, card.cue_text, card.cue_class or "other")


def _found(words: Sequence[str], card: ClaimCard, text: str) -> tuple[Span, ...]:
    """Where each of `words` stands in the claim, one after the other; what does not is left out."""
    found, at = [], card.start
    for each in words:
        start = text.find(each, at, card.end) if each else -1
        if start >= 0:
            found.append(Span(start, start + len(each)))
            at = start + len(each)
    return tuple(found)


def _numbers(card: ClaimCard, text: str) -> tuple[Number, ...]:
    """The figures that the card names, read again where they stand."""
    wanted = set(card.numbers)
    spans = content(card)
    known = numbers(text, Span(spans[0].start, spans[-1].end)) if wanted else ()
    return tuple(number for number in known if number.text in wanted)
