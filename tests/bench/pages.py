"""`python -m tests.bench.pages [--count 1000]`: what ingest costs beside reading and analysis alone, on web pages.

Prints the CPU seconds of both (children included), their ratio (limit 1.3), and the cores that ingest kept busy.
"""

from __future__ import annotations

import argparse
import html
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.articles import articles

LIMIT = 1.3
_PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} - Bench Courier</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="Bench Courier"><meta property="article:published_time" content="2025-05-06">
<link rel="canonical" href="https://courier.example/{number}"></head><body><nav><ul>{links}</ul></nav><main><article>
<h1>{title}</h1>{body}</article></main><aside><ul>{links}</ul></aside>
<footer>All rights reserved.</footer></body></html>"""


def make(folder: Path, count: int) -> None:
    """That many pages of some 400 words, with what a site puts around them."""
    links = "".join(f'<li><a href="/{number}">Story number {number}</a></li>' for number in range(40))
    for number, text in enumerate(articles(count, seed=7)):
        title, *paragraphs = [html.escape(line, quote=False) for line in text.split("\n") if line]
        body = "".join(f"<p>{line}</p>" for line in paragraphs)
        page = _PAGE.format(title=title, number=number, links=links, body=body)
        (folder / f"{number:05}.html").write_text(page, encoding="utf-8")


def alone(folder: Path) -> float:
    """CPU seconds of reading and analysing all pages in this process, the start aside."""
    from workbench.services.ingest import extract_documents

    found = extract_documents([str(folder)])
    next(found)
    start = time.process_time()
    count = 1 + sum(1 for _ in found)
    return (time.process_time() - start) * count / (count - 1)


def ingested(folder: Path, store: Path) -> tuple[float, float]:
    """CPU and wall seconds of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    program = str(Path(sys.executable).parent / "workbench")
    subprocess.run([program, "--db", str(store), "ingest", str(folder)], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - start


def main() -> int:
    """Measure and print; exit status 1 when the limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="workbench-pages-") as name:
        folder = Path(name) / "pages"
        folder.mkdir()
        make(folder, count)
        lone = alone(folder)
        cpu, wall = ingested(folder, Path(name) / "bench.db")
        again, _ = ingested(folder, Path(name) / "bench.db")
    print(f"{count} pages: reading and analysis alone {lone:.1f} s CPU ({1000 * lone / count:.1f} ms a page)")
    print(f"ingest {cpu:.1f} s CPU, {cpu / lone:.2f} times that (limit {LIMIT}), {wall:.1f} s on the clock")
    print(f"cores kept busy {cpu / wall:.2f} of {os.cpu_count()}; the same again {again:.1f} s CPU")
    return cpu > LIMIT * lone


if __name__ == "__main__":
    sys.exit(main())
