"""Families: the same words in several articles, kept up as quotes come and go.

What is here must be a function of the quotes and of what people decided, whatever the order in which they came in:
`match.group` says which function. Only what a change touches is read and written (`placing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from db import candidates, kin
from db.engine import driven
from workbench.services import placing

if TYPE_CHECKING:
    from sqlmodel import Session


def update(session: Session, article_id: int) -> None:
    """Place the quotes of an article that came in, changed or went away."""
    update_many(session, [article_id])


def update_many(session: Session, article_ids: Iterable[int]) -> None:
    """Place the quotes of articles that came in, changed or went away, at once: a family is written once for all."""
    session.flush()
    connection = driven(session)
    refresh(session, [claim for article in article_ids for claim in kin.claims_of_article(connection, article)])


def refresh(session: Session, claim_ids: Sequence[int]) -> None:
    """Place these claims anew where their words, speaker, date or wire are no longer those that were placed."""
    from workbench.match.forms import form_of

    session.flush()
    connection = driven(session)
    shown = {row.claim_id: row for row in kin.shown(connection, claim_ids)}
    stored = {row.claim_id: row for row in kin.stored(connection, claim_ids)}
    forms = {number: form_of(row.words) for number, row in shown.items()}
    shown = {number: row for number, row in shown.items() if forms[number].text}

    def same(number: int) -> bool:
        was, now = stored[number], shown.get(number)
        return now is not None and (was.key, was.speaker, was.date, was.origin) == (
            forms[number].key, now.speaker, now.date, now.origin,
        )  # fmt: skip

    gone = {number for number in stored if not same(number)}
    fresh = [(shown[number], forms[number]) for number in sorted(shown) if number not in stored or number in gone]
    if gone or fresh:
        change = placing.Placing(connection)
        change.take_out([stored[number] for number in sorted(gone)])
        change.put_in(fresh)
        change.settle()
        placing.forget(connection, sorted({stored[number].form_id for number in gone}))
        kin.hide_empty(connection, change.numbers)
    kin.unplaced(connection, claim_ids)
    session.expire_all()


def decided(session: Session, claim_ids: Iterable[int], kept: Iterable[int] = ()) -> None:
    """Place claims anew after a person decided about them, or took that back.

    Of families that become one, that of the claims `kept` keeps its number; one that is as it was once is so again.
    """
    session.flush()
    connection = driven(session)
    wanted = kin.families_of(connection, kept)
    change = placing.Placing(connection)
    change.take_out(kin.stored(connection, sorted(set(claim_ids))), wholly=True)
    change.settle_decided(wanted)
    kin.hide_empty(connection, change.numbers)
    session.expire_all()


def respoken(session: Session, claim_ids: Sequence[int] | None) -> None:
    """Place the quotes anew, of these claims or of all, that are attributed to somebody else than before."""
    session.flush()
    claims = kin.misnamed(driven(session), claim_ids)
    if claims:
        refresh(session, claims)


def rebuild(session: Session, batch: int = 500) -> None:
    """Form every family anew from the quotes and decisions, with the same result as article by article."""
    session.flush()
    connection = driven(session)
    candidates.empty(connection)
    claims = kin.quoting(connection)
    for start in range(0, len(claims), batch):
        refresh(session, claims[start : start + batch])
