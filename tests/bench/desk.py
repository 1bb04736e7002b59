"""The queue under the keys on a large store: `python -m tests.bench.desk [--db FILE]`; exit status 1 on a miss.

Without a file a store of a hundred thousand invented claims is made. The store that is named is copied: verdicts are
given. Each key is followed by a rest, so that nothing of one is counted for the next. What is timed is CPU of the whole
process, from the key event to the last screen update; the desk of each figure is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from tests.bench.large import make
from workbench.services import history
from workbench.services.store import open_store
from workbench.tui.app import DeskApp

CLAIMS, FEW = 100_000, 100  # claims of the large store that is made, and of the small one
KEY, FIRST, GROWTH = 20.0, 100.0, 1.3  # limits: ms of CPU to p99 of the keys, ms to the first key's answer, memory
VERDICTS = 200
LABELS = {"1": "true", "2": "mostly-true", "5": "false"}  # by their keys
LETTERS = "harbour dues "
KEYS = (
    *("j",) * 60, *("k",) * 20, *("pagedown", "pagedown", "pageup") * 10, *("end", "home") * 10, "end", *("k",) * 10,
    "home",
)  # fmt: skip
SIZE = (120, 36)
PATIENCE = 5  # seconds for what a key set off


@dataclass
class Seen:
    """Clocks of the last key and of the last screen update: CPU of the process, and of the wall."""

    key: float = 0.0
    first: float | None = None  # the first screen update after the key
    paint: float = 0.0
    key_at: float = 0.0
    paints: list[float] = field(default_factory=list)


class Watched(DeskApp):
    """The desk, its keys and screen updates written down."""

    def __init__(self, path: Path, seen: Seen) -> None:
        super().__init__(str(path), "ana")
        self.watched = seen

    async def on_event(self, event: events.Event) -> None:
        """Note when a fresh key comes."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.watched.key = self.watched.paint = time.process_time()
            self.watched.key_at, self.watched.first = time.perf_counter(), None
        await super().on_event(event)

    def post_display_hook(self) -> None:
        """Note when the screen was updated."""
        self.watched.paint = time.process_time()
        if self.watched.first is None:
            self.watched.first = self.watched.paint
        self.watched.paints.append(time.perf_counter())


async def rest(pilot: Pilot[None], least: float = 0.05) -> None:
    """Wait until what a key set off is done."""
    await asyncio.sleep(least)
    latest = time.monotonic() + PATIENCE
    while any(not worker.is_finished for worker in pilot.app.workers) and time.monotonic() < latest:
        await asyncio.sleep(0.01)
    await pilot.pause()


async def keys(path: Path) -> dict[str, Any]:
    """Milliseconds of CPU of each key with its name: to the last update, for a filter letter until it is on the screen.

    `found` has what each letter took until the list showed what it finds, which is read in a thread after a pause.
    """
    seen = Seen()
    times: list[tuple[float, str]] = []
    found: list[float] = []
    app = Watched(path, seen)
    async with app.run_test(size=SIZE) as pilot:
        await rest(pilot, 2)
        for key in (*KEYS, "slash"):
            await pilot.press(key)
            await rest(pilot)
            times.append((1000 * (seen.paint - seen.key), key))
        for letter in LETTERS:
            await pilot.press("space" if letter == " " else letter)
            await rest(pilot)
            times.append((1000 * ((seen.first or seen.paint) - seen.key), f"letter {letter}"))
            found.append(1000 * (seen.paint - seen.key))
        app.exit()
    return {"times": times, "found": found}


async def first_key(path: Path) -> dict[str, Any]:
    """Milliseconds from a key that is pressed as soon as the first frame stands to the screen that answers it."""
    seen = Seen()
    app = Watched(path, seen)
    async with app.run_test(size=SIZE) as pilot:
        while not seen.paints:
            await asyncio.sleep(0.001)
        app.post_message(events.Key("slash", "/"))
        while not (app.queue_screen.filter_line.has_focus and seen.paints[-1] > seen.key_at > 0):
            await asyncio.sleep(0.001)
        answered = {"wall": 1000 * (seen.paints[-1] - seen.key_at), "cpu": 1000 * (seen.paint - seen.key)}
        await rest(pilot, 1)
        app.exit()
    return answered


