"""Full-text search over claims: from what a person types to a query that FTS5 takes without complaint."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w")


def match_query(typed: str) -> str | None:
    """An FTS5 query for the words and "phrases" of `typed` in a claim's own words; the last word may be unfinished.

    Every word is quoted, so that no query syntax leaks. A last word of one letter is taken for a whole one. None when
    there is nothing to search for.
    """
    phrases = [phrase or word for phrase, word in _TOKEN.findall(typed)]
    terms = [term for term in phrases if _WORD.search(term)]
    if not terms:
        return None
    unfinished = not typed.endswith(('"', " ")) and len(terms[-1]) > 1
    return " ".join(f'"{term.replace(chr(34), chr(34) * 2)}"' for term in terms) + ("*" if unfinished else "")
