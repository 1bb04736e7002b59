"""The exported page in a real browser: every claim is on it, nothing foreign runs, and it asks for nothing."""

from __future__ import annotations

import html
import json
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.records import ClaimFilter
from workbench.services import demo, lists, report, review
from workbench.services.ingest import IngestOptions, ingest
from workbench.services.store import Store, open_store

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
NOBODY = "--host-resolver-rules=MAP * ~NOTFOUND"  # the browser reaches nobody, whatever it or a page asks for
BEACON = '<script>document.title = "owned"</script><img src="http://beacon.example/a.png" onerror="alert(1)">'
HOSTILE = f"Quay notes\nMayor Ida Brandt said “the quay {BEACON} closed in May.” The dues rose by 4 percent.\n"

Browser = Callable[..., str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The seeds and a hostile article, some claims judged."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "quay.txt").write_text(HOSTILE, encoding="utf-8")
    store = open_store(str(folder / "desk.db"), "ana")
    demo.seed(store)
    list(ingest(store, [str(folder / "quay.txt")], options=IngestOptions(outlet="Quay", url="http://beacon.example/q")))
    for row, label in zip(lists.claim_rows(store, ClaimFilter(), limit=3), ("true", "mixed", "false"), strict=True):
        review.mark(store, [row.id], truth=label, explain=f"Because {BEACON}.")
    store.close()
    return store


@pytest.fixture(scope="module")
def page(store: Store) -> Path:
    """The exported report of every claim."""
    path = store.path.with_name("report.html")
    report.export(store, ClaimFilter(), "html", public=False, output=path)
    return path


@pytest.fixture
def browser(needs: Callable[[str], str], tmp_path: Path) -> Browser:
    """Run Chromium on a page, in a profile of its own; what it writes on standard output."""
    program = needs("chromium")

    def run(page: Path, *flags: str) -> str:
        words = [program, *FLAGS, NOBODY, f"--user-data-dir={tmp_path / 'profile'}", *flags, page.as_uri()]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60, check=True)
        return done.stdout

    return run


def _asked_by_page(log: Path) -> list[str]:
    """The addresses that the page itself asked for, from the browser's own record of its requests."""
    record = json.loads(log.read_text(encoding="utf-8"))
    start = record["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    asked = [event.get("params", {}) for event in record["events"] if event["type"] == start]
    return [each["url"] for each in asked if "url" in each and each.get("initiator") != "not an origin"]


def test_every_claim_is_on_the_page_and_its_words_are_as_they_stand(browser: Browser, page: Path, store: Store) -> None:
    dom = browser(page, "--dump-dom")
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", "", dom)).split())
    rows = lists.claim_rows(store, ClaimFilter(), limit=None)

    assert len(rows) > 20
    assert [] == [row.id for row in rows if f'id="c{row.id}"' not in dom]
    assert [] == [row.text for row in rows if " ".join(row.text.split()) not in shown]


def test_foreign_text_is_shown_and_does_nothing(browser: Browser, page: Path) -> None:
    dom = browser(page, "--dump-dom")

    assert html.escape(BEACON, quote=False) in dom
    assert [] == re.findall(r"<(?:script|img|iframe|object|embed|link|base|form)\b", dom)
    assert "<title>owned" not in dom


def test_the_page_asks_for_nothing(browser: Browser, page: Path, tmp_path: Path) -> None:
    log = tmp_path / "requests.json"
    browser(page, f"--log-net-log={log}", "--dump-dom")

    assert [] == _asked_by_page(log)
    assert "default-src 'none'" in page.read_text(encoding="utf-8")


def test_a_page_that_asks_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    telling, log = tmp_path / "telling.html", tmp_path / "requests.json"
    telling.write_text(BEACON.replace("alert(1)", ""), encoding="utf-8")
    browser(telling, f"--log-net-log={log}", "--dump-dom")

    assert ["http://beacon.example/a.png"] == _asked_by_page(log)


@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_is_drawn_on_a_phone_and_on_a_desk(browser: Browser, page: Path, tmp_path: Path, width: int) -> None:
    picture = tmp_path / "page.png"
    browser(page, f"--window-size={width},900", f"--screenshot={picture}")
    drawn = picture.read_bytes()

    assert (width, 900) == struct.unpack(">II", drawn[16:24])
    assert len(drawn) > 20_000  # an empty page of this size is a few kilobytes


MEASURE = """
<script>
const numbers = text => (text.match(/-?[0-9.]+/g) || []).map(Number);
const parse = text => {
  const part = numbers(text);
  const whole = text.startsWith("color(srgb") ? part.slice(0, 3).map(each => each * 255) : part.slice(0, 3);
  return [...whole, part.length > 3 ? part[3] : 1];
};
const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const behind = element => element === null ? [255, 255, 255, 1]
  : over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement));
const light = colour => colour.slice(0, 3).map(each => each / 255)
  .map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4)
  .reduce((sum, each, i) => sum + each * [.2126, .7152, .0722][i], 0);
const contrast = element => {
  const back = behind(element), text = over(parse(getComputedStyle(element).color), back);
  const [a, b] = [light(text), light(back)].sort((x, y) => y - x);
  return (a + .05) / (b + .05);
};
const holds = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
const shown = [...document.body.querySelectorAll("*")].filter(each => holds(each) && each.getClientRects().length
  && !["STYLE", "SCRIPT"].includes(each.tagName));
const worst = Math.min(...shown.map(contrast));
const told = parent.document.createElement("pre");
told.id = "measured";
told.textContent = JSON.stringify({width: innerWidth, scroll: document.documentElement.scrollWidth, contrast: worst,
  paper: getComputedStyle(document.body).backgroundColor, texts: shown.length});
parent.document.body.append(told);
</script>
"""


def _measured(browser: Browser, page: Path, width: int, *flags: str) -> dict[str, Any]:
    """Widths and the lowest contrast of any text in a frame of `width`, the browser's own windows being wider.

    A script in a copy of the page measures them, whose policy allows none.
    """
    host = page.with_name("host.html")
    whole = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    inside = html.escape(whole.replace("</body>", f"{MEASURE}</body>"))
    host.write_text(f'<!DOCTYPE html><iframe style="width: {width}px; height: 900px; border: 0" srcdoc="{inside}">')
    found = re.search(r'<pre id="measured">(.*?)</pre>', browser(host, *flags, "--window-size=1400,900", "--dump-dom"))
    assert found is not None
    measured: dict[str, Any] = json.loads(found[1])
    assert measured["texts"] > 100
    return measured


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_wider_than_the_page(browser: Browser, page: Path, width: int) -> None:
    measured = _measured(browser, page, width)

    assert (width, width) == (measured["width"], measured["scroll"])


@pytest.mark.parametrize(
    ("scheme", "paper"), [(0, "rgb(23, 24, 26)"), (1, "rgb(252, 251, 248)")], ids=["dark", "light"]
)
def test_every_text_stands_out_in_both_looks(browser: Browser, page: Path, scheme: int, paper: str) -> None:
    measured = _measured(browser, page, 900, f"--blink-settings=preferredColorScheme={scheme}")

    assert paper == measured["paper"]
    assert measured["contrast"] >= 4.5  # WCAG 2.2, 1.4.3
