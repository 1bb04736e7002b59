"""Whom the words of a source name, against labels read by hand: `python -m tests.bench.resolution --gold DIR`.

The labels are places in the training articles of PolNeAR (DIR is its folder): a mention, its kind, and where in the
same article the full name stands, or null where nobody is named. Half of the articles may be looked at (`tune`),
the other half is only ever counted (`held`).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from workbench.records import Extraction, IngestOutcome, SourceMention
from workbench.spans import Span

LABELS = Path(__file__).parent.parent / "golden" / "extraction" / "mentions.jsonl"
STRATA = ("pronoun", "description", "short", "full", "body", "anonymous")
HALVES = ("tune", "held")
BINS = (0.0, 0.6, 0.85, 1.01)  # edges of the three bins of confidence
_TITLE_WORDS = (
    "mr mrs ms miss dr sir lady lord sen sens senator rep reps representative gov governor president vice mayor judge "
    "justice secretary chairman chairwoman chair captain pastor king queen former the a an u.s us"
)
_TITLES = frozenset(_TITLE_WORDS.split())


@dataclass(frozen=True)
class Mention:
    """One label: the words of a source and whom they name."""

    file: str
    span: Span
    stratum: str
    kind: str
    answer: Span | None
    half: str


@dataclass(frozen=True)
class Outcome:
    """What the product made of one mention; `confidence` is None where no claim has it as its source."""

    mention: Mention
    strict: bool = False
    loose: bool = False
    kind: bool = False
    confidence: float | None = None
    given: str = ""
    wanted: str = ""

    @property
    def found(self) -> bool:
        return self.confidence is not None


def labels(path: Path = LABELS) -> list[Mention]:
    """The stored labels."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Mention(
            row["file"],
            Span(row["start"], row["end"]),
            row["stratum"],
            row["kind"],
            Span(*row["answer"]) if row["answer"] else None,
            row["half"],
        )
        for row in rows
    ]


def folded(name: str) -> tuple[str, ...]:
    """The words of a name that count: small letters, no titles, no articles, no possessive."""
    plain = name.replace("’", "'").casefold().replace("'s", "").replace("s'", "s")
    words = [word.strip(".,;:()'\"“”") for word in plain.split()]
    return tuple(word for word in words if word and word not in _TITLES) or tuple(words)


def same(given: str, wanted: str) -> bool:
    """`strict`: the same words, titles aside."""
    return folded(given) == folded(wanted)


def alike(given: str, wanted: str) -> bool:
    """`loose`: the surname, or the last capitalised word of a body's name, is there."""
    capitals = [word for word in wanted.split() if word[:1].isupper()]
    last = folded(capitals[-1] if capitals else wanted)[-1]
    return same(given, wanted) or last in folded(given)


def outcomes(gold: Path, wanted: Sequence[Mention]) -> list[Outcome]:
    """What the product's own reading of the articles made of each mention."""
    by_file: dict[str, list[Mention]] = defaultdict(list)
    for mention in wanted:
        by_file[mention.file].append(mention)
    found = []
    for name, mentions in sorted(by_file.items()):
        extraction = _read(gold / "train" / "text" / f"{name}.txt")
        found += [outcome(extraction, mention) for mention in mentions]
    return found


def _read(path: Path) -> Extraction:
    from workbench.services.ingest import extract_documents

    result = next(iter(extract_documents([str(path)])))
    if isinstance(result, IngestOutcome):
        raise ValueError(f"{result.source}: {result.reason}")
    return result[1]


def outcome(extraction: Extraction, mention: Mention) -> Outcome:
    """The source that overlaps the mention most, compared with the label."""
    source = _source_at(extraction, mention.span)
    if source is None:
        return Outcome(mention)
    text = extraction.text
    own = mention.span.of(text)
    if mention.answer is None:  # nobody is named: the words stay as they are, nobody else's name is given
        strict = same(source.name, own) or source.kind == "anonymous"
        loose = strict or set(folded(source.name)) <= set(folded(own))
        wanted = own
    else:
        wanted = mention.answer.of(text)
        strict, loose = same(source.name, wanted), alike(source.name, wanted)
    kind = source.kind == mention.kind
    return Outcome(mention, strict, loose, kind, source.confidence, source.name, wanted)


