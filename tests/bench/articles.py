"""Invented articles without end: sentences put together from invented names and plain words, the same for each seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

WORDS = 400  # of one article, on average
FIRST = ("Ada", "Ida", "Otto", "Mina", "Karl", "Edith", "Bruno", "Clara", "Emil", "Greta", "Hugo", "Nora")
ROOTS = ("Bran", "Tarn", "Holm", "Vass", "Kell", "Strand", "Lund", "Marl", "Osk", "Quill", "Rand", "Thorn")
ENDS = ("dt", "berg", "sen", "wick", "ley", "mark", "ford", "by", "ow", "ett")
ROLES = ("Mayor", "Councillor", "Minister", "Professor", "Captain", "Judge")
VERBS = ("said", "told reporters", "argued", "warned", "added", "insisted", "admitted", "suggested")
THINGS = (
    "the harbour wall",
    "the ferry",
    "the night train",
    "the water works",
    "the old bridge",
    "the school roof",
    "the market hall",
    "the tram line",
    "the power station",
    "the fish auction",
    "the hospital wing",
    "the river dam",
    "the airfield",
    "the library",
)
DEEDS = (
    "will be closed",
    "was never paid for",
    "has been repaired twice",
    "may open again",
    "is not safe",
    "lost its licence",
    "was sold below its price",
    "needs new gates",
    "served more people than planned",
    "should be torn down",
    "has no owner",
)
TIMES = (
    "in spring",
    "before the vote",
    "last winter",
    "within two years",
    "after the flood",
    "since March",
    "by the end of May",
)


def articles(count: int, seed: int = 1) -> Iterator[str]:
    """That many articles: a title, then paragraphs of some sentences; about `WORDS` words each."""
    chance = random.Random(seed)
    for number in range(count):
        yield article(chance, number)


def article(chance: random.Random, number: int) -> str:
    """One article with people of its own."""
    people = [f"{chance.choice(FIRST)} {chance.choice(ROOTS)}{chance.choice(ENDS)}" for _ in range(4)]
    lines, words = [f"{chance.choice(THINGS).title()} divides the town, part {number}"], 0
    while words < WORDS - 25:  # half a paragraph below, for the last one goes over
        said = [_sentence(chance, people) for _ in range(chance.randint(2, 4))]
        words += sum(len(sentence.split()) for sentence in said)
        lines.append(" ".join(said))
    return "\n".join(lines) + "\n"


def _sentence(chance: random.Random, people: list[str]) -> str:
    who = chance.choice(people)
    kind = chance.randrange(5)
    if kind == 0:
        return f"{chance.choice(ROLES)} {who} {chance.choice(VERBS)} that {_clause(chance)}."
    if kind == 1:
        return f"“{_upper(_clause(chance))},” {who.split()[1]} {chance.choice(VERBS)}."
    if kind == 2:
        return f"{who} called the plan for {chance.choice(THINGS)} “{_clause(chance).split(' ', 2)[2]}”."
    if kind == 3:
        return f"{_upper(_clause(chance))}, according to {who}, and {_clause(chance)}."
    return f"{_upper(_clause(chance))} and cost ${chance.randint(2, 990) / 10} million."


def _clause(chance: random.Random) -> str:
    thing = chance.choice(THINGS).replace("the ", f"the {_place(chance)} ")
    parts = [thing, chance.choice(DEEDS), "near", _place(chance), "and", _place(chance), chance.choice(TIMES)]
    counted = f"with {chance.randint(3, 9_000)} {_place(chance)} {_place(chance)}s for {_place(chance)}"
    return " ".join([*parts, counted, _place(chance), _place(chance)])


def _place(chance: random.Random) -> str:
    """One of some seventeen thousand names, so that few quotes are alike by chance."""
    return chance.choice(ROOTS) + chance.choice(ROOTS).lower() + chance.choice(ROOTS).lower() + chance.choice(ENDS)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
