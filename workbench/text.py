"""The one cleaner of foreign text on its way to a screen, a terminal or a report, and cell widths.

Every stand-in replaces exactly one code point, so offsets into the text stay true.
"""

from __future__ import annotations

import unicodedata

_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_PICTURES = 0x2400  # the block of control pictures: ␀ ␁ … ␛


def _stand_ins() -> dict[int, str]:
    """Code point -> visible stand-in, for every character that may steer a terminal or hide text."""
    table = {code: chr(_PICTURES + code) for code in range(0x20)}
    del table[0x09], table[0x0A]
    table[0x7F] = "\N{SYMBOL FOR DELETE}"
    table.update(dict.fromkeys(range(128, 160), _STAND_IN))  # C1: 8-bit escapes
    bidi = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    hidden = [0x00AD, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x180E, 0xFEFF, *range(0xFFF9, 0xFFFC)]
    separators = [0x2028, 0x2029]
    tags = range(0xE0000, 0xE0080)
    table.update(dict.fromkeys([*bidi, *hidden, *separators, *tags], _STAND_IN))
    table.update(dict.fromkeys(range(55296, 57344), _STAND_IN))  # lone surrogates
    return table


_TABLE = _stand_ins()
_LINE_TABLE = _TABLE | {0x09: " ", 0x0A: " "}


def clean(text: str) -> str:
    """`text` with every control, bidi and invisible character replaced one for one; newline and tab stay."""
    return text.translate(_TABLE)


def clean_line(text: str) -> str:
    """Like `clean`, for one line of a list: newline and tab become a blank."""
    return text.translate(_LINE_TABLE)


def has_hidden(text: str) -> bool:
    """Whether `clean` would change `text` other than for a carriage return (a warning for the reader)."""
    return any(code in _TABLE and code != 0x0D for code in set(map(ord, text)))


def cell_width(text: str) -> int:
    """Width of `text` in terminal cells (wide characters count two, combining marks none)."""
    from rich.cells import cell_len  # the same table that Textual measures with

    return cell_len(text)


def fit(text: str, width: int) -> str:
    """`text` on one line, cut with an ellipsis or padded to exactly `width` cells."""
    from rich.cells import set_cell_size

    line = clean_line(text)
    if cell_width(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(set_cell_size(line, max(width - 1, 0)).rstrip() + "…", width)


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 claim`, `2,000 claims`, `3 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def fold(text: str) -> str:
    """`text` for comparison only: compatibility forms, case and typographic quotes and dashes folded."""
    return unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()


_FOLD = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "‹": "'",
        "›": "'",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
    }
)
