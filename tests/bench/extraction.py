"""Attributions of the whole product against PolNeAR, beside its peers: `python -m tests.bench.extraction --gold DIR`.

DIR is the `polnear` folder. The texts go the way of `workbench extract`; the scorer is the one that lies beside the
data, run as a program of its own. Peers' figures are those measured for this project on the same split or its twin.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOKEN = re.compile(r"\w+|[^\w\s]")
COLUMNS = ("content", "exact", "e2e", "e2e said", "direct", "source", "cue", "pieces")
_NONE = None
# Content F1, exact, end to end, end to end of reporting cues, direct, exact pieces of source, cue, content.
PEERS: tuple[tuple[str, tuple[float | None, ...]], ...] = (
    ("Citron, retrained (unseen)", (_NONE, _NONE, 54, _NONE, _NONE, _NONE, _NONE, _NONE)),
    ("Gender Gap Tracker (unseen)", (_NONE, _NONE, 45, _NONE, _NONE, _NONE, _NONE, _NONE)),
    ("textacy (unseen)", (_NONE, _NONE, 28, _NONE, _NONE, _NONE, _NONE, _NONE)),
    ("BERT, published", (_NONE, _NONE, _NONE, _NONE, _NONE, 83, 75, 73)),
    ("prototype (dev)", (79.7, 65.6, 74.7, _NONE, 95.7, _NONE, _NONE, _NONE)),
    ("prototype (test)", (80.3, 66.6, 75.0, _NONE, 94.0, 78, 73, 69)),
    ("two people, 18 articles", (80, 70, 76, 91, 99, 79, 71, 72)),
    ("floor", (79, 65, 74, 88, 95, 78, 72, 69)),
    ("goal", (82, 70, 77, 92, 98, 84, 76, 74)),
)


@dataclass(frozen=True)
class Run:
    """One pass over the texts: the command's objects, what it cost."""

    rows: list[dict[str, Any]]
    tokens: int
    load_cpu: float  # seconds: imports and the model, measured on a text of one line
    read_cpu: float  # seconds for all texts, without loading
    peak_bytes: int

    @property
    def tokens_per_second(self) -> float:
        return self.tokens / self.read_cpu


def read(folder: Path) -> Run:
    """Every text of `folder` through the command's own path. A text that cannot be read raises ValueError."""
    started = _cpu()
    with tempfile.TemporaryDirectory() as aside:
        (Path(aside) / "warm.txt").write_text("“It rains,” Ann Lee said.\n", encoding="utf-8")
        _rows(Path(aside))
    loaded = _cpu()
    rows = _rows(folder)
    done = _cpu()
    tokens = sum(len(TOKEN.findall(row["text"])) for row in rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Run(rows, tokens, loaded - started, done - loaded, peak)


def _rows(folder: Path) -> list[dict[str, Any]]:
    from workbench.records import IngestOutcome
    from workbench.services.ingest import extract_documents, extraction_json

    rows = []
    for found in extract_documents([str(folder)]):
        if isinstance(found, IngestOutcome):
            raise ValueError(f"{found.source}: {found.reason}")
        rows.append(json.loads(json.dumps(extraction_json(*found))))
    return rows


def _cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def attributions(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The claims that have a cue or a source, without those that have a parent."""
    return [
        claim["spans"]
        for claim in row["claims"]
        if claim["parent"] is None and (claim["spans"]["cue"] or claim["spans"]["source"])
    ]


def write_predictions(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """What the scorer reads: one object an article."""
    lines = (json.dumps({"id": row["id"], "attributions": attributions(row)}) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def score(
    scorer: Path,
    gold: Path,
    split: str,
    rows: Sequence[Mapping[str, Any]],
    rounds: int = 1000,
    extra: Sequence[str] = (),
) -> tuple[str, dict[str, Any]]:
    """The scorer's table and its summary. Raises CalledProcessError when the scorer fails."""
    with tempfile.TemporaryDirectory() as aside:
        predictions = Path(aside) / "predictions.jsonl"
        write_predictions(rows, predictions)
        command = [sys.executable, str(scorer), "--split", split, "--pred", str(predictions)]
        command += ["--gold", str(gold), "--boot", str(rounds), *extra]
        done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    *table, summary = done.stdout.rstrip("\n").split("\n")
    return "\n".join(table), json.loads(summary)


def figures(summary: Mapping[str, Any]) -> dict[str, float]:
    """The measures of the table, in per cent, by the names of COLUMNS."""
    values = (
        *(summary[key]["f1"] for key in ("content", "exact", "e2e")),
        summary["cue_said"]["e2e_f1"],
        summary["direct"]["f1"],
        *(summary[f"span.{role}"]["f1"] for role in ("source", "cue", "content")),
    )
    return {name: round(100 * (value or 0), 2) for name, value in zip(COLUMNS, values, strict=True)}


def beside_peers(own: Mapping[str, float], name: str) -> str:
    """A table with this run first; a dash where a peer's figure is not known."""
    lines = [f"{'':28}" + "".join(f"{column:>10}" for column in COLUMNS)]
    for label, values in ((name, tuple(own[column] for column in COLUMNS)), *PEERS):
        shown = ("–" if value is None else f"{value:.1f}" for value in values)
        lines.append(f"{label:28}" + "".join(f"{cell:>10}" for cell in shown))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.extraction", description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, metavar="DIR", help="the polnear folder")
    parser.add_argument("--split", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--scorer", type=Path, help="score_attribution.py (default: DIR/../../bench/…)")
    parser.add_argument("--against", type=Path, metavar="JSONL", help="predictions of another run, for the difference")
    parser.add_argument("--predictions", type=Path, metavar="JSONL", help="keep this run's predictions here")
    parser.add_argument("--boot", type=int, default=1000, help="rounds of the bootstrap (0: no intervals)")
    given = parser.parse_args(arguments)
    scorer = given.scorer or given.gold / ".." / ".." / "bench" / "score_attribution.py"
    run = read(given.gold / given.split / "text")
    if given.predictions:
        write_predictions(run.rows, given.predictions)
    extra = ["--against", str(given.against)] if given.against else []
    table, summary = score(scorer, given.gold, given.split, run.rows, given.boot, extra)
    print(table, "\n")
    print(beside_peers(figures(summary), f"workbench, {run.rows[0]['reading']} ({given.split})"), "\n")
    print(
        f"{run.tokens:,} tokens in {run.read_cpu:.2f} s CPU: {run.tokens_per_second:,.0f} tokens a CPU second", end="; "
    )
    print(f"load {run.load_cpu:.2f} s CPU; peak RSS {run.peak_bytes / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
