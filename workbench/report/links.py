"""Which address may become a link."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from workbench.text import clean

_UNSAFE = frozenset("<>\"'`\\{}|^()[]\n\t ")


def web_link(url: str | None) -> str | None:
    """`url` fit to stand in a link, or None when it is no plain http(s) address.

    White space, quotation marks, brackets, control and bidi characters come out percent-encoded. An address with a
    user name before its host is not linked: it reads like another host.
    """
    if url is None:
        return None
    address = url.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc or "\\" in parts.netloc:
        return None
    return "".join(_encoded(character) for character in address)


def _encoded(character: str) -> str:
    if character in _UNSAFE or clean(character) != character:
        return quote(character, safe="", errors="replace")
    return character
