"""Pages by their address, from the command line: stored, refreshed, kept as evidence; nothing else asks the net."""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import web_samples as web


@pytest.fixture
def site() -> Iterator[web.Site]:
    with web.served() as running:
        yield running


def _articles(cli) -> list[dict]:
    return [json.loads(line) for line in cli("articles", "--json").out.splitlines()]


def test_a_page_is_fetched_and_known_by_the_address_that_was_named(cli, site: web.Site) -> None:
    site.pages |= {"/story": web.moved("/news/pier.html"), "/news/pier.html": web.answer(web.page())}
    result = cli("ingest", f"{site.root}/story", "--allow-private", "--ignore-robots", "--outlet", "Courier")

    assert (0, "") == (result.status, result.err)
    (article,) = _articles(cli)
    assert (f"{site.root}/story", "pier", "Courier") == (article["url"], article["name"], article["outlet"])
    assert f"fetched: {site.root}/news/pier.html" in cli("show", "a1").out


def test_a_private_host_is_refused_in_one_line_and_the_files_beside_it_are_stored(
    cli, site: web.Site, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text("Ida Brandt said no.", encoding="utf-8")
    result = cli("ingest", f"{site.root}/story", str(tmp_path / "good.txt"))

    assert (1, 1, []) == (result.status, len(result.errors), site.asked)
    assert "not a public address" in result.err
    assert "1 stored" in result.out


def test_a_refresh_brings_a_correction_as_a_new_version_and_nothing_else(cli, site: web.Site) -> None:
    site.pages["/story"] = web.answer(web.page(), ETag='"one"')
    free = ("--allow-private", "--ignore-robots")
    assert 0 == cli("ingest", f"{site.root}/story", *free).status

    site.pages["/story"] = web.answer(b"", 304)
    result = cli("ingest", "--refresh", *free)
    assert "0 stored, 1 unchanged, 0 new versions, 0 failed" in result.out
    assert '"one"' == site.asked[-1][1]["If-None-Match"]

    site.pages["/story"] = web.answer(web.page("3.1"), ETag='"two"')
    assert "1 new version" in cli("ingest", "--refresh", "a1", *free).out
    assert "3.1" in cli("articles", "--changes").out

    site.pages["/story"] = web.answer(b"", 410)
    gone = cli("ingest", "--refresh", f"{site.root}/story", *free)
    assert (1, True) == (gone.status, "status 410" in gone.err)
    assert 1 == cli("ingest", "--refresh", "a9", *free).status


def test_evidence_keeps_a_copy_of_its_page(cli, site: web.Site, tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text("Ida Brandt said the pier “will not open.”", encoding="utf-8")
    cli("ingest", str(tmp_path / "pier.txt"))
    site.pages["/proof"] = web.answer(web.page())
    add = ("evidence", "add", "c1", "--url", f"{site.root}/proof")

    assert "copy kept" in cli(*add, "--allow-private", "--ignore-robots").out
    assert hashlib.sha256(web.page()).hexdigest() in cli("show", "e1").out
    asked = len(site.asked)
    assert "no copy kept" in cli(*add, "--no-fetch").out
    refused = cli(*add)
    assert (0, True, asked) == (refused.status, "no copy kept: " in refused.err, len(site.asked))


USAGE = [
    ["ingest"],
    ["ingest", "--refresh", "--title", "x"],
    ["ingest", "https://a.example/", "--user-agent", "a\nb"],
    ["extract", "https://a.example/"],
]


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_what_does_not_go_together_is_wrong_usage(cli, words: list[str]) -> None:
    result = cli(*words)

    assert (2, "", 1) == (result.status, result.out, len(result.errors))


def test_no_command_opens_a_socket_by_itself(cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = "<p>Ida Brandt said <a href='https://a.example/'>no</a>.<img src='https://a.example/x.png'></p>"
    (tmp_path / "page.html").write_text(f"<html><body>{page * 5}</body></html>", encoding="utf-8")
    commands = [
        ["ingest", str(tmp_path / "page.html")], ["claims"], ["show", "a1"], ["mark", "c1", "--truth", "true"],
        ["evidence", "add", "c1", "--url", "https://a.example/", "--no-fetch"], ["export", "--format", "html"],
        ["extract", str(tmp_path / "page.html")], ["ingest", "--refresh"], ["doctor"],
    ]  # fmt: skip

    assert [0] * len(commands) == [cli(*words).status for words in commands]
