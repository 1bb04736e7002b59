"""A warning about characters that hide, reorder or steer: a reader of the article must know that they are there."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_REORDERING = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def hidden_note(text: str) -> str | None:
    """One line that counts control, text-direction and invisible characters; None when there are none.

    Soft hyphens and the marks that Arabic and Hebrew need do not count.
    """
    counts = [
        (len(_STEERING.findall(text)), "control"),
        (len(_REORDERING.findall(text)), "text-direction"),
        (len(_INVISIBLE.findall(text)), "invisible"),
    ]
    named = [f"{count} {kind}" for count, kind in counts if count]
    if not named:
        return None
    return f"hidden characters, shown as stand-ins: {', '.join(named)}"
