"""Articles read more than once; what a person removed; what was purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in _COLUMNS_ADDED:
        op.execute(statement)
    op.create_table(
        "claimreading",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("read_in_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("cue_text", sa.String(), nullable=True),
        sa.Column("cue_class", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_text", sa.String(), nullable=True),
        sa.Column("source_reason", sa.String(), nullable=True),
        sa.Column("source_confidence", sa.Float(), nullable=True),
        sa.Column("anonymity", sa.String(), nullable=True),
        sa.Column("hedges", sa.String(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column("check_worthiness", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("state IN ('as was', 'moved', 'changed', 'lost')"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"]),
        sa.ForeignKeyConstraint(["read_in_id"], ["reading.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"]),
        sa.PrimaryKeyConstraint("claim_id", "reading_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claimreading_reading", "claimreading", ["reading_id"], unique=False)
    for statement in _EARLIER + _APPEND_ONLY:
        op.execute(statement)


_COLUMNS_ADDED = (
    "ALTER TABLE blob ADD COLUMN purged_at VARCHAR",
    "ALTER TABLE article ADD COLUMN reading_id INTEGER",
    "ALTER TABLE article ADD COLUMN purged_at VARCHAR",
    "ALTER TABLE reading ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE claim ADD COLUMN removed BOOLEAN NOT NULL DEFAULT 0",
)

# A purge empties the values and the salt of an event and leaves all that the chain covers; nothing else may change one.
_KEPT = (
    *("seq", "action_id", "subject", "subject_id", "subject_uid", "field", "digest", "previous", "hash"),
    *("claim_id", "article_id"),
)
_PURGED = "new.purged AND new.before = 'null' AND new.after = 'null' AND new.why IS NULL AND new.salt = ''"
_APPEND_ONLY = (
    "DROP TRIGGER event_no_update",
    f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT ({_PURGED}"
    f" AND {' AND '.join(f'new.{name} IS old.{name}' for name in _KEPT)}) BEGIN"
    " SELECT raise(ABORT, 'the history is append-only'); END",
)

_VALUES = (
    "kind, text, parent_id, cue_text, cue_class, source_id, source_text, source_reason, source_confidence, anonymity,"
    " hedges, negated, numbers, check_worthiness, confidence"
)
_OF_CLAIM = ", ".join(f"claim.{name}" for name in _VALUES.replace("source_id", "born_source_id", 1).split(", "))

# Earlier schemas read each version once, and carried claims over only where their very words still stood. Articles of
# several versions get the rows that say so: a claim belongs to the reading of every version it has anchors in.
_EARLIER = (
    "UPDATE article SET reading_id = (SELECT max(id) FROM reading WHERE reading.version_id = article.version_id)",
    f"""
INSERT INTO claimreading (claim_id, reading_id, read_in_id, version_id, start, end, state, words, {_VALUES})
SELECT claim.id, reading.id, claim.reading_id, anchor.version_id, min(anchor.start), max(anchor.end),
  max(anchor.state), 0, {_OF_CLAIM}
FROM claim JOIN anchor ON anchor.claim_id = claim.id AND anchor.role = 'content'
  JOIN reading ON reading.version_id = anchor.version_id
WHERE claim.article_id IN (SELECT article_id FROM version GROUP BY article_id HAVING count(*) > 1)
GROUP BY claim.id, reading.id
""",
    f"""
INSERT INTO claimreading (claim_id, reading_id, read_in_id, version_id, start, end, state, words, {_VALUES})
SELECT claim.id, later.id, claim.reading_id, claim.version_id, claim.start, claim.end, 'lost', -1, {_OF_CLAIM}
FROM claim JOIN version AS own ON own.id = claim.version_id
  JOIN version ON version.article_id = claim.article_id AND version.number > own.number
  JOIN reading AS later ON later.version_id = version.id
WHERE claim.anchor_state = 'lost' AND NOT claim.hidden
""",
    # A claim that went out of sight is as the last reading that had it left it.
    """
UPDATE claim SET anchor_state = (
  SELECT state FROM claimreading WHERE claim_id = claim.id ORDER BY claimreading.reading_id DESC LIMIT 1)
WHERE hidden AND EXISTS (SELECT 1 FROM claimreading WHERE claim_id = claim.id)
""",
)
