import time

import pytest

from workbench.errors import InputError
from workbench.ingest import read
from workbench.records import Document

HEAD = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Bridge opens again | Harbour Post</title>
<meta property="og:title" content="Bridge opens again">
<meta property="og:site_name" content="Harbour Post">
<meta name="author" content="Ana Reyes">
<meta property="article:published_time" content="2025-07-06T09:00:00+00:00">
<link rel="canonical" href="https://post.example/bridge"></head>"""
PARAGRAPHS = [
    "The mayor opened the bridge on Monday, two years after it had been closed for repairs.",
    "“We went too far over budget,” she told reporters at the ceremony in the town hall.",
    "Work on a second bridge, which was planned for last autumn, has not begun, officials said.",
    "The town council will discuss the accounts of both projects in an open session in August.",
]


def body(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def only(page: str) -> Document:
    (document,) = read(page.encode(), name="bridge")
    assert isinstance(document, Document)
    assert "html" == document.format
    return document


def test_a_page_gives_its_body_in_order_without_navigation_and_its_stated_metadata() -> None:
    page = (
        f"{HEAD}<body><nav><a href='/'>Home</a></nav><article><h1>Bridge opens again</h1>{body(PARAGRAPHS)}</article>"
    )
    document = only(page + "<footer>Copyright Harbour Post</footer></body></html>")

    assert PARAGRAPHS == [line for line in document.text.split("\n") if line != "Bridge opens again"]
    stated = (document.title, document.outlet, document.author, document.published, document.language, document.url)
    assert (
        "Bridge opens again",
        "Harbour Post",
        "Ana Reyes",
        "2025-07-06T09:00:00+00:00",
        "en",
        "https://post.example/bridge",
    ) == stated
    assert frozenset() == document.guessed


def test_metadata_is_read_from_json_ld_too() -> None:
    record = """{"@graph": [{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2025-07-06",
        "publisher": {"name": "Harbour Post"}, "author": [{"name": "Ana Reyes"}, {"name": "Li Wei"}]}]}"""
    document = only(f"<html><script type='application/ld+json'>{record}</script><body>{body(PARAGRAPHS)}")

    assert ("Bridge opens", "Harbour Post", "Ana Reyes, Li Wei", "2025-07-06") == (
        document.title,
        document.outlet,
        document.author,
        document.published,
    )


def test_a_title_from_the_window_title_is_marked_as_guessed_and_no_date_is_invented() -> None:
    document = only(f"<html><title>Bridge opens</title><body>{body(PARAGRAPHS)}<p>Since 1998-03-04.</p></body></html>")

    assert ("Bridge opens", None, frozenset({"title"})) == (document.title, document.published, document.guessed)


@pytest.mark.parametrize("depth", [300, 1500, 20_000])
def test_text_nested_deeper_than_the_parser_allows_is_read_or_noted_never_lost(depth: int) -> None:
    page = f"{HEAD}<body>{'<div>' * depth}{body(PARAGRAPHS)}{'</div>' * depth}<p>After it all.</p></body></html>"

    document = only(page)

    assert PARAGRAPHS == [line for line in document.text.split("\n") if line in PARAGRAPHS]
    assert (depth > 2000) == any("nested" in note for note in document.notes)


def test_a_tiny_page_falls_back_on_its_visible_text() -> None:
    page = "<html><head><title>T</title><style>p {}</style></head><body><p>Musk &amp;\nTrump.</p><script>x<y</script>"

    assert "Musk & Trump." == only(page).text


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<html><script>var a = 'text';</script></html>", "<p><!-- text -->"]
)
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="the page holds no text"):
        list(read(page.encode(), name="empty"))


def test_a_declared_charset_is_used() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body>{body(PARAGRAPHS)}</body></html>'

    (document,) = read(page.encode("cp1252"), name="bridge")

    assert isinstance(document, Document)
    assert "“We went too far over budget,”" in document.text
    assert ("cp1252", ()) == (document.encoding, document.notes)


@pytest.mark.parametrize("others", [PARAGRAPHS, []])
def test_a_quote_element_is_read_with_its_quotation_marks(others: list[str]) -> None:
    said = "She said <q>we went <b>too far</b></q> and <q>sorry</q>, then left."

    assert "She said “we went too far” and “sorry”, then left." in only(f"<html><body>{body([said, *others])}").text


def test_a_short_article_that_the_page_marks_is_read_without_the_rest() -> None:
    page = (
        f"<article><p>The ferry is back.</p><p>“At last,” she said.</p></article><footer>{'All rights. ' * 20}</footer>"
    )

    assert "The ferry is back.\n“At last,” she said." == only(f"<html><body>{page}</body></html>").text


def test_a_page_of_many_megabytes_is_read_in_seconds_with_a_note() -> None:
    started = time.process_time()

    document = only(f"<html><body><article>{body(PARAGRAPHS) * 15_000}</article></body></html>")

    assert time.process_time() - started < 10
    assert any("too large" in note for note in document.notes)
    assert 60_000 == len(document.text.split("\n"))


def test_markup_in_the_words_of_a_page_is_text() -> None:
    assert "if a < b then [bold]&" in only("<html><body><p>if a &lt; b then [bold]&amp; more.</p></body></html>").text


@pytest.mark.parametrize("piece", ["<p>", "<script>", "<nav>", "<!--", "<", "<a <b ", "</div>", "<p>Some words. "])
def test_a_large_broken_page_takes_seconds_at_most(piece: str) -> None:
    page = "<html><body><p>The mayor opened the bridge.</p>" + piece * (300_000 // len(piece))
    started = time.process_time()

    only(page)

    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>T</title></head><body><script>var a = 1;</script><noscript>Enable JavaScript</noscript>",
        "<title>App</title><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
    ],
)
def test_a_page_that_is_made_by_scripts_holds_no_text(page: str) -> None:
    with pytest.raises(InputError, match="the page holds no text"):
        only(page)
