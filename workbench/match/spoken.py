"""Speech and print as tokens that can be compared: contractions opened, figures by value, spelling of one house."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from workbench.language.words import group as closed_group
from workbench.language.words import table
from workbench.match.weights import weight
from workbench.text import fold

_TOKEN = re.compile(
    r"(?P<sign>[$€£¥₹%])"
    r"|(?P<figure>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)*)(?P<ordinal>st\b|nd\b|rd\b|th\b)?(?P<short>bn\b|mn\b|tn\b|[mbk]\b)?"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’ʼ][^\W_]+)*)",
    re.IGNORECASE,
)
_SIGNS = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees", "%": "percent"}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6,
           "tn": 1e12, "m": 1e6, "b": 1e9, "k": 1e3, "dozen": 12.0}  # fmt: skip
_ENDINGS = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would"))
_WHOLE = {"cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
          "ain't": ("is", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
          "kinda": ("kind", "of"), "sorta": ("sort", "of"), "gimme": ("give", "me"), "lemme": ("let", "me"),
          "'em": ("them",), "'cause": ("because",), "yeah": ("yes",), "yep": ("yes",), "ok": ("okay",),
          "ya": ("you",), "til": ("until",), "till": ("until",), "'til": ("until",), "mr": ("mr",)}  # fmt: skip
_AMERICAN = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize"),
             ("yse", "yze"), ("ours", "ors"), ("oured", "ored"), ("our", "or"), ("tre", "ter"), ("ence", "ense"),
             ("lled", "led"), ("lling", "ling"), ("ogue", "og"), ("gramme", "gram"), ("wards", "ward"))  # fmt: skip
_SPELLINGS = {"licence": "license", "grey": "gray", "judgement": "judgment", "cheque": "check", "tonnes": "tonnes",
              "tyre": "tire", "whilst": "while", "amongst": "among", "learnt": "learned", "metre": "meter"}  # fmt: skip
_LONG_ENOUGH = 6  # letters; "four" and "rise" keep their spelling


def telling(word: str) -> float:
    """How much a token tells; a small figure little."""
    return weight(word.removeprefix("#"))


def mass(words: Iterable[str]) -> float:
    """What tokens tell together."""
    return sum(map(telling, words))


class Token(NamedTuple):
    """One compared word and its place. A figure is "#" and its value; two tokens may share a place (“don't”)."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of text, in order; brackets and marks of ellipsis are not among them."""
    found: list[Token] = []
    sign: Token | None = None  # a currency before its figure, which is put behind it
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        if match.lastgroup == "sign" and match.group() != "%":
            sign = Token(_SIGNS[match.group()], *match.span())
            continue
        if match["figure"]:
            _figure(found, _value(match), match.start(), match.end(), match["ordinal"])
            if sign is not None:
                found.append(sign._replace(end=match.end()))
        else:
            _word(text, found, match)
        sign = None
    return found


def _value(match: re.Match[str]) -> float:
    digits = match["figure"].replace(",", "")
    try:
        value = float(digits.replace(":", "."))
    except ValueError:
        value = float(sum(ord(letter) * 31**place for place, letter in enumerate(digits[:12])))
    return value * _SCALES.get((match["short"] or "").lower(), 1.0)


def _figure(found: list[Token], value: float, start: int, end: int, ordinal: str | None = None) -> None:
    found.append(Token(f"#{value:.12g}" + ("th" if ordinal else ""), start, end))


def _word(text: str, found: list[Token], match: re.Match[str]) -> None:
    start, end = match.span()
    word = _folded(match.group())
    small = _numbers().get(word)
    if small is not None and not (word == "one" and not _tens_before(text, found, start)):
        return _spelled(text, found, float(small), start, end)
    scale = _SCALES.get(word) if len(word) > 2 or word in ("bn", "mn", "tn") else None
    if scale is not None and found and _scalable(text, found[-1], start):
        return _scaled(found, scale, end)
    if word == "%" or word in ("percent", "pct"):
        found.append(Token("percent", start, end))
    elif word == "cent" and found and found[-1].text == "per":
        found[-1] = Token("percent", found[-1].start, end)
    else:
        found.extend(Token(part, start, end) for part in _opened(word))
    return None


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return fold(word).replace("ʼ", "'")


@cache
def _numbers() -> dict[str, str]:
    return {row[0]: row[1] for row in table("numbers")}


def _tens_before(text: str, found: list[Token], start: int) -> bool:
    return bool(found) and _tens(found[-1]) is not None and text[found[-1].end : start] in ("-", " ", "‑")


def _tens(token: Token) -> float | None:
    """The value of "twenty" … "ninety", to which a small number may be joined."""
    if not token.text.startswith("#") or token.text.endswith("th"):
        return None
    value = float(token.text[1:])
    return value if value in range(20, 100, 10) else None


def _spelled(text: str, found: list[Token], value: float, start: int, end: int) -> None:
    joined = _tens(found[-1]) if found else None
    spelled = joined is not None and text[found[-1].start].isalpha()
    if joined is not None and spelled and 0 < value < 10 and text[found[-1].end : start] in ("-", " ", "‑"):
        last = found.pop()
        return _figure(found, joined + value, last.start, end)
    return _figure(found, value, start, end)


def _scalable(text: str, last: Token, start: int) -> bool:
    """Whether a scale word multiplies the token before it: "5 million", "a million", "half a million"."""
    if text[last.end : start].strip(" \t\n-‑"):
        return False
    return (last.text.startswith("#") and not last.text.endswith("th")) or last.text in (
        "a",
        "one",
        "dollars",
        "pounds",
        "euros",
    )


def _scaled(found: list[Token], scale: float, end: int) -> None:
    unit = found.pop() if found[-1].text in ("dollars", "pounds", "euros") and len(found) > 1 else None
    last = found.pop()
    if last.text in ("a", "one") and found and found[-1].text == "half":
        last, value = found.pop(), 0.5
    elif last.text.startswith("#"):
        value = float(last.text[1:])
    else:
        value = 1.0
    _figure(found, value * scale, last.start, end)
    if unit is not None:
        found.append(unit)


@lru_cache(maxsize=16384)
def _opened(word: str) -> tuple[str, ...]:
    """The words of one token, spelled as one house would; a possessive loses its ending."""
    if word in _WHOLE:
        return _WHOLE[word]
    for ending, second in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], second
    if word.endswith("'s"):
        stem = word[:-2]
        return (stem, "is") if stem in closed_group("opened_is") else (spelling(stem) + "'s",)
    return (spelling(word.replace("'", "")),)


@lru_cache(maxsize=16384)
def spelling(word: str) -> str:
    """One spelling for a word of several: “colour” and “color” are the same."""
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if len(word) >= _LONG_ENOUGH:
        for british, american in _AMERICAN:
            if word.endswith(british):
                return word[: -len(british)] + american
    return word
