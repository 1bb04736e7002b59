"""What the options before the command say, and the store they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from workbench import config
from workbench.cli import messages

if TYPE_CHECKING:
    from workbench.services.store import Store


@dataclass(frozen=True)
class General:
    """The options before the command. A store that was opened here is closed when the command ends."""

    context: click.Context
    db: str | None
    as_name: str | None
    debug: bool

    @cached_property
    def location(self) -> str:
        """Path or URL of the store."""
        return config.store_location(self.db)

    @cached_property
    def reviewer(self) -> str:
        """Who works."""
        return config.reviewer_name(self.as_name)

    def open(self, *, create: bool = False) -> Store:
        """The store. Raises StoreError in words when it cannot be used, or is not there and `create` is off."""
        from workbench.services.store import open_store

        store = open_store(self.location, self.reviewer, create=create)
        self.context.call_on_close(store.close)
        return store

    def open_for_list(self) -> Store | None:
        """The store, or None and a remark when there is none yet: a list of nothing is empty, no error."""
        from workbench.services.store import path_of

        path = path_of(self.location)
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            messages.remark(f"there is no store at {self.location} yet: workbench ingest makes it")
            return None
        return self.open()


def general(context: click.Context) -> General:
    """The options before the command, from anywhere below."""
    found = context.find_object(General)
    assert found is not None, "the root command sets it"
    return found


pass_general = click.make_pass_decorator(General)
