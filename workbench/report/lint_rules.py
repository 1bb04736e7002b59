"""The rules for one ClaimReview, each a function from a review to its findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbench.claimreview import ratings, reading, values
from workbench.factchecks import Lint

LONGEST_CLAIM = 75  # characters of claimReviewed that are shown whole
SHORTENERS = frozenset(
    {"bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "buff.ly", "fb.me", "dlvr.it", "lnkd.in", "rb.gy"}
)
PLACEHOLDERS = re.compile(
    r"(?:social media(?: posts?| users?)?|various(?: sources| people)?|viral (?:image|video|post|claim)s?|multiple"
    r"(?: sources| people)?|unknown|anonymous|n/?a|none|facebook posts?|internet users?|bloggers?|chain e-?mail)\Z",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\s*(?:it (?:is|was) (?:not|un)\s?true that|it (?:isn[’']t|wasn[’']t) true that|no,)", re.I)
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]{0,200}>|\{\{|\}\}|\{%|%\}|<%|%>|\[%|\$\{")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_JOINED = re.compile(r"https?://[^\s,]+(?:\s*,\s*|\s+and\s+|\s+)https?://", re.IGNORECASE)
_HTTP = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_NUMBERS = ("ratingValue", "bestRating", "worstRating")


@dataclass(frozen=True, slots=True)
class Review:
    """A ClaimReview node, where it stands, and the context that it inherits from what holds it."""

    place: str
    node: Mapping[str, Any]
    context: Any


@dataclass(frozen=True, slots=True)
class _Setting:
    google: bool
    page: str | None
    today: str


def is_review(node: Mapping[str, Any]) -> bool:
    """Whether a node is, or wants to be, a ClaimReview."""
    return "ClaimReview" in values.types(node) or "claimReviewed" in node


def check(review: Review, *, google: bool, page: str | None, today: str) -> Iterator[Lint]:
    """Every finding on one review, in the order of the codes."""
    setting = _Setting(google, page, today)
    for rule in RULES:
        for code, level, path, message, mend in rule(review.node, review, setting):
            yield Lint(code, level, f"{review.place}.{path}" if path else review.place, message, mend)


Finding = tuple[str, Literal["error", "warning", "info"], str, str, str]
Rule = Callable[[Mapping[str, Any], Review, _Setting], Iterator[Finding]]


def _object(value: Any) -> Mapping[str, Any]:
    one = value[0] if isinstance(value, list) and value else value
    return one if isinstance(one, Mapping) else {}


def _required(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    for code, name in (("CR001", "claimReviewed"), ("CR002", "url")):
        if values.text(node.get(name)) is None:
            yield code, "error", name, f"{name} is missing or blank", f"write {name}"
    if not _object(node.get("reviewRating")):
        yield "CR003", "error", "reviewRating", "reviewRating is missing", "write a Rating with alternateName"


def _label(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    rating = _object(node.get("reviewRating"))
    if not rating or values.text(rating.get("alternateName")):
        return
    place = "reviewRating.alternateName"
    if values.text(rating.get("name")):
        yield "CR004", "warning", place, "only name gives the verdict", "write it in alternateName"
    else:
        yield "CR004", "error", place, "the rating has no text", "write the verdict in alternateName"


def _kind(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    context = node.get("@context", review.context)
    listed = [one for one in values.listed(context) if isinstance(one, str)]
    if not any(re.fullmatch(r"https?://(?:www\.)?schema\.org/?", one) for one in listed):
        yield "CR005", "error", "@context", "the context is not schema.org", 'write "@context": "https://schema.org"'
    if "ClaimReview" not in values.types(node):
        yield "CR005", "error", "@type", "the type is not ClaimReview", 'write "@type": "ClaimReview"'


def _numbers(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    rating = _object(node.get("reviewRating"))
    given = {name: rating[name] for name in _NUMBERS if rating.get(name) not in (None, "")}
    found = {name: values.number(value) for name, value in given.items()}
    for name, value in found.items():
        if value is None:
            shown = values.text(given[name], 40)
            yield "CR010", "error", f"reviewRating.{name}", f"{name} “{shown}” is no number", "write digits such as 4"
        elif value != int(value):
            yield "CR015", "warning", f"reviewRating.{name}", f"{name} is no whole number", "write a whole number"
    value, best, worst = (found.get(name) for name in _NUMBERS)
    if best is not None and worst is not None and best <= worst:
        yield (
            "CR011",
            "error",
            "reviewRating.bestRating",
            "bestRating is not above worstRating",
            "exchange or mend them",
        )
    elif value is not None and _outside(value, worst, best):
        yield "CR012", "error", "reviewRating.ratingValue", "ratingValue lies outside the scale", "mend it or the scale"
    if worst is not None and worst < 1:
        level: Literal["error", "warning"] = "error" if setting.google else "warning"
        yield "CR013", level, "reviewRating.worstRating", "worstRating is below 1", "let the scale begin at 1"
    if 0 < len(given) < 3:
        missing = ", ".join(name for name in _NUMBERS if name not in given)
        yield (
            "CR014",
            "warning",
            "reviewRating",
            f"{missing} missing beside the other numbers",
            "write all three or none",
        )


def _outside(value: float, worst: float | None, best: float | None) -> bool:
    return (worst is not None and value < worst) or (best is not None and value > best)


def _direction(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    rating = _object(node.get("reviewRating"))
    value, best = values.number(rating.get("ratingValue")), values.number(rating.get("bestRating"))
    worst = values.number(rating.get("worstRating"))
    label = values.text(rating.get("alternateName"))
    if value is None or best is None or label is None or best <= (1.0 if worst is None else worst):
        return
    low = 1.0 if worst is None else worst
    share = (value - low) / (best - low)
    word = ratings.normal(label, "").word
    if (word in ("true", "mostly true") and share < 0.4) or (word in ("false", "mostly false") and share > 0.6):
        message = f"“{label}” stands {'near the worst' if share < 0.5 else 'near the best'} end of the scale"
        yield "CR016", "warning", "reviewRating.ratingValue", message, "the best rating is the truest"


def _claim(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    claim = values.text(node.get("claimReviewed"))
    if claim is None:
        return
    if len(claim) >= LONGEST_CLAIM:
        message = f"claimReviewed has {len(claim)} characters"
        yield "CR020", "warning", "claimReviewed", message, f"shorten it to fewer than {LONGEST_CLAIM}"
    start = re.match(r"\s*([^:–—]{2,40}?)\s*[:–—]\s", claim)
    if start and ratings.is_label(start.group(1)):
        yield "CR021", "error", "claimReviewed", f"the claim begins with the rating “{start.group(1)}”", "leave it out"
    if _NEGATED.match(claim):
        yield "CR022", "warning", "claimReviewed", "the claim is put as its denial", "write what was claimed"


def _address(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    given = values.text(node.get("url"), values.LONGEST_URL)
    if given is None:
        return
    host = values.host(given)
    if not host or not _HTTP.match(given):
        yield "CR030", "error", "url", "url is no absolute http address", "write the whole address, with https://"
    elif host in SHORTENERS:
        yield "CR030", "error", "url", f"{host} shortens addresses and is not followed", "write the page's own address"
    elif setting.page:
        own = values.host(setting.page)
        if host != own and not host.endswith("." + own):
            yield "CR030", "error", "url", f"{host} is not the page's site {own}", "name the page that carries this"


def _appearances(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    item = _object(node.get("itemReviewed"))
    own = values.host(values.text(node.get("url")) or "")
    given = [
        (f"itemReviewed.{name}", one)
        for name in ("firstAppearance", "appearance")
        for one in values.listed(item.get(name))
    ]
    if not given:
        yield (
            "CR050",
            "warning",
            "itemReviewed",
            "neither appearance nor firstAppearance",
            "say where the claim appeared",
        )
    for path, one in given:
        url = one.get("url", one.get("@id")) if isinstance(one, Mapping) else one
        if isinstance(url, str) and _JOINED.search(url[:10_000]):
            yield "CR051", "error", path, "several addresses stand in one string", "write a list of works"
        elif not isinstance(url, str) or not _HTTP.match(url.strip()) or not values.host(url.strip()):
            yield "CR051", "error", path, "the appearance has no absolute http address", "write an object with its url"
        elif own and values.host(url) == own:
            yield "CR032", "warning", path, "the fact-checker's own site is named as appearance", "name the origin"


def _author(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    if node.get("author") in (None, "", [], {}):
        yield "CR040", "warning", "author", "author (who publishes the check) is missing", "write an Organization"
        return
    author = _object(node.get("author"))
    if not author or not (values.text(author.get("name")) or values.address(author.get("url"))):
        yield "CR040", "error", "author", "author has neither name nor url", "write its name and home page"
    elif not {"Organization", "Person"} & _kinds(author):
        yield "CR040", "error", "author", "author is neither Organization nor Person", 'write its "@type"'


def _kinds(node: Mapping[str, Any]) -> set[str]:
    """The types of an author; the special kinds of organisations count as such."""
    found = set(values.types(node))
    return found | ({"Organization"} if any(one.endswith(("Organization", "Corporation")) for one in found) else set())


def _claimant(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    item, own = _object(node.get("itemReviewed")), _object(node.get("author"))
    for author in values.listed(item.get("author")):
        name = values.text(author.get("name")) if isinstance(author, Mapping) else None
        path = "itemReviewed.author"
        if name is None:
            yield "CR041", "error", path, "the claim's author has no name", "write the name or leave the author out"
        elif PLACEHOLDERS.match(name):
            yield "CR042", "warning", path, f"“{name}” names nobody", "leave the author out"
        elif name == values.text(own.get("name")):
            yield "CR043", "warning", path, "the claim's author is the fact-checker", "name whose claim it is"


def _dates(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    item = _object(node.get("itemReviewed"))
    given = {"datePublished": node.get("datePublished"), "itemReviewed.datePublished": item.get("datePublished")}
    read = {path: values.date(value) for path, value in given.items() if value not in (None, "")}
    for path, value in read.items():
        if value is None:
            yield "CR060", "warning", path, "the date is not ISO 8601", "write it as 2026-11-22"
        elif value[:10] > setting.today[:10]:
            yield "CR060", "warning", path, "the date lies in the future", "mend the date"
    checked, claimed = read.get("datePublished"), read.get("itemReviewed.datePublished")
    if checked and claimed and claimed[:10] > checked[:10]:
        yield (
            "CR060",
            "warning",
            "itemReviewed.datePublished",
            "the claim is younger than its check",
            "mend one of them",
        )


def _legacy(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    if "CreativeWork" in values.types(_object(node.get("itemReviewed"))):
        yield "CR080", "warning", "itemReviewed", "itemReviewed is a CreativeWork", 'write "@type": "Claim"'


def _strings(node: Mapping[str, Any], review: Review, setting: _Setting) -> Iterator[Finding]:
    waiting: list[tuple[str, Any]] = list(reversed(list(node.items())))
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [(f"{path}.{name}", inner) for name, inner in reversed(list(value.items()))]
        elif isinstance(value, list):
            waiting += [(f"{path}[{at}]", inner) for at, inner in reversed(list(enumerate(value)))]
        elif isinstance(value, str):
            if _CONTROL.search(value):
                yield "CR090", "error", path, "control characters in the text", "take them out"
            elif _MARKUP.search(value):
                yield "CR090", "error", path, "HTML or the marks of a template in the text", "write plain text"


def rating_of(node: Mapping[str, Any]) -> dict[str, Any] | None:
    """Desk, scale, label and number of a review, where it has all of them."""
    rating = _object(node.get("reviewRating"))
    value, worst, best = reading.numbers(rating)
    label = values.text(rating.get("alternateName"))
    if value is None or label is None:
        return None
    desk = values.text(_object(node.get("author")).get("name"))
    return {"desk": desk, "scale": (worst, best), "label": label, "number": f"{value:g}"}


RULES: tuple[Rule, ...] = (
    _required, _label, _kind, _numbers, _direction, _claim, _address, _author, _claimant, _appearances, _dates, _legacy,
    _strings,
)  # fmt: skip
