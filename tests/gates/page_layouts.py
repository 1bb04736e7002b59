"""Twenty pages with the structure of real sites and invented words: what a reader of the page calls the article.

`page(number)` gives the HTML, the lines of the body in their order, and the metadata that the page states. Captions,
navigation, teasers, comments, forms and notices belong to the page and not to the article.
"""
# ruff: noqa: E501 - markup as sites write it

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.articles import FIRST, ROOTS, THINGS, _sentence, _upper


@dataclass(frozen=True)
class Page:
    """A page and what is known of it."""

    name: str
    html: str
    body: tuple[str, ...]
    stated: dict[str, str] = field(default_factory=dict)


@dataclass
class Story:
    """Invented words for one page."""

    chance: random.Random
    title: str = ""
    author: str = ""
    paragraphs: list[str] = field(default_factory=list)
    teasers: list[str] = field(default_factory=list)

    @classmethod
    def new(cls, seed: int, count: int = 8) -> Story:
        chance = random.Random(seed)
        people = [f"{chance.choice(FIRST)} {chance.choice(ROOTS)}wick" for _ in range(4)]
        text = [" ".join(_sentence(chance, people) for _ in range(chance.randint(2, 3))) for _ in range(count)]
        title = f"{_upper(chance.choice(THINGS))} divides council as {chance.choice(ROOTS)}ford waits"
        teasers = [f"{_upper(chance.choice(THINGS))}: what {chance.choice(ROOTS)}by thinks" for _ in range(9)]
        return cls(chance, title, f"{chance.choice(FIRST)} {chance.choice(ROOTS)}ley", text, teasers)

    def p(self, tag: str = "p", attributes: str = "", between: dict[int, str] | None = None) -> str:
        """The paragraphs as elements, with other blocks after some of them."""
        out = []
        for number, each in enumerate(self.paragraphs):
            out.append(f"<{tag}{attributes}>{html.escape(each, quote=False)}</{tag}>")
            out.append((between or {}).get(number, ""))
        return "\n".join(out)

    def links(self, tag: str = "li") -> str:
        return "".join(f'<{tag}><a href="/{n}">{html.escape(each)}</a></{tag}>' for n, each in enumerate(self.teasers))


LAYOUTS: list[Callable[[], Page]] = []


def layout(make: Callable[[Story], tuple[str, tuple[str, ...], dict[str, str]]]) -> Callable[[], Page]:
    """Add a layout; each has words of its own."""
    seed = 100 + len(LAYOUTS)

    def build() -> Page:
        story = Story.new(seed)
        source, body, stated = make(story)
        return Page(make.__name__, source, body, stated)

    LAYOUTS.append(build)
    return build


@layout
def weblog_theme(s: Story):
    source = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{s.title} - Marlow Courier</title>
<link rel="canonical" href="https://courier.example/2025/05/pier/"><meta property="og:title" content="{s.title}">
<meta property="og:site_name" content="Marlow Courier"><meta property="article:published_time" content="2025-05-06T08:00:00+00:00">
<meta name="author" content="{s.author}"><script>window.dataLayer=[];</script></head>
<body class="post-template-default single single-post"><a class="skip-link" href="#content">Skip to content</a>
<header id="masthead"><nav><ul>{s.links()}</ul></nav><form role="search"><input type="search" placeholder="Search"></form></header>
<div id="content"><main><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{s.title}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time datetime="2025-05-06T08:00:00+00:00">May 6, 2025</time></span> <span class="byline">by {s.author}</span></div></header>
<div class="entry-content">{s.p()}<div class="sharedaddy"><h3>Share this:</h3><ul><li>Click to share on Facebook</li><li>Click to share on X</li></ul></div></div>
<footer class="entry-footer">Posted in <a href="/c">Local</a> Tagged <a href="/t">council</a></footer></article>
<nav class="post-navigation"><a href="/p">Previous: {s.teasers[0]}</a></nav>
<div id="comments"><h2>2 thoughts on this</h2><ol><li><p>First! This is all wrong and you know it, I think.</p></li><li><p>Great read, thank you for writing it all up.</p></li></ol></div></main>
<aside id="secondary"><section class="widget"><h2>Recent Posts</h2><ul>{s.links()}</ul></section></aside></div>
<footer id="colophon">Proudly powered by a weblog program. All rights reserved.</footer></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Marlow Courier",
            "author": s.author,
            "published": "2025-05-06T08:00:00+00:00",
            "language": "en",
            "url": "https://courier.example/2025/05/pier/",
        },
    )


