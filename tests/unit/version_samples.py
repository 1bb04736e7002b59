"""Edits of texts, as newsrooms and accidents make them, for the tests of versions."""

from __future__ import annotations

import random
import re
from importlib.resources import files
from pathlib import Path

MARLOW = Path(str(files("seeds").joinpath("marlow-quay")))
SEEDS = ("courier-v1.txt", "tarrowshire-herald.txt", "skerrow-standard.txt", "brannock-evening-mail.txt")
WORDS = ("perhaps", "eleven", "harbour", "not", "£7 million", "allegedly", "Tuesday", "“quoted”", "the", "gulls")


def text_of(name: str) -> str:
    """One of the invented articles."""
    return (MARLOW / name).read_text(encoding="utf-8")


def insert(text: str, chance: random.Random) -> str:
    """A word put in somewhere."""
    at = chance.choice([found.end() for found in re.finditer(r"\w+", text)])
    return f"{text[:at]} {chance.choice(WORDS)}{text[at:]}"


def delete(text: str, chance: random.Random) -> str:
    """One to eight words taken out."""
    words = list(re.finditer(r"\S+\s*", text))
    first = chance.randrange(len(words))
    last = min(first + chance.randrange(1, 9), len(words)) - 1
    return text[: words[first].start()] + text[words[last].end() :]


def replace(text: str, chance: random.Random) -> str:
    """One word exchanged for another."""
    found = chance.choice(list(re.finditer(r"\w+", text)))
    return text[: found.start()] + chance.choice(WORDS) + text[found.end() :]


def move(text: str, chance: random.Random) -> str:
    """A paragraph put somewhere else."""
    lines = text.split("\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def repeat(text: str, chance: random.Random) -> str:
    """A paragraph that stands twice."""
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return "\n".join(lines)


def restyle(text: str, chance: random.Random) -> str:
    """Other quotation marks, dashes or white space: what does not count as an edit."""
    return chance.choice(
        [
            lambda each: each.replace("“", '"').replace("”", '"').replace("’", "'"),
            lambda each: each.replace("—", "–").replace(" - ", " – "),
            lambda each: each.replace("\n", "\r\n"),
            lambda each: re.sub(r"(?<=\w) (?=\w)", "\u00a0", each),
            lambda each: re.sub(r"(?<=[.”]) (?=\S)", "  ", each),
        ]
    )(text)


EDITS = (insert, delete, replace, move, repeat, restyle)


def edited(text: str, seed: int, count: int) -> str:
    """`text` after `count` random edits."""
    chance = random.Random(seed)
    for _ in range(count):
        if len(text.split()) > 20:
            text = chance.choice(EDITS)(text, chance)
    return text
