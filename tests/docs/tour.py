"""The README's tour: its console blocks read as steps, each run as a newcomer would and compared with what it shows."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ANYTHING = "…"  # in an expected line: whatever stands there


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the tour and the lines that the README shows under it."""

    command: str
    expected: tuple[str, ...]


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second level. Raises ValueError when there is no such heading."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"no heading {heading!r}")
    return found.group(1)


def steps(markdown: str) -> Iterator[Step]:
    """Every command of every console block, in order."""
    for block in re.findall(r"^```console\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield Step(command, tuple(line for line in shown if line.strip()))


def missing(expected: tuple[str, ...], actual: str) -> list[str]:
    """The expected lines that are no line of the actual output, looked for in their order."""
    lines = iter(actual.splitlines())
    return [line for line in expected if line != ANYTHING and not _find(_pattern(line), lines)]


def _find(pattern: re.Pattern[str], lines: Iterator[str]) -> bool:
    return any(pattern.fullmatch(line.rstrip()) for line in lines)


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in line.strip().split(ANYTHING)))


def walk(tour: Iterator[Step], folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Run the steps in the folder, one after the other; what did not hold, a line each."""
    complaints: list[str] = []
    for step in tour:
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            complaints.append(f"$ {step.command}: exit status {done.returncode}: {done.stdout}")
        for line in missing(step.expected, done.stdout):
            complaints.append(f"$ {step.command}: {line!r} does not stand in: {done.stdout}")
    return complaints
