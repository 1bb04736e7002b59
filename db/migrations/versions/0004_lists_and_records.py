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


_KEY = ("kind", "voice", "status", "truth", "attribution", "outlet", "stale", "family")
_COUNTED = ("kind", "source_kind", "anonymity", "source_name", "status", "truth", "attribution", "outlet", "stale",
            "family_size", "hidden")  # fmt: skip


def _key_of(row: str) -> str:
    """The values that a claim is counted under."""
    return (
        f"{row}.kind, CASE WHEN {row}.source_kind = 'anonymous' OR {row}.anonymity BETWEEN 'C' AND 'H' THEN 'anonymous'"
        f" WHEN {row}.source_name IS NULL THEN 'none' ELSE 'named' END, {row}.status, coalesce({row}.truth, ''),"
        f" coalesce({row}.attribution, ''), coalesce({row}.outlet, ''), {row}.stale, {row}.family_size > 1"
    )


def _count(row: str, step: str) -> str:
    listed = ", ".join(_KEY)
    return (
        f"INSERT INTO claimcount ({listed}, number) SELECT {_key_of(row)}, {step} WHERE NOT {row}.hidden"
        f" ON CONFLICT ({listed}) DO UPDATE SET number = number + excluded.number;"
    )


def _add(name: str, amount: str, where: str = "1") -> str:
    return f"UPDATE storecount SET number = number + ({amount}) WHERE name = '{name}' AND ({where});"


def _sentences(row: str, sign: str) -> str:
    """Count the sentences of the version that an article shows."""
    of = f"FROM sentence WHERE version_id = {row}.version_id"
    return (
        _add("articles", f"{sign}1", f"NOT {row}.hidden")
        + _add("sentences", f"{sign}(SELECT count(*) {of})", f"NOT {row}.hidden")
        + _add("settled sentences", f"{sign}(SELECT count(*) {of} AND settled)", f"NOT {row}.hidden")
    )


def _shown(row: str) -> str:
    """Whether a sentence stands in the version that its article shows."""
    return (
        f"EXISTS (SELECT 1 FROM version JOIN article ON article.id = version.article_id"
        f" WHERE version.id = {row}.version_id AND article.version_id = version.id AND NOT article.hidden)"
    )


# Counters follow the rows by triggers, so that no writer can forget them.
_LISTS: tuple[str, ...] = (
    "CREATE TABLE claimcount (kind VARCHAR NOT NULL, voice VARCHAR NOT NULL, status VARCHAR NOT NULL,"
    " truth VARCHAR NOT NULL, attribution VARCHAR NOT NULL, outlet VARCHAR NOT NULL, stale BOOLEAN NOT NULL,"
    f" family BOOLEAN NOT NULL, number INTEGER NOT NULL, PRIMARY KEY ({', '.join(_KEY)})) WITHOUT ROWID",
    "CREATE TABLE storecount (name VARCHAR NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID",
    f"INSERT INTO claimcount SELECT {_key_of('claim')}, count(*) FROM claim WHERE NOT hidden"
    " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
    """INSERT INTO storecount SELECT 'articles', count(*) FROM article WHERE NOT hidden
    UNION ALL SELECT 'sentences', count(*) FROM sentence JOIN article ON article.version_id = sentence.version_id
      WHERE NOT article.hidden
    UNION ALL SELECT 'settled sentences', count(*) FROM sentence
      JOIN article ON article.version_id = sentence.version_id WHERE NOT article.hidden AND sentence.settled""",
    f"CREATE TRIGGER claim_count_insert AFTER INSERT ON claim WHEN NOT new.hidden BEGIN {_count('new', '1')} END",
    f"CREATE TRIGGER claim_count_delete AFTER DELETE ON claim WHEN NOT old.hidden BEGIN {_count('old', '-1')} END",
    f"CREATE TRIGGER claim_count_update AFTER UPDATE OF {', '.join(_COUNTED)} ON claim"
    f" WHEN {' OR '.join(f'old.{name} IS NOT new.{name}' for name in _COUNTED)}"
    f" BEGIN {_count('old', '-1')} {_count('new', '1')} END",
    f"CREATE TRIGGER article_count_insert AFTER INSERT ON article BEGIN {_sentences('new', '+')} END",
    f"CREATE TRIGGER article_count_delete AFTER DELETE ON article BEGIN {_sentences('old', '-')} END",
    "CREATE TRIGGER article_count_update AFTER UPDATE OF hidden, version_id ON article"
    " WHEN old.hidden <> new.hidden OR old.version_id IS NOT new.version_id"
    f" BEGIN {_sentences('old', '-')} {_sentences('new', '+')} END",
    f"CREATE TRIGGER sentence_count_insert AFTER INSERT ON sentence WHEN {_shown('new')}"
    f" BEGIN {_add('sentences', '1')} {_add('settled sentences', 'new.settled')} END",
    f"CREATE TRIGGER sentence_count_delete AFTER DELETE ON sentence WHEN {_shown('old')}"
    f" BEGIN {_add('sentences', '-1')} {_add('settled sentences', '-old.settled')} END",
    "CREATE TRIGGER sentence_count_update AFTER UPDATE OF settled ON sentence"
    f" WHEN old.settled <> new.settled AND {_shown('new')}"
    f" BEGIN {_add('settled sentences', 'new.settled - old.settled')} END",
)

