"""From what a person names to documents and their readings: files and pages, here or in several processes.

What is stored already under the same identity is found by its digest before anything is read anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import extract
from workbench import ingest as readers
from workbench.errors import InputError, UsageError
from workbench.ingest import BadInput, ReadOptions
from workbench.ingest import sources as places
from workbench.records import Document, Extraction, IngestOutcome, Progress
from workbench.services import drafts, stored_texts
from workbench.services.drafts import Draft
from workbench.text import clean_line

if TYPE_CHECKING:
    from workbench.ingest.web import Fetcher, FetchOptions

LONGEST_TEXT = 50_000_000  # code points of one article
_STREAMED = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".zip", ".mbox", ".warc", ".gz", ".xml", ".rss", ".atom"})
_LARGE = 4 << 20  # bytes of a file that is read here, document by document
Report = Callable[[Progress], None]


@dataclass(frozen=True)
class IngestOptions(ReadOptions):
    """What a person states about the sources; None is left to the reader. `id` and the like fit one article only."""

    dry_run: bool = False
    replaces: int | None = None  # the article that the (one) source is a new version of
    web: FetchOptions | None = None  # what is allowed of the pages that are fetched; None as usual


@dataclass(frozen=True, slots=True)
class Taken:
    """A document with its reading, ready to be stored; `shown` is the source's name for people."""

    shown: str
    document: Document
    reading: Extraction
    draft: Draft | None = None


Item = places.Found | tuple[str, Document] | IngestOutcome
DEFAULTS = IngestOptions()


def items(sources: Sequence[str], options: IngestOptions, progress: Report | None) -> Iterator[Item]:
    """What there is to do, in order: small files as they are, for any process to read; of the rest each document."""
    options.check()
    found = list(places.expand(sources))
    if len(found) > 1 and (options.id or options.url or options.title or options.replaces):
        raise UsageError("--id, --url, --title and --replaces fit one article", "name one file, or leave them out")
    fetcher = _fetcher(options)
    for number, place in enumerate(found):
        if progress:
            progress(Progress(number, len(found), place.name))
        if isinstance(place, places.Found) and place.path and not _is_streamed(place.path):
            yield place
        else:
            yield from read_place(place, options, fetcher)
    if progress:
        progress(Progress(len(found), len(found), ""))


def _is_streamed(path: Path) -> bool:
    """Whether a file may hold so much that its documents are better taken one by one."""
    try:
        return path.suffix.lower() in _STREAMED or path.stat().st_size > _LARGE
    except OSError:
        return False


def _fetcher(options: IngestOptions) -> Fetcher | None:
    if options.web is None:
        return None
    from workbench.ingest.web import Fetcher

    return Fetcher(options.web)


def read_place(
    place: places.Place, options: IngestOptions, fetcher: Fetcher | None = None
) -> Iterator[tuple[str, Document] | IngestOutcome]:
    """The documents of one file or page, each with the source's name; what cannot be read is a failed outcome."""
    if isinstance(place, places.NotReadable):
        yield IngestOutcome(place.name, "failed", reason=f"{place.reason}: {place.todo}")
        return
    shown = places.shown(place.path) if isinstance(place, places.Found) and place.path else place.name
    try:
        for document in _documents(place, options, fetcher):
            if isinstance(document, BadInput):
                yield IngestOutcome(f"{shown} {document.where}", "failed", reason=document.reason)
                continue
            whole = f"{shown}{clean_line(document.where)}"
            if len(document.text) > LONGEST_TEXT:
                yield IngestOutcome(whole, "failed", reason="longer than 50 million characters: split it")
            else:
                yield (whole, document)
    except InputError as error:
        yield IngestOutcome(
            shown, "failed", reason=str(error).removeprefix(f"{shown}: ").removeprefix(f"{place.name}: ")
        )


def _documents(
    place: places.Found | places.Address, options: IngestOptions, fetcher: Fetcher | None
) -> Iterator[Document | BadInput]:
    if isinstance(place, places.Address):
        from workbench.services.pages import documents_at

        return documents_at(place.name, options, fetcher)
    data = places.load(place.path) if place.path else _standard_input()
    name = place.name if place.path else f"stdin-{sha256(data).hexdigest()[:8]}"
    return readers.read(data, name=name, options=options, ending=place.path.suffix if place.path else "")


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(places.LIMIT + 1)
    if len(data) > places.LIMIT:
        raise InputError(f"larger than {places.LIMIT // 2**20} MiB", "split it into several files")
    return data


def read_text(document: Document) -> Extraction:
    """The machine's reading of a document."""
    return extract.extract(
        document.text,
        header=document.header,
        title=document.title_span,
        agency=document.agency_span,
        language=document.language,
    )


class Work:
    """Read and analyse one item, in whatever process. With a store, what it holds already is only named."""

    def __init__(self, options: IngestOptions, store: Path | None = None) -> None:
        self._options = options
        self._store = store
        self._known = stored_texts.Known(store) if store is not None and not options.replaces else None

    def __reduce__(self) -> tuple[type[Work], tuple[IngestOptions, Path | None]]:
        return Work, (self._options, self._store)  # each process asks the store over a connection of its own

    def __call__(self, item: Item) -> list[Taken | IngestOutcome]:
        """What became of the item's documents, in their order."""
        if isinstance(item, IngestOutcome):
            return [item]
        if isinstance(item, tuple):
            return [self._document(*item)]
        found = read_place(item, self._options)
        return [each if isinstance(each, IngestOutcome) else self._document(*each) for each in found]

    def sieve(self, todo: Iterator[Item]) -> Iterator[Item]:
        """The items; a file whose very bytes are stored already is an outcome, and nobody reads it again."""
        own = self._options
        stated = (own.title, own.published, own.agency, own.format, own.encoding, own.fields)
        known = None if any(stated) else self._known
        for item in todo:
            yield self._sieved(item, known) if known is not None and isinstance(item, places.Found) else item

    def _sieved(self, item: places.Found, known: stored_texts.Known) -> Item:
        if item.path is None:
            return item
        try:
            article_id = known.by_bytes(places.load(item.path), item.name, self._options)
        except InputError:
            return item  # whoever reads it says why it cannot be read
        return item if article_id is None else IngestOutcome(places.shown(item.path), "unchanged", article_id)

    def _document(self, shown: str, document: Document) -> Taken | IngestOutcome:
        known = self._known.by_text(document) if self._known is not None else None
        if known is not None:
            return IngestOutcome(shown, "unchanged", known, notes=document.notes)
        reading = read_text(document)
        return Taken(shown, document, reading, drafts.draft(document, reading) if self._store is not None else None)

    def close(self) -> None:
        """Let go of the store."""
        if self._known is not None:
            self._known.close()


def is_light(item: Item) -> bool:
    """Whether there is nothing left to do with an item."""
    return isinstance(item, IngestOutcome)


def warm() -> None:
    """Load the model, and what most documents need."""
    read_text(Document("warm", "Ida Brandt said on Friday: “We will open the pier.”"))


def failed(item: Any) -> list[Taken | IngestOutcome]:
    """What is said of an item whose reader took its process along."""
    name = item[0] if isinstance(item, tuple) else places.shown(item.path) if getattr(item, "path", None) else "input"
    return [IngestOutcome(name, "failed", reason="reading it needs too much memory or makes the reader fail: split it")]
