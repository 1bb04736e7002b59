"""Taking articles in: sources -> documents -> a machine reading -> rows, one transaction an article.

One call is one action: undoing it hides everything it brought. A text that is known under the same identity changes
nothing; a new text becomes a new version, and claims whose words are still there keep their identity and verdicts.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from workbench import extract
from workbench.errors import InputError, StoreError
from workbench.ingest import sources as places
from workbench.records import Document, Extraction, IngestOutcome
from workbench.services import bulk, stored_texts
from workbench.services.gather import (
    DEFAULTS,
    LONGEST_TEXT,
    IngestOptions,
    Item,
    Report,
    Taken,
    Work,
    failed,
    is_light,
    items,
    read_place,
    read_text,
    warm,
)
from workbench.services.store import Store

if TYPE_CHECKING:
    from db.models import Action

__all__ = [
    "LONGEST_TEXT", "IngestOptions", "Run", "documents", "extract_documents", "extraction_json", "ingest", "read_text",
    "unreadable",
]  # fmt: skip
LOOK = 20  # files of a folder that are looked at before it is called unreadable


def documents(
    sources: Sequence[str], options: IngestOptions = DEFAULTS, progress: Report | None = None
) -> Iterator[tuple[str, Document] | IngestOutcome]:
    """Every document that the sources hold, with the source's name, or a failed outcome. Reads one file at a time."""
    for item in items(sources, options, progress):
        if isinstance(item, places.Found):
            yield from read_place(item, options)
        else:
            yield item


def extract_documents(
    sources: Sequence[str],
    options: IngestOptions = DEFAULTS,
    progress: Report | None = None,
    *,
    workers: int = 1,
) -> Iterator[tuple[Document, Extraction] | IngestOutcome]:
    """The same analysis with no store: each document and its reading, or a failed outcome, in their order.

    Many documents are read in `workers` processes.
    """
    for found in _read(items(sources, options, progress), Work(options), workers):
        yield found if isinstance(found, IngestOutcome) else (found.document, found.reading)


def _read(todo: Iterator[Item], work: Work, workers: int) -> Generator[Taken | IngestOutcome, None, None]:
    done = bulk.in_order(work.sieve(todo), work, workers, failed=failed, is_light=is_light, warm=warm)
    with closing(work), closing(done) as results:
        for result in results:
            yield from result


def unreadable(sources: Sequence[str]) -> list[str]:
    """Why sources cannot be read that name no file, folder or page at all; a line each. No page is asked for."""
    wrong = []
    for source in sources:
        found = list(islice(places.expand([source]), LOOK))
        faults = [place for place in found if isinstance(place, places.NotReadable)]
        if faults and len(faults) == len(found):
            wrong.append(f"{faults[0].name}: {faults[0].reason}: {faults[0].todo}")
    return wrong


def extraction_json(document: Document, extraction: Extraction) -> dict[str, Any]:
    """One object of `workbench extract --format json`."""
    return extract.to_json(document, extraction)


def ingest(
    store: Store | None,
    sources: Sequence[str],
    *,
    options: IngestOptions = DEFAULTS,
    progress: Report | None = None,
    workers: int = 1,
) -> Iterator[IngestOutcome]:
    """Store what the sources hold; one outcome a document, as it is done. A store may be missing for a dry run only.

    A source that fails is an outcome and leaves the others alone; what was yielded as stored is on disk. StoreError
    ends the run. Many files are read in `workers` processes, and written by this one.
    """
    run = Run(store, f"ingest {_named(sources)}", options.replaces, dry=options.dry_run) if store else None
    work = Work(options, store.path if store else None)
    if store:
        _ = store.reader  # held open, so that the questions of the readers find the file's log as it is
    with closing(_read(items(sources, options, progress), work, workers)) as read:
        for found in read:
            if isinstance(found, IngestOutcome):
                yield found
            elif run is None:
                yield _would_store(found)
            else:
                yield run.store_one(found)


def _would_store(found: Taken) -> IngestOutcome:
    notes = _notes(found.document, found.reading)
    return IngestOutcome(found.shown, "would store", claims=len(found.reading.claims), notes=notes)


def _named(sources: Sequence[str]) -> str:
    names = ", ".join(places.shown(name) for name in sources[:2])
    return names + (f" and {len(sources) - 2} more" if len(sources) > 2 else "")


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


class _TakenBack(Exception):
    """Ends the transaction of a dry run, carrying what it would have brought about."""

    def __init__(self, outcome: IngestOutcome) -> None:
        super().__init__()
        self.outcome = outcome


_WOULD: dict[str, Literal["would store", "would be a new version"]] = {
    "stored": "would store", "new version": "would be a new version",
}  # fmt: skip


class Run:
    """One ingest: the articles that it takes are events of one action.

    A `dry` one stores nothing: what becomes of a known article is found out in a transaction that is taken back.
    """

    def __init__(self, store: Store, label: str, replaces: int | None = None, *, dry: bool = False) -> None:
        self._store = store
        self._label = label
        self._replaces = replaces
        self._dry = dry
        self._action_id: int | None = None

    def take(self, shown: str, document: Document, *, replaces: int | None = None) -> IngestOutcome:
        """Read and store one document, all or nothing; with `replaces` as a new version of that article."""
        self._replaces = replaces or self._replaces
        return self.store_one(Taken(shown, document, read_text(document)))

    def store_one(self, taken: Taken) -> IngestOutcome:
        """Store one document with its reading, all or nothing."""
        from workbench.services import articles

        replaces, self._replaces = self._replaces, None  # a second article in the source is an article of its own
        document, reading = taken.document, taken.reading
        if self._dry and replaces is None and not stored_texts.is_known(self._store, document):
            return _would_store(taken)
        try:
            with self._store.writing() as session:
                action = self._action(session)
                outcome = articles.put(session, self._store.reviewer, action, document, reading, replaces, taken.draft)
                if outcome.status != "unchanged":
                    session.flush()
                    self._action_id = self._action_id or action.id
                if self._dry:
                    raise _TakenBack(outcome)
            return replace(outcome, source=taken.shown, notes=_notes(document, reading))
        except _TakenBack as dry:
            status = _WOULD.get(dry.outcome.status, dry.outcome.status)
            self._action_id = None
            return replace(dry.outcome, status=status, source=taken.shown, notes=_notes(document, reading))
        except StoreError:
            raise
        except InputError as error:
            return IngestOutcome(taken.shown, "failed", reason=str(error))

    def _action(self, session: Any) -> Action:
        """The action of this run: stored with its first article, found again for the others."""
        from db.models import Action
        from workbench.services.journal import new_action

        if self._action_id is not None:
            return session.get_one(Action, self._action_id)  # type: ignore[no-any-return]
        return new_action(self._store.reviewer, "ingest", self._label)
