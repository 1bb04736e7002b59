"""Stores for the desk's tests: articles with hand-made readings, so that a better reader changes no picture."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbench.records import Cue, Document, ExtractedClaim, Extraction, Number, SourceMention
from workbench.services import articles
from workbench.services.journal import new_action
from workbench.services.store import Store, open_store
from workbench.spans import Span

HOSTILE = (
    "[/] [sic] [@click=app.quit]x[/] \x1b]52;c;aGFjaw==\x07 \x1b[31mred \x9b2J \u202egnp.exe\u202c "
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 漢字 e\u0301\u0327 \x00 \\[bold] " + "W" * 10_000
)


@dataclass(frozen=True)
class Said:
    """A claim to be found in a text by its words."""

    words: str
    kind: str = "statement"
    source: str | None = None
    who: str = "person"
    level: str | None = None
    check: float = 0.5
    numbers: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    negated: bool = False
    quoted: bool = False  # whether the words between its marks are kept as a quotation


@dataclass(frozen=True)
class Piece:
    """One article and what is read out of it."""

    name: str
    title: str
    text: str
    claims: tuple[Said, ...] = ()
    outlet: str | None = "Marlow Courier"
    url: str | None = None


HARBOUR = Piece(
    "harbour",
    "Harbour wall to cost twice as much",
    "Harbour wall to cost twice as much\n"
    "The harbour wall of Marlow Quay will cost $4.2 million, Mayor Ada Penn said on Monday. "
    "“We were badly advised,” she told the council.\n"
    "Critics say the first survey was never read. The council meets again in May.\n"
    "The wall is 310 metres long.",
    (
        Said("The harbour wall of Marlow Quay will cost $4.2 million", "indirect", "Ada Penn", level="A", check=0.9,
             numbers=("$4.2 million",)),
        Said("“We were badly advised,”", "direct", "Ada Penn", level="A", check=0.4),
        Said("the first survey was never read", "indirect", None, "anonymous", "G", 0.7, negated=True),
        Said("The wall is 310 metres long", check=0.6, numbers=("310 metres",)),
    ),
    url="https://courier.example/harbour",
)  # fmt: skip
FERRY = Piece(
    "ferry",
    "Ferry runs late",
    "Ferry runs late\nThe ferry was late on 40 days, according to the port authority. It may stop running in winter.",
    (
        Said("The ferry was late on 40 days", "indirect", "the port authority", "body", "B", 0.8, ("40 days",)),
        Said("It may stop running in winter", check=0.3, hedges=("may",)),
    ),
    outlet="Harbour News",
)
QUOTED = Piece(
    "quoted",
    "Mayor: survey was read",
    "Mayor: survey was read\n“We did read the survey before the storm,” said Mayor Ada Penn. It rained on the day.\n",
    (
        Said("“We did read the survey before the storm,”", "direct", "Ada Penn", level="A", check=0.9, quoted=True),
        Said("It rained on the day", check=0.2),
    ),
)
RECORD = b"ADA PENN: Good morning. We did not read the survey before the storm.\nBO LIND: Why not?\n"
NASTY = Piece(
    "nasty",
    "Title [/] \x1b]0;owned\x07 [bold",
    f"Title [/] \x1b]0;owned\x07 [bold\nMay[/]or \x1b[31mRed said “{HOSTILE}” yesterday.",
    (Said(f"“{HOSTILE}”", "direct", "May[/]or \x1b[31mRed", level="A", check=0.95),),
    outlet="Out[/]let \x9b2J",
)


def reading(piece: Piece) -> Extraction:
    """The hand-made reading of a piece."""
    text = piece.text
    claims = tuple(_claim(text, said) for said in piece.claims)
    lines, start = [], 0
    for one in text.split("\n"):
        lines.append(Span(start, start + len(one)))
        start += len(one) + 1
    sentences = [part for one in lines for part in _sentences(text, one)]
    return Extraction(text, tuple(lines[1:]), tuple(sentences[1:]), claims, "en", True, "by hand")


def _sentences(text: str, span: Span) -> Iterable[Span]:
    at = span.start
    while (stop := text.find(". ", at, span.end)) >= 0 and "\x1b" not in text:
        yield Span(at, stop + 1)
        at = stop + 2
    if at < span.end:
        yield Span(at, span.end)


def _claim(text: str, said: Said) -> ExtractedClaim:
    start = text.index(said.words)
    span = Span(start, start + len(said.words))
    source, spans = None, ()
    if said.source:
        last = said.source if said.source in text else said.source.split()[-1]
        at = text.find(last)
        if at >= 0:
            spans = (Span(at, at + len(last)),)
            source = SourceMention(at, at + len(last), last, said.source, said.who, "named", 0.8)  # type: ignore[arg-type]
    cue = None
    at = text.find("said")
    if said.kind != "statement" and at >= 0:
        cue = Cue(at, at + 4, "said", "neutral")
    quotes = (Span(start + 1, span.end - 1),) if said.quoted else ()
    numbers = tuple(Number(text.index(one), text.index(one) + len(one), one, None, None) for one in said.numbers)
    hedges = tuple(Span(text.index(one), text.index(one) + len(one)) for one in said.hedges)
    return ExtractedClaim(
        said.kind, (span,), spans, (Span(at, at + 4),) if cue else (), quotes, source, cue, said.level, hedges,  # type: ignore[arg-type]
        said.negated, numbers, said.check,
    )  # fmt: skip


def fill(store: Store, pieces: Sequence[Piece]) -> None:
    """Store the pieces with their readings, one action each."""
    for piece in pieces:
        title = Span(0, piece.text.index("\n"))
        document = Document(
            piece.name, piece.text, title=piece.title, published="2025-07-06", outlet=piece.outlet, url=piece.url,
            title_span=title,
        )  # fmt: skip
        with store.writing() as session:
            action = new_action(store.reviewer, "ingest", "ingest")
            articles.put(session, store.reviewer, action, document, reading(piece))


def make(path: Path, pieces: tuple[Piece, ...] = (HARBOUR, FERRY)) -> Path:
    """A store that holds the pieces."""
    path.write_bytes(_template(pieces))
    return path


@lru_cache(maxsize=8)
def _template(pieces: tuple[Piece, ...]) -> bytes:
    """The bytes of such a store: made once, for a new store takes half a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        with open_store(str(path), "ana") as store:
            fill(store, pieces)
        return path.read_bytes()
