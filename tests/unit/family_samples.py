"""Quotes put into a store whole, each an article of its own, without a reading by the machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.match import Quotation
from workbench.records import Document, ExtractedClaim, Extraction, SourceMention
from workbench.services import articles
from workbench.services.journal import new_action
from workbench.services.store import Store
from workbench.spans import Span

SAID = "We went too far over budget, and the council will not pay for it."
STATEMENTS = [
    SAID,
    "We went too far over budget, and the council will pay for it.",
    "We went too far over budget",
    "went too far",
    "The ferry terminal opens in autumn, and the council will not pay for it.",
    "The harbour board approved the budget although nobody had asked the fishermen about it.",
    "The ferry terminal opens in autumn because the harbour board approved the budget.",
    "the council will not pay for it",
    "harbour board approved the budget",
    "The ferry terminal may open in autumn.",
    "the ferry terminal",
]


def said(
    text: str, date: str | None = "2025-07-01", speaker: str | None = "Ana Reyes", origin: str | None = None
) -> Quotation:
    return Quotation(text, speaker, date, origin)


def put(store: Store, quotes: Iterable[Quotation]) -> list[int]:
    """Store each quote as the one claim of an article; the articles' numbers, which are the claims' too."""
    return [put_article(store, [quote]) for quote in quotes]


def put_article(store: Store, quotes: Sequence[Quotation]) -> int:
    """Store quotes of one day and one wire as the claims of one article; its number."""
    document, reading = _article(quotes, _next_number(store))
    with store.writing() as session:
        outcome = articles.put(session, "bo", new_action("bo", "ingest", "ingest"), document, reading)
    return outcome.article_id or 0


def _next_number(store: Store) -> int:
    from db import pages

    with store.reading() as reader:
        return int(pages.select(reader, "SELECT coalesce(max(id), 0) + 1 FROM article")[0][0])


def _article(quotes: Sequence[Quotation], number: int) -> tuple[Document, Extraction]:
    text, claims = f"{number}\n", []
    for quote in quotes:
        start, speaker = len(text), quote.speaker or ""
        text += f"“{quote.text}” {speaker}\n"
        end = start + len(quote.text) + 2
        named = Span(end + 1, end + 1 + len(speaker))
        source = SourceMention(*named, speaker, speaker, "person", "named here", 1.0) if speaker else None
        claims.append(
            ExtractedClaim(
                "direct", (Span(start, end),), (named,) if speaker else (), quotes=(Span(start + 1, end - 1),),
                source=source,
            )
        )  # fmt: skip
    whole = Span(0, len(text))
    document = Document(
        f"article-{number}", text, published=quotes[0].date, outlet=f"Outlet {number % 7}", agency=quotes[0].origin
    )
    return document, Extraction(text, (whole,), (whole,), tuple(claims), "en", True, "by hand")


def families(store: Store) -> set[frozenset[int]]:
    """The families of a store as sets of claims; each claim is numbered as its article here."""
    from db import pages

    with store.reading() as reader:
        rows = pages.select(reader, "SELECT family_id, id FROM claim WHERE family_id IS NOT NULL AND NOT hidden")
    found: dict[int, set[int]] = {}
    for family_id, claim_id in rows:
        found.setdefault(family_id, set()).add(claim_id)
    return {frozenset(claims) for claims in found.values()}
