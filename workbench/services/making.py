"""Rows of a claim that a person makes: its base row, its anchors and its place among the readings of its article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from db import readings as stored
from db import shaping
from db.models import Claim
from workbench.errors import ConflictError
from workbench.extract.described import describe
from workbench.services import shapes
from workbench.services.carrying import text_of
from workbench.services.journal import new_uid
from workbench.services.readings import common_columns

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Article, Version
    from workbench.spans import Span

_LENT = (
    "cue_text", "cue_class", "source_text", "source_reason", "source_confidence", "anonymity",
    "source_name", "source_kind", "sort_source",
)  # fmt: skip


def claim(
    session: Session,
    article: Article,
    version: Version,
    content: Sequence[Span],
    kind: str | None,
    parent: Claim | None,
    like: Claim | None,
) -> Claim:
    """A new claim, hidden. Without a `kind` its quotation marks tell; `like` lends source, cue and voice.

    Raises ConflictError when a claim of that kind stands on the very same words.
    """
    about = describe(version.text, content, like.cue_class if like else None)  # type: ignore[arg-type]
    row = Claim(
        **common_columns(session, article, version, None),
        uid=new_uid(), kind=kind or about.kind, text=text_of(version.text, content), start=content[0].start,
        end=content[-1].end, hedges=json.dumps(list(about.hedges), ensure_ascii=False), negated=about.negated,
        numbers=json.dumps(list(about.numbers), ensure_ascii=False), check_worthiness=about.check_worthiness,
    )  # fmt: skip
    row.parent_id = parent.id if parent else None
    if like is not None:
        row.sqlmodel_update({name: getattr(like, name) for name in _LENT})
        row.born_source_id = row.source_id = like.source_id
    _refuse_double(session, row)
    session.add(row)
    session.flush()
    lent = [each for each in shaping.standing(session, like)["anchors"] if each[0] in ("source", "cue")] if like else []
    anchors = [*shapes.rows("content", content), *shapes.rows("quote", about.quotes), *lent]
    shaping.put_anchors(session, row.id or 0, version, anchors)
    if shaping.was_read_again(session, article.id or 0):
        stored.add(session, [_in_reading(row, article)])
    return row


def _refuse_double(session: Session, row: Claim) -> None:
    same = select(Claim).where(
        Claim.article_id == row.article_id, Claim.start == row.start, Claim.end == row.end, Claim.kind == row.kind,
        Claim.hidden == False, Claim.version_id == row.version_id,  # noqa: E712 - a column
    )  # fmt: skip
    for other in session.exec(same):
        if other.text == row.text and other.parent_id == row.parent_id:
            raise ConflictError(f"c{other.id} stands on these words already", "open that one")


def _in_reading(row: Claim, article: Article) -> dict[str, Any]:
    """What the reading in use says of a claim that a person made in it."""
    return {name: getattr(row, name) for name in stored.VALUES} | {
        "claim_id": row.id, "reading_id": article.reading_id, "read_in_id": None, "version_id": row.version_id,
        "words": 0, "start": row.start, "end": row.end, "state": "as was", "source_id": row.born_source_id,
    }  # fmt: skip
