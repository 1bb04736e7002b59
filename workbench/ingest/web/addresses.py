"""Which addresses may be fetched, and which of the places that their names lead to may be connected to."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from workbench.errors import InputError
from workbench.text import clean_line

LONGEST = 2_000
_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\^`{|}<>\"]")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_TODO = "give the public address of a page, or --allow-private for a host of your own"

Ip = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: the host as certificates know it, and what to ask it for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Host and, where it is not the usual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"

    @property
    def root(self) -> str:
        """The address of the host itself."""
        return f"{self.scheme}://{self.netloc}"


def parse(url: str) -> Target:
    """The address of a page. Raises InputError for another scheme, a user name, odd characters or no host."""
    if _ODD.search(url) or len(url) > LONGEST:
        raise _refuse(url, "this is not an address of a page", "write it whole, as your browser shows it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refuse(url, "this is not an address of a page", "write it whole, as your browser shows it") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise _refuse(url, f"{scheme} addresses are not fetched", "give one that begins with https:// or http://")
    if "@" in parts.netloc:
        raise _refuse(url, "an address with a user name is not fetched", "leave the name out")
    host = _ascii_host(host, url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    return Target(url.partition("#")[0], scheme, host, port or (443 if scheme == "https" else 80), path)


def _query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]")


def _ascii_host(host: str, url: str) -> str:
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not name or name.startswith("-") or not re.fullmatch(r"[0-9a-z._:%-]+", name):
        raise _refuse(url, "this is not an address of a page", "write it whole, as your browser shows it")
    return name


def resolve(target: Target, seconds: float, *, allow_private: bool) -> list[str]:
    """The numeric addresses of the host; every one of them must be public unless private ones are allowed.

    Raises InputError. The caller connects to one of these and asks no name server again.
    """
    found: list[str] = []
    faults: list[OSError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            faults.append(error if isinstance(error, OSError) else OSError(str(error)))

    asking = threading.Thread(target=ask, daemon=True)  # a name server that hangs has no timeout of its own
    asking.start()
    asking.join(max(seconds, 0.0))
    if faults or not found:
        raise _refuse(target.url, "its host was not found", "check the address and your connection")
    for each in found:
        if not allow_private and not is_public(each):
            raise _refuse(target.url, f"its host leads to {each}, which is not a public address", _TODO)
    return found


def is_public(address: str) -> bool:
    """Whether a numeric address, and the IPv4 address that it may wrap, is one of the public internet."""
    try:
        ip: Ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(each) for each in (ip, *_wrapped(ip)))


def _is_global(ip: Ip) -> bool:
    private = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not private and not ip.is_unspecified and not getattr(ip, "is_site_local", False)


def _wrapped(ip: Ip) -> list[Ip]:
    """The IPv4 addresses inside of an IPv6 one: mapped, compatible, 6to4, Teredo and NAT64."""
    if isinstance(ip, IPv4Address):
        return []
    if any(ip in net for net in _NAT64):
        return [IPv4Address(int(ip) & 0xFFFFFFFF), IPv4Address("127.0.0.1")] if ip not in _NAT64[0] else [
            IPv4Address(int(ip) & 0xFFFFFFFF)
        ]  # fmt: skip
    inner: list[Ip] = [each for each in (ip.ipv4_mapped, ip.sixtofour) if each is not None]
    inner += list(ip.teredo or ())
    if int(ip) >> 32 == 0:
        inner.append(IPv4Address(int(ip)))
    return inner


def _refuse(url: str, reason: str, todo: str) -> InputError:
    return InputError(f"{clean_line(url)[:200]}: {reason}", todo)
