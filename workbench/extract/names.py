"""The named people and bodies of one text: who is named, in which forms, in which office."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from workbench.extract.layout import Layout
from workbench.language.tokens import Token, tokens
from workbench.language.words import group, table, words
from workbench.records import SourceKind
from workbench.spans import Span

Gender = Literal["m", "f", "-"]
_LINKS = group("links")
_POSSESSIVE = re.compile(r"[’']s?$")
_MOST_WORDS = 8
_MOST_SHARING = 50  # people of one surname that are compared


@dataclass(slots=True)
class Entity:
    """Somebody or something with a name. `roles` are the offices that the text gives it, in small letters."""

    name: str
    kind: SourceKind
    gender: Gender
    roles: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named. `leads`: it heads its sentence, as a subject does."""

    span: Span
    entity: Entity
    sentence: int
    leads: bool
    quoted: bool


@dataclass(slots=True)
class _Run:
    """Words with capitals that stand together, the titles before them aside."""

    toks: list[Token]
    roles: set[str]
    gender: Gender
    sentence: int
    leads: bool
    heads: bool  # it opens its sentence or a quotation, so that its capital tells nothing

    @property
    def name(self) -> str:
        return " ".join(_bare(token.text) for token in self.toks)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word) if len(word) > 2 else word


@cache
def _genders() -> dict[str, Gender]:
    return {word: ("m" if gender == "m" else "f" if gender == "f" else "-") for word, gender in table("titles")}


