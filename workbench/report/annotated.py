"""A report as the annotated copy of copy desks: each article in Word, with a comment on each of its claims."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from workbench.records import Report
from workbench.report import phrases
from workbench.report.drafting import draft
from workbench.report.marking import Segment
from workbench.report.remarks import remark
from workbench.report.sheets import ArticleSheet, ClaimSheet, ReportSheet
from workbench.text import clean

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the date of every part of the file, so that equal reports are equal bytes
_ALARM = RGBColor(0xA3, 0x26, 0x0F)
_SHADES = {
    "true": "DDEFE3",
    "mostly-true": "E9F0D8",
    "mixed": "F6EBCB",
    "mostly-false": "F9E1CF",
    "false": "F8DAD8",
    "none": "E3E7EE",
    "open": "EEEEEE",
}


def render(report: Report) -> bytes:
    """`report` as a DOCX file, the same bytes for the same report."""
    sheet = draft(report)
    copy = _Copy(sheet, _moment(report.made_at))
    for article in sheet.articles:
        copy.article(article)
    copy.end()
    out = io.BytesIO()
    copy.document.save(out)
    return _dated(out.getvalue())


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime(*_EPOCH, tzinfo=UTC)


def _dated(data: bytes) -> bytes:
    """The same zip with one date for every part."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in made.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, made.read(name))
    return out.getvalue()


def _plain(text: str) -> str:
    """`text` cleaned, without the two characters that XML cannot hold."""
    return clean(text.replace("\r\n", "\n")).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


class _Copy:
    """One Word document in the making."""

    def __init__(self, sheet: ReportSheet, made: datetime) -> None:
        self._sheet = sheet
        self._made = made
        self.document: Any = Document()
        self._comments = self.document.part._comments_part.element  # its own add_comment looks for a free number anew
        self._number = 0
        self._set_up()
        self.document.add_heading(_plain(f"Verdict report: {sheet.title}"), 0)
        for fact in sheet.facts:
            self._line(fact.name, fact.text)

    def _set_up(self) -> None:
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by, core.comments = "Verdict report", "", "", ""
        core.created = core.modified = self._made
        core.revision = 1
        self.document.styles["Normal"].font.size = Pt(11)
        section = self.document.sections[0]
        for part in (section.header, section.footer) if self._sheet.internal else ():
            self._internal(part.paragraphs[0])
        foot = section.footer.add_paragraph() if self._sheet.internal else section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _page_number(foot.add_run("page "))

    def _internal(self, paragraph: Any) -> None:
        run = paragraph.add_run(phrases.INTERNAL)
        run.bold, run.font.color.rgb = True, _ALARM
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _line(self, name: str, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{_plain(name)}: ").bold = True
        paragraph.add_run(_plain(text))

    # ---- an article and its comments

    def article(self, article: ArticleSheet) -> None:
        """The text in paragraphs, a comment on each claim in it, and below what stands nowhere in it."""
        self.document.add_heading(_plain(article.title), 1)
        for fact in article.facts:
            self._line(fact.name, fact.text)
        self._line("Coverage", article.coverage)
        for warning in (*article.warnings, *article.notes):
            self._line("Note on the text", warning)
        for correction in article.corrections:
            self._line("Correction", correction.summary)
        self.document.add_paragraph()
        claims = {claim.id: claim for claim in article.claims}
        first: dict[int, Any] = {}
        last: dict[int, Any] = {}
        for block in article.blocks:
            if block.shown:
                self._paragraph(block.segments, article, first, last)
        for number, claim in claims.items():
            if number in first and number in last:
                self._anchor(first[number], last[number], self._comment(claim))
        self._apart([claim for number, claim in claims.items() if number not in first or number not in last])

    def _paragraph(
        self, segments: tuple[Segment, ...], article: ArticleSheet, first: dict[int, Any], last: dict[int, Any]
    ) -> None:
        paragraph = self.document.add_paragraph()
        for segment in segments:
            run = paragraph.add_run(_plain(segment.text))
            if segment.claim is not None:
                _shade(run, _SHADES[article.tones[segment.claim].tone])
            for claim in segment.begins:
                first.setdefault(claim, run)
            for claim in segment.ends:
                last[claim] = run

    def _anchor(self, first: Any, last: Any, number: int) -> None:
        first._r.insert_comment_range_start_above(number)
        last._r.insert_comment_range_end_and_reference_below(number)

    def _comment(self, claim: ClaimSheet) -> int:
        """Add the comment of a claim; its number."""
        self._number += 1
        comment = OxmlElement("w:comment")
        given = claim.verdict.given_by or "desk"
        for name, value in (("id", str(self._number)), ("author", _plain(given)), ("initials", _plain(given[:2]))):
            comment.set(qn(f"w:{name}"), value)
        comment.set(qn("w:date"), self._made.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for line in remark(claim):
            comment.append(_comment_line(line))
        self._comments.append(comment)
        return self._number

    def _apart(self, claims: list[ClaimSheet]) -> None:
        if claims:
            self.document.add_heading("Claims that do not stand in this text", 2)
        for claim in claims:
            for place, line in enumerate([claim.words, *remark(claim)]):
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.add_run(_plain(line)).italic = place == 0

    def end(self) -> None:
        """Open questions, method and where the history stands."""
        if not self._sheet.articles:
            self.document.add_paragraph(phrases.NO_CLAIM)
        if self._sheet.questions:
            self.document.add_heading("Open questions", 1)
        for asked in self._sheet.questions:
            named = ", ".join(f"c{claim}" for claim in asked.named)
            more = f" and {asked.unnamed:,} more" if asked.unnamed else ""
            self._line(asked.text, named + more)
        self.document.add_heading("Method", 1)
        for name, text in _method(self._sheet):
            self._line(name, text)


def _method(sheet: ReportSheet) -> Iterator[tuple[str, str]]:
    yield from phrases.METHOD
    for scale in sheet.scales:
        yield f"Scale {scale.name}", ", ".join(f"{label.label} ({label.letter})" for label in scale.labels)
    if sheet.readings:
        yield "Readings of the machine", ", ".join(sheet.readings)
    yield "History of the store", sheet.log
    yield "Program", sheet.program


def _comment_line(text: str) -> Any:
    """A paragraph of a comment."""
    paragraph, run, words = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = _plain(text).replace("\n", " ")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph


def _shade(run: Any, colour: str) -> None:
    """Lay a colour under a run: a highlight of Word's knows only loud ones."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def _page_number(run: Any) -> None:
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)