@layout
def broadcaster_components(s: Story):
    blocks = "".join(
        f'<div data-component="text-block" class="ssrcss-7uxr49"><p class="ssrcss-1q0x1qg"><span>{html.escape(each, quote=False)}</span></p></div>'
        for each in s.paragraphs
    )
    source = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{s.title} - Northern Broadcasting</title>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"ReportageNewsArticle","headline":"{s.title}","datePublished":"2025-03-02T06:15:00.000Z","author":[{{"@type":"Person","name":"{s.author}"}}],"publisher":{{"@type":"NewsMediaOrganization","name":"Northern Broadcasting"}}}}</script></head>
<body><div id="cookiePrompt"><h2>Let us know you agree to cookies</h2><p>We use cookies to give you the best online experience.</p><button>Yes, I agree</button></div>
<header role="banner"><nav aria-label="Main"><ul>{s.links()}</ul></nav></header>
<main id="main-content"><article><header data-component="headline-block"><h1 id="main-heading">{s.title}</h1></header>
<div data-component="byline-block"><span>Published <time datetime="2025-03-02T06:15:00.000Z">2 March</time></span><span>{s.author}</span><span>Local reporter</span></div>
<figure data-component="image-block"><img src="x.jpg" alt="The dam"><figcaption>The dam was opened long ago, in another time</figcaption></figure>
{blocks}<section data-component="topic-list"><h2>Related topics</h2><ul>{s.links()}</ul></section></article>
<section data-component="links-block"><h2>More on this story</h2><ul>{s.links()}</ul></section></main>
<footer><p>Copyright © 2025. We are not responsible for the content of external sites.</p></footer></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Northern Broadcasting",
            "author": s.author,
            "published": "2025-03-02T06:15:00+00:00",
            "language": "en",
        },
    )


@layout
def newspaper_with_subheads_and_pull_quote(s: Story):
    between = {
        1: '<aside class="element-pullquote"><blockquote>“It needs new gates,” the mayor said.</blockquote></aside>',
        3: "<h2>What comes next</h2>",
        5: "<h2>Who pays for it</h2>",
    }
    body = [*s.paragraphs[:4], "What comes next", *s.paragraphs[4:6], "Who pays for it", *s.paragraphs[6:]]
    source = f"""<html lang="en"><head><meta charset="utf-8"><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="The Sentinel">
<meta name="article:published_time" content="2024-11-19T17:02:10Z"><title>{s.title} | The Sentinel</title></head><body>
<div class="top-bar"><a href="/subscribe">Subscribe</a><a href="/signin">Sign in</a></div><nav>{s.links("span")}</nav>
<main><article><h1>{s.title}</h1><div class="standfirst"></div><address><a rel="author" href="/profile">{s.author}</a></address>
<div class="article-body-commercial-selector">{s.p(between=between)}</div>
<div class="submeta"><span>Topics</span><ul>{s.links()}</ul><a href="/reuse">Reuse this content</a></div></article></main>
<section class="most-viewed"><h2>Most viewed</h2><ol>{s.links()}</ol></section></body></html>"""
    return (
        source,
        tuple(body),
        {"title": s.title, "outlet": "The Sentinel", "published": "2024-11-19T17:02:10+00:00", "language": "en"},
    )


