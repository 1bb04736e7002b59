"""What the figures measure, each in a process of its own: `python -m tests.bench.probes NAME FOLDER` prints JSON.

The interpreter's own start is left out; imports are part of what is measured, so they stand inside the functions.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZE = (120, 36)
TOKEN = re.compile(r"\w+|[^\w\s]")
ARTICLES, PART = 1_000, 200


def empty_app(folder: Path) -> dict[str, Any]:
    """CPU until an app without a widget has painted."""
    start = time.process_time()
    from textual.app import App

    class Empty(App[None]):
        def post_display_hook(self) -> None:
            if not seen and self.screen.is_mounted:
                seen.append(time.process_time() - start)
                self.exit()

    seen: list[float] = []
    Empty().run(headless=True, size=SIZE)
    return {"cpu": seen[0]}


def desk(folder: Path) -> dict[str, Any]:
    """CPU until the desk's first frame, and from there until its first rows stand; what was imported by then."""
    start = time.process_time()
    from workbench.cli import main  # noqa: F401 - on the way from the command line to the desk
    from workbench.tui.app import DeskApp

    class Watched(DeskApp):
        def post_display_hook(self) -> None:
            if not self.screen.is_mounted or not self.queue_screen.claims.size:
                return  # nothing is laid out yet
            if "frame" not in seen:
                seen["frame"] = time.process_time() - start
            elif "rows" not in seen and self.queue_screen.claims.current is not None:
                seen["rows"] = time.process_time() - start - seen["frame"]
                seen["loaded"] = sorted({"sqlmodel", "sqlalchemy", "alembic"} & sys.modules.keys())
                self.exit()

    seen: dict[str, Any] = {}
    Watched(str(folder / "desk.db"), "ana").run(headless=True, size=SIZE)
    return seen


def many(folder: Path) -> dict[str, Any]:
    """Peak memory and CPU while a folder of articles is ingested, at every `PART` articles."""
    from workbench.services.ingest import IngestOptions, ingest
    from workbench.services.store import open_store

    marks = []
    with open_store(str(folder / "many.db"), "ana") as store:
        for done, outcome in enumerate(ingest(store, [str(folder / "many")], options=IngestOptions(outlet="Bench"))):
            assert "stored" == outcome.status, outcome
            if (done + 1) % PART == 0 or done == 0:
                marks.append((done + 1, _peak(), time.process_time()))
    return {"marks": marks}


def _peak() -> int:
    """Bytes of memory that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def extraction(folder: Path) -> dict[str, Any]:
    """Tokens of a hundred articles, and the CPU seconds of reading them; the first one warms up."""
    from tests.bench.articles import articles
    from workbench.extract import extract

    texts = list(articles(101, seed=2))
    extract(texts[0])
    start = time.process_time()
    for text in texts[1:]:
        extract(text)
    return {"cpu": time.process_time() - start, "tokens": sum(len(TOKEN.findall(text)) for text in texts[1:])}


PROBES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "empty_app": empty_app,
    "desk": desk,
    "many": many,
    "extraction": extraction,
}

if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]](Path(sys.argv[2]))))
