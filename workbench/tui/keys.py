"""Bindings, hints and help, all made from the one table of actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType

from workbench.actions import ACTIONS, PLACES, Action, Place, find, in_place, place_info

DIGITS = ("truth",)  # actions that take the digit that was pressed


def bindings_for(place: Place) -> list[BindingType]:
    """The bindings of a screen; the id of a binding is the id of its action."""
    made: list[BindingType] = []
    for action in in_place(place):
        made.extend(_bindings(action))
    return made


def _bindings(action: Action) -> Iterable[Binding]:
    if action.id in DIGITS:
        for key in action.key.split(","):
            yield Binding(key, f"{action.id}({key!r})", action.label, id=f"{action.id}-{key}", show=False)
    else:
        yield Binding(action.key, action.id, action.label, id=action.id, show=False)


_chosen: dict[str, str] = {}  # action -> how the user's own key is written
_digits: dict[str, str] = {}  # digit of a label -> how the user's own key for it is written


def use(shown: Mapping[str, str]) -> None:
    """Show these keys in footers, help and palette in place of the table's."""
    _chosen.clear()
    _chosen.update(shown)
    _digits.clear()
    _digits.update(zip("123456789", shown.get("truth", "").split(), strict=False))


def digit_key(digit: str) -> str:
    """The key of a label that the scale puts on this digit."""
    return _digits.get(digit, digit)


def elsewhere(key: str, place: str, keymap: Mapping[str, str]) -> str:
    """Where a key that does nothing on this screen does something, in words; "" when it never does."""
    for action in ACTIONS:
        bound = keymap.get(action.id, action.key).split(",")
        if key in bound and place not in action.places and action.id != "open":
            titles = [info.title for info in PLACES if info.place in action.places]
            return f"{shown_key(action)} {action.label}: in {_listed(titles)}, not here" if titles else ""
    return ""


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def shown_key(action: Action) -> str:
    """How the key is written for people: the user's own, else the table's."""
    return _chosen.get(action.id) or action.shown_key or action.key


def hints(ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """(key, label, action id) of each of these actions, for the footer."""
    return [(shown_key(action), action.label, action.id) for action in map(find, ids)]


def footer_of(place: str) -> list[tuple[str, str, str]]:
    """The hints of a screen, six at most."""
    return hints(place_info(place).footer)