@layout
def wire_agency_testids(s: Story):
    blocks = "".join(
        f'<div data-testid="paragraph-{n}" class="text__text__1FZLe">{html.escape(each, quote=False)}</div>'
        for n, each in enumerate(s.paragraphs)
    )
    source = f"""<!DOCTYPE html><html lang="en"><head><title>{s.title}</title><meta property="og:site_name" content="Northwire">
<meta name="article:published_time" content="2025-01-15T10:44:00Z"/><meta name="article:author" content="{s.author}"/></head><body><div id="fusion-app">
<header><div>{s.links("span")}</div></header><main><article><div><h1 data-testid="Heading">{s.title}</h1><div>By {s.author}</div><time>January 15, 2025</time></div>
<div class="article-body__content">{blocks}</div><p class="trust"><a href="/trust">Our Standards: the trust principles.</a></p></article></main>
<div class="read-next"><h2>Read Next</h2><ul>{s.links()}</ul></div></div><script>window.state={{"a":1}}</script></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Northwire",
            "author": s.author,
            "published": "2025-01-15T10:44:00+00:00",
            "language": "en",
        },
    )


@layout
def newsletter_post(s: Story):
    source = f"""<html lang="en"><head><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="Harbour Letters">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{s.title}","datePublished":"2025-06-01T12:00:00+00:00","author":[{{"@type":"Person","name":"{s.author}"}}]}}</script></head>
<body><div class="main-menu"><a href="/">Harbour Letters</a><button>Subscribe</button><button>Sign in</button></div>
<article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{s.title}</h1><h3 class="subtitle"></h3><div class="byline">{s.author}</div></div>
<div class="available-content"><div class="body markup">{s.p(between={2: '<div class="subscription-widget-wrap"><p class="cta-caption">Harbour Letters is supported by readers. Become a subscriber.</p><form><input type="email" placeholder="Type your email…"><input type="submit" value="Subscribe"></form></div>', 4: "<div><hr></div>"})}</div></div>
<div class="post-footer"><button>Like</button><button>Share</button></div></article>
<div class="comments-page"><h4>Discussion about this post</h4><div class="comment"><p>I never knew that about the harbour wall.</p></div></div></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {"title": s.title, "outlet": "Harbour Letters", "author": s.author, "published": "2025-06-01T12:00:00+00:00"},
    )


@layout
def tables_for_layout(s: Story):
    source = f"""<HTML><HEAD><TITLE>{s.title}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH=100% BORDER=0><TR><TD COLSPAN=2><FONT SIZE=5>THE OLD LEDGER</FONT></TD></TR>
<TR><TD WIDTH=150 VALIGN=top><FONT SIZE=2>{"<BR>".join(f'<A HREF="{n}.htm">{each}</A>' for n, each in enumerate(s.teasers))}</FONT></TD>
<TD VALIGN=top><H1>{s.title}</H1>{s.p("P")}</TD></TR><TR><TD COLSPAN=2><HR><FONT SIZE=1>Webmaster: web@ledger.example</FONT></TD></TR></TABLE></BODY></HTML>"""
    return source, tuple(s.paragraphs), {"title": s.title}


