"""A web server of our own, on this machine alone: pages that behave, and pages that do not."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[[BaseHTTPRequestHandler], None]

PAGE = (
    "<html lang=en><head><title>Pier</title></head><body><article><h1>Pier to stay shut</h1>"
    "<p>Harbour master Ida Brandt said the pier “will not open before June,” and blamed the storm.</p>"
    "<p>The repair cost ${cost} million, according to Karl Tarn, who keeps the books of the port.</p>"
    "</article></body></html>"
)


def page(cost: str = "2.4") -> bytes:
    return PAGE.replace("{cost}", cost).encode()


@dataclass
class Site:
    """What the server answers by path, and what it was asked."""

    port: int = 0
    pages: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def answer(data: bytes, status: int = 200, **headers: str) -> Behaviour:
    """A page that is what it says."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return act


def moved(to: str, status: int = 302) -> Behaviour:
    return answer(b"", status, Location=to)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """Twenty megabytes of blanks, packed."""
    answer(gzip.compress(b" " * (20 << 20)), Content_Encoding="gzip")(handler)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A page that does not end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def slow(handler: BaseHTTPRequestHandler) -> None:
    """One byte at a time, until nobody listens any more."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopped.wait(0.05):  # type: ignore[attr-defined]
        handler.wfile.write(b"x")


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Nothing at all."""
    handler.server.stopped.wait(20)  # type: ignore[attr-defined]


def lying(handler: BaseHTTPRequestHandler) -> None:
    """Fewer bytes than announced."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"short")


@contextmanager
def served() -> Iterator[Site]:
    """A running site; unknown paths are not found."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            with suppress(BrokenPipeError, ConnectionResetError):
                site.pages.get(self.path, answer(b"", 404))(self)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.stopped.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()