def _source_at(extraction: Extraction, span: Span) -> SourceMention | None:
    best: tuple[int, SourceMention] | None = None
    for claim in extraction.claims:
        if claim.source is None:
            continue
        for piece in claim.source_spans:
            shared = min(piece.end, span.end) - max(piece.start, span.start)
            if shared > 0 and (best is None or shared > best[0]):
                best = shared, claim.source
    return best[1] if best else None


def table(found: Iterable[Outcome]) -> str:
    """Counts and shares by stratum: found of all; strict, loose and kind of those found."""
    rows = list(found)
    lines = [f"{'':14}{'n':>5}{'found':>8}{'strict':>8}{'loose':>8}{'kind':>8}{'strict of all':>15}"]
    for stratum in (*STRATA, "all"):
        some = [row for row in rows if stratum in (row.mention.stratum, "all")]
        there = [row for row in some if row.found]
        shares = [_share(row.found for row in some)]
        shares += [_share(getattr(row, field) for row in there) for field in ("strict", "loose", "kind")]
        cells = "".join(f"{share:>8}" for share in shares)
        lines.append(f"{stratum:14}{len(some):5}{cells}{_share(row.strict for row in some):>15}")
    low, high = interval([row.strict for row in rows if row.found])
    lines.append(f"strict of those found, 95%: {100 * low:.0f}..{100 * high:.0f}")
    return "\n".join(lines)


def calibration(found: Iterable[Outcome]) -> str:
    """How often a resolution of a given confidence is right."""
    rows = [row for row in found if row.confidence is not None]
    lines = [f"{'confidence':14}{'n':>5}{'mean':>8}{'strict':>8}{'loose':>8}"]
    for low, high in pairwise(BINS):
        some = [row for row in rows if row.confidence is not None and low <= row.confidence < high]
        mean = sum(row.confidence or 0 for row in some) / len(some) if some else 0.0
        name = f"{low:.2f} to {min(high, 1):.2f}"
        strict, loose = _share(row.strict for row in some), _share(row.loose for row in some)
        lines.append(f"{name:14}{len(some):5}{mean:8.2f}{strict:>8}{loose:>8}")
    return "\n".join(lines)


def measures(found: Iterable[Outcome]) -> Mapping[str, float]:
    """The figures that a gate keeps, in per cent."""
    rows = list(found)
    there = [row for row in rows if row.found]
    return {
        "found": round(100 * len(there) / len(rows), 2),
        "strict": round(100 * sum(row.strict for row in there) / len(there), 2),
        "kind": round(100 * sum(row.kind for row in there) / len(there), 2),
    }


def _share(values: Iterable[bool]) -> str:
    held = list(values)
    return f"{100 * sum(held) / len(held):.1f}" if held else "–"


def interval(values: Sequence[bool]) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    n, z = len(values), 1.96
    if not n:
        return 0.0, 1.0
    share = sum(values) / n
    middle, spread = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.resolution", description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, metavar="DIR", help="the polnear folder")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong in the half that may be looked at")
    given = parser.parse_args(arguments)
    found = outcomes(given.gold, labels())
    for half in HALVES:
        rows = [row for row in found if row.mention.half == half]
        print(f"{half}: {len(rows)} mentions in {len({row.mention.file for row in rows})} articles")
        print(table(rows), "\n")
        print(calibration(rows), "\n")
    if given.wrong:
        for row in found:
            if row.mention.half == "tune" and not (row.strict and row.kind):
                said = f"{row.given!r}, not {row.wanted!r}" if row.found else "no claim has this source"
                place = f"{row.mention.file}:{row.mention.span.start}"
                print(f"{place} {row.mention.stratum}, {row.mention.kind}: {said}")


if __name__ == "__main__":
    main()
