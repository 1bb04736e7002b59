"""What long lists, families, reports and ingest need beside the claims; one step a room, in this order."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in _LISTS + _PAGES + _FAMILIES + _VERIFICATION + _FACT_CHECKS + _INGEST + _SOURCES:
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


_TRAITS = (
    "CASE kind WHEN 'direct' THEN 1 WHEN 'mixed' THEN 2 WHEN 'indirect' THEN 4 ELSE 8 END"
    " + CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 16"
    " WHEN source_name IS NULL THEN 32 ELSE 64 END"
    " + CASE status WHEN 'open' THEN 128 WHEN 'in review' THEN 256 WHEN 'checked' THEN 512"
    " WHEN 'approved' THEN 1024 WHEN 'waived' THEN 2048 ELSE 4096 END"
    " + 8192 * (stale <> 0) + 16384 * (anchor_state = 'lost') + 32768 * (negated <> 0) + 65536 * (family_size > 1)"
    " + 131072 * (family_alarm IS NOT NULL) + 262144 * (evidence_count > 0) + 524288 * (numbers <> '[]')"
    " + 1048576 * (flags <> '[]')"
    # coarsely: check-worthiness in 127ths, and the month
    " + 2097152 * CAST(check_worthiness * 127 AS INTEGER)"
    " + 268435456 * (12 * CAST(substr(sort_date, 1, 4) AS INTEGER) + CAST(substr(sort_date, 6, 2) AS INTEGER))"
)

# An index for each order; behind the columns of the order what filters ask for, so that a page is read from it alone.
_ORDERS = {
    "check": "check_worthiness, id",
    "date": "sort_date, id",
    "source": "sort_source, id",
    "family": "family_size, ifnull(family_id, 0), id",
    "article": 'article_id, "start", id',
}
# Rare traits: claims that an order would have to look long for.
_RARE = {
    "stale": "stale",
    "lost": "anchor_state = 'lost'",
    "alarm": "family_alarm IS NOT NULL",
    "evidence": "evidence_count > 0",
    "flag": "flags <> '[]'",
    "truth": "truth IS NOT NULL",
    "attribution": "attribution IS NOT NULL",
}
_PAGES = (
    *(f"DROP INDEX ix_claim_{name}" for name in ("check", "date", "source", "family")),
    *(
        f"CREATE INDEX claim_by_{name} ON claim (hidden, {columns}, {_TRAITS}, truth, attribution, outlet, source_id)"
        for name, columns in _ORDERS.items()
    ),
    *(
        f"CREATE INDEX claim_rare_{name} ON claim ({name if name in ('truth', 'attribution') else 'id'}) WHERE {rare}"
        for name, rare in _RARE.items()
    ),
    "CREATE INDEX ix_article_outlet_id ON article (outlet_id)",
    "CREATE INDEX ix_article_agency_id ON article (agency_id)",
    # An unfinished word of a length that `prefix` names is looked up; a longer one gathers the matches of its words.
    "DROP TABLE claim_search",
    "CREATE VIRTUAL TABLE claim_search USING fts5"
    "(text, wording, source, title, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4 5')",
    "INSERT INTO claim_search (rowid, text, wording, source, title) SELECT id, coalesce(text, ''),"
    " coalesce(wording, ''), coalesce(source_name, ''), title FROM claim",
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

_VERIFICATION: tuple[str, ...] = (
    "ALTER TABLE transcript ADD COLUMN words INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE transcript ADD COLUMN speakers VARCHAR NOT NULL DEFAULT '[]'",
    "ALTER TABLE transcript ADD COLUMN added_by VARCHAR NOT NULL DEFAULT ''",
    "CREATE TABLE verification (id INTEGER NOT NULL, uid VARCHAR NOT NULL, claim_id INTEGER NOT NULL,"
    " result VARCHAR NOT NULL, added_by VARCHAR NOT NULL, added_at VARCHAR NOT NULL, hidden BOOLEAN NOT NULL,"
    " meaning VARCHAR, answered_by VARCHAR, answered_at VARCHAR,"
    " PRIMARY KEY (id), UNIQUE (uid), FOREIGN KEY(claim_id) REFERENCES claim (id))",
    "CREATE INDEX ix_verification_claim_id ON verification (claim_id)",
    "CREATE TABLE conflict (first_id INTEGER NOT NULL, second_id INTEGER NOT NULL, one VARCHAR NOT NULL,"
    " other VARCHAR NOT NULL, unit VARCHAR, score FLOAT NOT NULL, why VARCHAR NOT NULL,"
    " PRIMARY KEY (first_id, second_id), CHECK (first_id < second_id),"
    " FOREIGN KEY(first_id) REFERENCES claim (id), FOREIGN KEY(second_id) REFERENCES claim (id))",
    "CREATE INDEX ix_conflict_second ON conflict (second_id)",
    "CREATE TABLE figurekey (key INTEGER NOT NULL, claim_id INTEGER NOT NULL, PRIMARY KEY (key, claim_id),"
    " FOREIGN KEY(claim_id) REFERENCES claim (id)) WITHOUT ROWID",
    "CREATE INDEX ix_figurekey_claim ON figurekey (claim_id)",
)

# Nothing wrote fact-checks before: the tables of 0001 are empty and make room for these. A check is what all its
# copies are copies of; a copy is what one import brought and never changes.
_FACT_CHECKS: tuple[str, ...] = (
    "DROP TABLE factcheckmatch",
    "DROP TABLE factcheck",
    """CREATE TABLE checkimport (
      id INTEGER NOT NULL, uid VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, feed VARCHAR,
      digest VARCHAR NOT NULL, imported_at VARCHAR NOT NULL, hidden BOOLEAN NOT NULL,
      PRIMARY KEY (id), UNIQUE (uid))""",
    """CREATE TABLE factcheck (
      id INTEGER NOT NULL, uid VARCHAR NOT NULL, key VARCHAR NOT NULL, url VARCHAR NOT NULL, copy_id INTEGER,
      withdrawn BOOLEAN NOT NULL, hidden BOOLEAN NOT NULL, PRIMARY KEY (id), UNIQUE (uid), UNIQUE (key))""",
    "CREATE INDEX ix_factcheck_url ON factcheck (url)",
    "CREATE INDEX ix_factcheck_copy_id ON factcheck (copy_id)",
    """CREATE TABLE checkcopy (
      id INTEGER NOT NULL, fact_check_id INTEGER NOT NULL, import_id INTEGER NOT NULL, digest VARCHAR NOT NULL,
      gone BOOLEAN NOT NULL, url VARCHAR NOT NULL, claim_reviewed VARCHAR NOT NULL, title VARCHAR, quote VARCHAR,
      claimant VARCHAR, claimed VARCHAR, publisher VARCHAR, publisher_site VARCHAR NOT NULL, rating VARCHAR,
      word VARCHAR NOT NULL, flags VARCHAR NOT NULL, mapping VARCHAR NOT NULL, explanation VARCHAR, published VARCHAR,
      language VARCHAR, details VARCHAR NOT NULL, PRIMARY KEY (id),
      FOREIGN KEY(fact_check_id) REFERENCES factcheck (id), FOREIGN KEY(import_id) REFERENCES checkimport (id))""",
    "CREATE INDEX ix_checkcopy_check ON checkcopy (fact_check_id, id)",
    "CREATE INDEX ix_checkcopy_import_id ON checkcopy (import_id)",
    """CREATE TABLE checkvector (
      copy_id INTEGER NOT NULL, model VARCHAR NOT NULL, vectors BLOB NOT NULL, PRIMARY KEY (copy_id),
      FOREIGN KEY(copy_id) REFERENCES checkcopy (id))""",
    """CREATE TABLE factcheckmatch (
      id INTEGER NOT NULL, uid VARCHAR NOT NULL, claim_id INTEGER NOT NULL, fact_check_id INTEGER NOT NULL,
      copy_id INTEGER NOT NULL, score FLOAT NOT NULL, why VARCHAR NOT NULL, state VARCHAR NOT NULL, decided_by VARCHAR,
      decided_at VARCHAR, PRIMARY KEY (id), UNIQUE (uid), UNIQUE (claim_id, fact_check_id),
      FOREIGN KEY(claim_id) REFERENCES claim (id), FOREIGN KEY(fact_check_id) REFERENCES factcheck (id),
      FOREIGN KEY(copy_id) REFERENCES checkcopy (id))""",
    "CREATE INDEX ix_factcheckmatch_check ON factcheckmatch (fact_check_id)",
    """CREATE VIRTUAL TABLE checktext USING fts5(
      claim, title, content='', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER checkcopy_text AFTER INSERT ON checkcopy WHEN NOT new.gone BEGIN
      INSERT INTO checktext (rowid, claim, title)
      VALUES (new.id, new.claim_reviewed || coalesce(' ' || new.quote, ''), coalesce(new.title, '')); END""",
)

_INGEST: tuple[str, ...] = (
    "ALTER TABLE evidence ADD COLUMN proposed BOOLEAN NOT NULL DEFAULT 0",
    "CREATE INDEX ix_version_blob ON version (blob_digest)",
)

_SOURCES: tuple[str, ...] = (
    """CREATE TABLE sourceapart (
      source_id INTEGER NOT NULL REFERENCES source (id),
      other_id INTEGER NOT NULL REFERENCES source (id),
      PRIMARY KEY (source_id, other_id), CHECK (source_id < other_id)) WITHOUT ROWID""",
)
