"""`python -m tests.bench.fuzz [--count 10000] [--only NAME…] [--seed N]`: spoilt inputs for every door of foreign text.

Each input begins as a good document and is cut, doubled, flipped and mixed with words that readers stumble over. What
comes out must be documents that can be stored, or one line that says why not. What is found is printed with the bytes
that show it; `tests/unit/test_fuzz.py` runs a few of each and keeps the findings as cases.
"""

# ruff: noqa: E501, PT017 - bytes as they come; a refusal is looked at, not raised

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from tests.unit import document_samples as samples

SECONDS = 10.0  # more than this for one small input is a finding
CLAIMREVIEW: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://desk.example/1", "datePublished": "2026-03-13T10:00:00Z",
    "author": {"@type": "Organization", "name": "Desk"}, "claimReviewed": "The pier \u201cstays\u201d shut", "inLanguage": "en",
    "itemReviewed": {"@type": "Claim", "author": [{"name": "Ida"}], "datePublished": "2026-03-12", "appearance": "https://b.example/x, https://c.example/y"},
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly false", "ratingValue": "2", "bestRating": 5, "worstRating": "1", "ratingExplanation": "So."},
}  # fmt: skip
MICRODATA = (
    '<div itemscope itemtype="http://schema.org/ClaimReview"><a itemprop="url" href="https://a.example/1">x</a>'
    '<p itemprop="claimReviewed">The pier stays shut</p><div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating">'
    '<meta itemprop="ratingValue" content="2"><span itemprop="alternateName">False</span></div></div>'
)
_ODD = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", b"\xe2\x80\xae", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;", b"<![CDATA[", b"]]>",
    b"<!--", b"<script>", b"</p>", b"<div>" * 300, b"\xe2\x80\x9c", b'"' * 5, b"'", b"(" * 99, b"[" * 99, b"{" * 99, b"=?utf-8?b?=?=",
    b"=?x?q?=80?=", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"charset=utf-16", b"charset=none", b"\r", b"\n\n", b"9" * 5000,
    b"-", b"NaN", b"1e999", b"\xed\xa0\x80", b"\\ud800", b"%PDF-1.7", b"PK\x03\x04", b"\xf0\x9f\x98\x80", b"\xcc\x81" * 50, b"> " * 40,
    b"# ", b"| a | b |\n|---|---|\n", b"---\n", b"\\bin9999999 ", b"\\u-1?", b"w:val=", b"outlet:", b"check>", b'""', b"\x85", b"\xc2\xa0",
)  # fmt: skip


@cache
def _seeds() -> dict[str, tuple[bytes, ...]]:
    page = "".join(f"<p>{each}</p>" for each in samples.BODY)
    html = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Pier</title></head><body><article>{page}</article></body></html>"
    plain = " date 2025-07-06 403\nPier to stay shut\n(MENAFN) " + "\n".join(samples.BODY)
    check = json.dumps(CLAIMREVIEW)
    item = json.dumps({"@type": "DataFeedItem", "url": "https://a.example/2", "item": [CLAIMREVIEW]})
    feed = (
        f'{{"@context": "https://schema.org", "@type": "DataFeed", "name": "d", "dataFeedElement": [{item}, {item}]}}'
    )
    script = f'<html><head><link rel="canonical" href="https://a.example/1"><script type="application/ld+json">{check}</script></head>'
    line = '{"id": "a", "text": "Ida said no.", "published": "2025-07-06", "author": ["x"], "outlet": {"name": "o"}}\n'
    return {
        "text": (plain.encode(), plain.encode("utf-16"), plain.encode("cp1252")),
        "html": (html.encode(), html.encode("utf-16")),
        "markdown": (samples.MARKDOWN.encode(),),
        "jsonl": (line.encode() * 3, f"[{line}]".encode()),
        "csv": (samples.CSV.encode(),),
        "feed": (samples.RSS.encode(), samples.ATOM.encode()),
        "eml": (samples.mail(), samples.mail(samples.docx())),
        "mbox": (b"From a@b Tue May 06 09:30:00 2025\n" + samples.mail(),),
        "pdf": (samples.pdf(), samples.pdf(columns=2, pages=2, head="x")),
        "docx": (samples.docx(footnotes=True),),
        "odt": (samples.odt(),),
        "rtf": (samples.RTF,),
        "warc": (samples.warc(),),
        "claimreview": (
            check.encode(),
            f"[{check},\n{check}]".encode(),
            feed.encode(),
            feed.encode("utf-16"),
            f"{check}\n{check}\n".encode(),
            script.encode(),
            MICRODATA.encode(),
        ),
        "zip": (samples.packed(a__txt=b"Ida said no.", b__html=html.encode()),),
    }


