"""One reading of one text: layout, attributions, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.extract.assemble import claims, unattributed, worth_of_text
from workbench.extract.attributions import quotations
from workbench.extract.layout import layout
from workbench.extract.tagging import attributions, worth_by_model
from workbench.language.guess import language as guessed_language
from workbench.records import Extraction
from workbench.spans import Span

READING = "tagger-1 rules-1"
_READ = ("en",)  # languages whose attributions are read


def extract(
    text: str,
    *,
    header: Span | None = None,
    title: Span | None = None,
    agency: Span | None = None,
    language: str | None = None,
) -> Extraction:
    """Read the claims out of `text`. Pure and linear; never raises for any text.

    `header`, `title` and `agency` are places in `text` (code points); `language` is an ISO 639-1 code, guessed when
    None. For a language that is not read, quotations come without sources, and `analysed` is False.
    """
    bones = layout(text, header=header, title=title, agency=agency)
    start = max((span.end for span in (header, title) if span is not None), default=0)
    code = (language or guessed_language(text, start)).lower()
    analysed = code.split("-")[0] in _READ
    found = claims(bones, *attributions(bones)) if analysed else unattributed(bones, quotations(bones))
    return Extraction(text, bones.paragraphs, bones.sentences, found, code, analysed, READING)


def sentence_scores(sentences: Iterable[str]) -> Iterator[float]:
    """Check-worthiness (0..1) of loose sentences, each read as a text of its own: the score that a claim gets."""
    for sentence in sentences:
        yield worth_of_text(layout(sentence), worth_by_model(sentence))
