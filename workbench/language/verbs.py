"""Verbs that attribute, by form: what they govern and how they colour what is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from workbench.language.words import table
from workbench.records import CueClass

Tense = Literal["base", "third", "past", "participle", "ing"]
_TENSES: tuple[Tense, ...] = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `lexicon/verbs.txt`. `frames` says what it governs; `particle` is "out" of "point out"."""

    lemma: str
    cue_class: CueClass
    frames: frozenset[str]
    particle: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb."""

    verb: Verb
    tenses: frozenset[Tense]


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Each form in lower case -> the verbs it may belong to, those with a particle first."""
    gathered: dict[str, list[Form]] = {}
    for lemma, cue_class, frames, spelled in table("verbs"):
        head, _, particle = lemma.partition(" ")
        verb = Verb(lemma, cast(CueClass, cue_class), frozenset(frames.split()), particle or None)
        shapes = _regular(head) if spelled == "-" else tuple(spelled.split())
        by_shape: dict[str, set[Tense]] = {}
        for tense, shape in zip(_TENSES, shapes, strict=True):
            by_shape.setdefault(shape, set()).add(tense)
        for shape, tenses in by_shape.items():
            gathered.setdefault(shape, []).append(Form(verb, frozenset(tenses)))
    return {
        shape: tuple(sorted(found, key=lambda form: form.verb.particle is None)) for shape, found in gathered.items()
    }


def _regular(head: str) -> tuple[str, ...]:
    irregular = {"make": ("make", "makes", "made", "made", "making")}
    if head in irregular:
        return irregular[head]
    stem = head.removesuffix("e")
    third = head + ("es" if head.endswith(("s", "sh", "ch", "x")) else "s")
    return head, third, stem + "ed", stem + "ed", (stem if head.endswith("e") and head[-2:] != "ee" else head) + "ing"