async def memory(path: Path) -> dict[str, Any]:
    """KiB that the desk took at most while it went through a list."""
    app = Watched(path, Seen())
    async with app.run_test(size=SIZE) as pilot:
        await rest(pilot, 2)
        for key in (*("pagedown",) * 40, "end", "home"):
            await pilot.press(key)
            await rest(pilot)
        app.exit()
    return {"kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


async def verdicts(path: Path) -> dict[str, Any]:
    """How many of so many verdicts, their keys pressed in a row with no rest, the history holds in their order."""
    app, given = Watched(path, Seen()), [key for key, _ in zip(cycle(LABELS), range(VERDICTS), strict=False)]
    async with app.run_test(size=SIZE) as pilot:
        await rest(pilot, 2)
        start = time.perf_counter()
        for key in given:
            app.post_message(events.Key(key, key))
        while app._key_in_hand or app._waiting_keys or not app._message_queue.empty():
            await asyncio.sleep(0.05)
        spent = time.perf_counter() - start
        await rest(pilot)
        app.exit()
    with open_store(str(path), "ana") as store:
        told = [row for row in history.log(store, limit=4 * VERDICTS) if row.field == "truth" and row.verb == "mark"]
    kept = [(row.subject, row.after["label"]) for row in told[-VERDICTS:]]
    right = sum(label == LABELS[key] for key, (_, label) in zip(given, kept, strict=False))
    return {"stored": min(right, len({subject for subject, _ in kept})), "seconds": spent}


PARTS: dict[str, Callable[[Path], Coroutine[Any, Any, dict[str, Any]]]] = {
    "keys": keys, "first": first_key, "memory": memory, "verdicts": verdicts,
}  # fmt: skip


def measured(part: str, path: Path) -> dict[str, Any]:
    """What a part measures, in a process and with a desk state of its own."""
    with tempfile.TemporaryDirectory(prefix="workbench-desk-") as state:
        program = [sys.executable, "-m", "tests.bench.desk", "--part", part, "--db", str(path)]
        done = subprocess.run(program, env=os.environ | {"XDG_STATE_HOME": state}, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def say(holds: bool, figure: str) -> bool:
    """Print a figure with its limit, a mark before one that is broken; whether it is."""
    print(f"{' ' if holds else '!'} {figure}", flush=True)
    return not holds


def report(large: Path, small: Path) -> int:
    """Measure all, a line each; how many limits are broken."""
    keyed = measured("keys", large)
    times, found = keyed["times"], sorted(keyed["found"])
    inside = sorted(spent for spent, _ in times)
    late = inside[int(0.99 * len(inside))]
    slow = ", ".join(f"{key} {spent:.1f}" for spent, key in sorted(times, reverse=True)[:3])
    first = min((measured("first", large) for _ in range(3)), key=lambda one: float(one["cpu"]))
    much, little = (measured("memory", path)["kib"] / 1024 for path in (large, small))
    given = measured("verdicts", large)
    return sum(
        (
            say(late <= KEY, f"{len(inside)} keys, CPU to the screen: median {inside[len(inside) // 2]:.1f} ms,"
                f" p99 {late:.1f} of {KEY:.0f} ms; slowest: {slow}"),
            say(True, f"{len(found)} letters, CPU to the list that they find, most of it in a thread, no limit: median"
                f" {found[len(found) // 2]:.0f} ms, most {found[-1]:.0f} ms"),
            say(first["cpu"] <= FIRST, f"key at the first frame, best of 3: {first['cpu']:.1f} of {FIRST:.0f} ms of"
                f" CPU, {first['wall']:.1f} ms on the clock"),
            say(much <= GROWTH * little, f"memory: {much:.0f} MiB, {much / little:.2f} of {GROWTH} times the"
                f" {little:.0f} MiB on {FEW} claims"),
            say(given["stored"] == VERDICTS, f"verdicts by keys in a row: {given['stored']} of {VERDICTS} stored in"
                f" their order, in {given['seconds']:.1f} s"),
        )
    )  # fmt: skip


def main() -> int:
    """Measure on a copy of the store that is named, or on one that is made."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    parser.add_argument("--db", type=Path, help=f"a large store; without it one of {CLAIMS:,} claims is made")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(asyncio.run(PARTS[asked.part](asked.db))))
        return 0
    with tempfile.TemporaryDirectory(prefix="workbench-desk-") as name:
        large, small = Path(name) / "many", Path(name) / "few"
        for folder in (large, small):
            folder.mkdir()
        if asked.db:
            shutil.copy(asked.db, large / "large.db")
        else:
            make(large, CLAIMS).close()
        make(small, FEW).close()
        broken = report(large / "large.db", small / "large.db")
    print(f"{broken} over their limit")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
