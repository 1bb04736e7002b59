"""Full-text search over claims: from what a person types to a query that FTS5 takes without complaint."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w")


def match_query(typed: str) -> str | None:
    """An FTS5 query for the words and "phrases" of `typed` in a claim's own words; the last word may be unfinished.

    The title is left out: a name in it would bring up every claim of its article. Every word is quoted, so that no
    query syntax leaks. None when there is nothing to search for.
    """
    phrases = [phrase or word for phrase, word in _TOKEN.findall(typed)]
    terms = [f'"{term.replace(chr(34), chr(34) * 2)}"' for term in phrases if _WORD.search(term)]
    if not terms:
        return None
    unfinished = not typed.endswith(('"', " "))
    return f"{{text wording source}} : ({' '.join(terms)}{'*' if unfinished else ''})"
