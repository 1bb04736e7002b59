"""What a new store starts with: the verdict scales and the flags of `seeds/scales.json`."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from db import engine


def fill_scales(path: Path) -> None:
    """Put the packaged scales and flags into a store that has none."""
    from sqlmodel import Session, select

    from db.models import Flag, Scale, ScaleLabel

    given = json.loads(files("seeds").joinpath("scales.json").read_text(encoding="utf-8"))
    made = engine.make_engine(path)
    with Session(made) as session, session.begin():
        if session.exec(select(Scale)).first() is None:
            for scale in given["scales"]:
                labels = scale.pop("labels")
                session.add(Scale(**scale))
                session.flush()
                session.add_all(ScaleLabel(scale_id=scale["id"], position=n, **one) for n, one in enumerate(labels))
            session.add_all(Flag(position=n, **flag) for n, flag in enumerate(given["flags"]))
    made.dispose()
