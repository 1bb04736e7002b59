"""Verdicts as ClaimReview: an array of JSON-LD, or a page that carries it. Pure.

What a claim lacks is told instead of being filled in: a summary of fewer than 75 characters, an explanation, a
verdict. Numbers stand only where the label of the verdict has one on its scale.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.claimreview import ratings
from workbench.factchecks import CheckMatch
from workbench.records import ClaimCard, Evidence, Report, ReportArticle, Scale, Verdict
from workbench.report.links import web_link
from workbench.report.public import withhold

LONGEST = 75  # characters; a summary has fewer


@dataclass(frozen=True, slots=True)
class Desk:
    """What the store's settings say of the desk."""

    name: str
    home: str
    pattern: str  # with {claim} and perhaps {article}
    licence: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A claim that cannot be published as ClaimReview, and what it lacks."""

    claim_id: int
    text: str
    lacks: tuple[str, ...]

    @property
    def options(self) -> str:
        """The options of `workbench mark` that give it what it lacks."""
        wanted = (("a wording", '--wording "…"'), ("a verdict", "--truth LABEL"), ("an explanation", '--explain "…"'))
        return " ".join(option for begins, option in wanted if any(one.startswith(begins) for one in self.lacks))


@dataclass(frozen=True, slots=True)
class Made:
    """The reviews, in the order of the report, and the claims that lack something."""

    reviews: tuple[Mapping[str, Any], ...]
    lacking: tuple[Lacking, ...]


def make(report: Report, desk: Desk, scales: Sequence[Scale]) -> Made:
    """A ClaimReview for every judged claim of the report. `scales` are all that verdicts may have been given on."""
    kept = withhold(report)
    reviews: list[Mapping[str, Any]] = []
    lacking: list[Lacking] = []
    for article in kept.articles:
        for card in article.cards:
            if card.row.status not in ("checked", "approved"):
                continue
            if missing := lacks(card):
                lacking.append(Lacking(card.row.id, card.row.wording or card.row.text, missing))
            else:
                reviews.append(_review(card, article, desk, scales))
    return Made(tuple(reviews), tuple(lacking))


def lacks(card: ClaimCard) -> tuple[str, ...]:
    """What keeps a claim from being published."""
    found = []
    wording = card.row.wording
    if not wording:
        found.append("a wording")
    elif len(wording) >= LONGEST:
        found.append(f"a wording under {LONGEST} characters (it has {len(wording)})")
    elif ":" in wording and ratings.is_label(wording.split(":")[0]):
        found.append("a wording without its rating")
    verdict = _verdict(card)
    if verdict is None:
        found.append("a verdict")
    elif not verdict.explanation:
        found.append("an explanation")
    return tuple(found)


def _verdict(card: ClaimCard) -> Verdict | None:
    """What is published: whether it is so, else whether it was said."""
    return card.truth or card.attribution


def _review(card: ClaimCard, article: ReportArticle, desk: Desk, scales: Sequence[Scale]) -> dict[str, Any]:
    verdict = _verdict(card)
    assert verdict is not None
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": address(desk, card),
        "datePublished": verdict.given_at[:10],
        "inLanguage": desk.language,
        "author": {"@type": "Organization", "name": desk.name, "url": desk.home},
        "claimReviewed": card.row.wording,
        "itemReviewed": _claim(card, article),
        "reviewRating": rating(verdict, scales),
    }
    if sources := [url for one in card.evidence if (url := _public(one))]:
        review["isBasedOn"] = list(dict.fromkeys(sources))
    if card.row.flags:
        names = ", ".join(flag.replace("-", " ") for flag in card.row.flags)
        review["keywords"] = names
    if related := related_checks(card):
        review["citation"] = [one.check.url for one in related]
    if desk.licence:
        review["sdLicense"] = desk.licence
    return review


def related_checks(card: ClaimCard) -> tuple[CheckMatch, ...]:
    """The published checks of others that a person confirmed for the claim."""
    return tuple(one for one in getattr(card, "fact_checks", ()) if one.state == "confirmed")


def address(desk: Desk, card: ClaimCard) -> str:
    """Where the check is published; the same for the same claim, always."""
    filled = desk.pattern.replace("{claim}", f"claim-{card.row.id}")
    return filled.replace("{article}", str(card.row.article_id))


def _public(evidence: Evidence) -> str | None:
    return None if evidence.confidential else web_link(evidence.url)


def _claim(card: ClaimCard, article: ReportArticle) -> dict[str, Any]:
    row = card.row
    claim: dict[str, Any] = {"@type": "Claim", "text": row.text}
    if row.source and row.source_kind in ("person", "body"):
        claim["author"] = {"@type": "Person" if row.source_kind == "person" else "Organization", "name": row.source}
    elif row.kind == "statement" and row.outlet:
        claim["author"] = {"@type": "Organization", "name": row.outlet}
    if row.published:
        claim["datePublished"] = row.published[:10]
    if url := web_link(article.view.row.url):
        claim["appearance"] = [{"@type": "NewsArticle", "url": url, "headline": article.view.row.title}]
    return claim


def rating(verdict: Verdict, scales: Sequence[Scale]) -> dict[str, Any]:
    """The Rating of a verdict: numbers only where its label has one, then with both ends of the scale."""
    found: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.label_text}
    scale = next((one for one in scales if one.id == verdict.scale), None)
    numbers = [label.rating for label in scale.labels if label.rating is not None] if scale else []
    if verdict.rating is not None and len(set(numbers)) > 1:
        found |= {"ratingValue": verdict.rating, "worstRating": min(numbers), "bestRating": max(numbers)}
    if verdict.explanation:
        found["ratingExplanation"] = verdict.explanation
    return found


_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def array(reviews: Sequence[Mapping[str, Any]]) -> bytes:
    """The reviews as one JSON-LD array, safe inside a script element of a page, UTF-8."""
    return (json.dumps(list(reviews), ensure_ascii=False, indent=1).translate(_ESCAPED) + "\n").encode("utf-8")


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
color-scheme: light dark }} article {{ margin: 2.5rem 0 }} blockquote {{ margin: .5rem 0; padding-left: 1rem;
border-left: 3px solid #888 }} .verdict {{ font-weight: bold }}
a, h2 {{ overflow-wrap: anywhere }} footer {{ border-top: 1px solid #888 }}</style>
<script type="application/ld+json">
{data}</script>
</head>
<body>
<h1>{title}</h1>
{articles}
<footer>{footer}</footer>
</body>
</html>
"""


