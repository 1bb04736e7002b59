"""Folding what people decide about fact-checks and settings into the columns that hold it."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session, col, update

from db import checkwriting
from db.models import CheckImport, FactCheckMatch, Scale, Setting

SCALES = {"truth-scale": "truth", "attribution-scale": "attribution"}  # setting -> the judgement whose scale it names


def check_import(session: Session, import_id: int, field: str, value: Any) -> None:
    """An import of fact-checks stands, or was taken back."""
    if field != "record":
        raise KeyError(field)
    session.get_one(CheckImport, import_id).hidden = value is None
    session.flush()
    checkwriting.refresh(session, import_id)


def match(session: Session, match_id: int, field: str, value: Any) -> None:
    """A person's decision on a check for a claim; None: it is a suggestion again."""
    if field != "state":
        raise KeyError(field)
    given = value or {"state": "suggested", "by": None, "at": None}
    row = session.get_one(FactCheckMatch, match_id)
    row.sqlmodel_update({"state": given["state"], "decided_by": given["by"], "decided_at": given["at"]})
    if value:
        row.copy_id = value["copy"]
    session.add(row)
    session.flush()


def setting(session: Session, _: int, name: str, value: Any) -> None:
    """A setting of the store; None takes it away. A scale that is named is the one in use from now on."""
    row = session.get(Setting, name)
    if value is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or Setting(name=name, value="")
        row.value = json.dumps(value, ensure_ascii=False)
        session.add(row)
    session.flush()
    if name in SCALES:
        use_scale(session, SCALES[name], value)


DEFAULT_SCALES = {"truth": "truth-5", "attribution": "attribution-7"}


def use_scale(session: Session, judgement: str, scale_id: str | None) -> None:
    """Let verdicts of a judgement be given on this scale; None: on the one that every store begins with."""
    wanted = scale_id or DEFAULT_SCALES[judgement]
    own = col(Scale.judgement) == judgement
    session.exec(update(Scale).where(own).values(in_use=col(Scale.id) == wanted))
    session.flush()
