"""PolNeAR read as examples: windows of words with labels and links. The texts are read, never copied anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workbench.models.decoding import ROLES, begins
from workbench.models.features import LIMIT, Window, windows
from workbench.models.wordpiece import WordPiece

Offsets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Code-point spans of one marked attribution; () where a role is missing."""

    source: Offsets
    cue: Offsets
    content: Offsets


@dataclass(frozen=True, slots=True)
class Article:
    """One article as one annotator marked it."""

    name: str
    annotator: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its gold labels; spans are (first word, last word), links are positions in the span lists."""

    window: Window
    labels: list[int]
    sources: list[tuple[int, int]]
    cues: list[tuple[int, int]]
    contents: list[tuple[int, int]]
    cue_of_content: list[int]  # -1: the cue lies outside the window
    source_of_cue: list[int]  # -1: no source


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of `text`: in PolNeAR a paragraph is a line."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


def _offsets(text: str) -> Offsets:
    return tuple((int(start), int(end)) for start, end in (part.split() for part in text.split(";")))


def read_annotation(raw: str) -> tuple[Attribution, ...]:
    """The attributions of a brat standoff file that have content, in text order; lines end at LF alone."""
    spans: dict[str, Offsets] = {}
    found = []
    for line in raw.split("\n"):
        fields = line.rstrip("\r").split("\t")
        if len(fields) > 1 and fields[0].startswith("T"):
            spans[fields[0]] = _offsets(fields[1].split(" ", 1)[1])
        elif len(fields) > 1 and fields[0].startswith("E"):
            roles: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
            for item in fields[1].split():
                role, reference = item.split(":", 1)
                roles.get(re.sub(r"\d+$", "", role).lower(), []).extend(spans.get(reference, ()))
            if roles["content"]:
                found.append(Attribution(*(tuple(sorted(set(roles[role]))) for role in ROLES)))
    return tuple(sorted(found, key=lambda one: one.content[0]))


def read_articles(root: Path, split: str) -> list[Article]:
    """Every article of a split, once for each of its annotators, in order of file name."""
    articles = []
    for path in sorted((root / split / "attributions").glob("*.ann")):
        name, annotator = path.stem.rsplit("_", 1)
        text = (root / split / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        articles.append(Article(name, annotator, text, read_annotation(path.read_bytes().decode("utf-8"))))
    return articles


def digest_of(articles: Sequence[Article]) -> str:
    """A digest of texts and marks, so that a score names the corpus that it was measured on."""
    seen = sha256()
    for article in articles:
        seen.update(repr((article.name, article.annotator, article.text, article.attributions)).encode())
    return seen.hexdigest()


def is_held_out(name: str, share: float = 0.1) -> bool:
    """Whether an article belongs to the part of train that tunes decoding; by name, so it never changes."""
    return int(sha256(name.encode()).hexdigest()[:8], 16) < share * 2**32


def _pieces(offsets: Offsets, window: Window, starts: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of the window's words that `offsets` touch; stretches that meet in a paragraph become one."""
    found: list[tuple[int, int]] = []
    for start, end in offsets:
        first = max(bisect_right(starts, start) - 1, 0)
        if window.words[first][1] <= start:
            first += 1
        last = bisect_right(starts, end - 1) - 1
        if first > last or first >= len(starts):
            continue
        if found and found[-1][1] + 1 == first and window.paragraph[found[-1][1]] == window.paragraph[first]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def example_of(window: Window, attributions: Sequence[Attribution]) -> Example:
    """The window with the labels and links of the attributions that reach into it."""
    starts = [start for start, _ in window.words]
    example = Example(window, [0] * len(starts), [], [], [], [], [])
    for one in attributions:
        source, cue, content = (_pieces(offsets, window, starts) for offsets in (one.source, one.cue, one.content))
        cue_at = len(example.cues) if cue else -1
        if cue:
            example.cues.append(cue[0])
            example.source_of_cue.append(_position(example.sources, source[0]) if source else -1)
        example.contents.extend(content)
        example.cue_of_content.extend([cue_at] * len(content))
        for role, found in enumerate((source, cue, content)):
            for first, last in found:
                example.labels[first : last + 1] = [begins(role)] + [begins(role) + 1] * (last - first)
    return example


def _position(spans: list[tuple[int, int]], span: tuple[int, int]) -> int:
    if span not in spans:
        spans.append(span)
    return spans.index(span)


def examples_of(article: Article, vocabulary: WordPiece, limit: int = LIMIT) -> Iterator[Example]:
    """The article's windows as examples."""
    for window in windows(article.text, paragraphs_of(article.text), vocabulary, limit):
        start, end = window.words[0][0], window.words[-1][1]
        near = [
            one
            for one in article.attributions
            if any(s < end and e > start for spans in (one.source, one.cue, one.content) for s, e in spans)
        ]
        yield example_of(window, near)