@layout
def government_release(s: Story):
    items = ("new gates for the river dam", "a second ferry before winter", "repairs to the school roof")
    between = {
        2: "<p>The plan holds:</p><ul>" + "".join(f"<li>{each}</li>" for each in items) + "</ul>",
        7: '<h2 id="notes">Notes to editors</h2><ol><li>The figures are those of last year.</li><li>The ministry was founded in 1921.</li></ol>',
    }
    body = (
        *s.paragraphs[:3],
        "The plan holds:",
        *(f"- {each}" for each in items),
        *s.paragraphs[3:],
        "Notes to editors",
        "- The figures are those of last year.",
        "- The ministry was founded in 1921.",
    )
    source = f"""<!DOCTYPE html><html lang="en"><head><title>{s.title} - Government of Marlow</title><meta name="dc.title" content="{s.title}"><meta name="dc.publisher" content="Ministry of Harbours"><meta name="dc.date.issued" content="2025-02-10"></head>
<body><div class="govuk-skip-link">Skip to main content</div><header class="govuk-header"><nav><ul>{s.links()}</ul></nav></header>
<main class="govuk-main-wrapper"><span class="gem-c-title__context">Press release</span><h1>{s.title}</h1><div class="gem-c-metadata"><dl><dt>From:</dt><dd>Ministry of Harbours</dd><dt>Published</dt><dd>10 February 2025</dd></dl></div>
<div class="govuk-grid-column-two-thirds"><div class="govspeak">{s.p(between=between)}</div></div>
<div class="gem-c-share-links"><h2>Share this page</h2><ul><li>Share on Facebook</li><li>Share on X</li></ul></div></main><footer><p>All content is available under the open licence.</p></footer></body></html>"""
    return (
        source,
        body,
        {"title": s.title, "outlet": "Ministry of Harbours", "published": "2025-02-10", "language": "en"},
    )


@layout
def article_with_data_table(s: Story):
    rows = (
        ("Year", "Ships", "Cost"),
        ("2022", "1,204", "$2.4 million"),
        ("2023", "1,377", "$2.9 million"),
        ("2024", "1,411", "$3.3 million"),
    )
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = (*s.paragraphs[:4], *(" | ".join(row) for row in rows), *s.paragraphs[4:])
    source = f"""<html lang="en"><head><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="Figures Weekly"></head><body><nav><ul>{s.links()}</ul></nav>
<article><h1>{s.title}</h1>{s.p(between={3: f'<table class="data"><tbody>{cells}</tbody></table>'})}</article><footer>© Figures Weekly</footer></body></html>"""
    return source, body, {"title": s.title, "outlet": "Figures Weekly"}


@layout
def interview_in_bold_questions(s: Story):
    pieces, body = [], []
    for number, each in enumerate(s.paragraphs):
        question = f"How did {THINGS[number]} come to this?"
        pieces.append(f"<p><strong>{question}</strong></p><p>{html.escape(each, quote=False)}</p>")
        body += [question, each]
    source = f"""<html lang="en"><head><title>{s.title} – Dock Review</title><meta name="author" content="{s.author}"></head><body><header><a href="/">Dock Review</a><ul>{s.links()}</ul></header>
<main><article><h1>{s.title}</h1><p class="byline">By {s.author}</p>{"".join(pieces)}</article></main><aside><h3>Newsletter</h3><form><label>Your email</label><input></form></aside></body></html>"""
    return source, tuple(body), {"author": s.author}


@layout
def amp_page(s: Story):
    source = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><link rel="canonical" href="https://quick.example/story"><title>{s.title}</title><style amp-custom>p{{margin:0}}</style>
<script type="application/ld+json">{{"@context":"http://schema.org","@graph":[{{"@type":"WebSite","name":"Quick News"}},{{"@type":"NewsArticle","headline":"{s.title}","datePublished":"2025-04-04","publisher":{{"@type":"Organization","name":"Quick News"}}}}]}}</script></head>
<body><amp-sidebar id="sidebar"><ul>{s.links()}</ul></amp-sidebar><header class="amp-header">Quick News</header><article class="amp-wp-article"><h1 class="amp-wp-title">{s.title}</h1>
<amp-img src="x.jpg" width="1" height="1"></amp-img><div class="amp-wp-article-content">{s.p(between={1: '<amp-ad width="300" height="250" type="x"></amp-ad>', 3: '<amp-social-share type="email"></amp-social-share>'})}</div></article><amp-analytics></amp-analytics></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Quick News",
            "published": "2025-04-04",
            "language": "en",
            "url": "https://quick.example/story",
        },
    )


