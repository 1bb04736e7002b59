"""Many claims whole at once, for reports: one query for each kind of thing, not one for each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from db import batches, checks
from db.driver import Connection
from workbench.records import ClaimCard, Family, Progress
from workbench.services import drift, show
from workbench.services.lists import to_family
from workbench.services.store import Store

BATCH = 2_000  # claims that are read at once


def claim_cards(
    store: Store, claim_ids: Sequence[int], progress: Callable[[Progress], None] | None = None
) -> list[ClaimCard]:
    """The cards of `claim_ids`, in that order; a claim that is not there or hidden is left out.

    Cards of one family share one record of it.
    """
    families: dict[int, Family | None] = {}
    found: list[ClaimCard] = []
    with store.reading() as reader:
        for start in range(0, len(claim_ids), BATCH):
            if progress:
                progress(Progress(start, len(claim_ids), "collecting claims"))
            found += _batch(reader, claim_ids[start : start + BATCH], families)
    return found


def _batch(reader: Connection, claim_ids: Sequence[int], families: dict[int, Family | None]) -> list[ClaimCard]:
    rows = {row["id"]: row for row in batches.claims(reader, claim_ids) if not row["hidden"]}
    _read_families(reader, {row["family_id"] for row in rows.values() if row["family_id"]} - families.keys(), families)
    hanging = show.Hanging(
        spans=_grouped(batches.anchors(reader, rows)),
        verdicts=_grouped(batches.verdicts(reader, rows)),
        evidence=_grouped(batches.evidence(reader, rows)),
        notes=_grouped(batches.notes(reader, rows)),
        verifications=_grouped(batches.verifications(reader, rows)),
        fact_checks=_grouped(checks.decided(reader, list(rows))),
        conflicts=_grouped(batches.conflicts(reader, rows)),
    )
    return [show.to_card(reader, rows[number], families, hanging) for number in claim_ids if number in rows]


def _grouped(rows: Iterable[Any], column: str = "claim_id") -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped


def _read_families(reader: Connection, wanted: set[int], families: dict[int, Family | None]) -> None:
    members = _grouped(batches.members(reader, wanted), "family_id")
    decided = _grouped(batches.kinships(reader, wanted), "family_id")
    families.update(dict.fromkeys(wanted))
    for row in batches.families(reader, wanted):
        if len(members[row["id"]]) > 1:
            variants = drift.variants(members[row["id"]], decided[row["id"]])
            families[row["id"]] = replace(to_family(row), members=tuple(each.member for each in variants))
