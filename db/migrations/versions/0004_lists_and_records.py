"""What long lists, families, reports and ingest need beside the claims; one step a room, in this order."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in _LISTS + _FAMILIES + _VERIFICATION + _FACT_CHECKS + _INGEST:
        op.execute(statement)


_LISTS: tuple[str, ...] = ()

_FAMILIES: tuple[str, ...] = ()

_VERIFICATION: tuple[str, ...] = ()

_FACT_CHECKS: tuple[str, ...] = ()

_INGEST: tuple[str, ...] = ()