@layout
def microdata_markup(s: Story):
    source = f"""<html lang="en"><head><title>{s.title}</title></head><body><div class="nav">{s.links("span")}</div>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{s.title}</h1><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{s.author}</span></span>
<meta itemprop="datePublished" content="2025-07-01T05:00:00+02:00"><div itemprop="publisher" itemscope><meta itemprop="name" content="Island Gazette"></div>
<div itemprop="articleBody">{s.p()}</div></div><div class="footer">Contact · Imprint · Privacy</div></body></html>"""
    return source, tuple(s.paragraphs), {"title": s.title, "published": "2025-07-01T05:00:00+02:00"}


@layout
def line_breaks_instead_of_paragraphs(s: Story):
    source = f"""<html lang="en"><head><title>{s.title}</title><meta name="date" content="2025-05-20"></head><body><div id="menu">{s.links("div")}</div>
<div id="article"><h2>{s.title}</h2><div class="text">{"<br><br>".join(html.escape(each, quote=False) for each in s.paragraphs)}</div></div><div id="foot">Home | Contact | Sitemap</div></body></html>"""
    return source, tuple(s.paragraphs), {"published": "2025-05-20", "language": "en"}


@layout
def nested_divs_of_a_framework(s: Story):
    blocks = "".join(
        f'<div class="css-{n}a"><div class="css-{n}b"><div class="css-{n}c"><p class="css-x">{html.escape(each, quote=False)}</p></div></div></div>'
        for n, each in enumerate(s.paragraphs)
    )
    source = f"""<!DOCTYPE html><html lang="en"><head><meta name="twitter:title" content="{s.title}"><meta property="og:site_name" content="Frame Post"><meta name="parsely-author" content="{s.author}"><meta name="parsely-pub-date" content="2025-01-09T09:00:00Z"></head>
<body><div id="__next"><div><div class="hdr"><div><div>{s.links("div")}</div></div></div><div><div><div class="layout"><div><h1>{s.title}</h1></div><section name="articleBody">{blocks}</section></div>
<div class="rail"><div><div>Advertisement</div></div><div><h4>Trending</h4>{s.links("div")}</div></div></div></div></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"text":"{s.paragraphs[0][:40].replace('"', "")}"}}}}</script></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Frame Post",
            "author": s.author,
            "published": "2025-01-09T09:00:00+00:00",
            "language": "en",
        },
    )


@layout
def block_quotes_belong_to_the_text(s: Story):
    quoted = "We were told in March that the work was done, and in June that it had never begun."
    body = (*s.paragraphs[:2], quoted, *s.paragraphs[2:])
    source = f"""<html lang="en"><head><title>{s.title}</title><meta property="og:title" content="{s.title}"></head><body><nav><ul>{s.links()}</ul></nav><article><h1>{s.title}</h1>
{s.p(between={1: f"<blockquote><p>{quoted}</p></blockquote>"})}</article></body></html>"""
    return source, body, {"title": s.title}


@layout
def local_paper_with_ads_between(s: Story):
    between = {
        n: f'<div class="ad-slot" id="ad{n}"><span>Advertisement</span><div>Story continues below</div></div>'
        for n in (0, 2, 4)
    }
    between[5] = '<div class="related-inline"><h4>Related</h4><a href="/r">' + s.teasers[2] + "</a></div>"
    source = f"""<html lang="en-US"><head><title>{s.title}</title><meta property="og:site_name" content="Valley Times"><meta property="og:title" content="{s.title}"><meta property="article:published_time" content="2025-02-28T18:30:00-05:00"><meta name="author" content="{s.author}"></head>
<body><header><ul>{s.links()}</ul></header><div class="container"><div class="story"><h1 class="headline">{s.title}</h1><div class="asset-body">{s.p(between=between)}</div>
<div class="paywall-notice">You have read 3 of 5 free articles this month. Subscribe for $1 a week.</div></div></div><footer><ul>{s.links()}</ul></footer></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {
            "title": s.title,
            "outlet": "Valley Times",
            "author": s.author,
            "published": "2025-02-28T18:30:00-05:00",
            "language": "en",
        },
    )


