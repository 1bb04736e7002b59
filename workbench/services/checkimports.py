"""Taking published fact-checks in: pages, JSON-LD, feeds. One import is one action that `undo` takes back.

A file is read as a stream and set aside, then brought into the store by a few statements over whole sets, so that a
feed of a hundred thousand items costs little more than its parsing, in bounded memory.
"""

from __future__ import annotations

import codecs
import json
import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from workbench.claimreview import pages, ratings, reading, repair, shapes, stream
from workbench.errors import InputError
from workbench.factchecks import ImportedChecks, PublishedCheck
from workbench.history import Change
from workbench.records import Progress
from workbench.services.journal import act, new_uid, now
from workbench.services.store import Store
from workbench.text import clean_line, fold

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.services.imports import Imported, ImportOptions

Report = Callable[[Progress], None]

LARGEST_PAGE = 32 * 1024 * 1024  # bytes of a web page
SMALL = 4 * 1024 * 1024  # bytes of JSON whose nodes may name each other
SHOWN_FAULTS = 100  # refused items that are named
_BATCH = 500
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass
class _Refused:
    count: int = 0
    shown: list[tuple[str, str]] = field(default_factory=list)

    def add(self, place: str, reason: str) -> None:
        self.count += 1
        if len(self.shown) < SHOWN_FAULTS:
            self.shown.append((place, clean_line(reason)[:200]))


@dataclass
class _Source:
    """What is being read: the kind of file, and whether it is a feed that was read whole."""

    kind: str = "JSON-LD"
    feed: str | None = None  # its name, "" where it has none
    sites: set[str] = field(default_factory=set)  # of the checks that were read
    refused: _Refused = field(default_factory=_Refused)
    seen: int = 0
    known: Mapping[str, shapes.Node] = field(default_factory=dict)  # nodes that others name; of small files only


def read(store: Store, path: Path, options: ImportOptions, progress: Report | None) -> Imported:
    """`import_checks` as a kind of `services.imports`: with the publishers of the options, else of the settings."""
    from workbench.services import matching, settings
    from workbench.services.history import last_action
    from workbench.services.imports import Imported

    done = import_checks(
        store, path, publishers=options.publishers or settings.value(store, "publishers") or (), progress=progress
    )
    note = matching.index_few(store, progress)
    failed = [f"{place}: {reason}" for place, reason in done.refused]
    if done.refused_count > len(failed):
        failed.append(f"and {done.refused_count - len(failed):,} more")
    said = in_words(done) + (f"; {note}" if note else "")
    return Imported("fact-checks", said, tuple(failed), last_action(store) if done.label else None)


def in_words(done: ImportedChecks) -> str:
    """What an import did, in one sentence."""
    counts = (
        (done.added, "new"), (done.changed, "changed"), (done.same, "as they were"),
        (done.withdrawn, "no longer in this feed: withdrawn"), (done.not_allowed, "of other publishers left out"),
        (done.refused_count, "refused"),
    )  # fmt: skip
    return "fact-checks: " + ", ".join(f"{count:,} {what}" for count, what in counts if count)


def recognises(head: bytes) -> bool:
    """Whether a file begins like a page or JSON that may hold ClaimReview."""
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if text[:1] not in ("<", "{", "["):
        return False
    return text[:1] == "<" or any(word in text for word in ("ClaimReview", "DataFeed", "schema.org"))


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes tell; UTF-8 else."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


