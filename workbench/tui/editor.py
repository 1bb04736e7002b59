"""A text in the reviewer's own editor, the desk suspended meanwhile."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported


def command() -> list[str]:
    """What $VISUAL or $EDITOR says; empty where neither says anything that can be run."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(named)
    except ValueError:
        return []


def edit(app: App[object], text: str) -> str | None:
    """`text` as it was left in the editor; None where there is no editor or the desk cannot be suspended.

    Raises OSError when the editor cannot be started or leaves no text behind. The file is private and goes away.
    """
    words = command()
    if not words:
        return None
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                status = subprocess.run([*words, str(path)], check=False).returncode
        except SuspendNotSupported:
            return None
        if status:
            raise OSError(f"{words[0]} ended with {status}")
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
