"""Fetching one page: every hop is checked and connected to as checked; one deadline, caps on bytes after unpacking."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

import workbench
from workbench.errors import InputError
from workbench.ingest.sources import LIMIT
from workbench.ingest.web.addresses import Target, parse, resolve
from workbench.ingest.web.robots import Rules

HOPS = 5
AGENT = f"workbench/{workbench.__version__} (fact-checking desk; fetches single pages that a person names)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_ROBOTS_BYTES = 500 << 10  # what RFC 9309 asks a reader to take at least


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What a person allows: hosts that are not public, pages that robots.txt closes; another name to go by."""

    allow_private: bool = False
    ignore_robots: bool = False
    user_agent: str = AGENT
    seconds: float = 30.0  # for all hops together
    limit: int = LIMIT  # bytes of the page, unpacked
    pause: float = 1.0  # seconds between two questions to one host


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `data` is None when the host says that it has not changed."""

    url: str  # as it was asked for
    final_url: str
    data: bytes | None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class Fetcher:
    """Fetches pages politely: it knows the rules of the hosts that it asked, and waits between questions to one."""

    options: FetchOptions = field(default_factory=FetchOptions)
    _rules: dict[str, Rules] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The page at `url`; with `etag` or `last_modified` only if it changed. Raises InputError in one line."""
        end = time.monotonic() + self.options.seconds
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in known.items() if value}
        target = parse(url)
        for _ in range(HOPS + 1):
            self._mind_the_rules(target, end)
            answer = self._ask(target, headers, end, self.options.limit)
            if answer.status not in _REDIRECTS or not answer.location:
                return self._page(url, target, answer)
            target = parse(urljoin(target.url, answer.location.strip()))
        raise InputError(f"{url}: it redirects more than {HOPS} times", "give the address that your browser ends at")

    def _page(self, url: str, target: Target, answer: _Answer) -> Fetched:
        if answer.status == 304:
            return Fetched(url, target.url, None)
        if answer.status != 200:
            raise InputError(f"{url}: the host answers with status {answer.status}", "open it in your browser")
        return Fetched(url, target.url, answer.data, answer.charset, answer.etag, answer.last_modified)

    def _mind_the_rules(self, target: Target, end: float) -> None:
        """Raise InputError where the host's robots.txt closes the page to programs."""
        if self.options.ignore_robots:
            return
        if target.root not in self._rules:
            self._rules[target.root] = self._read_rules(target, end)
        if not self._rules[target.root].allows(self.options.user_agent, target.url):
            raise InputError(
                f"{target.url}: the host's robots.txt asks programs to stay away",
                "save the page and ingest the file, or give --ignore-robots if you may",
            )

    def _read_rules(self, target: Target, end: float) -> Rules:
        place = parse(f"{target.root}/robots.txt")
        for _ in range(HOPS + 1):
            try:
                answer = self._ask(place, {}, end, _ROBOTS_BYTES, cut=True)
            except InputError as error:  # of a host that cannot be asked, the page is what a person knows
                raise InputError(error.what.replace(f"{target.root}/robots.txt", target.url, 1), error.todo) from None
            if answer.status not in _REDIRECTS or not answer.location:
                return Rules(answer.status, answer.data)
            place = parse(urljoin(place.url, answer.location.strip()))
        return Rules(404, b"")

    def _ask(self, target: Target, headers: dict[str, str], end: float, limit: int, *, cut: bool = False) -> _Answer:
        waited = self._asked.get(target.host, 0.0) + self.options.pause - time.monotonic()
        if self.options.pause and waited > 0:
            time.sleep(min(waited, max(end - time.monotonic(), 0.0)))
        try:
            return _ask(target, headers, self.options, end, limit, cut=cut)
        finally:
            self._asked[target.host] = time.monotonic()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    data: bytes
    charset: str | None
    etag: str | None
    last_modified: str | None