@dataclass
class _Spool:
    """What was read, set aside in two files: what tells the checks apart, and their words; by the same batches.

    The words are by far the most, and are read again only for batches that bring something new.
    """

    heads: IO[bytes]
    words: IO[bytes]
    sizes: list[tuple[int, int]] = field(default_factory=list)  # bytes of each batch, of heads and of words

    def put(self, batch: list[tuple[tuple[Any, ...], tuple[str | None, ...]]]) -> None:
        """Set a batch aside."""
        heads = self.heads.write(marshal.dumps([head for head, _ in batch]))
        self.sizes.append((heads, self.words.write(marshal.dumps([words for _, words in batch]))))

    def all_heads(self) -> Iterator[tuple[Any, ...]]:
        """(key, whether its publisher is wanted, digest, address) of every check."""
        self.heads.seek(0)
        for size, _ in self.sizes:
            yield from marshal.loads(self.heads.read(size))

    def words_of(
        self, wanted: Mapping[int, tuple[int, str]]
    ) -> Iterator[tuple[tuple[int, str], tuple[str | None, ...]]]:
        """(what `wanted` has for its place, words) of the checks whose places in the file are in `wanted`."""
        batches, place = {place // _BATCH for place in wanted}, 0
        for number, (_, size) in enumerate(self.sizes):
            if number in batches:
                self.words.seek(place)
                for at, words in enumerate(marshal.loads(self.words.read(size)), number * _BATCH):
                    if at in wanted:
                        yield wanted[at], words
            place += size


def import_checks(
    store: Store, path: Path, *, publishers: Iterable[str] = (), progress: Report | None = None
) -> ImportedChecks:
    """Take in the fact-checks that `path` holds; only those of `publishers` (hosts) where any are named.

    Items that are no usable ClaimReview are refused one by one. Raises InputError, and then nothing was stored, when
    the file cannot be read or holds no fact-check at all.
    """
    source, hosts = _Source(), tuple(publishers)
    try:
        with path.open("rb") as file, tempfile.TemporaryFile() as heads, tempfile.TemporaryFile() as words:
            spool = _Spool(heads, words)
            digest = _set_aside(file, spool, path.stat().st_size, source, hosts, progress)
            if not source.seen:
                reason = source.refused.shown[0] if source.refused.shown else None
                why = f": {reason[0]}: {reason[1]}" if reason else ""
                raise InputError(
                    f"{path.name} holds no fact-check that can be used{why}", "workbench lint FILE says more"
                )
            return _store(store, path.name, digest, source, spool, progress)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "check the path") from error


def _set_aside(
    file: IO[bytes], spool: _Spool, size: int, source: _Source, hosts: tuple[str, ...], progress: Report | None
) -> str:
    """Write every check into the spool; returns the file's digest."""
    hasher = sha256()
    batch: list[tuple[tuple[Any, ...], tuple[str | None, ...]]] = []
    for check in _checks(file, size, hasher, source):
        batch.append(_row(check, hosts))
        source.sites.add(check.site)
        source.seen += 1
        if len(batch) == _BATCH:
            spool.put(batch)
            batch.clear()
            if progress:
                progress(Progress(file.tell() >> 20, max(size >> 20, 1), f"MB read · {source.seen:,} fact-checks"))
    spool.put(batch)
    return hasher.hexdigest()


def _known(file: IO[bytes], size: int, encoding: str) -> Mapping[str, shapes.Node]:
    """The nodes that others of a small file may name; of a large one, which is read in a stream, none."""
    if size > SMALL:
        return {}
    text = file.read().decode(encoding, "replace")
    file.seek(0)
    try:
        return shapes.named(repair.loads(text, mend=False)) if '"@id"' in text else {}
    except repair.Broken:
        return {}


def _checks(file: IO[bytes], size: int, hasher: Any, source: _Source) -> Iterator[PublishedCheck]:
    head = file.read(4096)
    file.seek(0)
    encoding = encoding_of(head)
    if pages.is_page(head.decode(encoding, "replace")):
        source.kind = "page"
        data = file.read(LARGEST_PAGE + 1)
        if len(data) > LARGEST_PAGE:
            raise InputError(f"the page is larger than {LARGEST_PAGE >> 20} MB", "give a smaller page")
        hasher.update(data)
        yield from _of_page(data.decode(encoding, "replace"), source)
        return
    source.known = _known(file, size, encoding)
    decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(count: int) -> str:
        data = file.read(count)
        hasher.update(data)
        return decoder.decode(data, final=not data)

    yield from _of_stream(stream.Reader(read), source)


def _of_page(page: str, source: _Source) -> Iterator[PublishedCheck]:
    address = pages.page_address(page)
    inside = [*pages.scripts(page), *pages.microdata(page)]
    source.known = shapes.named([found.value for found in inside])
    for found in inside:
        if found.broken is not None:
            if "ClaimReview" in found.raw:
                source.refused.add(f"line {found.line}", found.broken)
            continue
        yield from _of_value(found.value, f"line {found.line}", source, address)


