"""The source that the machine read stays beside the one that stands, so that the columns can be rebuilt."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The first decision about a claim's source says what stood before it; without one, what stands is what was read.
_FILL = """
UPDATE claim SET born_source_id = CASE
  WHEN EXISTS (SELECT 1 FROM event WHERE subject = 'claim' AND subject_id = claim.id AND field = 'source')
  THEN (SELECT source.id FROM event JOIN source ON source.uid = json_extract(event.before, '$.uid')
    WHERE event.seq = (SELECT min(seq) FROM event WHERE subject = 'claim' AND subject_id = claim.id
      AND field = 'source'))
  ELSE source_id END
"""


def upgrade() -> None:
    op.execute("ALTER TABLE claim ADD COLUMN born_source_id INTEGER REFERENCES source (id)")
    op.execute(_FILL)
