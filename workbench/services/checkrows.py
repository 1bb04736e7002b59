"""Rows of fact-checks as records."""

from __future__ import annotations

import json
from typing import Any

from workbench.factchecks import CheckMatch, FactCheck


def to_check(row: Any) -> FactCheck:
    """A record of a stored check."""
    return FactCheck(
        id=row["id"], uid=row["uid"], url=row["url"], claim=row["claim_reviewed"], title=row["title"],
        quote=row["quote"], claimant=row["claimant"], claimed=row["claimed"], publisher=row["publisher"],
        site=row["publisher_site"], rating=row["rating"], word=row["word"], flags=tuple(json.loads(row["flags"])),
        table=row["mapping"], explanation=row["explanation"], published=row["published"], language=row["language"],
        withdrawn=bool(row["withdrawn"]),
    )  # fmt: skip


def to_match(row: Any) -> CheckMatch:
    """A record of a person's decision, with the copy that the person saw."""
    return CheckMatch(
        row["claim_id"], to_check(row), row["score"], (), row["why"], row["state"], row["decided_by"],
        row["decided_at"],
    )  # fmt: skip