class Names:
    """All mentions of one text, in order, with the entities they belong to."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.entities: dict[str, Entity] = {}
        self._by_part: dict[str, list[Entity]] = {}
        runs = [run for index, sentence in enumerate(layout.sentences) for run in _runs(layout, index, sentence)]
        self._inner = {run.name for run in runs if len(run.toks) == 1 and not run.heads}
        for run in sorted(runs, key=lambda run: (len(run.toks) == 1, run.sentence == 0 and layout.title is not None)):
            if len(run.toks) > 1 or run.roles:
                self._enter(run)
        self._settle({run.name for run in runs if len(run.toks) == 1})
        found = (self._mention(run) for run in runs)
        self.mentions: list[Mention] = [mention for mention in found if mention is not None]
        self._starts = [mention.span.start for mention in self.mentions]
        _offices(layout, self.mentions)
        self._holders: dict[str, list[Entity]] = {}
        for entity in {id(entity): entity for entity in self.entities.values()}.values():
            if entity.roles and entity.kind == "unknown":
                entity.kind = "person"
            for role in entity.roles:
                self._holders.setdefault(role, []).append(entity)

    def before(self, at: int, furthest: int = 40) -> Iterator[Mention]:
        """Mentions that start before the code point `at`, the nearest first, at most `furthest`."""
        index = bisect_left(self._starts, at) - 1
        for position in range(index, max(-1, index - furthest), -1):
            yield self.mentions[position]

    def inside(self, span: Span) -> list[Mention]:
        """Mentions that lie in `span`."""
        index = bisect_left(self._starts, span.start)
        found: list[Mention] = []
        while index < len(self.mentions) and self.mentions[index].span.start < span.end:
            found.append(self.mentions[index])
            index += 1
        return found

    def by_role(self, role: str, at: int) -> Entity | None:
        """Who holds an office: the entity named nearest before `at`, else the first one of the text."""
        holders = self._holders.get(role, [])
        if len(holders) < 2:
            return holders[0] if holders else None
        return next((m.entity for m in self.before(at) if any(m.entity is holder for holder in holders)), holders[0])

    def _settle(self, alone: set[str]) -> None:
        """Make a person of a name of two or three words whose last word also stands alone, as a surname does."""
        for entity in self.entities.values():
            parts = entity.name.split()
            plain = not any(part.isupper() and len(part) > 2 for part in parts) and parts[0].lower() not in words(
                "places"
            )
            surname = parts[-1] in alone and parts[0] not in alone
            if entity.kind == "unknown" and 2 <= len(parts) <= 3 and plain and surname:
                entity.kind = "person"

    def _enter(self, run: _Run) -> None:
        name = run.name
        entity = self.entities.get(name)
        if entity is None:
            entity = self._shorter(run) or Entity(name, *_classified(run))
            self.entities[name] = entity
            for part in {_bare(run.toks[-1].text), *([_bare(run.toks[0].text)] if entity.kind == "person" else [])}:
                self._by_part.setdefault(part, []).append(entity)
        entity.aliases.add(name)
        entity.roles |= run.roles
        if entity.gender == "-":
            entity.gender = run.gender

    def _shorter(self, run: _Run) -> Entity | None:
        """An entity whose name this one adds a middle name or initial to, or takes the first name from."""
        if run.roles and len(run.toks) == 1:
            return self._known(run.name)
        first, last = run.toks[0].text, _bare(run.toks[-1].text)
        for entity in self._by_part.get(last, ())[:_MOST_SHARING]:
            parts = entity.name.split()
            if entity.kind == "person" and len(parts) > 1 and parts[0] == first and parts[-1] == last:
                return entity
        return None

    def _known(self, part: str) -> Entity | None:
        people = [entity for entity in self._by_part.get(part, ()) if entity.kind == "person"]
        return people[0] if people else None

    def _mention(self, run: _Run) -> Mention | None:
        entity = self.entities.get(run.name) or (self._known(run.name) if len(run.toks) == 1 else None)
        if entity is None:
            if len(run.toks) == 1 and (
                _ordinary(run.toks[0]) or (run.heads and run.name not in self._inner and not run.toks[0].text.isupper())
            ):
                return None
            entity = self.entities[run.name] = Entity(run.name, *_classified(run))
        entity.aliases.add(run.name)
        if entity.gender == "-":
            entity.gender = run.gender
        last = run.toks[-1]
        end = last.start + len(_bare(last.text))
        span = Span(run.toks[0].start, end)
        return Mention(span, entity, run.sentence, run.leads, self.layout.quote_index(span.start) is not None)


def _ordinary(token: Token) -> bool:
    """Whether a lone capitalised word names nobody: a day or a small word."""
    return token.lower in words("small_words") or token.lower in words("weekdays")


def _runs(layout: Layout, index: int, sentence: Span) -> Iterator[_Run]:
    toks = tokens(layout.text, sentence)
    at = 0
    led = False
    while at < len(toks):
        if not _names(toks, at):
            at += 1
            continue
        end = at + 1
        while end < len(toks) and end - at < _MOST_WORDS and (reach := _reach(layout.text, toks, end)):
            end = reach
        for run in _split(toks[at:end], index, not led, at == 0 or not toks[at - 1].is_word):
            yield run
            led = True
        at = end


def _names(toks: list[Token], at: int) -> bool:
    token = toks[at]
    if not token.is_capital or token.lower in words("weekdays") or token.lower in ("i", "i'm", "i'll", "i've", "i'd"):
        return False
    starts = at == 0 or not toks[at - 1].is_word
    return not (starts and (token.lower in words("starters") or token.lower in words("small_words")))


def _reach(text: str, toks: list[Token], at: int) -> int:
    """One past the next word of the same name, or 0 where the name ends."""
    between = text[toks[at - 1].end : toks[at].start]
    if not between.isspace() or len(between) > 2 or _POSSESSIVE.search(toks[at - 1].text):
        return 0
    if toks[at].is_capital:
        first_name = _first_name(toks[at - 1].lower) != "-"
        dated = toks[at].lower in words("weekdays") and not first_name
        return 0 if dated or toks[at].lower in group("headline_verbs") else at + 1
    if toks[at].lower in _LINKS and at + 1 < len(toks) and toks[at + 1].is_capital and toks[at].lower != "the":
        return at + 2
    return 0


def _split(toks: list[Token], sentence: int, leads: bool, heads: bool) -> Iterator[_Run]:
    """A run cut at its last title: “Blue Origin CEO Dave Limp” is a body and a man with an office."""
    titles = _genders()
    cut = -1
    for index, token in enumerate(toks[:-1]):
        if token.lower in titles:
            cut = index
    roles = {token.lower.rstrip(".") for token in toks[: cut + 1] if token.lower in titles}
    if cut >= 0 and toks[cut + 1].lower in _LINKS:  # “Department of …”, “King of Spain”
        name = next((i for i in range(cut + 2, len(toks) - 1) if _first_name(toks[i].lower) != "-"), None)
        cut, roles = (-1, set()) if name is None else (name - 1, roles)
    gender: Gender = next((titles[t.lower] for t in toks[: cut + 1] if titles.get(t.lower, "-") != "-"), "-")
    head = [token for token in toks[: cut + 1] if token.lower not in titles and token.lower not in ("former", "the")]
    if head and cut >= 0:
        yield _Run(head, set(), "-", sentence, False, heads)
    body = toks[cut + 1 :]
    while body and body[0].lower in ("former", "the", "mr", "then-president"):
        body = body[1:]
    if body:
        offices = {role for role in roles if len(role) > 2 and role not in ("mrs", "miss")}
        yield _Run(body, offices, gender, sentence, leads, heads and cut < 0)


def _classified(run: _Run) -> tuple[SourceKind, Gender]:
    """Kind and gender of a name by its words and the titles before it."""
    lowers = [_bare(token.text).lower() for token in run.toks]
    gender = run.gender
    if gender == "-" and len(run.toks) > 1:
        gender = _first_name(lowers[0])
    if run.roles or run.gender != "-":
        return "person", gender
    if (
        any(lower in words("bodies") or lower in words("media") for lower in lowers)
        or "of" in lowers
        or "for" in lowers
    ):
        return "body", "-"
    if len(lowers) == 1:
        return ("person", _first_name(lowers[0])) if _first_name(lowers[0]) != "-" else _single(run.toks[0])
    known = lowers[0] in words("first_names_m") or lowers[0] in words("first_names_f")
    return ("person", gender) if known else ("unknown", "-")


def _single(token: Token) -> tuple[SourceKind, Gender]:
    acronym = token.text.isupper() and len(token.text) > 1
    return ("body", "-") if acronym else ("unknown", "-")


def _first_name(lower: str) -> Gender:
    man, woman = lower in words("first_names_m"), lower in words("first_names_f")
    return "m" if man and not woman else "f" if woman and not man else "-"


_BEFORE = re.compile(r"(?P<role>[a-z][a-z-]+)(?:,)?\s$")


def _offices(layout: Layout, mentions: list[Mention]) -> None:
    """Note the offices told beside a name: “Ana Ruiz, the mayor of Quay”, “chief of staff Ben Hale”."""
    text = layout.text
    for mention in mentions:
        if mention.entity.kind not in ("person", "unknown") or " " not in mention.entity.name:
            continue
        before = _BEFORE.search(text, max(0, mention.span.start - 30), mention.span.start)
        if before and before["role"] in words("roles"):
            mention.entity.roles.add(before["role"])
        following = text[mention.span.end : mention.span.end + 90]
        role = _told_after(following)
        if role is not None:
            mention.entity.roles.add(role)


_APPOSITION = re.compile(
    r",\s(?:(?:\d{1,3}|who\s(?:is|was|runs|leads|heads|chairs|speaks)[^,.;]*)[,.]\s?)?([^,.;:“”\"()]{3,70})[,.;]"
)
_AGED = re.compile(r",\s(?:\d{1,3},|who\s)")


def _told_after(following: str) -> str | None:
    """The office in the apposition after a name: “, the mayor of Quay,” is a mayor; an age or a “who” is a person."""
    match = _APPOSITION.match(following)
    if match:
        for word in re.split(r"\s(?:of|for|at|in|who|and|to|from|on|with)\s", match[1])[0].split()[::-1]:
            if word in words("roles"):
                return word
    return "somebody" if _AGED.match(following) else None
