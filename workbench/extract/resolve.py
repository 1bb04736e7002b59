"""Whom a source phrase names: pronouns, descriptions and short names led back to a name, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbench.extract.descriptions import Descriptions
from workbench.extract.kinds import REASONS, is_collective, kind_of
from workbench.extract.layout import Layout
from workbench.extract.names import Entity, Gender, Mention, Names
from workbench.language.tokens import Token, tokens
from workbench.language.words import group, words
from workbench.records import SourceKind, SourceMention
from workbench.spans import Span

_HE: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = group("plural")
# How sure it is that words without a name mean nobody whom the text names, by kind; measured on labelled mentions.
_UNNAMED: dict[SourceKind, float] = {"anonymous": 0.88, "document": 0.86, "body": 0.75, "person": 0.5, "unknown": 0.35}
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "its"))
_FURTHEST = 5  # sentences that a pronoun reaches back
_SURE = 2  # sentences over which a name of unknown gender may be meant
_HEAD_ENDS = group("head_ends")
_NOUN = {"m": "man", "f": "woman", "-": "person"}


class Named(NamedTuple):
    """What a phrase was resolved to."""

    name: str
    kind: SourceKind
    reason: str
    confidence: float


class Resolver:
    """Resolves the sources of one text; remembers who spoke, for “they” and “it”."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout = layout
        self.names = names
        self.descriptions = Descriptions(layout, names)
        self.spoken: list[tuple[int, Named]] = []  # where and what earlier sources were

    def mention(self, span: Span) -> SourceMention:
        """The source that the words of `span` name."""
        text = span.of(self.layout.text)
        named = self.named(span)
        self.spoken.append((span.start, named))
        return SourceMention(span.start, span.end, text, named.name, named.kind, named.reason, named.confidence)

    def named(self, span: Span) -> Named:
        """Name, kind, reason and confidence for the words of `span`."""
        toks = tokens(self.layout.text, span)
        lower = [token.lower for token in toks]
        if len(toks) == 1 and lower[0] in _HE:
            return self._pronoun(toks[0], _HE[lower[0]])
        if len(toks) == 1 and lower[0] in _PLURAL | {"it", "its"}:
            return self._group(toks[0], lower[0] in _PLURAL)
        if len(toks) == 1 and lower[0] in ("who", "which"):
            return self._relative(toks[0])
        if len(toks) == 1 and lower[0] in ("i", "we", "you", "my", "our"):
            return Named(toks[0].text, "unknown", f"“{toks[0].text}”: a voice of its own, no name found", 0.3)
        return self._phrase(span, toks)

    # ---- pronouns

    def _pronoun(self, token: Token, gender: Gender) -> Named:
        here = self.layout.sentence_index(token.start)
        speaker = self._last_speaker(token, here, gender)
        for distance, mention, subject in self._candidates(token.start, here, gender):
            if speaker is not None and not subject and distance > 0:
                return speaker
            what = "subject" if subject else "last one"
            where = ("same sentence", "sentence before")[distance] if distance < 2 else f"{distance} sentences before"
            known = mention.entity.gender == gender
            confidence = (0.87 if known else 0.72) - 0.09 * distance - (0 if subject else 0.1)
            reason = f"“{token.text}”: last {_NOUN[gender]} named as {what}, {where}" if subject else (
                f"“{token.text}”: last {_NOUN[gender]} named, {where}")  # fmt: skip
            return Named(mention.entity.name, "person", reason, round(max(confidence, 0.3), 2))
        if speaker is not None:
            return speaker
        return Named(token.text, "unknown", f"“{token.text}”: no fitting name found before", 0.2)

    def _last_speaker(self, token: Token, here: int, gender: Gender) -> Named | None:
        """Who spoke last, where a pronoun of `gender` may go on with that voice."""
        for at, named in reversed(self.spoken[-3:]):
            entity = self.names.entities.get(named.name)
            near = at < token.start and here - self.layout.sentence_index(at) <= _SURE
            if near and entity is not None and self._fits(entity, gender):
                known = entity.gender == gender
                return Named(
                    entity.name, "person", f"“{token.text}”: the last {_NOUN[gender]} who spoke", 0.7 if known else 0.6
                )
        return None

    def _candidates(self, at: int, here: int, gender: Gender) -> Iterator[tuple[int, Mention, bool]]:
        """Fitting people by distance in sentences: in each sentence first its subject, then the last one named."""
        near = [m for m in self.names.before(at) if here - m.sentence <= _FURTHEST and self._fits(m.entity, gender)]
        for distance in range(_FURTHEST + 1):
            group = [m for m in near if here - m.sentence == distance]
            group = [m for m in group if m.entity.gender == gender or distance <= _SURE]
            plain = [m for m in group if not m.quoted and not self._owns(m)]
            subjects = [m for m in plain if self._is_subject(m)]
            if subjects:
                yield distance, subjects[-1] if distance else subjects[0], True
            elif plain:
                yield distance, plain[0], False

    def _fits(self, entity: Entity, gender: Gender) -> bool:
        if entity.kind not in ("person", "unknown"):
            return False
        return entity.gender == gender or (entity.gender == "-" and entity.kind == "person")

    def _owns(self, mention: Mention) -> bool:
        return self.layout.text[mention.span.end : mention.span.end + 2] in ("’s", "'s")

    def _is_subject(self, mention: Mention) -> bool:
        return mention.leads and not self._after_preposition(mention)

    def _after_preposition(self, mention: Mention) -> bool:
        before = self.layout.text[max(0, mention.span.start - 12) : mention.span.start].split()
        return bool(before) and before[-1].lower() in (
            "of",
            "to",
            "with",
            "by",
            "for",
            "from",
            "on",
            "about",
            "against",
            "and",
        )

    def _group(self, token: Token, plural: bool) -> Named:
        """“They” and “it”: the last group or body that spoke or was named."""
        for at, named in reversed(self.spoken[-6:]):
            if named.kind in (("anonymous", "body") if plural else ("body", "document")) and at < token.start:
                return Named(
                    named.name, named.kind, f"“{token.text}”: the last {'group' if plural else 'body'} that spoke", 0.5
                )
        here = self.layout.sentence_index(token.start)
        for mention in self.names.before(token.start):
            if mention.entity.kind == "body" and here - mention.sentence <= 2:
                reason = f"“{token.text}”: the last body named"
                return Named(mention.entity.name, "body", reason, 0.45)
        kind: SourceKind = "anonymous" if plural else "unknown"
        return Named(token.text, kind, f"“{token.text}”: nobody found that it stands for", 0.2)

    def _relative(self, token: Token) -> Named:
        nearest = next(iter(self.names.before(token.start, 1)), None)
        if nearest is not None and token.start - nearest.span.end <= 3:
            return Named(nearest.entity.name, nearest.entity.kind, f"“{token.text}”: the name just before", 0.85)
        sentence = self.layout.sentences[max(self.layout.sentence_index(token.start), 0)]
        before = tokens(self.layout.text, Span(max(sentence.start, token.start - 60), token.start))
        head = next((t for t in reversed(before) if t.is_word), None)
        if head is not None and (head.lower in words("groups") or head.lower in words("roles")):
            kind: SourceKind = "anonymous" if head.lower in words("groups") else "person"
            return Named(head.text, kind, f"described, not named: “{head.text}”, just before “{token.text}”", 0.6)
        return Named(token.text, "unknown", f"“{token.text}”: no name just before it", 0.2)

    # ---- phrases

    def _phrase(self, span: Span, toks: list[Token]) -> Named:
        head = _head(toks)
        phrase = " ".join(span.of(self.layout.text).split())
        if is_collective(head):
            return Named(phrase, "anonymous", REASONS["anonymous"], 0.88)
        named = self._name_at(head) or self._name_beside(toks, head)
        if named is not None:
            return named
        owner = self._owner(head, phrase)
        if owner is not None:
            return owner
        kind = kind_of(head, toks)
        described = self._described(head, toks, span, kind) if kind in ("person", "body") else None
        return described or Named(phrase, kind, REASONS[kind], _UNNAMED[kind])

    def _name_at(self, head: list[Token]) -> Named | None:
        """The name that the head of the phrase ends in."""
        if not head:
            return None
        for mention in reversed(self.names.inside(Span(head[0].start, head[-1].end))):
            if mention.span.end < head[-1].end - 2:  # a possessive “’s” may follow
                return None
            entity = mention.entity
            shown = mention.span.of(self.layout.text)
            kind = self._likely(entity, head)
            if entity.name == shown:
                return Named(entity.name, kind, "named in full", 0.95 if entity.kind != "unknown" else 0.7)
            return Named(
                entity.name, entity.kind, f"“{shown}”: short for {entity.name}, named in full in this text", 0.93
            )
        return None

    def _owner(self, head: list[Token], phrase: str) -> Named | None:
        """`Clinton’s response`: whose words they are."""
        if len(head) < 2 or head[-1].lower not in group("own_words"):
            return None
        for mention in self.names.inside(Span(head[0].start, head[-1].start)):
            if self._owns(mention) and mention.entity.kind in ("person", "body"):
                return Named(
                    mention.entity.name, mention.entity.kind, f"“{phrase}”: words of {mention.entity.name}", 0.8
                )
        return None

    def _likely(self, entity: Entity, head: list[Token]) -> SourceKind:
        """The kind of a name; one of two or three words that speaks without an article is most likely a person's."""
        if entity.kind != "unknown":
            return entity.kind
        if head[0].lower in ("the", "a", "an"):
            return "body"
        return "person" if 2 <= len(entity.name.split()) <= 3 else "unknown"

    def _name_beside(self, toks: list[Token], head: list[Token]) -> Named | None:
        """`the harbour master, Captain Anders Tremlett`: an office, then the name of who holds it."""
        if len(toks) <= len(head) + 1 or toks[len(head)].lower != "," or not toks[len(head) + 1].is_capital:
            return None
        start = toks[len(head) + 1].start
        for mention in self.names.inside(Span(start, toks[-1].end))[:1]:
            if mention.entity.kind == "person" and mention.span.start - start < 30:
                office = " ".join(token.text for token in head)
                return Named(mention.entity.name, "person", f"named beside the office, “{office}”", 0.9)
        return None

    def _described(self, head: list[Token], toks: list[Token], span: Span, kind: SourceKind) -> Named | None:
        """“The president”, “the company”: whoever holds that office in this text, the last body of that sort."""
        if not head or head[0].lower not in _DEFINITE or head[-1].is_capital:
            return None
        phrase = " ".join(span.of(self.layout.text).split())
        if kind == "person":
            return self._described_person(head, toks[len(head) :], phrase)
        body = self.descriptions.body(head, span.start)
        if body is None:
            return None
        if isinstance(body, str):
            return Named(body, "body", f"“{phrase}”: short for {body}, written out before", 0.7)
        return Named(body.name, "body", f"“{phrase}”: the last body named before", 0.5)

    def _described_person(self, head: list[Token], complement: list[Token], phrase: str) -> Named | None:
        if head[0].lower in ("his", "her", "its") and head[-1].lower not in group("family"):
            return None
        found = self.descriptions.person(head, complement, head[0].start)
        if found is None:
            return None
        return Named(found.entity.name, "person", f"“{phrase}”: {found.why}", found.confidence)


def _head(toks: list[Token]) -> list[Token]:
    """The words of a phrase up to what only describes it: “a spokesman | for Ruiz”, “Ana Ruiz | , the mayor”."""
    for index, token in enumerate(toks):
        if index and token.lower in _HEAD_ENDS and not _inside_name(toks, index):
            return toks[:index]
        if (
            index > 1
            and token.lower.endswith("ed")
            and not token.is_capital
            and toks[index - 1].lower in words("documents")
        ):
            return toks[:index]
    return toks


def _inside_name(toks: list[Token], index: int) -> bool:
    """Whether an “of” stands inside a name: “the Department of Justice”."""
    following = toks[index + 1] if index + 1 < len(toks) else None
    return (
        toks[index].lower in ("of", "for")
        and toks[index - 1].is_capital
        and following is not None
        and following.is_capital
    )
