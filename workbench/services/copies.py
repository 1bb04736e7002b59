"""Kept copies: bytes stored once by their digest, with the time and where they came from."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from workbench.services.journal import now

if TYPE_CHECKING:
    from sqlmodel import Session


def keep(session: Session, data: bytes, origin: str) -> str:
    """Store bytes once by their SHA-256; returns the digest in hexadecimal. What was purged is kept anew."""
    from db import storing

    digest = sha256(data).hexdigest()
    row = {"digest": digest, "size": len(data), "origin": origin, "kept_at": now(), "data": data}
    storing.put_copy(session, row)
    return digest
