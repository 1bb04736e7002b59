"""Which claims are chosen to be marked together: some by name, or all that a filter finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.tui.reading import Query


@dataclass(frozen=True)
class Selection:
    """`ids`, or with `query` all that it finds but `ids`. Numbers of claims are not kept for all that match."""

    ids: frozenset[int] = frozenset()
    query: Query | None = None
    matching: int = field(default=0, compare=False)  # how many the query found when it was chosen

    def __bool__(self) -> bool:
        return bool(self.ids) or self.query is not None

    def __contains__(self, claim_id: object) -> bool:
        return (claim_id in self.ids) != (self.query is not None)

    def __len__(self) -> int:
        return max(self.matching - len(self.ids), 0) if self.query is not None else len(self.ids)

    def turned(self, claim_id: int) -> Selection:
        """With this claim chosen when it was not, and the other way round."""
        return Selection(self.ids ^ {claim_id}, self.query, self.matching)

    def with_all(self, ids: frozenset[int]) -> Selection:
        """With these claims chosen as well."""
        return Selection(self.ids - ids if self.query is not None else self.ids | ids, self.query, self.matching)
