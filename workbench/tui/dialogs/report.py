"""Which file a report goes to."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input

from workbench.tui.dialogs.ask import OneLine
from workbench.tui.dialogs.base import Dialog


class ReportDialog(Dialog[Path]):
    """The file's ending follows the format: the first of `endings` where none is typed.

    A file that exists is replaced only by a second enter.
    """

    def __init__(self, head: str, said: str, path: Path, endings: tuple[str, ...]) -> None:
        super().__init__(head, said, "enter writes · esc cancels")
        self._path, self._endings = path, endings
        self._warned: Path | None = None

    def fields(self) -> ComposeResult:
        """The path."""
        yield OneLine(str(self._path), id="path", select_on_focus=False)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write from the field."""
        await self.action_store()

    async def action_store(self) -> None:
        """Answer with the path, after a question where a file would be lost."""
        typed = self.query_one("#path", OneLine).value.strip()
        if not typed:
            self.complain("Name a file.")
            return
        try:
            path = self._named(typed)
        except (OSError, RuntimeError, ValueError):  # a name that no file can have, or a home that nobody has
            self.complain("No file can have that name: choose another.")
            return
        if path is not None:
            await self.offer(path)

    def _named(self, typed: str) -> Path | None:
        """The file, ending included; None after a complaint."""
        path = Path(typed).expanduser()
        if path.suffix.casefold() not in self._endings:
            path = path.with_name(f"{path.name}{self._endings[0]}")
        if not path.parent.is_dir():
            self.complain(f"{path.parent} is no folder: name one that exists.")
        elif path.exists() and not path.is_file():
            self.complain(f"{path.name} is not a regular file: name another.")
        elif path.exists() and path != self._warned:
            self._warned = path
            self.complain(f"{path.name} exists: enter replaces it")
        else:
            return path
        return None
