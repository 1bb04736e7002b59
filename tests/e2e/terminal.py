"""A real terminal for tests: one program in a tmux server of its own, read by polling what its screen shows."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DEADLINE = 30.0  # seconds until a screen that does not come is a failure; a busy machine is slow
POLL = 0.05  # seconds between two looks


class Terminal:
    """An 80x24 screen with a program on it."""

    def __init__(self, tmux: str, socket: Path) -> None:
        self._tmux = [tmux, "-u", "-S", str(socket), "-f", os.devnull]
        self._ended = socket.with_name("status")

    def call(self, *words: str) -> str:
        """One tmux command on this terminal; what it prints."""
        done = subprocess.run([*self._tmux, *words], capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    def start(self, program: Sequence[str], folder: Path, term: str = "tmux-256color") -> None:
        """Run the program in the folder; the screen stays when it has ended.

        A shell around it writes down the exit status: tmux often forgets it.
        """
        status = shlex.quote(str(self._ended))
        line = f"{shlex.join(['env', f'TERM={term}', *program])}; echo $? > {status}.new; mv {status}.new {status}"
        self.call("new-session", "-d", "-x", "80", "-y", "24", "-c", str(folder), "cat")
        self.call("set-option", "-g", "remain-on-exit", "on")
        self.call("respawn-pane", "-k", "-c", str(folder), line)

    def press(self, *keys: str) -> None:
        """Press keys by their tmux names."""
        self.call("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it stands."""
        self.call("send-keys", "-l", text)

    def screen(self) -> str:
        """What is on the screen now."""
        return self.call("capture-pane", "-p")

    def output(self) -> str:
        """All that was written, wrapped lines whole, also what has left the screen."""
        return self.call("capture-pane", "-p", "-J", "-S", "-")

    def ask(self, variable: str) -> str:
        """A variable of the pane, such as pane_pid."""
        return self.call("display-message", "-p", f"#{{{variable}}}").strip()

    def wait_for(self, text: str) -> str:
        """The screen, once it shows the text. Raises AssertionError with the screen when it does not come."""
        return self.wait_until(lambda: text in self.screen(), f"{text!r} does not come")

    def kill(self, by: signal.Signals = signal.SIGKILL) -> None:
        """End the program by a signal; where it is a shell, what runs in it."""
        program = self.ask("pane_pid")
        while below := Path(f"/proc/{program}/task/{program}/children").read_text().split():
            program = below[0]
        os.kill(int(program), by)

    def wait_for_end(self) -> int:
        """The exit status of the program, once it has ended and its screen is complete."""
        self.wait_until(self._ended.exists, "the program does not end")
        self.wait_until(lambda: self.ask("pane_dead") == "1", "the terminal does not notice the end")
        return int(self._ended.read_text())

    def wait_until(self, holds: Callable[[], bool], complaint: str) -> str:
        """The screen, once something holds."""
        end = time.monotonic() + DEADLINE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{complaint}; the screen is:\n{self.screen()}")
            time.sleep(POLL)
        return self.screen()


@contextmanager
def terminal(tmux: str) -> Iterator[Terminal]:
    """A terminal that goes, with its program, when the block ends."""
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:  # short: a socket's path has 107 bytes at most
        made = Terminal(tmux, Path(folder) / "socket")
        try:
            yield made
        finally:
            subprocess.run([*made._tmux, "kill-server"], capture_output=True, check=False)
