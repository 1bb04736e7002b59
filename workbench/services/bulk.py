"""Reading many documents in several processes, in their order and in bounded memory."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 24  # items that are read here before it is worth to start processes: each loads the model first
AHEAD = 4  # items a process that wait for their turn, so that memory does not grow with their number


def in_order(
    items: Iterator[Item],
    work: Callable[[Item], Result],
    workers: int,
    failed: Callable[[Item], Result] | None = None,
) -> Generator[Result, None, None]:
    """`work` of each item, in order; from the `ALONE`th item on in `workers` processes.

    `work` is a function of a module, its items and results can be pickled. What it raises is raised here. An item that
    ends its process is `failed(item)`, and the others are read all the same. Closing it ends the processes.
    """
    yield from map(work, islice(items, ALONE))
    if workers < 2:
        yield from map(work, items)
        return
    first = next(items, None)
    if first is None:
        return
    pool = _Pool(work, workers, failed)
    try:
        if not pool.can_start():
            yield work(first)
            yield from map(work, items)
            return
        pool.submit(first)
        for item in items:
            pool.submit(item)
            if len(pool) > AHEAD * workers:
                yield pool.next()
        while len(pool):
            yield pool.next()
    finally:
        pool.end()


class _Pool(Generic[Item, Result]):
    """Processes that work ahead, and the items whose results are still to be taken, oldest first."""

    def __init__(self, work: Callable[[Item], Result], workers: int, failed: Callable[[Item], Result] | None) -> None:
        self._work = work
        self._workers = workers
        self._failed = failed
        self._waiting: deque[tuple[Item, Future[Result]]] = deque()
        self._pool = self._started(workers)

    def __len__(self) -> int:
        return len(self._waiting)

    def _started(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)

    def can_start(self) -> bool:
        """Whether processes start at all: not where the program that imports this one cannot be imported again."""
        try:
            return self._pool.submit(_ready).result()
        except BrokenProcessPool:
            return False

    def submit(self, item: Item) -> None:
        """Take one more item in."""
        try:
            self._waiting.append((item, self._pool.submit(self._work, item)))
        except BrokenProcessPool:
            lost: Future[Result] = Future()
            lost.set_exception(BrokenProcessPool())
            self._waiting.append((item, lost))

    def next(self) -> Result:
        """The result of the oldest item."""
        item, result = self._waiting.popleft()
        try:
            return result.result()
        except BrokenProcessPool:
            if self._failed is None:
                raise
        return self._alone(item, self._failed)

    def _alone(self, item: Item, failed: Callable[[Item], Result]) -> Result:
        """A process broke: this item in a process of its own tells whether it was the cause; the rest begins anew."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._started(1) as single:
            try:
                result = single.submit(self._work, item).result()
            except BrokenProcessPool:
                result = failed(item)
        self._pool = self._started(self._workers)
        waiting, self._waiting = self._waiting, deque()
        for each, _ in waiting:
            self.submit(each)
        return result

    def end(self) -> None:
        """Stop at once: what was not taken is not wanted any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._waiting:
            for process in multiprocessing.active_children():
                process.terminate()
            self._waiting.clear()


def _ready() -> bool:
    return True


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