# Forms, links and parts are derived: the rebuild that follows an upgrade fills them.
_FAMILIES: tuple[str, ...] = (
    "DROP TABLE familymember",
    "DROP TABLE link",
    "DROP TABLE quotegram",
    "CREATE TABLE quoteform (id INTEGER NOT NULL, key INTEGER NOT NULL, text VARCHAR NOT NULL,"
    " grams INTEGER NOT NULL, heavy INTEGER NOT NULL, PRIMARY KEY (id),"
    " UNIQUE (key))",
    "CREATE TABLE quotegram (gram INTEGER NOT NULL, form_id INTEGER NOT NULL, PRIMARY KEY (gram, form_id),"
    " FOREIGN KEY(form_id) REFERENCES quoteform (id)) WITHOUT ROWID",
    "CREATE TABLE formlink (first_id INTEGER NOT NULL, hangs SMALLINT NOT NULL, second_id INTEGER NOT NULL,"
    " relation VARCHAR NOT NULL, telling FLOAT NOT NULL, of_shorter FLOAT NOT NULL, of_longer FLOAT NOT NULL,"
    " unbroken FLOAT NOT NULL, shorter INTEGER NOT NULL, longer INTEGER NOT NULL, alarms VARCHAR NOT NULL,"
    " PRIMARY KEY (first_id, hangs, second_id), FOREIGN KEY(first_id) REFERENCES quoteform (id),"
    " FOREIGN KEY(second_id) REFERENCES quoteform (id)) WITHOUT ROWID",
    "CREATE TABLE quotepart (id INTEGER NOT NULL, root_id INTEGER NOT NULL, free BOOLEAN NOT NULL,"
    " words INTEGER NOT NULL, key INTEGER NOT NULL, date VARCHAR NOT NULL, speaker VARCHAR NOT NULL,"
    " origin VARCHAR NOT NULL, PRIMARY KEY (id))",
    "CREATE INDEX ix_quotepart_root_id ON quotepart (root_id)",
    "CREATE TABLE parthang (part_id INTEGER NOT NULL, other_id INTEGER NOT NULL, score FLOAT NOT NULL,"
    " PRIMARY KEY (part_id, other_id)) WITHOUT ROWID",
    "CREATE TABLE quote (claim_id INTEGER NOT NULL, form_id INTEGER NOT NULL, speaker VARCHAR NOT NULL,"
    " date VARCHAR NOT NULL, origin VARCHAR NOT NULL, part_id INTEGER NOT NULL, PRIMARY KEY (claim_id),"
    " FOREIGN KEY(claim_id) REFERENCES claim (id), FOREIGN KEY(form_id) REFERENCES quoteform (id))",
    "CREATE INDEX ix_quote_form ON quote (form_id, speaker, date, part_id)",
    "CREATE INDEX ix_quote_part_id ON quote (part_id)",
    "CREATE TABLE kinship (claim_id INTEGER NOT NULL, other_id INTEGER NOT NULL, state VARCHAR NOT NULL,"
    " PRIMARY KEY (claim_id, other_id), FOREIGN KEY(claim_id) REFERENCES claim (id),"
    " FOREIGN KEY(other_id) REFERENCES claim (id))",
    "CREATE INDEX ix_kinship_other_id ON kinship (other_id)",
)

_VERIFICATION: tuple[str, ...] = ()

_FACT_CHECKS: tuple[str, ...] = ()

_INGEST: tuple[str, ...] = ("ALTER TABLE evidence ADD COLUMN proposed BOOLEAN NOT NULL DEFAULT 0",)
