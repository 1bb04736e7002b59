"""One ClaimReview node -> a PublishedCheck, with all that pages and feeds do to it (reference: MisinfoMe's collector).

Tolerated: `properties` wrappers of flattened microdata, values as {"@value": …}, numbers as strings, ratings outside
their range, -1/-1 for "no rating", addresses joined in one string, the appearance hidden in `itemReviewed.url`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.json import encode

from workbench.claimreview import values
from workbench.factchecks import PublishedCheck

MOST_APPEARANCES = 50
LONGEST_DETAILS = 100_000  # code points of the kept JSON
_DEEPEST = 12  # levels that are searched for a review
_KEPT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)

Node = Mapping[str, Any]


def reviews(found: Any, url: str | None = None) -> Iterator[tuple[Node, str | None]]:
    """Every ClaimReview node inside a JSON value, with the address of the feed item or page that holds it."""
    if (plain := _only_item(found)) is not None:
        yield plain, values.address(found.get("url")) or url
        return
    waiting: list[tuple[Any, str | None, int]] = [(found, url, 0)]
    while waiting:
        value, holder, depth = waiting.pop()
        if isinstance(value, list):
            waiting += [(one, holder, depth) for one in reversed(value) if isinstance(one, list | dict)]
        elif isinstance(value, dict):
            kinds = values.types(value)
            if "ClaimReview" in kinds:
                yield flat(value), holder
            elif depth < _DEEPEST and "MediaReview" not in kinds:
                own = values.address(value.get("url")) if "DataFeedItem" in kinds else None
                inner = [one for one in value.values() if isinstance(one, list | dict)]
                waiting += [(one, own or holder, depth + 1) for one in reversed(inner)]


def _only_item(found: Any) -> Node | None:
    """The one review of an item of a feed that holds nothing else, as nearly all do."""
    if type(found) is not dict or found.get("@type") != "DataFeedItem":
        return None
    item = found.get("item")
    if type(item) is not list or len(item) != 1 or type(item[0]) is not dict or item[0].get("@type") != "ClaimReview":
        return None
    held = sum(type(value) in (list, dict) for value in found.values())
    return item[0] if held == 1 else None


def flat(node: Node) -> Node:
    """A node whose `properties` (flattened microdata) stand beside its type."""
    inner = node.get("properties")
    if not isinstance(inner, dict):
        return node
    return {**inner, "@type": node.get("@type", node.get("type"))}


def _node(value: Any) -> Node:
    """The first object in `value`, flattened; an empty one where there is none."""
    if type(value) is dict:
        return flat(value)
    for one in values.listed(value):
        if isinstance(one, dict):
            return flat(one)
    return {}


def read(node: Node, holder: str | None = None, came: Node | None = None) -> PublishedCheck | str:
    """The check that a ClaimReview node holds, or in words why it cannot be used; `came` is the node as it came."""
    claim = values.text(node.get("claimReviewed"))
    if claim is None:
        return "claimReviewed is missing or empty"
    url = values.address(node.get("url")) or holder
    if url is None:
        return "no http address of the check"
    item, author, rating = _node(node.get("itemReviewed")), _node(node.get("author")), _node(node.get("reviewRating"))
    value, worst, best = numbers(rating)
    return PublishedCheck(
        url=url,
        claim=claim,
        title=_title(node, claim),
        quote=_other(values.text(item.get("text")) or values.text(item.get("description")), claim),
        claimant=_claimant(item),
        claimed=values.date(item.get("datePublished")),
        appearances=appearances(node, item),
        publisher=values.text(author.get("name"), 200) or _plain_name(node.get("author")) or _publisher(node),
        site=values.host(url),
        rating=values.text(rating.get("alternateName"), 300) or values.text(rating.get("name"), 300),
        value=value,
        worst=worst,
        best=best,
        explanation=values.text(rating.get("ratingExplanation")) or values.text(node.get("reviewBody"), 1_000),
        published=values.date(node.get("datePublished")),
        language=_language(node),
        licence=values.text(node.get("sdLicense"), values.LONGEST_URL) or values.text(node.get("license")),
        details=_details(node if came is None else came),
    )


def _title(node: Node, claim: str) -> str | None:
    for name in ("headline", "name", "description"):
        found = values.text(node.get(name), 500)
        if found is not None and found != claim:
            return found
    return None


def _other(found: str | None, claim: str) -> str | None:
    return found if found != claim else None


def _plain_name(author: Any) -> str | None:
    """The publisher where `author` is a bare string."""
    found = values.text(author, 200) if isinstance(author, str | list) else None
    return found if found and not values.host(found) else None


def _publisher(node: Node) -> str | None:
    return values.text(_node(node.get("publisher")).get("name"), 200)


def _claimant(item: Node) -> str | None:
    """Who claimed it: one name, or several joined by a comma."""
    author = item.get("author")
    if type(author) is dict:
        return values.text(flat(author).get("name"), 200)
    given = [one for one in values.listed(author) if isinstance(one, str | dict)][:5]
    names = [values.text(flat(one).get("name") if isinstance(one, dict) else one, 200) for one in given]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def appearances(node: Node, item: Node) -> tuple[str, ...]:
    """Addresses where the claim appeared, the first first; the fact-check's own address is none of them."""
    found = values.addresses(*map(item.get, ("firstAppearance", "appearance", "url", "sameAs")))
    own = values.address(node.get("url"))
    return tuple(url for url in dict.fromkeys(found) if url != own)[:MOST_APPEARANCES]


def numbers(rating: Node) -> tuple[float | None, float | None, float | None]:
    """Value, worst and best; all None where they mean nothing (-1/-1, best not above worst, no value)."""
    value, worst, best = (values.number(rating.get(name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if value is None or worst is None or best is None or best <= worst:
        return None, None, None
    return min(max(value, worst), best), worst, best


def _language(node: Node) -> str | None:
    given = node.get("inLanguage")
    if isinstance(given, dict):
        given = given.get("alternateName") or given.get("name")
    return values.text(given, 40)


def _details(node: Node) -> str:
    try:
        kept = encode(node).decode()
    except (ValueError, OverflowError, RecursionError):  # lone surrogates, numbers of thousands of digits
        kept = _tolerantly(node)
    return kept if len(kept) <= LONGEST_DETAILS else "{}"


def _tolerantly(node: Node) -> str:
    try:
        return values.sound(_KEPT.encode(node))
    except RecursionError:  # it was shallow enough to be read, and is not to be written
        return "{}"