def _ask(
    target: Target, headers: dict[str, str], options: FetchOptions, end: float, limit: int, *, cut: bool
) -> _Answer:
    """One question to one host, connected to as checked; a watchdog closes the connection when the time is over."""
    addresses = resolve(target, end - time.monotonic(), allow_private=options.allow_private)
    try:
        with _connected(target, addresses, end) as connection, _watchdog(connection, end):
            asked = {"Host": target.netloc, "User-Agent": options.user_agent, "Accept": "text/html,*/*;q=0.8",
                     "Accept-Encoding": "gzip, deflate", "Connection": "close"}  # fmt: skip
            connection.request("GET", target.path, headers=asked | headers)
            with contextlib.closing(connection.getresponse()) as answer:
                return _read(target, answer, end, limit, cut=cut)
    except InputError:
        raise
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        if time.monotonic() >= end:
            reason = f"the host took longer than {options.seconds:.0f} seconds"
        else:
            reason = _words(error)
        raise InputError(f"{target.url}: {reason}", "try again later, or save the page and ingest the file") from None


def _words(error: BaseException) -> str:
    if isinstance(error, ssl.SSLError):
        return "its certificate does not hold"
    if isinstance(error, ConnectionRefusedError):
        return "the host takes no connections"
    return "the host breaks off or answers with something else than a page"


@contextlib.contextmanager
def _connected(target: Target, addresses: list[str], end: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to one of the checked numbers; certificates are held against the name."""
    connection = http.client.HTTPConnection(target.host, target.port)
    for number, address in enumerate(addresses):
        try:
            plain = socket.create_connection((address, target.port), timeout=max(end - time.monotonic(), 0.01))
            break
        except OSError:
            if number == len(addresses) - 1:
                raise
    try:
        if target.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        else:
            connection.sock = plain
        yield connection
    finally:
        connection.close()
        plain.close()


@contextlib.contextmanager
def _watchdog(connection: http.client.HTTPConnection, end: float) -> Iterator[None]:
    """Cut the connection at `end`, however slowly bytes come: a socket's timeout begins anew with each of them."""
    held = connection.sock

    def cut() -> None:
        with contextlib.suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(end - time.monotonic(), 0.0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _read(target: Target, answer: http.client.HTTPResponse, end: float, limit: int, *, cut: bool) -> _Answer:
    wanted = answer.status == 200
    data = _body(target, answer, limit, end, cut=cut) if wanted else b""
    kind = answer.headers.get_content_charset()
    return _Answer(
        answer.status, answer.headers.get("Location"), data, kind, answer.headers.get("ETag"),
        answer.headers.get("Last-Modified"),
    )  # fmt: skip


def _body(target: Target, answer: http.client.HTTPResponse, limit: int, end: float, *, cut: bool) -> bytes:
    """The unpacked bytes, at most `limit`; more is an error, or cut off where that is allowed."""
    unpack = _unpacker((answer.headers.get("Content-Encoding") or "identity").strip().lower())
    if unpack is None:
        raise InputError(
            f"{target.url}: the host packs the page in an unknown way", "save the page and ingest the file"
        )
    pieces: list[bytes] = []
    size = came = 0
    while piece := answer.read1(_CHUNK):
        came += len(piece)
        for out in unpack(piece, limit + 1 - size):
            pieces.append(out)
            size += len(out)
        if size > limit or came > limit:
            if cut:
                break
            raise InputError(f"{target.url}: the page is larger than {limit >> 20} MiB", "save it and split it")
    if time.monotonic() >= end:  # the watchdog's cut looks like an end
        raise TimeoutError
    if answer.length:  # fewer bytes came than were announced
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)[:limit]


def _unpacker(encoding: str) -> Callable[[bytes, int], Iterator[bytes]] | None:
    """A function that unpacks piece by piece and never gives more than it is asked for; None for what is unknown."""
    if encoding in ("identity", ""):
        return lambda piece, most: iter([piece])
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return None
    state = zlib.decompressobj(47 if encoding != "deflate" else 15)

    def unpack(piece: bytes, most: int) -> Iterator[bytes]:
        try:
            while piece and most > 0:
                out = state.decompress(piece, min(most, _CHUNK))
                most -= len(out)
                yield out
                if state.eof or not state.unconsumed_tail:
                    return
                piece = state.unconsumed_tail
        except zlib.error:
            raise ValueError("damaged packing") from None

    return unpack