def spoilt(seed: bytes, chance: random.Random, others: tuple[bytes, ...] = ()) -> bytes:
    """`seed` with one to eight faults."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        end = min(len(data), at + int(chance.expovariate(1 / 20)))
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:end]
        elif kind == 2:
            data[at:at] = chance.choice(_ODD)
        elif kind == 3:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif kind == 4:
            other = chance.choice(others or (seed,))
            start = chance.randint(0, len(other))
            data[at:end] = other[start : start + chance.randint(0, 200)]
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


def _inside(seed: bytes, chance: random.Random) -> bytes:
    """A package whose parts are spoilt, and packed soundly again, so that the fault is met behind the unpacking."""
    return samples.rezipped(seed, {}, lambda name, old: spoilt(old, chance) if chance.random() < 0.5 else old)


def inputs(name: str, count: int, seed: int = 1) -> Iterator[bytes]:
    """That many spoilt inputs for one door, the same for each seed."""
    chance = random.Random(f"{name} {seed}")
    seeds = _seeds().get(name) or _seeds()["text"]
    for number in range(count):
        good = seeds[number % len(seeds)]
        packed = name in ("docx", "odt", "zip") and number % 2
        yield _inside(good, chance) if packed else spoilt(good, chance, seeds)


# ---- doors: each takes bytes and raises only what a person is told ----------------------------------------------------


def _reader(name: str) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        from workbench.errors import InputError
        from workbench.ingest import BadInput, ReadOptions, read
        from workbench.ingest.readers import APART, read_as

        try:
            apart = name in APART
            found = (
                read_as(name, data, name="any") if apart else read(data, name="any", options=ReadOptions(format=name))
            )
            for each in found:
                assert isinstance(each, BadInput) or _is_sound(each), "a document that cannot be stored"
                assert not isinstance(each, BadInput) or "\n" not in each.reason, "a reason of several lines"
        except InputError as error:
            assert "\n" not in str(error), "a refusal of several lines"

    return check


def _is_sound(document: object) -> bool:
    text: str = document.text  # type: ignore[attr-defined]
    text.encode("utf-8")
    spans = (document.header, document.title_span, document.agency_span)  # type: ignore[attr-defined]
    places = [*spans, *((each.start, each.end) for each in document.remarks)]  # type: ignore[attr-defined]
    return bool(text.strip()) and all(span is None or 0 <= span[0] <= span[1] <= len(text) for span in places)


def _checks(data: bytes) -> None:
    """Published fact-checks: read, imported into a store, matched, and taken back."""
    import tempfile
    from pathlib import Path

    from workbench.errors import InputError
    from workbench.services import checkimports, history, matching

    store = _checked_store()
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        Path(file.name).write_bytes(data)
        before = matching.count(store)
        try:
            done = checkimports.import_checks(store, Path(file.name))
        except InputError as error:
            assert "\n" not in str(error), "a refusal of several lines"
            assert before == matching.count(store), "a refused file that left something"
            return
    assert all("\n" not in place + reason for place, reason in done.refused), "a reason of several lines"
    if done.label is None:
        return
    with store.reading() as reader:
        newest = reader.execute("SELECT id FROM factcheck WHERE NOT hidden ORDER BY id DESC LIMIT 3").fetchall()
    for row in newest:
        check = matching.check(store, row[0])
        check.claim.encode("utf-8")
        assert check.url.lower().startswith(("http://", "https://")), "an address that is none"
    matching.answers(store, data.decode("utf-8", "replace")[:500])
    history.undo(store)
    assert before == matching.count(store), "an import that undo leaves something of"


@cache
def _checked_store() -> Any:
    """A store for all inputs of one run; each takes back what it brought."""
    import atexit
    import tempfile

    from workbench.services.store import open_store

    folder = tempfile.TemporaryDirectory()
    store = open_store(f"{folder.name}/desk.db", "ana")
    atexit.register(lambda: (store.close(), folder.cleanup()))
    return store


def _sniffed(data: bytes) -> None:
    from workbench.ingest.formats import sniff
    from workbench.ingest.options import FORMATS

    assert sniff(data) in (*FORMATS, "gzip")


def _quotes(data: bytes) -> None:
    from workbench.language.paragraphs import paragraphs
    from workbench.language.quotes import quotes

    text = data.decode("utf-8", "replace")
    for quote in quotes(text, paragraphs(text)):
        assert 0 <= quote.outer.start < quote.outer.end <= len(text), "a quotation outside of the text"


def _filter(data: bytes) -> None:
    from workbench.errors import UsageError
    from workbench.services.filters import format_filter, parse_filter

    text = data.decode("utf-8", "replace")[:300]
    try:
        wanted = parse_filter(text)
    except UsageError as error:
        assert "\n" not in error.what.replace(text, "")
        return
    wanted = replace(wanted, search=wanted.search.rstrip())  # a blank at the end says that a word is whole
    assert parse_filter(format_filter(wanted)) == wanted, "a filter that reads back as another one"


def _robots(data: bytes) -> None:
    from workbench.errors import InputError
    from workbench.ingest.web.addresses import parse
    from workbench.ingest.web.robots import Rules

    Rules(200, data).allows("workbench/1", "https://a.example/x")
    try:
        parse(data.decode("utf-8", "replace")[:200])
    except InputError:
        return


DOORS: dict[str, Callable[[bytes], None]] = {
    **{name: _reader(name) for name in _seeds()},
    "claimreview": _checks,
    "sniff": _sniffed,
    "quotes": _quotes,
    "filter": _filter,
    "addresses": _robots,
}


def run(name: str, count: int, seed: int = 1) -> list[tuple[str, bytes]]:
    """What was found at one door: the fault in words, and the input that shows it."""
    found: list[tuple[str, bytes]] = []
    for data in inputs(name, count, seed):
        start = time.process_time()
        try:
            DOORS[name](data)
        except Exception as error:  # every exception here would have reached a person
            found.append((f"{type(error).__name__}: {error}"[:160], data))
        if time.process_time() - start > SECONDS:
            found.append((f"took {time.process_time() - start:.1f} s", data))
    return found


def main() -> int:
    """Run and print; exit status 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--only", nargs="*", choices=DOORS, default=list(DOORS))
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    broken = 0
    for name in chosen.only:
        start = time.process_time()
        found = run(name, chosen.count, chosen.seed)
        broken += len(found)
        seconds = time.process_time() - start
        print(f"{name}: {chosen.count} inputs, {len(found)} findings, {seconds:.0f} s CPU", flush=True)
        kinds = {}
        for fault, data in found:
            kinds.setdefault(fault[:70], data)
        for fault, data in list(kinds.items())[:8]:
            print(f"  {fault}\n    {data[:400]!r}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
