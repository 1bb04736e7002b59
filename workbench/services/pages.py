"""Pages of the web -> documents: fetched as a person named them, and asked again whether they changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench import ingest as readers
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.ingest import BadInput, ReadOptions
from workbench.records import Document, IngestOutcome, Progress

if TYPE_CHECKING:
    from workbench.ingest.web import Fetched, Fetcher, FetchOptions
    from workbench.services.gather import IngestOptions, Report
    from workbench.services.store import Store


def fetcher(options: FetchOptions | None = None) -> Fetcher:
    """Whoever fetches pages in one run."""
    from workbench.ingest.web import Fetcher, FetchOptions

    return Fetcher(options or FetchOptions())


def fetch_options(*, allow_private: bool, ignore_robots: bool, user_agent: str | None) -> FetchOptions:
    """What a person allows on the command line. Raises UsageError for a name that no header can hold."""
    from workbench.ingest.web import FetchOptions

    if user_agent is not None and not re.fullmatch(r"[\x20-\x7e]{1,300}", user_agent):
        raise UsageError("--user-agent is one line of plain letters", "write a name such as courier-desk/1")
    options = FetchOptions(allow_private=allow_private, ignore_robots=ignore_robots)
    return replace(options, user_agent=user_agent) if user_agent else options


def documents_at(url: str, options: IngestOptions, by: Fetcher | None) -> Iterator[Document | BadInput]:
    """The articles at an address. Raises InputError."""
    yield from documents_of((by or fetcher(options.web)).fetch(url), options)


def documents_of(page: Fetched, options: ReadOptions) -> Iterator[Document | BadInput]:
    """The articles of a fetched page. It is known by the address that was asked for, whatever it says of itself."""
    name = _name(page.final_url)
    wanted = replace(options, charset=page.charset)
    said = {"fetched": page.final_url, "etag": page.etag, "last_modified": page.last_modified}
    for number, document in enumerate(readers.read(page.data or b"", name=name, options=wanted)):
        if isinstance(document, BadInput):
            yield document
            continue
        own = (
            document.url if number or document.format == "feed" else None
        )  # items of a feed have addresses of their own
        metadata = {**document.metadata, **{key: value for key, value in said.items() if value}}
        yield replace(document, url=options.url or own or page.url.partition("#")[0], metadata=metadata)


def _name(url: str) -> str:
    """A name for the article at an address: the last part of its path, else its host."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return re.sub(r"\.(?:html?|php|aspx?|pdf)$", "", last) or parts.netloc


@dataclass(frozen=True, slots=True)
class Known:
    """An article that was fetched, and what its host said of it then."""

    article_id: int
    url: str
    etag: str | None
    last_modified: str | None


_FETCHED = """
SELECT article.id, article.url, version.details FROM article JOIN version ON version.id = article.version_id
WHERE NOT article.hidden AND article.url IS NOT NULL AND json_extract(version.details, '$.metadata.fetched') IS NOT NULL
ORDER BY article.id
"""


def known_pages(store: Store, wanted: Sequence[str]) -> list[Known]:
    """The articles that were fetched, or those of `wanted` (a3 or addresses). Raises NotFoundError."""
    with store.reading() as reader:
        found = [_known(row) for row in reader.execute(_FETCHED)]
    if not wanted:
        return found
    by_name = {name: known for known in found for name in (f"a{known.article_id}", known.url)}
    for name in wanted:
        if name.partition("#")[0] not in by_name:
            raise NotFoundError(f"there is no article that was fetched as {name}", "workbench ingest URL fetches one")
    return [by_name[name.partition("#")[0]] for name in dict.fromkeys(wanted)]


def _known(row: Any) -> Known:
    said = json.loads(row[2])["metadata"]
    return Known(row[0], row[1], said.get("etag"), said.get("last_modified"))


def refresh(
    store: Store, wanted: Sequence[str], options: IngestOptions, progress: Report | None = None
) -> Iterator[IngestOutcome]:
    """Ask the hosts of fetched articles whether they changed; a new text is a new version. One outcome a page."""
    from workbench.services.ingest import Run

    pages = known_pages(store, wanted)
    by, run = fetcher(options.web), Run(store, "ingest --refresh", dry=options.dry_run)
    for number, known in enumerate(pages):
        if progress:
            progress(Progress(number, len(pages), known.url))
        try:
            yield _again(known, by, run, options)
        except InputError as error:
            yield IngestOutcome(known.url, "failed", reason=str(error).removeprefix(f"{known.url}: "))


def _again(known: Known, by: Fetcher, run: Any, options: IngestOptions) -> IngestOutcome:
    page = by.fetch(known.url, etag=known.etag, last_modified=known.last_modified)
    if page.data is None:
        return IngestOutcome(known.url, "unchanged", known.article_id)
    for document in documents_of(page, replace(options, url=known.url)):
        if isinstance(document, BadInput):
            return IngestOutcome(known.url, "failed", reason=document.reason)
        outcome: IngestOutcome = run.take(known.url, document, replaces=known.article_id)
        return outcome
    return IngestOutcome(known.url, "failed", reason="the page holds no text")
