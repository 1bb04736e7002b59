"""The tables: columns, keys, indexes, constraints; a file for each room, all of them here.

Base rows (articles, versions, readings, kept copies, what the machine read) are written once. Columns marked
*folded* hold the state that the events give and can be rebuilt from them. Offsets are code points into
`Version.text`. `table=True` classes do not validate: the services do, at the door.
"""

from __future__ import annotations

from db.models.articles import Agency, Article, Blob, Outlet, Reading, Sentence, Version
from db.models.checks import CheckCopy, CheckImport, CheckVector, FactCheck, FactCheckMatch
from db.models.claims import Anchor, Claim, ClaimReading
from db.models.conflicts import Conflict, FigureKey
from db.models.counts import ClaimCount, StoreCount
from db.models.families import Family, Kinship, PartHang, Quote, QuoteForm, QuoteGram, QuotePart
from db.models.history import Action, Event
from db.models.judging import Evidence, Note, Verdict
from db.models.records import Transcript, Verification
from db.models.settings import Flag, Scale, ScaleLabel, Setting
from db.models.sources import Mention, Source, SourceAlias, SourceApart

__all__ = [
    "Action",
    "Agency",
    "Anchor",
    "Article",
    "Blob",
    "CheckCopy",
    "CheckImport",
    "CheckVector",
    "Claim",
    "ClaimCount",
    "ClaimReading",
    "Conflict",
    "Event",
    "Evidence",
    "FactCheck",
    "FactCheckMatch",
    "Family",
    "FigureKey",
    "Flag",
    "Kinship",
    "Mention",
    "Note",
    "Outlet",
    "PartHang",
    "Quote",
    "QuoteForm",
    "QuoteGram",
    "QuotePart",
    "Reading",
    "Scale",
    "ScaleLabel",
    "Sentence",
    "Setting",
    "Source",
    "SourceAlias",
    "SourceApart",
    "StoreCount",
    "Transcript",
    "Verdict",
    "Verification",
    "Version",
]
