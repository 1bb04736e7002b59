"""Only pages that a person named, from public hosts, within limits; what goes wrong is one line."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from tests.unit import web_samples as web
from workbench.errors import InputError
from workbench.ingest.web import Fetcher, FetchOptions
from workbench.ingest.web.addresses import is_public, parse, resolve

HERE = FetchOptions(allow_private=True, pause=0, seconds=10)


@pytest.fixture
def site() -> Iterator[web.Site]:
    with web.served() as running:
        yield running


def refusal(url: str, options: FetchOptions = HERE) -> str:
    with pytest.raises(InputError) as refused:
        Fetcher(options).fetch(url)
    assert "\n" not in str(refused.value)
    return str(refused.value)


# ---- addresses -----------------------------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "no address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


NUMBERS = ["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"]


@pytest.mark.parametrize("host", NUMBERS)
def test_a_host_that_leads_home_is_refused_however_it_is_written(host: str) -> None:
    assert "not a public address" in refusal(f"http://{host}:9/", FetchOptions(pause=0))


ODD = [
    "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "http://", "http:///x",
    "http://user@a.example/", "http://a.example@127.0.0.1/", "http://a.example\\@127.0.0.1/", "http://a b.example/",
    "http://a.example/\r\nX: y", "http://a.example:99999/", "http://[::1/", "https://a.example/\x00", "http://a..b/",
]  # fmt: skip


@pytest.mark.parametrize("url", ODD)
def test_an_address_that_plays_tricks_is_refused_before_any_question(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*arguments: object, **named: object) -> list[object]:
        raise AssertionError("a name server was asked")

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    assert refusal(url)


def test_an_address_beyond_ascii_is_asked_for_as_hosts_know_it() -> None:
    target = parse("https://bücher.example/Straße?q=ü#part")

    assert ("xn--bcher-kva.example", "/Stra%C3%9Fe?q=%C3%BC") == (target.host, target.path)


def test_one_private_answer_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **named: both)

    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        resolve(parse("http://a.example/"), 5, allow_private=False)


def test_a_name_that_changes_its_answer_is_connected_to_as_checked(
    site: web.Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = web.answer(web.page())
    real, asked = socket.getaddrinfo, []

    def rebinding(host: str, port: int, *rest: object, **named: object) -> list[object]:
        if host != "rebind.example":
            return real(host, port, *rest, **named)
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.255.255.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    options = FetchOptions(allow_private=True, ignore_robots=True, pause=0, seconds=5)
    fetched = Fetcher(options).fetch(f"http://rebind.example:{site.port}/")

    assert (web.page(), 1) == (fetched.data, len(asked))
    assert f"rebind.example:{site.port}" == site.asked[0][1]["Host"]


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_a_page_comes_with_what_its_host_says_of_it(site: web.Site) -> None:
    site.pages["/story"] = web.answer(web.page(), ETag='"one"', Last_Modified="Tue, 06 May 2025 09:30:00 GMT")
    fetched = Fetcher(HERE).fetch(f"{site.root}/story")

    assert (web.page(), "utf-8", '"one"', "Tue, 06 May 2025 09:30:00 GMT") == (
        fetched.data,
        fetched.charset,
        fetched.etag,
        fetched.last_modified,
    )
    assert ["/robots.txt", "/story"] == site.paths
    assert site.asked[1][1]["User-Agent"].startswith("workbench/")


def test_a_page_that_has_not_changed_is_not_sent_again(site: web.Site) -> None:
    site.pages["/story"] = web.answer(b"", 304)
    fetched = Fetcher(HERE).fetch(f"{site.root}/story", etag='"one"', last_modified="Tue, 06 May 2025 09:30:00 GMT")

    assert fetched.data is None
    headers = site.asked[-1][1]
    assert ('"one"', "Tue, 06 May 2025 09:30:00 GMT") == (headers["If-None-Match"], headers["If-Modified-Since"])


def test_a_redirect_is_followed_and_each_hop_is_checked(site: web.Site) -> None:
    site.pages |= {"/a": web.moved("/b"), "/b": web.moved(f"{site.root}/c", 308), "/c": web.answer(web.page())}

    assert f"{site.root}/c" == Fetcher(HERE).fetch(f"{site.root}/a").final_url


def test_a_redirect_to_a_private_host_is_refused(site: web.Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.ingest.web.addresses.is_public", lambda address: address == "127.0.0.1")
    site.pages["/a"] = web.moved("http://127.0.0.2:9/metadata")
    options = FetchOptions(pause=0, seconds=5)

    assert "127.0.0.2, which is not a public address" in refusal(f"{site.root}/a", options)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.example/", "http://user@a.example/", "gopher://x/"])
def test_a_redirect_out_of_the_web_is_refused(site: web.Site, to: str) -> None:
    site.pages["/a"] = web.moved(to)

    assert refusal(f"{site.root}/a")


def test_redirects_in_a_circle_end(site: web.Site) -> None:
    site.pages["/a"] = web.moved("/a")

    assert "redirects more than 5 times" in refusal(f"{site.root}/a")
    assert 6 == site.paths.count("/a")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503])
def test_a_status_that_is_no_page_is_told(site: web.Site, status: int) -> None:
    site.pages["/a"] = web.answer(b"no", status)

    assert f"status {status}" in refusal(f"{site.root}/a")


BAD = {"slow": web.slow, "silent": web.silent, "lying": web.lying}


@pytest.mark.parametrize("what", BAD)
def test_a_host_that_does_not_answer_well_costs_no_more_than_the_deadline(site: web.Site, what: str) -> None:
    site.pages["/a"] = BAD[what]
    start = time.monotonic()
    said = refusal(f"{site.root}/a", FetchOptions(allow_private=True, pause=0, seconds=1))

    assert time.monotonic() - start < 5
    assert ("took longer" in said) == (what != "lying")


@pytest.mark.parametrize("what", [web.bomb, web.endless])
def test_bytes_are_capped_after_unpacking(site: web.Site, what: web.Behaviour) -> None:
    site.pages["/a"] = what

    assert "larger than 1 MiB" in refusal(f"{site.root}/a", FetchOptions(allow_private=True, pause=0, limit=1 << 20))


def test_a_packed_page_is_unpacked(site: web.Site) -> None:
    import gzip
    import zlib

    site.pages["/gzip"] = web.answer(gzip.compress(web.page()), Content_Encoding="gzip")
    site.pages["/deflate"] = web.answer(zlib.compress(web.page()), Content_Encoding="deflate")
    fetcher = Fetcher(HERE)

    assert [web.page()] * 2 == [fetcher.fetch(f"{site.root}/{name}").data for name in ("gzip", "deflate")]


def test_an_unknown_packing_is_refused(site: web.Site) -> None:
    site.pages["/a"] = web.answer(b"x", Content_Encoding="br")

    assert "packs the page in an unknown way" in refusal(f"{site.root}/a")


def test_a_host_that_takes_no_connection_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert "takes no connections" in refusal(f"http://127.0.0.1:{port}/")


# ---- manners -------------------------------------------------------------------------------------------------------

ROBOTS = b"User-agent: workbench\nDisallow: /closed\n\nUser-agent: *\nDisallow: /\n"


def test_robots_are_minded_unless_a_person_says_otherwise(site: web.Site) -> None:
    site.pages |= {
        "/robots.txt": web.answer(ROBOTS),
        "/closed": web.answer(web.page()),
        "/open": web.answer(web.page()),
    }

    assert "robots.txt" in refusal(f"{site.root}/closed")
    assert ["/robots.txt"] == site.paths
    assert web.page() == Fetcher(HERE).fetch(f"{site.root}/open").data
    free = FetchOptions(allow_private=True, ignore_robots=True, pause=0)
    assert web.page() == Fetcher(free).fetch(f"{site.root}/closed").data


def test_a_host_in_trouble_over_its_robots_is_left_alone(site: web.Site) -> None:
    site.pages["/robots.txt"] = web.answer(b"", 503)

    assert "robots.txt" in refusal(f"{site.root}/a")


def test_the_rules_of_a_host_are_asked_for_once(site: web.Site) -> None:
    site.pages |= {"/a": web.answer(web.page()), "/b": web.answer(web.page())}
    fetcher = Fetcher(HERE)
    fetcher.fetch(f"{site.root}/a")
    fetcher.fetch(f"{site.root}/b")

    assert ["/robots.txt", "/a", "/b"] == site.paths
