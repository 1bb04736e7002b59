"""Many documents in several processes: the same results, in the same order."""

from __future__ import annotations

import multiprocessing
import os
import time

from workbench.services.bulk import ALONE, in_order
from workbench.text import fold


def test_results_come_in_order_whatever_the_number_of_processes() -> None:
    items = [f"ITEM {number}" for number in range(ALONE + 40)]
    expected = [fold(item) for item in items]

    assert expected == list(in_order(iter(items), fold, 1))
    assert expected == list(in_order(iter(items), fold, 2))


def test_few_items_start_no_process() -> None:
    assert [2, 3] == list(in_order(iter([1, 2]), lambda number: number + 1, 2))


def _fragile(item: int) -> int:
    if item == FATAL:
        os._exit(9)
    return item + 1


FATAL = ALONE + 3


def test_an_item_that_ends_its_process_is_named_and_the_others_are_done() -> None:
    items = range(ALONE + 12)
    expected = [-1 if item == FATAL else item + 1 for item in items]

    assert expected == list(in_order(iter(items), _fragile, 2, failed=lambda item: -1))


def test_closing_ends_the_processes() -> None:
    results = in_order(iter(range(ALONE + 40)), _fragile, 2, failed=lambda item: -1)
    for _ in range(ALONE + 1):
        next(results)
    results.close()
    late = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < late:  # one join may miss what another thread reaps
        time.sleep(0.02)

    assert [] == multiprocessing.active_children()
