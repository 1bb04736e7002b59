"""A long article under the keys: `python -m tests.bench.review [WORDS]` prints the CPU from key to paint, and a limit.

The article is of invented sentences, every second one with a claim; each key is followed by a rest, so that nothing of
one is counted for the next. What is timed is CPU of the whole process, from the key event to the last screen update.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from textual import events

from workbench.records import Document, ExtractedClaim, Extraction
from workbench.services import articles
from workbench.services.journal import new_action
from workbench.services.store import open_store
from workbench.spans import Span
from workbench.tui.app import DeskApp

LIMIT = 40.0  # milliseconds of CPU, 99 of 100 keys
KEYS = (
    *("j",) * 60, *("k",) * 20, *("1", "2", "5") * 10, *("J",) * 40, *("z", "p") * 10, "a", *("right",) * 20,
    *("down",) * 10, "escape", "greater_than_sign", *("left", "h") * 10, "escape", "tab", "tab", "tab", "tab",
)  # fmt: skip
SENTENCE = "The harbour of Ostwick took in {} ships and paid {} crowns to the port in its {} year of trade. "


def make(folder: Path, words: int) -> None:
    """A store with one article of about so many words."""
    pieces, sentences, claims, at = [], [], [], 0
    for number in range(words // 18):
        text = SENTENCE.format(number, number * 7, number % 90)
        span = Span(at, at + len(text) - 1)
        sentences.append(span)
        if number % 2:
            claims.append(ExtractedClaim("statement", (Span(span.start, span.end - 1),), check_worthiness=0.5))
        at += len(text)
        pieces.append(text)
        if number % 5 == 4:
            pieces.append("\n")
            at += 1
    text = "".join(pieces)
    reading = Extraction(text, (Span(0, len(text)),), tuple(sentences), tuple(claims), "en", True, "bench")
    with open_store(str(folder / "desk.db"), "ana") as store, store.writing() as session:
        action = new_action("ana", "ingest", "an article")
        articles.put(session, "ana", action, Document("long", text, title="A long article"), reading)


async def measure(folder: Path) -> list[float]:
    """Milliseconds of CPU for each key."""
    seen: dict[str, float] = {"key": 0.0, "paint": 0.0}

    class Watched(DeskApp):
        async def on_event(self, event: events.Event) -> None:
            if isinstance(event, events.Key) and not event.is_forwarded:
                seen["key"] = seen["paint"] = time.process_time()
            await super().on_event(event)

        def post_display_hook(self) -> None:
            seen["paint"] = time.process_time()

    app, times = Watched(str(folder / "desk.db"), "ana"), []
    async with app.run_test(size=(120, 36)) as pilot:
        await _rest(pilot)
        await app.open_review(3)
        await _rest(pilot)
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
            await asyncio.sleep(0.05)
            times.append(1000 * (seen["paint"] - seen["key"]))
            await _rest(pilot)
        app.exit()
    return times


async def _rest(pilot: Any) -> None:
    await asyncio.sleep(0.35)  # longer than the review waits before it reads the article again
    for worker in list(pilot.app.workers):
        if not worker.is_finished and worker.group != "dialog":
            await asyncio.wait([asyncio.ensure_future(worker.wait())], timeout=2)
    await pilot.pause()


def main(words: int) -> int:
    """Print the figures; 1 when the limit does not hold."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = name
        make(Path(name), words)
        times = sorted(asyncio.run(measure(Path(name))))
    at = {share: times[min(int(share * len(times)), len(times) - 1)] for share in (0.5, 0.9, 0.99)}
    print(f"{len(times)} keys in an article of {words} words: CPU to paint " +
          ", ".join(f"p{share:.0%} {value:.1f} ms".replace("%", "") for share, value in at.items()) +
          f", most {times[-1]:.1f} ms; limit p99 {LIMIT:.0f} ms")  # fmt: skip
    return int(at[0.99] > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
