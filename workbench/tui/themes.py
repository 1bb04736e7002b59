"""The desk's own themes: one accent, grey for what is settled, an alarm colour that is rarely seen."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="workbench",
    primary="#7fa8c9",
    secondary="#7fa8c9",
    accent="#7fa8c9",
    warning="#d9a05b",
    error="#e07a6a",
    success="#8fb58a",
    foreground="#dcdad4",
    background="#15171a",
    surface="#1b1e22",
    panel="#23272d",
    dark=True,
)
LIGHT = Theme(
    name="workbench-paper",
    primary="#2f5d86",
    secondary="#2f5d86",
    accent="#2f5d86",
    warning="#8a5a10",
    error="#a8321f",
    success="#3c6b35",
    foreground="#23211d",
    background="#f6f4ee",
    surface="#efece4",
    panel="#e4e0d5",
    dark=False,
)
PLAIN = Theme(
    name="workbench-plain",
    primary="#e6e6e6",
    secondary="#e6e6e6",
    accent="#ffffff",
    warning="#e6e6e6",
    error="#ffffff",
    success="#e6e6e6",
    foreground="#d0d0d0",
    background="#101010",
    surface="#181818",
    panel="#262626",
    dark=True,
)
THEMES = (DARK, LIGHT, PLAIN)
