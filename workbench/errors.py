"""The exception tree. Each error says what is wrong and what to do, and carries the exit status of the command line.

WorkbenchError            1  something named does not exist, or one input failed
├── UsageError            2  wrong usage, an unknown label or option
├── NotFoundError         1  a claim, article, … of that name does not exist
├── InputError            1  a file, folder or page cannot be read as what it should be
├── StoppedError          1  a search or count that was no longer wanted
├── ConflictError         1  another action stands in the way (a refused undo, a claim changed meanwhile)
└── StoreError            3  the store cannot be used (foreign, newer, damaged, locked, read-only, full)
"""

from __future__ import annotations


class WorkbenchError(Exception):
    """Base of every error that a person is meant to read.

    `what` says what is wrong, `todo` what to do about it; together they are the one line on stderr.
    """

    exit_status = 1

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what}: {self.todo}" if self.todo else self.what


class UsageError(WorkbenchError):
    """Wrong usage: an unknown label, option, format or filter word."""

    exit_status = 2


class NotFoundError(WorkbenchError):
    """A thing that was named does not exist in the store."""


class InputError(WorkbenchError):
    """One input cannot be read; other inputs of the same command go on."""


class ConflictError(WorkbenchError):
    """What was asked would override a later decision."""


class StoppedError(WorkbenchError):
    """What was being read is no longer wanted; nothing is wrong."""


class StoreError(WorkbenchError):
    """The store cannot be used; nothing in it was touched."""

    exit_status = 3
