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


WHERE = 6  # articles that a proposal names


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
    return cut([Part("  may be one: who would go, who would stay, where they stand, and why", "faint")], width)


def proposal_line(row: SameSources, width: int) -> Line:
    """A proposal as one line: who would go, who would stay, where they stand, and why."""
    name = max((width - 12) // 4, 12)
    more = f" ×{len(row.goes)}" if len(row.goes) > 1 else ""
    claims = sum(each.claims for each in row.goes)
    parts = [
        Part(fit(f"{clean_line(row.goes[0].name)}{more} ({claims})", name)),
        Part(" = ", "accent"),
        Part(fit(f"{clean_line(row.stays.name)} ({row.stays.claims})", name), "strong"),
        Part(f"  {_where(row)}", "dim"),
        Part(f"  {row.why}", "faint"),
    ]
    return cut(parts, width - 2)


def _where(row: SameSources) -> str:
    """What tells sources of one name apart: the articles, those that would go first."""
    places = [place for each in (*row.goes, row.stays) for place in row.places[each.id]]
    shown = [clean_line(str(place)) for place in places[:WHERE]]
    return ", ".join(shown) + (f" and {len(places) - WHERE} more" if len(places) > WHERE else "")


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


def proposal_detail(row: SameSources, detail: Mapping[int, SourceDetail], width: int) -> list[Line]:
    """The sources one under the other, as many as were read."""
    keys = (Part("c", "key"), " merges them, ", Part("x", "key"), " keeps them apart")
    made: list[Line] = [line(*keys)] if len(row.goes) > 1 else []
    for each in (*row.goes, row.stays) if len(row.goes) == 1 else (row.stays, *row.goes):
        if each.id in detail:
            made += [*([()] if made else []), *detail_lines(each, detail[each.id], width)]
    left = len(row.ids) - len(detail)
    made += [(), line(Part(f"and {left} more", "dim"))] if left > 0 else []
    return made if len(row.goes) > 1 else [*made, (), line(*keys)]
