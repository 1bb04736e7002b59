"""Quotes against quotes: how two are related, word by word, and which belong together. Pure of the store.

rapidfuzz is imported by the functions that need it, never by importing this package.
"""

from workbench.match.beside import Comparison, beside
from workbench.match.compare import Link, Quotation, compare
from workbench.match.diff import Piece, word_diff
from workbench.match.families import FamilyDraft, Member, group
from workbench.match.grams import Grams, grams, grams_of

__all__ = [
    "Comparison", "FamilyDraft", "Grams", "Link", "Member", "Piece", "Quotation", "beside", "compare", "grams",
    "grams_of", "group", "word_diff",
]  # fmt: skip
