"""Alembic's environment: runs the migrations of one file in one transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import db.models  # noqa: F401  fills the metadata
from db import driver
from db.engine import make_engine


def run() -> None:
    path = context.config.attributes["path"]
    engine = make_engine(path)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
            connection.exec_driver_sql(f"PRAGMA application_id = {driver.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {driver.SCHEMA}")
        connection.commit()
    engine.dispose()


run()
