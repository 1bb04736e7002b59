"""Documents of every format, made by code: invented words in real formats."""
# ruff: noqa: E501 - documents as they are, line by line

from __future__ import annotations

import gzip
import io
import zipfile

BODY = (
    "Harbour master Ida Brandt said the old pier “will not open before June,” and blamed the storm of last winter.",
    "The repair cost $2.4 million, according to Karl Tarn, who keeps the books of the port authority in Marlow.",
    "“Nobody asked the fishermen,” said Otto Lund, a well-known captain. The town council meets again on Tuesday.",
)
HARDER = (
    "The extraordinary reconstruction of the breakwater, which the administration had promised in its manifesto, "
    "“remains a considerable undertaking,” the engineering superintendent Mina Holmberg told the parliamentary "
    "committee. Nevertheless the responsible ministry considers the arrangement satisfactory and uncontroversial."
)


def pdf(*, columns: int = 1, pages: int = 1, head: str = "", hyphens: bool = False, text: str | None = None) -> bytes:
    """A PDF: a large title, then the body in columns on each page, with a running head and page numbers."""
    from fpdf import FPDF

    made = FPDF(format="A4")
    made.set_auto_page_break(False)
    width = (190 - 10 * (columns - 1)) / columns
    for number in range(1, pages + 1):
        made.add_page()
        made.set_font("Helvetica", size=9)
        if head:
            made.text(10, 10, head)
            made.text(100, 290, f"Page {number} of {pages}")
        if number == 1:
            made.set_font("Helvetica", style="B", size=20)
            made.text(10, 25, "Pier to stay shut until June")
        made.set_font("Helvetica", size=10)
        for column in range(columns):
            made.set_xy(10 + column * (width + 10), 40)
            for paragraph in (text,) if text else [f"On page {number} column {column + 1}. {each}" for each in BODY]:
                plain = paragraph.translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})
                made.set_x(10 + column * (width + 10))
                made.multi_cell(width, 5, _hyphened(plain) if hyphens else plain, align="L")
                made.set_y(made.get_y() + 3)
    return bytes(made.output())


def _hyphened(text: str) -> str:
    """`text` with lines broken inside of words, as a typesetter breaks them."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 60:
            room = max(3, min(60 - len(line), len(word) - 3))
            if len(word) > 7 and "-" not in word:
                lines.append(f"{line} {word[:room]}-".strip())
                line = word[room:]
                continue
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def scan() -> bytes:
    """A PDF whose only page is a picture."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.rect(10, 10, 100, 100, style="F")
    return bytes(made.output())


