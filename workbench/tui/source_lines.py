"""The lines of the Sources screen: a source as a row, a proposal as a row, and what is known of a source. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.text import clean_line, fit
from workbench.tui.lines import Line, Part, cut, line
from workbench.tui.tabs.blocks import paragraph

if TYPE_CHECKING:
    from workbench.records import ArticleRow, ClaimRow, SourceRow
    from workbench.services.same_sources import SameSources


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """What the pane shows: the claims most worth a check, and the articles that the claims stand in."""

    claims: Sequence[ClaimRow]
    articles: Sequence[ArticleRow]


def heads(width: int) -> Line:
    """The heads of the columns."""
    return cut([Part("  " + fit("kind", 11) + fit("claims", 8) + fit("articles", 10) + "name", "faint")], width)


def source_line(row: SourceRow, width: int, letters: Mapping[str, str]) -> Line:
    """A source as one line of `width - 2` cells (the cursor mark takes two)."""
    also = f"  also {', '.join(row.aliases)}" if row.aliases else ""
    verdicts = "  ".join(f"{letters.get(label, label)} {number}" for label, number in row.verdicts.items())
    parts = [
        Part(fit(row.kind, 11), "dim"),
        Part(fit(str(row.claims), 8), "strong"),
        Part(fit(str(row.articles), 10), "dim"),
        Part(row.name),
        Part(f"  {verdicts}" if verdicts else "", "accent"),
        Part(also, "faint"),
    ]
    return cut(parts, width - 2)


def proposal_heads(width: int) -> Line:
    """The heads of the proposals."""
    return cut([Part("  may be one: the name that would go, the one that would stay, and why", "faint")], width)


def proposal_line(row: SameSources, width: int) -> Line:
    """A proposal as one line."""
    name = max((width - 12) // 3, 12)
    parts = [
        Part(fit(f"{clean_line(row.goes.name)} ({row.goes.claims})", name)),
        Part(" = ", "accent"),
        Part(fit(f"{clean_line(row.stays.name)} ({row.stays.claims})", name), "strong"),
        Part(f"  {row.why}", "dim"),
    ]
    return cut(parts, width - 2)


def detail_lines(row: SourceRow, detail: SourceDetail, width: int) -> list[Line]:
    """Names and kind, articles, the claims most worth a check."""
    also = f" · also {', '.join(row.aliases)}" if row.aliases else ""
    made = paragraph(f"s{row.id}  {row.name} · {row.kind}{also}", width, "strong")
    made += _articles(detail.articles, width)
    for claim in detail.claims:
        words = " ".join((claim.wording or claim.text)[:400].split())
        made.append(cut([Part(f"c{claim.id}  ", "dim"), Part(words, "plain", f"open_claim({claim.id})")], width))
    return made


def _articles(articles: Sequence[ArticleRow], width: int) -> list[Line]:
    if not articles:
        return []
    named = [f"a{each.id} {each.outlet or each.agency or each.title}" for each in articles]
    return [cut([Part("in  ", "faint"), Part(" · ".join(named), "dim")], width)]


def proposal_detail(row: SameSources, detail: tuple[SourceDetail, SourceDetail], width: int) -> list[Line]:
    """Both sources, one under the other."""
    goes, stays = detail_lines(row.goes, detail[0], width), detail_lines(row.stays, detail[1], width)
    return [*goes, (), *stays, (), line(Part("c", "key"), " merges them, ", Part("x", "key"), " keeps them apart")]
