"""Words and marks of a stretch of text, with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

from workbench.spans import Span

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Sen|Sens|Rep|Reps|Gov|Govs|St|Jr|Sr|Inc|Corp|Ltd|Co|No|vs)\."
    r"|\b[A-Z]\.(?=\s[A-Z])"  # initials
    r"|\d[\d,.]*\d|[^\W_]+(?:[’'&/.\-][^\W_]+)*"
    r"|\.\.\.|--|[^\w\s]|_"
)


class Token(NamedTuple):
    """A word, a figure or a mark: `text` stands at `start:end`, `lower` is it in lower case."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter or a digit."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def tokens(text: str, span: Span) -> list[Token]:
    """The tokens of `text` inside `span`, in order."""
    found = (match for match in _TOKEN.finditer(text, span.start, span.end))
    return [Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'")) for m in found]