def page(made: Made, desk: Desk) -> bytes:
    """A page that shows every check and carries the same array; each stands under the anchor of its address."""
    shown = "\n".join(_shown(review) for review in made.reviews) or "<p>No check is published yet.</p>"
    title = html.escape(f"Fact-checks by {desk.name}")
    text = _PAGE.format(
        language=html.escape(desk.language), title=title, data=array(made.reviews).decode("utf-8"), articles=shown,
        footer=_footer(desk),
    )  # fmt: skip
    return text.encode("utf-8")


def _footer(desk: Desk) -> str:
    licence = f" · Licence: {_link(desk.licence)}" if desk.licence else ""
    return f"<p>{_link(desk.home, desk.name)}{licence}</p>"


def _link(address: str, words: str | None = None) -> str:
    return f'<a href="{html.escape(address)}" rel="noopener nofollow">{html.escape(words or address)}</a>'


def _listed(head: str, addresses: Sequence[str]) -> str:
    links = "".join(f"<li>{_link(address)}</li>" for address in addresses)
    return f"<p>{head}</p><ul>{links}</ul>" if links else ""


def _shown(review: Mapping[str, Any]) -> str:
    rated, claim, url = review["reviewRating"], review["itemReviewed"], review["url"]
    anchor = url.rpartition("#")[2] if "#" in url else url.rstrip("/").rpartition("/")[2]
    who = filter(None, (claim.get("author", {}).get("name"), claim.get("datePublished")))
    found = [_link(one["url"], one.get("headline")) for one in claim.get("appearance", ())]
    said = ", ".join([*map(html.escape, who), *found])
    said = f"<p>{said}</p>" if said else ""
    sources = _listed("Based on", review.get("isBasedOn", ())) + _listed("Also checked by", review.get("citation", ()))
    return (
        f'<article id="{html.escape(anchor)}"><h2>{html.escape(review["claimReviewed"])}</h2>'
        f"<blockquote>{html.escape(claim['text'])}</blockquote>{said}"
        f'<p class="verdict">{html.escape(rated["alternateName"])}</p>'
        f"<p>{html.escape(rated.get('ratingExplanation', ''))}</p>{sources}"
        f"<p>Checked {html.escape(review['datePublished'])}</p></article>"
    )
