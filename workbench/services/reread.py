"""Reading again: what the machine makes of the stored texts now, with everything that people decided left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workbench.errors import NotFoundError
from workbench.history import Change
from workbench.records import Extraction, Progress, ReadingChanges
from workbench.services.store import Store
from workbench.spans import Span

if TYPE_CHECKING:
    from db.models import Action, Version


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one article: `changes` counts claims kept (unchanged), gone (lost) and new."""

    article_id: int
    status: Literal["read again", "same"]
    changes: ReadingChanges
    machine: str


def reread(
    store: Store, article_ids: Sequence[int] = (), progress: Callable[[Progress], None] | None = None
) -> Iterator[Reread]:
    """Read articles anew (all when none is named); one call is one action, and each article is stored whole.

    Claims with a person's decision stay with their spans, and what a person removed or marked as no claim does not
    come back; the machine's other claims are replaced by what it reads now. Raises NotFoundError before anything is
    done.
    """
    wanted = _named(store, article_ids)
    shown = ", ".join(f"a{number}" for number in article_ids[:3]) + (" …" if len(article_ids) > 3 else "")
    run = _Run(store, f"reread {shown or 'all articles'}")
    for number, article_id in enumerate(wanted):
        if progress:
            progress(Progress(number, len(wanted), f"a{article_id}"))
        yield run.take(article_id)
    if progress:
        progress(Progress(len(wanted), len(wanted), ""))


def _named(store: Store, article_ids: Sequence[int]) -> list[int]:
    from workbench.services import lists

    known = {row.id for row in lists.article_rows(store)}
    for article_id in article_ids:
        if article_id not in known:
            raise NotFoundError(f"there is no article a{article_id}", "workbench articles lists them")
    return list(dict.fromkeys(article_ids)) or sorted(known)


class _Run:
    """One reread: the articles that it takes are events of one action."""

    def __init__(self, store: Store, label: str) -> None:
        self._store = store
        self._label = label
        self._action_id: int | None = None

    def take(self, article_id: int) -> Reread:
        """Read one article again and store that, all or nothing."""
        from db.models import Article, Version
        from workbench.services import conflicts, families, readings
        from workbench.services.journal import act

        with self._store.writing() as session:
            article = session.get_one(Article, article_id)
            version = session.get_one(Version, article.version_id or 0)
            reading = read_version(version)
            made = readings.write_again(session, article, version, reading)
            if made is None:
                return Reread(article_id, "same", ReadingChanges(), reading.reading)
            row, changes = made
            record = {"machine": row.machine, "version": version.number} | changes.counts()
            change = Change("reading", row.id or 0, row.uid, "record", None, record, None, article_id)
            action = self._action(session)
            act(session, self._store.reviewer, "reread", self._label, [change], into=action)
            families.update(session, article_id)
            conflicts.update(session, article_id)
            session.flush()
            self._action_id = self._action_id or action.id
        return Reread(article_id, "read again", changes, reading.reading)

    def _action(self, session: Any) -> Action:
        from db.models import Action
        from workbench.services.journal import new_action

        if self._action_id is not None:
            return session.get_one(Action, self._action_id)  # type: ignore[no-any-return]
        return new_action(self._store.reviewer, "reread", self._label)


def read_version(version: Version) -> Extraction:
    """The machine's reading of a stored text, told what the reader of the file knew about it."""
    from workbench import extract

    agency = json.loads(version.details).get("agency_span")
    return extract.extract(
        version.text,
        header=Span(0, version.header_end) if version.header_end else None,
        title=Span(version.title_start or 0, version.title_end) if version.title_end else None,
        agency=Span(*agency) if agency else None,
        language=version.language if version.language != "und" else None,
    )
