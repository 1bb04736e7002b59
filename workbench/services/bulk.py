"""Reading many documents in several processes, in their order and in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 24  # items that are read here before it is worth to start processes: each loads the model first
AHEAD = 4  # items a process that wait for their turn, so that memory does not grow with their number


def in_order(items: Iterator[Item], work: Callable[[Item], Result], workers: int) -> Iterator[Result]:
    """`work` of each item, in order; from the `ALONE`th item on in `workers` processes.

    `work` is a function of a module, its items and results can be pickled. What it raises is raised here.
    """
    yield from map(work, islice(items, ALONE))
    if workers < 2:
        yield from map(work, items)
        return
    first = next(items, None)
    if first is None:
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    waiting: deque[Future[Result]] = deque([pool.submit(work, first)])
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
