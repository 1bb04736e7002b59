"""The keys that a user chose in `config.toml`, checked against the table of actions: what stands and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from workbench.actions import ACTIONS, PLACES, Action, in_place

DIGITS = "123456789"  # the keys of a scale's labels: those of `truth` are given for its labels in their order

# How people write a key and how Textual names it; single letters and digits, f1 to f12 and ctrl+letter are as they are.
NAMES = {
    "/": "slash", "?": "question_mark", ".": "full_stop", ",": "comma", "*": "asterisk", "{": "left_curly_bracket",
    "}": "right_curly_bracket", "[": "left_square_bracket", "]": "right_square_bracket", "|": "vertical_line",
    "<": "less_than_sign", ">": "greater_than_sign", ";": "semicolon", ":": "colon", "'": "apostrophe", "-": "minus",
    "+": "plus", "=": "equals_sign", "!": "exclamation_mark", "#": "number_sign", "%": "percent_sign", "&": "ampersand",
    "@": "at", "_": "underscore", "~": "tilde", "(": "left_parenthesis", ")": "right_parenthesis", "esc": "escape",
    "\\": "backslash", '"': "quotation_mark", "$": "dollar_sign", "^": "circumflex_accent", "`": "grave_accent",
    "space": "space", "enter": "enter", "tab": "tab", "delete": "delete", "insert": "insert", "home": "home",
    "end": "end", "pageup": "pageup", "pagedown": "pagedown", "up": "up", "down": "down", "left": "left",
    "right": "right", "backspace": "backspace",
}  # fmt: skip
_TAKEN = ("ctrl+p", "ctrl+c", "ctrl+q")  # of the desk itself: the palette, copying, leaving


@dataclass(frozen=True, slots=True)
class Keymap:
    """`keys` maps a binding's id to Textual's names of its keys, `shown` an action's id to how people write them;
    `faults` is why a choice does not hold, a line each: then the default stands."""

    keys: Mapping[str, str]
    shown: Mapping[str, str]
    faults: tuple[str, ...]


def read(chosen: Mapping[str, str]) -> Keymap:
    """The keys that hold: unknown actions and keys, and keys that do two things in one place, are faults."""
    known = {action.id: action for action in ACTIONS}
    keys: dict[str, str] = {}
    shown: dict[str, str] = {}
    faults: list[str] = []
    for name, written in chosen.items():
        fault = _unknown(name, known) or _unreadable(name, written)
        if fault:
            faults.append(fault)
        else:
            keys[name] = ",".join(_completed(name, [_named(part) for part in written.split()]))
            shown[name] = " ".join(written.split())
    for name in list(keys):
        if fault := _clash(known[name], keys, written=chosen[name]):
            faults.append(fault)
            del keys[name], shown[name]
    bound = {name: named for name, named in keys.items() if name != "truth"}
    if "truth" in keys:
        bound |= {f"truth-{digit}": key for digit, key in zip(DIGITS, keys["truth"].split(","), strict=True)}
    return Keymap(bound, shown, tuple(faults))


def _completed(name: str, keys: list[str]) -> list[str]:
    """The keys with those that stay: esc always leads out, and labels without a key of their own keep their digit."""
    if name == "back":
        return [*keys, "escape"]
    return [*keys, *DIGITS[len(keys) :]] if name == "truth" else keys


def _unknown(name: str, known: Mapping[str, Action]) -> str:
    if name in known:
        return ""
    near = get_close_matches(name, known, 1)
    return f"there is no action {name!r}" + (f": did you mean {near[0]}?" if near else "")


def _unreadable(name: str, written: str) -> str:
    parts = written.split()
    bad = [part for part in parts if not _named(part)]
    if not parts or bad:
        return f"{name}: {' '.join(bad) or 'no key'} is no key: write one such as a, F, ctrl+t, f5 or space"
    if name == "truth" and len(parts) > len(DIGITS):
        return f"truth: {len(parts)} keys, and a scale has at most {len(DIGITS)} labels"
    if name != "back" and "escape" in map(_named, parts):
        return f"{name}: esc always leads out"
    if len(set(map(_named, parts))) < len(parts):
        return f"{name}: {written} names a key twice"
    taken = [part for part in parts if _named(part) in _TAKEN]
    return f"{name}: {taken[0]} belongs to the desk itself" if taken else ""


def _named(part: str) -> str:
    """Textual's name of a key as people write it; "" when it is none."""
    if part in NAMES:
        return NAMES[part]
    if len(part) == 1 and part.isalnum():
        return part
    if part.startswith("ctrl+") and len(part) == 6 and part[5].isascii() and part[5].islower():
        return part
    return part if part[:1] == "f" and part[1:].isdigit() and 1 <= int(part[1:]) <= 12 else ""


def _clash(action: Action, keys: Mapping[str, str], written: str) -> str:
    """Which other action has one of the keys in a place where both work."""
    wanted = set(keys[action.id].split(","))
    for info in PLACES:
        there = in_place(info.place)
        if action not in there:
            continue
        for other in there:
            if other.id != action.id and wanted & set(keys.get(other.id, other.key).split(",")):
                return f"{action.id} = {written!r} clashes with {other.id} ({other.help}) in {info.title.lower()}"
    return ""
