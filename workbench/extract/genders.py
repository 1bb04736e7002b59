"""The gender of a name from the text's own pronouns, where a sentence names only one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.extract.layout import Layout

if TYPE_CHECKING:
    from workbench.extract.names import Entity, Mention

_PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|she|her|hers|herself)\b", re.IGNORECASE)
_CLEAR = 3  # times as many pronouns of one gender as of the other


def learn_genders(layout: Layout, mentions: Sequence[Mention]) -> None:
    """Give people whose first name tells nothing the gender of the pronouns beside their name."""
    if all(mention.entity.gender != "-" for mention in mentions):
        return
    alone = _named_alone(mentions)
    votes: dict[int, Counter[str]] = {}
    entities: dict[int, Entity] = {}
    for match in _PRONOUN.finditer(layout.text):
        here = layout.sentence_index(match.start())
        mention = alone.get(here, alone.get(here - 1) if here not in alone else None)
        if mention is None or mention.span.end > match.start() or layout.quote_index(match.start()) is not None:
            continue
        entities[id(mention.entity)] = mention.entity
        votes.setdefault(id(mention.entity), Counter())["m" if match[1] else "f"] += 1
    for key, entity in entities.items():
        _decide(entity, votes[key])


def _named_alone(mentions: Sequence[Mention]) -> dict[int, Mention | None]:
    """Sentence -> the first mention of the only person it names; None where it names several."""
    found: dict[int, Mention | None] = {}
    for mention in mentions:
        if mention.entity.kind in ("person", "unknown") and not mention.quoted:
            first = found.setdefault(mention.sentence, mention)
            if first is not None and first.entity is not mention.entity:
                found[mention.sentence] = None
    return found


def _decide(entity: Entity, votes: Counter[str]) -> None:
    if entity.gender != "-" or (entity.kind == "unknown" and " " not in entity.name):
        return
    men, women = votes["m"], votes["f"]
    if max(men, women) >= max(1, _CLEAR * min(men, women)):
        entity.gender = "m" if men > women else "f"
        entity.kind = "person"
