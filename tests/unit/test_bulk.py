"""Many documents in several processes: the same results, in the same order."""

from __future__ import annotations

from workbench.services.bulk import ALONE, in_order
from workbench.text import fold


def test_results_come_in_order_whatever_the_number_of_processes() -> None:
    items = [f"ITEM {number}" for number in range(ALONE + 40)]
    expected = [fold(item) for item in items]

    assert expected == list(in_order(iter(items), fold, 1))
    assert expected == list(in_order(iter(items), fold, 2))


def test_few_items_start_no_process() -> None:
    assert [2, 3] == list(in_order(iter([1, 2]), lambda number: number + 1, 2))
