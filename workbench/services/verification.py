"""Quotes against the record: what the machine finds, kept where a person wants it, and what that person answers.

For a claim: `ClaimCard.verifications`, or `of_claims` for many.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import batches
from db import transcripts as tables
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.history import Change, canonical
from workbench.records import (
    MEANINGS,
    QUOTE_CLASSES,
    ActionRow,
    ClaimCard,
    Meaning,
    Verification,
    VerifiedStep,
    VerifiedText,
)
from workbench.services import show, transcripts
from workbench.services.evidence import read_file
from workbench.services.journal import act, new_uid, now, to_action_row
from workbench.services.store import Store
from workbench.spans import Span

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Claim
    from workbench.match.passages import Spoken
    from workbench.match.verify import Found


NO_TEXT = "workbench transcript add FILE stores what was said; --against FILE names a text"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to verify against: how it is known, and its words."""

    about: VerifiedText
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts to verify against, and why any that was named could not be read."""

    texts: tuple[Text, ...]
    failed: tuple[str, ...] = ()


def texts_for(store: Store | None, claim_id: int | None = None, against: Sequence[str] = ()) -> Texts:
    """The texts named in `against` (t2 or a file), else all transcripts and the kept copies of the claim's evidence.

    Raises NotFoundError for a transcript that is not there, InputError for a file that cannot be read.
    """
    if against:
        return Texts(tuple(_named(store, given, claim_id) for given in against))
    if store is None:
        return Texts(())
    found = [_stored(store, row.id) for row in transcripts.rows(store)]
    failed: list[str] = []
    for row in _copies(store, claim_id):
        try:
            found.append(_read(row["data"], row["name"] or f"e{row['id']}", f"e{row['id']}"))
        except InputError as error:
            failed.append(f"e{row['id']} was passed over: {error.what}")
    return Texts(tuple(found), tuple(failed))


def _copies(store: Store, claim_id: int | None) -> list[Any]:
    if claim_id is None:
        return []
    with store.reading() as reader:
        return tables.copies(reader, claim_id)


def _named(store: Store | None, given: str, claim_id: int | None) -> Text:
    if store is not None and given[:1] in ("e", "E") and not Path(given).exists():
        for row in _copies(store, claim_id):
            if given[1:] == str(row["id"]):
                return _read(row["data"], row["name"] or given, f"e{row['id']}")
    number = given[1:] if given[:1] in ("t", "T") else ""
    if number.isascii() and number.isdigit() and not Path(given).exists():
        if store is None:
            raise NotFoundError(f"there is no transcript {given}", "workbench transcripts lists them")
        return _stored(store, int(number[:18]))
    return _read(read_file(Path(given)), Path(given).name, None)


def _stored(store: Store, transcript_id: int) -> Text:
    found, text = transcripts.show(store, transcript_id)
    return Text(VerifiedText(found.title, found.digest, f"t{found.id}"), text)


def _read(data: bytes, name: str, typed: str | None) -> Text:
    text = transcripts.read_text(data, name).text
    return Text(VerifiedText(name, sha256(text.encode("utf-8", "replace")).hexdigest(), typed), text)


def quote_of(store: Store, claim_id: int) -> tuple[str, str | None]:
    """What a claim prints between quotation marks and who is said to have said it.

    Pieces that the article itself divides are joined by dots. Raises NotFoundError; UsageError for a claim that
    quotes nothing.
    """
    card = show.claim_card(store, claim_id)
    with store.reading() as reader:
        pieces = tables.pieces(reader, claim_id)
    if not pieces:
        raise UsageError(f"c{claim_id} holds no words in quotation marks", "give the words with --text")
    return " … ".join(pieces), card.row.source if card.row.source_kind != "anonymous" else None


def verify(quote: str, speaker: str | None, texts: Sequence[Text], claim_id: int | None = None) -> Verification:
    """The best account of a quote out of the texts. Nothing is stored. Raises UsageError for a quote without words."""
    from workbench.match.verify import verify as account

    if not any(letter.isalnum() for letter in quote):
        raise UsageError("the quote holds no words", "give the words that are in quotation marks")
    made = [transcripts.indexed(text.about.name, text.text, text.about.digest) for text in texts]
    found = account(quote, made, speaker)
    return _record(quote, speaker, claim_id, texts, found, made)


def _record(
    quote: str, speaker: str | None, claim_id: int | None, texts: Sequence[Text], found: Found, made: Sequence[Spoken]
) -> Verification:
    def said(span: Span) -> str:
        there = made[found.text or 0]
        return there.speech.said(there.text, span)

    steps = tuple(
        VerifiedStep(step.operation, _words(step.printed.of(quote)), said(step.said), step.kind) for step in found.steps
    )
    return Verification(
        id=None,
        claim_id=claim_id,
        quote=quote,
        speaker=speaker,
        quote_class=found.quote_class,
        alarms=found.alarms,
        against=tuple(text.about for text in texts),
        text=found.text,
        lines=found.lines,
        speakers=found.speakers,
        passage=" … ".join(map(said, found.passages)),
        steps=steps,
        score=found.score,
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def suggestion(found: Verification) -> tuple[str, str] | None:
    """A label of the attribution scale that the finding speaks for, and why; None where it depends on the meaning.

    A suggestion only: nothing gives the verdict but a person. Where no text was searched, nothing is suggested.
    """
    if not found.against:
        return None
    plain = _SUGGESTED.get(found.quote_class)
    if plain is not None and found.meaning != "changed" and (plain[0] != "accurate" or not found.alarms):
        return plain
    if found.meaning == "changed" and found.quote_class in ("truncated_unmarked", "truncated_marked"):
        return "out-of-context", "the words left out change the meaning, you say"
    if found.meaning == "changed":
        return "altered-changed-meaning", "the words differ, and you say that the meaning changes"
    if found.meaning == "same":
        return "altered-same-meaning", "the words differ, and you say that the meaning stays"
    return None


_SUGGESTED = {
    "verbatim": ("accurate", "the words are those of the record"),
    "truncated_marked": ("accurate", "what was left out is marked"),
    "bracketed": ("accurate", "what was put in stands in brackets"),
    "cleaned": ("cleaned", "only what belongs to speaking was tidied"),
    "misattributed": ("wrong-speaker", "the record has another speaker say it"),
    "composite": ("wrong-speaker", "the record has several speakers say it"),
    "not_found": ("not-found", "nothing like it stands in the texts given"),
}


# ---- keeping -----------------------------------------------------------------------------------------------------


def keep(
    store: Store, found: Verification, meaning: Meaning | None = None, *, claim_id: int | None = None
) -> tuple[Verification, ActionRow]:
    """Keep a finding with its claim, and what the person answers, as one action; of one kept before, only the answer.

    Raises UsageError without a claim, where no text was searched, where it is kept already, or for an unknown answer;
    NotFoundError for a claim that is not there.
    """
    from db.models import Verification as Row

    number = claim_id or found.claim_id
    if number is None:
        raise UsageError("a finding is kept with a claim", "name the claim, such as c12")
    if not found.against:
        raise UsageError("no text was searched, so there is nothing to keep", NO_TEXT)
    _known(meaning)
    _differing(found.quote_class, meaning)
    before = _the_same(of_claim(store, number), found)
    if before is not None and before.id is not None:
        if meaning is None:
            raise UsageError("that finding is kept already", f"workbench show c{number} lists it")
        return answer(store, before.id, meaning)
    with store.writing() as session:
        claim = _claim(session, number)
        result = _kept(found)
        row = Row(uid=new_uid(), claim_id=number, result=canonical(result), added_by=store.reviewer, added_at=now(),
                  hidden=True)  # fmt: skip
        session.add(row)
        session.flush()
        what = {"class": found.quote_class, "alarms": list(found.alarms), "lines": list(found.lines)}
        changes = [_change(row, claim.article_id, "record", None, what)]
        if meaning is not None:
            changes.append(_change(row, claim.article_id, "meaning", None, _answer(store, meaning)))
        label = f"c{number} verified: {in_words(found.quote_class)}" + (f", meaning {meaning}" if meaning else "")
        done = to_action_row(act(session, store.reviewer, "verify", label, changes))
        kept_id = row.id or 0
    return _one(store, number, kept_id), done


def _claim(session: Session, claim_id: int) -> Claim:
    from db.models import Claim

    claim = session.get(Claim, claim_id)
    if claim is None or claim.hidden:
        raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
    return claim


def answer(store: Store, verification_id: int, meaning: Meaning | None) -> tuple[Verification, ActionRow]:
    """Say whether the change alters the meaning; None takes the answer back. Raises NotFoundError, UsageError."""
    from db.models import Claim
    from db.models import Verification as Row

    _known(meaning)
    with store.writing() as session:
        row = session.get(Row, verification_id)
        if row is None or row.hidden:
            raise NotFoundError("there is no such verification", "verify the quote anew")
        if row.meaning == meaning:
            raise UsageError("that is the answer already", "nothing was changed")
        _differing(json.loads(row.result)["class"], meaning)
        claim = session.get_one(Claim, row.claim_id)
        before = {"answer": row.meaning, "reviewer": row.answered_by, "at": row.answered_at} if row.meaning else None
        after = _answer(store, meaning) if meaning else None
        label = f"c{claim.id}: meaning {meaning or 'not answered'}"
        changes = [_change(row, claim.article_id, "meaning", before, after)]
        done = to_action_row(act(session, store.reviewer, "verify", label, changes))
        claim_id = row.claim_id
    return _one(store, claim_id, verification_id), done


def _known(meaning: str | None) -> None:
    if meaning is not None and meaning not in MEANINGS:
        raise UsageError(f"unknown answer “{meaning}”", "say changed or same")


def _differing(quote_class: str, meaning: Meaning | None) -> None:
    """Refuse an answer where no words differ, or none were found."""
    if meaning is not None and quote_class == "verbatim":
        advice = "where they are out of context, the attribution verdict says so"
        raise UsageError("the words do not differ, so their meaning has not changed", advice)
    if meaning is not None and quote_class == "not_found":
        raise UsageError("the words were not found, so nothing tells what changed", "verify against another text")


def _answer(store: Store, meaning: Meaning) -> dict[str, str]:
    return {"answer": meaning, "reviewer": store.reviewer, "at": now()}


def _change(row: Any, article_id: int, field: str, before: Any, after: Any) -> Change:
    return Change("verification", row.id or 0, row.uid, field, before, after, row.claim_id, article_id)


def _kept(found: Verification) -> dict[str, Any]:
    return {
        "quote": found.quote,
        "speaker": found.speaker,
        "class": found.quote_class,
        "alarms": list(found.alarms),
        "against": [{"name": text.name, "digest": text.digest, "id": text.id} for text in found.against],
        "text": found.text,
        "lines": list(found.lines),
        "speakers": list(found.speakers),
        "passage": found.passage,
        "steps": [[step.operation, step.printed, step.said, step.kind] for step in found.steps],
        "score": found.score,
    }


def _one(store: Store, claim_id: int, verification_id: int) -> Verification:
    return next(kept for kept in of_claim(store, claim_id) if kept.id == verification_id)


def of_claim(store: Store, claim_id: int) -> tuple[Verification, ...]:
    """The kept verifications of a claim, the newest first."""
    return of_claims(store, [claim_id]).get(claim_id, ())


def of_claims(store: Store, claim_ids: Iterable[int]) -> dict[int, tuple[Verification, ...]]:
    """The kept verifications of many claims, the newest first; claims without one are left out."""
    with store.reading() as reader:
        rows = batches.verifications(reader, claim_ids)
    found: dict[int, tuple[Verification, ...]] = {}
    for row in rows:
        found[row["claim_id"]] = (*found.get(row["claim_id"], ()), show.to_verification(row))
    return found


def standing(card: ClaimCard, found: Verification) -> Verification:
    """`found` with the kept answer of the same finding, if there is one: same quote, same texts, same class."""
    kept = _the_same(card.verifications, found)
    return replace(kept, against=found.against, text=found.text) if kept else found


def _the_same(verifications: Iterable[Verification], found: Verification) -> Verification | None:
    wanted = (found.quote, found.quote_class, found.passage)
    return next((each for each in verifications if (each.quote, each.quote_class, each.passage) == wanted), None)


def in_words(quote_class: str) -> str:
    """A class of misquote as people say it."""
    return QUOTE_CLASSES.get(quote_class, quote_class.replace("_", " "))
