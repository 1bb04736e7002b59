"""Working on many items in several processes, in their order and in bounded memory."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 8  # items that are worked on here before it is worth to start processes: each loads the model first
AHEAD = 4  # items a process that wait for their turn, so that memory does not grow with their number


def in_order(
    items: Iterator[Item],
    work: Callable[[Item], Result],
    workers: int,
    *,
    failed: Callable[[Item], Result] | None = None,
    is_light: Callable[[Item], bool] = lambda item: False,
    warm: Callable[[], object] | None = None,
) -> Generator[Result, None, None]:
    """`work` of each item, in order; after `ALONE` that are not light, in `workers` processes.

    `work` and `warm`, which each process calls when it starts, are functions of a module; items and results can be
    pickled. What `work` raises is raised here. An item that ends its process is `failed(item)`, and the others are done
    all the same. Closing it ends the processes.
    """
    heavy = 0
    for item in items:
        heavy += not is_light(item)
        if heavy > ALONE and workers > 1:
            break
        yield work(item)
    else:
        return
    pool = _Pool(work, workers, failed, is_light, warm)
    try:
        if not pool.can_start():
            yield work(item)
            yield from map(work, items)
            return
        pool.submit(item)
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

    def __init__(
        self,
        work: Callable[[Item], Result],
        workers: int,
        failed: Callable[[Item], Result] | None,
        is_light: Callable[[Item], bool],
        warm: Callable[[], object] | None,
    ) -> None:
        self._work = work
        self._workers = workers
        self._failed = failed
        self._is_light = is_light
        self._warm = warm
        self._waiting: deque[tuple[Item, Future[Result]]] = deque()
        self._pool = self._started(workers)

    def __len__(self) -> int:
        return len(self._waiting)

    def _started(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, _begin, (self._work, self._warm))

    def can_start(self) -> bool:
        """Whether processes start at all: not where the program that imports this one cannot be imported again."""
        ready = [self._pool.submit(_nothing) for _ in range(self._workers)]  # each of them starts a process
        try:
            ready[0].result()
        except BrokenProcessPool:
            return False
        return True

    def submit(self, item: Item) -> None:
        """Take one more item in; what is light is worked on here."""
        result: Future[Result] = Future()
        if self._is_light(item):
            result.set_result(self._work(item))
        else:
            try:
                result = self._pool.submit(_do, item)
            except BrokenProcessPool:
                result.set_exception(BrokenProcessPool())
        self._waiting.append((item, result))

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
            again: Future[Result] = single.submit(_do, item)
            try:
                result = again.result()
            except BrokenProcessPool:
                result = failed(item)
        self._pool = self._started(self._workers)
        waiting, self._waiting = self._waiting, deque()
        for each, found in waiting:
            if found.done() and not found.cancelled() and found.exception() is None:
                self._waiting.append((each, found))
            else:
                self.submit(each)
        return result

    def end(self) -> None:
        """Stop at once: what was not taken is not wanted any more."""
        self._pool.shutdown(wait=not self._waiting, cancel_futures=True)
        if self._waiting:
            for process in multiprocessing.active_children():
                process.terminate()
            self._waiting.clear()


_work: Any = None  # what this process does with an item


def _begin(work: Callable[[Any], Any], warm: Callable[[], object] | None) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent, who ends the processes
    _work = work
    if warm is not None:
        warm()


def _do(item: Any) -> Any:
    return _work(item)


def _nothing() -> None:
    pass
