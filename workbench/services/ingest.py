"""Taking articles in: sources -> documents -> a machine reading -> rows, one transaction an article.

One call is one action: undoing it hides everything it brought. A text that is known under the same identity changes
nothing; a new text becomes a new version, and claims whose words are still there keep their identity and verdicts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workbench import extract
from workbench import ingest as readers
from workbench.errors import InputError, StoreError, UsageError
from workbench.ingest import BadInput, ReadOptions
from workbench.ingest import sources as places
from workbench.records import Document, Extraction, IngestOutcome, Progress
from workbench.services.store import Store

if TYPE_CHECKING:
    from db.models import Action

LONGEST_TEXT = 50_000_000  # code points of one article
Report = Callable[[Progress], None]


@dataclass(frozen=True)
class IngestOptions(ReadOptions):
    """What a person states about the sources; None is left to the reader. `id` and the like fit one article only."""

    dry_run: bool = False
    replaces: int | None = None  # the article that the (one) source is a new version of


_DEFAULTS = IngestOptions()


def documents(
    sources: Sequence[str], options: IngestOptions = _DEFAULTS, progress: Report | None = None
) -> Iterator[tuple[str, Document] | IngestOutcome]:
    """Every document that the sources hold, with the source's name, or a failed outcome. Reads one file at a time."""
    found = list(places.expand(sources))
    if len(found) > 1 and (options.id or options.url or options.title or options.replaces):
        raise UsageError("--id, --url, --title and --replaces fit one article", "name one file, or leave them out")
    for number, place in enumerate(found):
        if progress:
            progress(Progress(number, len(found), place.name))
        if isinstance(place, places.NotReadable):
            yield IngestOutcome(place.name, "failed", reason=f"{place.reason}: {place.todo}")
            continue
        yield from _read(place, options)
    if progress:
        progress(Progress(len(found), len(found), ""))


def _read(place: places.Found, options: IngestOptions) -> Iterator[tuple[str, Document] | IngestOutcome]:
    shown = places.shown(place.path) if place.path else place.name
    try:
        data = places.load(place.path) if place.path else _standard_input()
        name = place.name if place.path else f"stdin-{sha256(data).hexdigest()[:8]}"
        for document in readers.read(data, name=name, options=options):
            if isinstance(document, BadInput):
                yield IngestOutcome(f"{shown} {document.where}", "failed", reason=document.reason)
            elif len(document.text) > LONGEST_TEXT:
                yield IngestOutcome(shown, "failed", reason="longer than 50 million characters: split it")
            else:
                yield (shown, document)
    except InputError as error:
        reason = str(error).removeprefix(f"{shown}: ").removeprefix(f"{place.name}: ")
        yield IngestOutcome(shown, "failed", reason=reason)


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


def extract_documents(
    sources: Sequence[str],
    options: IngestOptions = _DEFAULTS,
    progress: Report | None = None,
    *,
    workers: int = 1,
) -> Iterator[tuple[Document, Extraction] | IngestOutcome]:
    """The same analysis with no store: each document and its reading, or a failed outcome, in their order.

    Many documents are read in `workers` processes.
    """
    from workbench.services.bulk import in_order

    return in_order(documents(sources, options, progress), _read_one, workers)


def _read_one(found: tuple[str, Document] | IngestOutcome) -> tuple[Document, Extraction] | IngestOutcome:
    return found if isinstance(found, IngestOutcome) else (found[1], read_text(found[1]))


def extraction_json(document: Document, extraction: Extraction) -> dict[str, Any]:
    """One object of `workbench extract --format json`."""
    return extract.to_json(document, extraction)


def ingest(
    store: Store,
    sources: Sequence[str],
    *,
    options: IngestOptions = _DEFAULTS,
    progress: Report | None = None,
) -> Iterator[IngestOutcome]:
    """Store what the sources hold; one outcome a document, as it is done.

    A source that fails is an outcome and leaves the others alone; what was yielded as stored is on disk. StoreError
    ends the run.
    """
    run = Run(store, f"ingest {_named(sources)}", options.replaces)
    for found in documents(sources, options, progress):
        if isinstance(found, IngestOutcome):
            yield found
        elif options.dry_run:
            yield _would(found[0], found[1])
        else:
            yield run.take(found[0], found[1])


def _named(sources: Sequence[str]) -> str:
    names = ", ".join(places.shown(name) for name in sources[:2])
    return names + (f" and {len(sources) - 2} more" if len(sources) > 2 else "")


def _would(shown: str, document: Document) -> IngestOutcome:
    reading = read_text(document)
    return IngestOutcome(shown, "would store", claims=len(reading.claims), notes=_notes(document, reading))


# The languages that are guessed, by name; another code that a document states stands as it is.
_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "und": "not known",
    "zh": "Chinese",
}  # fmt: skip


def _notes(document: Document, reading: Extraction) -> tuple[str, ...]:
    """What a person should know of a document, and whether its language is one whose attributions are read."""
    if reading.analysed:
        return document.notes
    name = _LANGUAGES.get(reading.language.split("-")[0], f"“{reading.language}”")
    return (*document.notes, f"the language is {name}: attributions are not read")


class Run:
    """One ingest: the articles that it takes are events of one action."""

    def __init__(self, store: Store, label: str, replaces: int | None = None) -> None:
        self._store = store
        self._label = label
        self._replaces = replaces
        self._action_id: int | None = None

    def take(self, shown: str, document: Document) -> IngestOutcome:
        """Read and store one document, all or nothing."""
        from workbench.services import articles

        replaces, self._replaces = self._replaces, None  # a second article in the source is an article of its own
        try:
            reading = read_text(document)
            with self._store.writing() as session:
                action = self._action(session)
                outcome = articles.put(session, self._store.reviewer, action, document, reading, replaces)
                if outcome.status != "unchanged":
                    session.flush()
                    self._action_id = self._action_id or action.id
            return replace(outcome, source=shown, notes=_notes(document, reading))
        except StoreError:
            raise
        except InputError as error:
            return IngestOutcome(shown, "failed", reason=str(error))

    def _action(self, session: Any) -> Action:
        """The action of this run: stored with its first article, found again for the others."""
        from db.models import Action
        from workbench.services.journal import new_action

        if self._action_id is not None:
            return session.get_one(Action, self._action_id)  # type: ignore[no-any-return]
        return new_action(self._store.reviewer, "ingest", self._label)
