"""What a host's robots.txt says (RFC 9309): no file opens all, a host in trouble closes all."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser


class Rules:
    """The rules of one host, from the answer to the question for its robots.txt."""

    def __init__(self, status: int, data: bytes) -> None:
        self._closed = status >= 500 or status == 429
        self._parser = RobotFileParser()
        self._parser.parse(data.decode("utf-8", "replace").splitlines() if status == 200 else [])

    def allows(self, agent: str, url: str) -> bool:
        """Whether a program of that name may fetch the page."""
        return not self._closed and self._parser.can_fetch(agent, url)