@layout
def live_report_with_times(s: Story):
    posts, body = [], []
    for number, each in enumerate(s.paragraphs):
        head = f"{_upper(THINGS[number])} in question"
        posts.append(
            f'<article class="live-post" id="p{number}"><h2>{head}</h2><div class="post-body"><p>{html.escape(each, quote=False)}</p></div></article>'
        )
        body += [head, each]
    source = f"""<html lang="en"><head><title>{s.title}</title><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="Live Desk"></head><body><nav>{s.links("span")}</nav><main><h1>{s.title}</h1><div class="live-feed">{"".join(posts)}</div></main></body></html>"""
    return source, tuple(body), {"title": s.title, "outlet": "Live Desk"}


@layout
def foreign_words_and_entities(s: Story):
    s.paragraphs[0] = "Bürgermeisterin Jürgensen sagte, der Umbau koste 3 Mio. €; “naïve,” said Zoë Brändt — a cliché."
    text = s.p().replace("€", "&euro;").replace("“", "&ldquo;").replace("”", "&rdquo;").replace("—", "&mdash;")
    source = f"""<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>{s.title}</title></head><body><div id="nav">{s.links("span")}</div><div class="article"><h1>{s.title}</h1>{text}</div></body></html>"""
    return source, tuple(s.paragraphs), {"language": "en"}


@layout
def right_column_before_the_text(s: Story):
    source = f"""<html lang="en"><head><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="Column News"></head><body><div class="page"><div class="sidebar" role="complementary"><h3>In this section</h3><ul>{s.links()}</ul><h3>Weather</h3><p>Rain, 9 degrees</p></div>
<div class="content-main" role="main"><h1>{s.title}</h1>{s.p()}</div></div></body></html>"""
    return source, tuple(s.paragraphs), {"title": s.title, "outlet": "Column News"}


@layout
def figures_with_captions(s: Story):
    between = {
        n: f'<figure><img src="{n}.jpg" alt=""><figcaption>Picture {n}: the old bridge by night <span class="credit">Photo: {s.author}</span></figcaption></figure>'
        for n in (0, 3, 6)
    }
    source = f"""<html lang="en"><head><title>{s.title}</title><meta name="author" content="{s.author}"><meta property="og:title" content="{s.title}"></head><body><header><nav>{s.links("a")}</nav></header><article class="story"><h1>{s.title}</h1>{s.p(between=between)}</article><footer><small>Terms of use</small></footer></body></html>"""
    return source, tuple(s.paragraphs), {"title": s.title, "author": s.author}


@layout
def magazine_with_drop_cap_and_links(s: Story):
    first, rest = s.paragraphs[0], s.paragraphs[1:]
    linked = "".join(
        f"<p>{html.escape(each, quote=False).replace(' was ', ' <em>was</em> ', 1).replace(' and ', ' <a href=https://a.example/x>and</a> ', 1)}</p>"
        for each in rest
    )
    source = f"""<html lang="en"><head><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="Tide Magazine"><meta property="article:published_time" content="2024-12-24"><meta name="sailthru.author" content="{s.author}"></head><body><div class="site-nav"><ul>{s.links()}</ul></div>
<div class="article-wrap"><h1>{s.title}</h1><div class="body"><p class="has-dropcap"><span class="dropcap">{html.escape(first[0])}</span>{html.escape(first[1:], quote=False)}</p>{linked}</div><div class="bio"></div></div><div class="more-stories"><h3>More stories</h3><ul>{s.links()}</ul></div></body></html>"""
    return (
        source,
        tuple(s.paragraphs),
        {"title": s.title, "outlet": "Tide Magazine", "author": s.author, "published": "2024-12-24"},
    )
