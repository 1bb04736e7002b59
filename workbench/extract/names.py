"""The named people and bodies of one text: who is named, in which forms, in which office."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from workbench.extract.genders import learn_genders
from workbench.extract.layout import Layout
from workbench.extract.offices import note_offices
from workbench.language.tokens import Token, tokens
from workbench.language.words import group, table, words
from workbench.records import SourceKind
from workbench.spans import Span

Gender = Literal["m", "f", "-"]
_LINKS = group("links")
_POSSESSIVE = re.compile(r"[’']s?$")
_MOST_WORDS = 8
_INITIAL = re.compile(r"[a-z]\.?\Z")
_LONGEST_TITLE = 250  # code points of a headline
_MARKS = {("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("(", ")")}  # around a nickname
_MOST_SHARING = 50  # people of one surname that are compared


@dataclass(slots=True)
class Entity:
    """Somebody or something with a name. `roles` are the offices that the text gives it, in small letters."""

    name: str
    kind: SourceKind
    gender: Gender
    roles: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # words that stand beside the name, in small letters


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
    def shouts(self) -> bool:
        """Whether it is printed in capitals only."""
        return all(token.text.isupper() for token in self.toks)

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
        runs = _all_runs(layout)
        self._inner = {run.name for run in runs if len(run.toks) == 1 and not run.heads}
        late = sorted(runs, key=lambda run: (len(run.toks) == 1, run.shouts, run.sentence == 0))
        for run in late:
            if len(run.toks) > 1 or run.roles:
                self._enter(run)
        self._join_bodies()
        self._settle({run.name for run in runs if len(run.toks) == 1})
        found = (self._mention(run) for run in runs)
        self.mentions: list[Mention] = [mention for mention in found if mention is not None]
        self._starts = [mention.span.start for mention in self.mentions]
        note_offices(layout.text, self.mentions)
        learn_genders(layout, self.mentions)
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

    def holders(self, role: str) -> list[Entity]:
        """Everybody whom the text gives an office, the first named first."""
        return self._holders.get(role, [])

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

    def _join_bodies(self) -> None:
        """Give the mentions of “Daily News” to the “New York Daily News” that the text names too."""
        ends: dict[str, Entity] = {}
        for entity in self.entities.values():
            parts = entity.name.split()
            if (
                entity.kind == "body"
                and parts[0].lower() not in words("exhortations")
                and not set(parts) & {"of", "the"}
            ):
                for at in range(1, len(parts)):
                    ends.setdefault(" ".join(parts[at:]), entity)
        for name, entity in self.entities.items():
            if entity.kind == "body" and name in ends:
                self.entities[name] = ends[name]
        self._endings = {name: entity for name, entity in ends.items() if name.lower() in words("media")}

    def _shorter(self, run: _Run) -> Entity | None:
        """An entity whose name this one adds a middle name or initial to, or takes the first name from."""
        if run.shouts and (quiet := self._quiet(run.name)) is not None:
            return quiet
        if run.roles and len(run.toks) == 1:
            return self._known(run.name)
        first, last = run.toks[0].text, _bare(run.toks[-1].text)
        for entity in self._by_part.get(last, ())[:_MOST_SHARING]:
            parts = entity.name.split()
            if entity.kind == "person" and len(parts) > 1 and parts[0] == first and parts[-1] == last:
                return entity
        return None

    def _quiet(self, name: str) -> Entity | None:
        """The entity that a name in capitals (“TRUMP”) stands for, where the text prints it in small letters too."""
        shown = name.title()
        return self.entities.get(shown) or self._known(shown) if len(name) > 2 else None

    def _known(self, part: str) -> Entity | None:
        people = [entity for entity in self._by_part.get(part, ()) if entity.kind == "person"]
        return people[0] if people else None

    def _mention(self, run: _Run) -> Mention | None:
        entity = self.entities.get(run.name) or (self._known(run.name) if len(run.toks) == 1 else None)
        if entity is None and run.shouts:
            entity = self._quiet(run.name)
        if entity is None and len(run.toks) == 1:
            entity = self._endings.get(run.name)
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


def _all_runs(layout: Layout) -> list[_Run]:
    """The runs of a text in its order; a line in title case names only what the other sentences name too."""
    plain: list[_Run] = []
    lines: list[tuple[int, Span]] = []
    for index, sentence in enumerate(layout.sentences):
        if _is_title_case(layout.text, sentence, index == 0):
            lines.append((index, sentence))
        else:
            plain += _runs(layout, index, sentence)
    if not plain:
        return [run for index, line in lines for run in _runs(layout, index, line)]
    known = {run.name for run in plain} | {_bare(run.toks[-1].text) for run in plain}
    plain += [run for index, line in lines for run in _runs_known(layout, index, line, known)]
    return sorted(plain, key=lambda run: run.toks[0].start)


def _is_title_case(text: str, sentence: Span, first: bool) -> bool:
    """Whether a line is printed as headlines are: its longer words all but one with capitals, no stop but on top."""
    shown = sentence.of(text)
    if len(shown) > _LONGEST_TITLE or (not first and shown.rstrip("”\"’'")[-1:] in (".", "?", "!", ":", ",")):
        return False
    longer = [word for word in shown.split() if len(word) > 3 and word[0].isalpha()]
    small = sum(word[0].islower() for word in longer)
    return len(longer) > 3 and small <= (0 if shown.endswith(".") else 1)


def _runs_known(layout: Layout, index: int, line: Span, known: set[str]) -> Iterator[_Run]:
    """The longest stretches of a line that are names in `known`, titles before them aside."""
    toks = tokens(layout.text, line)
    at = 0
    while at < len(toks):
        lengths = range(min(_MOST_WORDS, len(toks) - at), 0, -1)
        found = next((n for n in lengths if " ".join(_bare(t.text) for t in toks[at : at + n]) in known), 0)
        if found and toks[at].is_capital:
            yield _Run(toks[at : at + found], set(), "-", index, at == 0, False)
        at += max(found, 1)


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
        for run in _split(_without_nickname(toks[at:end]), index, not led, at == 0 or not toks[at - 1].is_word):
            yield run
            led = True
        at = end


def _names(toks: list[Token], at: int) -> bool:
    token = toks[at]
    if not token.is_capital or (token.lower in words("weekdays") and not _is_bearer(toks, at)):
        return False
    if token.lower in ("i", "i'm", "i'll", "i've", "i'd"):
        return False
    starts = at == 0 or not toks[at - 1].is_word
    return not (starts and (token.lower in words("starters") or token.lower in words("small_words")))


def _is_bearer(toks: list[Token], at: int) -> bool:
    """Whether the name of a month is that of a person: a surname follows, and no word of time stands before."""
    if toks[at].lower not in group("month_names") or at + 1 >= len(toks) or not toks[at + 1].is_capital:
        return False
    dated = at > 0 and toks[at - 1].lower in group("dating")
    follows = toks[at + 1].start - toks[at].end in (1, 2) and toks[at + 1].lower not in words("weekdays")
    return follows and not dated


def _nickname_end(toks: list[Token], at: int) -> int:
    """One past the surname behind a nickname in marks (“Paul “Rocky” Dunne”) that opens at `at`; 0 where none does."""
    if at + 3 >= len(toks) or (toks[at].text, toks[at + 2].text) not in _MARKS:
        return 0
    return at + 4 if toks[at + 1].is_capital and toks[at + 3].is_capital else 0


def _without_nickname(toks: list[Token]) -> list[Token]:
    opens = next((at for at, token in enumerate(toks) if not token.is_word and _nickname_end(toks, at)), None)
    return toks if opens is None else [*toks[:opens], *toks[opens + 3 :]]


def _reach(text: str, toks: list[Token], at: int) -> int:
    """One past the next word of the same name, or 0 where the name ends."""
    between = text[toks[at - 1].end : toks[at].start]
    if not between.isspace() or len(between) > 2 or _POSSESSIVE.search(toks[at - 1].text):
        return 0
    if end := _nickname_end(toks, at):
        return end
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
    if len(body) > 2 and (heads or body[0].lower in words("roles")) and _leads_a_name(body):
        roles, body = roles | {body[0].lower}, body[1:]
    if body:
        offices = {role for role in roles if len(role) > 2 and role not in ("mrs", "miss")}
        yield _Run(body, offices, gender, sentence, leads, heads and cut < 0)


def _leads_a_name(toks: list[Token]) -> bool:
    """Whether the first word is no part of the name that follows it: “Filmmaker Jack Marino”."""
    first, second = (_known_first_name(token.lower) for token in toks[:2])
    return second and not first and toks[0].lower in words("roles")


def _known_first_name(lower: str) -> bool:
    return lower in words("first_names_m") or lower in words("first_names_f")


def _classified(run: _Run) -> tuple[SourceKind, Gender]:
    """Kind and gender of a name by its words and the titles before it."""
    lowers = [_bare(token.text).lower() for token in run.toks]
    gender = run.gender
    if gender == "-" and len(run.toks) > 1:
        gender = _first_name(lowers[0])
    if run.roles or run.gender != "-":
        return "person", gender
    if len(lowers) == 3 and _INITIAL.match(lowers[1]) and _known_first_name(lowers[0]):
        return "person", gender
    if (
        any(lower in words("bodies") or lower in words("media") for lower in lowers)
        or "of" in lowers
        or "for" in lowers
    ):
        return "body", "-"
    if len(lowers) > 1 and lowers[-1] in words("groups"):
        return "body", "-"
    if len(lowers) == 1:
        return ("person", _first_name(lowers[0])) if _first_name(lowers[0]) != "-" else _single(run.toks[0])
    return ("person", gender) if _known_first_name(lowers[0]) else ("unknown", "-")


def _single(token: Token) -> tuple[SourceKind, Gender]:
    acronym = token.text.isupper() and len(token.text) > 1
    return ("body", "-") if acronym else ("unknown", "-")


def _first_name(lower: str) -> Gender:
    man, woman = lower in words("first_names_m"), lower in words("first_names_f")
    return "m" if man and not woman else "f" if woman and not man else "-"
