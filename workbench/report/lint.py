"""The linter of ClaimReview: what publishers, importers and search engines will trip over, as codes CR000 to CR090.

The rules are those of Google's documentation, of schema.org and of what collectors found in the wild; CR000 says that
a file or a script in it cannot be read at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.claimreview import pages, reading, repair, values
from workbench.factchecks import Lint
from workbench.report import lint_rules
from workbench.report.lint_rules import Review

LARGEST = 64 * 1024 * 1024  # bytes of a file that is checked


@dataclass(frozen=True, slots=True)
class Checked:
    """What the linter found: how many reviews there were, and the findings in the order of the file."""

    reviews: int
    findings: tuple[Lint, ...]

    @property
    def holds(self) -> bool:
        """Whether there is no error."""
        return not any(one.level == "error" for one in self.findings)


def lint(text: str, *, google: bool = True, page: str | None = None, today: str = "9999-12-31") -> Checked:
    """Check a page or a JSON file. `google` takes Google's stricter rules, `page` is the address it is served under.

    `today` (ISO 8601) is what dates are held against. Never raises for what `text` holds.
    """
    found, broken = _reviews(text)
    address = page or (pages.page_address(text) if pages.is_page(text) else None)
    findings = list(broken)
    for review in found:
        findings += lint_rules.check(review, google=google, page=address, today=today)
    findings += _together(found)
    if not found and not broken:
        findings.append(
            Lint("CR005", "error", "line 1", "there is no ClaimReview in this file", 'write "@type": "ClaimReview"')
        )
    return Checked(len(found), tuple(findings))


def _reviews(text: str) -> tuple[list[Review], list[Lint]]:
    """Every review with its place, and what could not be read."""
    found: list[Review] = []
    broken: list[Lint] = []
    if pages.is_page(text):
        for script in pages.scripts(text):
            if script.broken is not None:
                broken.append(_broken(script.line, script.broken))
                continue
            if (fault := _strictly(script.raw, script.line)) is not None:
                broken.append(fault)
            found += [Review(f"line {script.line}: {path}", node, top) for path, node, top in walk(script.value)]
        found += [
            Review(f"line {item.line}", {"@context": "https://schema.org", **reading.flat(item.value)}, None)
            for item in pages.microdata(text)
        ]
        return found, broken
    try:
        value = repair.loads(text.lstrip("\ufeff"))
    except repair.Broken as error:
        return found, [_broken(error.line, error.reason)]
    if (fault := _strictly(text.lstrip("\ufeff"), 1)) is not None:
        broken.append(fault)
    return [Review(path, node, top) for path, node, top in walk(value)], broken


def _broken(line: int, reason: str) -> Lint:
    return Lint("CR000", "error", f"line {line}", f"this is no JSON: {reason}", "mend the JSON; nobody can read it")


def _strictly(raw: str, line: int) -> Lint | None:
    """What a strict reader says of JSON that only a forgiving one can read."""
    try:
        repair.loads(raw, mend=False)
    except repair.Broken as error:
        return _broken(line + error.line - 1, error.reason)
    return None


def walk(value: Any) -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    """(path, node, context that it inherits) of every review inside a JSON value."""
    waiting: list[tuple[str, Any, Any, int]] = [("", value, None, 0)]
    while waiting:
        path, one, context, depth = waiting.pop()
        if isinstance(one, list):
            waiting += [(f"{path}[{at}]", inner, context, depth) for at, inner in reversed(list(enumerate(one)))]
        elif isinstance(one, Mapping):
            context = one.get("@context", context)
            if lint_rules.is_review(one):
                yield path or "the review", one, context
            elif depth < 20:
                inner_ones = [(f"{path}.{name}".lstrip("."), inner) for name, inner in one.items()]
                waiting += [(where, inner, context, depth + 1) for where, inner in reversed(inner_ones)]


def _together(found: Sequence[Review]) -> Iterator[Lint]:
    """What only shows when all reviews of a file are seen together."""
    if len(found) > 1:
        yield Lint(
            "CR070", "info", found[1].place, f"{len(found)} ClaimReviews stand in one file",
            "a page with several is valid, but search engines show none of them",
        )  # fmt: skip
    seen = Counter(url for one in found if (url := values.text(one.node.get("url"))))
    for one in found:
        url = values.text(one.node.get("url"))
        if url and seen[url] > 1:
            yield Lint(
                "CR031", "warning", f"{one.place}.url", f"{seen[url]} reviews have the address {url}",
                "give each an anchor of its own, such as #claim-3",
            )  # fmt: skip
    yield from _one_scale(found)


def _one_scale(found: Sequence[Review]) -> Iterator[Lint]:
    """CR017: within one desk's scale a text has one number, a number one text."""
    for key, other, said in (("label", "number", "the text"), ("number", "label", "the number")):
        groups: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
        for one in found:
            rating = lint_rules.rating_of(one.node)
            if rating is not None:
                groups[rating["desk"], rating["scale"], rating[key]].add(rating[other])
        for one in found:
            rating = lint_rules.rating_of(one.node)
            if rating is None:
                continue
            others = groups[rating["desk"], rating["scale"], rating[key]]
            if len(others) > 1:
                yield Lint(
                    "CR017", "warning", f"{one.place}.reviewRating",
                    f"{said} {rating[key]} stands with {len(others)} different ones on this desk's scale",
                    "one scale has one number for each text",
                )  # fmt: skip
