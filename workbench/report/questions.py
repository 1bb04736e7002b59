"""What is still open about a claim, in words: what a reader must know before relying on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.records import ClaimCard

MOST = 40  # claims that are named under one question; the rest is counted


@dataclass(frozen=True, slots=True)
class Question:
    """One open question and the claims that it is about."""

    text: str
    claims: tuple[int, ...]

    @property
    def named(self) -> tuple[int, ...]:
        """The claims that are named, in the order of the report."""
        return self.claims[:MOST]

    @property
    def unnamed(self) -> int:
        """How many more there are."""
        return len(self.claims) - len(self.named)


def of_claim(card: ClaimCard, public: bool) -> tuple[str, ...]:
    """The open questions of one claim. A public report asks nothing whose answer it may have withheld."""
    status = card.row.status
    if status in ("waived", "not a claim"):
        return ()
    asked = [*_judgements(card), *_standing(card)]
    if card.truth is not None or card.attribution is not None:
        asked += _grounds(card, public)
    return tuple(asked)


def _judgements(card: ClaimCard) -> Iterable[str]:
    quoted = card.row.kind != "statement"
    if card.truth is None and card.attribution is None:
        yield "not judged yet"
    elif card.truth is None:
        yield "not judged whether it is so"
    elif quoted and card.attribution is None:
        yield "not judged whether the source said it"


def _standing(card: ClaimCard) -> Iterable[str]:
    if card.row.anchor_state == "lost":
        yield "the article no longer holds these words"
    elif card.row.stale:
        yield "judged on an earlier text: to be checked again"


def _grounds(card: ClaimCard, public: bool) -> Iterable[str]:
    if not public and not card.evidence:
        yield "judged without evidence"
    if any(verdict is not None and not verdict.explanation for verdict in (card.truth, card.attribution)):
        yield "a verdict without an explanation"
    if card.row.source is not None and not card.row.source_confirmed:
        yield "nobody confirmed whose words they are"
    if card.family is not None and any(m.alarms and m.state == "suggested" for m in card.family.members):
        yield "another outlet has it differently, and nobody confirmed which is right"


def gather(cards: Iterable[ClaimCard], public: bool) -> tuple[Question, ...]:
    """The open questions over many claims, most claims first."""
    asked: dict[str, list[int]] = {}
    for card in cards:
        for text in of_claim(card, public):
            asked.setdefault(text, []).append(card.row.id)
    ordered = sorted(asked.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(Question(text, tuple(claims)) for text, claims in ordered)