def docx(*, footnotes: bool = False) -> bytes:
    """A Word document: title, paragraphs, a list, a table, a comment, and where wanted a footnote."""
    from docx import Document

    made = Document()
    made.core_properties.author = "Nora Vass"
    made.core_properties.title = ""
    made.add_paragraph("Pier to stay shut", style="Title")
    first = made.add_paragraph()
    first.add_run("Harbour master Ida Brandt said the pier ")
    marked = first.add_run("“will not open before June.”")
    made.add_comment(marked, text="Transcript, line 40; recording on file.", author="Emil Rand")
    made.add_paragraph("The east gate", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Year", "Cost"), ("2024", "$2.4 million")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    made.add_paragraph("The repair cost $2.4 million, she said.")
    out = io.BytesIO()
    made.save(out)
    return with_footnote(out.getvalue()) if footnotes else out.getvalue()


_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_footnote(data: bytes, note: str = "Annual accounts of the port, page 12.") -> bytes:
    """The Word document with a footnote behind its last paragraph."""
    part = (
        f'<?xml version="1.0"?><w:footnotes {_NS}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:sectPr'
    return rezipped(
        data, {"word/footnotes.xml": part.encode()},
        lambda name, old: old.replace(b"</w:p><w:sectPr", mark.encode()) if name == "word/document.xml" else old,
    )  # fmt: skip


def rezipped(data: bytes, added: dict[str, bytes], change=lambda name, old: old) -> bytes:
    """A ZIP file with parts added and changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def packed(**files: bytes) -> bytes:
    """A ZIP file of `files`; a double underscore in a name stands for the point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return out.getvalue()


def odt() -> bytes:
    """An OpenDocument text: heading, paragraph with a note and an annotation, a list, a table."""
    names = ("office", "text", "table", "dc")
    space = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = f"""<?xml version="1.0"?><office:document-content {space}><office:body><office:text>
<text:h>Pier to stay shut</text:h><text:p>Ida Brandt said the pier<text:s/>“will not open before June.”<office:annotation>
<dc:creator>Emil Rand</dc:creator><text:p>On tape.</text:p></office:annotation> The repair cost $2.4 million.<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>Accounts, page 12.</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>The east gate</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>2024</text:p></table:table-cell><table:table-cell><text:p>$2.4 million
</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", content)
    return out.getvalue()


MAIL = """From: =?utf-8?q?Nora_V=C3=A4ss?= <nora@port.example>
To: desk@paper.example
Subject: =?iso-8859-1?q?Pier_stays_shut_=96_caf=E9_too?=
Date: Tue, 06 May 2025 09:30:00 +0200
Message-ID: <one@port.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset="windows-1252"
Content-Transfer-Encoding: quoted-printable

Ida Brandt said the pier =93will not open before June=94 and
blamed the storm.
--inner
Content-Type: text/html; charset="utf-8"

<p>Ida Brandt said the pier “will not open before June” and blamed the storm.</p>
--inner--
{attached}--outer--
"""


def mail(attached: bytes = b"") -> bytes:
    """A mail with a plain and an HTML part, and where wanted an attached Word document."""
    import base64

    head = (
        '--outer\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="accounts.docx"\n'
    )
    part = f"{head}Content-Transfer-Encoding: base64\n\n{base64.encodebytes(attached).decode()}" if attached else ""
    return MAIL.format(attached=part).encode("ascii" if attached else "utf-8", "replace") if attached else MAIL.format(
        attached=""
    ).encode("utf-8")  # fmt: skip


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Marlow Courier</title><language>en-gb</language>
<item><title>Pier to stay shut</title><link>https://courier.example/pier</link><dc:creator>Nora Vass</dc:creator>
<pubDate>Tue, 06 May 2025 09:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Ida Brandt said the pier &ldquo;will not open before June.&rdquo;</p><p>It cost $2.4&nbsp;million.</p>]]>
</content:encoded></item>
<item><title>Ferry late</title><link>https://courier.example/ferry</link><description>Karl Tarn said the ferry was late.</description></item>
<item><title>Nothing here</title><link>https://courier.example/none</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Marlow Courier</title>
<entry><title type="html">Pier &amp;amp; gate</title><link rel="alternate" href="https://courier.example/pier"/><id>tag:1</id>
<published>2025-05-06T09:30:00Z</published><author><name>Nora Vass</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ida Brandt said no.</p></div></content></entry></feed>"""

MARKDOWN = """---
title: Pier to stay shut
author: "Nora Vass"
date: 2025-05-06
---
# Pier to stay shut

Ida Brandt said the pier **“will not** open [before June](https://a.example/).”

- the *east* gate
- the west gate

| Year | Cost |
|------|------|
| 2024 | $2.4 million |

> Nobody asked us.
"""
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}\f0 Pier to stay shut\par Ida Brandt said the pier \ldblquote will not open before June.\rdblquote\par}"
CSV = 'Title,Body,Date,URL\n"Pier, shut","Ida said ""no"" to it.",2025-05-06,https://courier.example/pier\nFerry,,2025-05-07,\n'


def warc() -> bytes:
    """A packed web archive with one page, and a picture beside it."""
    words = "".join(f"<p>{each}</p>" for each in BODY)
    page = f"<html lang=en><head><title>Pier</title></head><body><article>{words}</article></body></html>"
    kinds = (("pier", b"text/html; charset=utf-8", page.encode()), ("pier.png", b"image/png", b"\x89PNG"))
    return b"".join(gzip.compress(_warc_record(f"https://courier.example/{name}", *rest)) for name, *rest in kinds)


def _warc_record(address: str, kind: bytes, content: bytes) -> bytes:
    http = b"HTTP/1.0 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-05-06T09:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