def _of_stream(reader: stream.Reader, source: _Source) -> Iterator[PublishedCheck]:
    for element in reader.elements():
        if isinstance(element, stream.Fault):
            source.refused.add(f"item {element.number}", element.reason)
        else:
            yield from _of_value(element.value, f"item {element.number}", source, None)
    kind = reader.head.values.get("@type")
    if kind == "DataFeed" or "DataFeed" in (kind if isinstance(kind, list) else ()):
        source.kind = "feed"
        if reader.head.complete:
            named = (reader.head.values.get(name) for name in ("@id", "url", "name"))
            source.feed = next((one for one in named if isinstance(one, str) and one), "")[:500]


def _of_value(value: Any, place: str, source: _Source, address: str | None) -> Iterator[PublishedCheck]:
    for node, holder in reading.reviews(value, address):
        check = reading.read(shapes.whole(node, source.known), holder, node)
        if isinstance(check, str):
            source.refused.add(place, check)
        else:
            yield check


def allowed(site: str, hosts: tuple[str, ...]) -> bool:
    """Whether a site is one of `hosts` or below one; any is where none is named."""
    return not hosts or any(site == host or site.endswith("." + host) for host in hosts)


def _row(check: PublishedCheck, hosts: tuple[str, ...]) -> tuple[tuple[Any, ...], tuple[str | None, ...]]:
    """A check as `db.checkwriting` takes it: (key, whether its publisher is wanted, digest, address), its columns."""
    key = blake2b(f"{check.url}\n{fold(check.claim)}".encode(), digest_size=16).hexdigest()
    if not allowed(check.site, hosts):
        return (key, 0, None, check.url), ()
    normal = ratings.normal_of(check)
    columns = (
        check.url, check.claim, check.title, check.quote, check.claimant, check.claimed, check.publisher, check.site,
        check.rating, normal.word, _flags(normal.flags), normal.table, check.explanation, check.published,
        check.language, check.details,
    )  # fmt: skip
    digest = blake2b("\x1f".join([column or "" for column in columns]).encode(), digest_size=16).hexdigest()
    return (key, 1, digest, check.url), columns


@cache
def _flags(flags: tuple[str, ...]) -> str:
    return json.dumps(flags)


def _store(
    store: Store, name: str, digest: str, source: _Source, spool: _Spool, progress: Report | None
) -> ImportedChecks:
    """Bring what was set aside into the store, as one action when anything is new."""
    from db import checkwriting

    if progress:
        progress(Progress(0, None, f"storing {source.seen:,} fact-checks"))
    with store.writing() as session:
        checkwriting.begin(session)
        checkwriting.stage(session, spool.all_heads())
        run = _new_import(session, name, digest, source)
        sites = None if source.feed else source.sites  # without a name, a feed speaks for its publishers alone
        taken = checkwriting.take(session, run.id or 0, source.feed, sites, spool.words_of)
        refused = (tuple(source.refused.shown), source.refused.count)
        counts = (taken.added, taken.changed, taken.same, taken.gone, taken.not_allowed, *refused)
        if not (taken.added or taken.changed or taken.gone):
            session.delete(run)
            return ImportedChecks(name, *counts)
        label = _label(taken.added, taken.changed, taken.gone, name)
        record = {"name": name, "kind": source.kind, "digest": digest, "added": taken.added, "changed": taken.changed,
                  "withdrawn": taken.gone}  # fmt: skip
        change = Change("checkimport", run.id or 0, run.uid, "record", None, record)
        act(session, store.reviewer, "import", label, [change])
    return ImportedChecks(name, *counts, label)


def _new_import(session: Session, name: str, digest: str, source: _Source) -> Any:
    from db.models import CheckImport

    run = CheckImport(
        uid=new_uid(), name=name, kind=source.kind, feed=source.feed, digest=digest, imported_at=now(), hidden=True
    )
    session.add(run)
    session.flush()
    return run


def _label(added: int, changed: int, gone: int, name: str) -> str:
    parts = [f"{added:,} new" if added else "", f"{changed:,} changed" if changed else ""]
    parts.append(f"{gone:,} withdrawn" if gone else "")
    return f"imported fact-checks of {name}: {', '.join(part for part in parts if part)}"
