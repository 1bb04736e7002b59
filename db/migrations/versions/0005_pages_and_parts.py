"""Lists by one filter in every order, and quotes held against the parts of families instead of against every copy."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in _PAGES + _SEARCH + _FAMILIES:
        op.execute(statement)


_TRAITS = (
    "CASE kind WHEN 'direct' THEN 1 WHEN 'mixed' THEN 2 WHEN 'indirect' THEN 4 ELSE 8 END"
    " + CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 16"
    " WHEN source_name IS NULL THEN 32 ELSE 64 END"
    " + CASE status WHEN 'open' THEN 128 WHEN 'in review' THEN 256 WHEN 'checked' THEN 512"
    " WHEN 'approved' THEN 1024 WHEN 'waived' THEN 2048 ELSE 4096 END"
    " + 8192 * (stale <> 0) + 16384 * (anchor_state = 'lost') + 32768 * (negated <> 0) + 65536 * (family_size > 1)"
    " + 131072 * (family_alarm IS NOT NULL) + 262144 * (evidence_count > 0) + 524288 * (numbers <> '[]')"
    " + 1048576 * (flags <> '[]')"
    # coarsely: check-worthiness in 1023rds, and the month
    " + 2097152 * CAST(check_worthiness * 1023 AS INTEGER)"
    " + 2147483648 * (12 * CAST(substr(sort_date, 1, 4) AS INTEGER) + CAST(substr(sort_date, 6, 2) AS INTEGER))"
)

# An index for each order; behind the columns of the order what filters ask for, so that a page is read from it alone.
_ORDERS = {
    "check": "check_worthiness, id",
    "date": "sort_date, id",
    "source": "sort_source, id",
    "family": "family_size, ifnull(family_id, 0), id",
    "article": 'article_id, "start", id',
}
_FILTERED = f"{_TRAITS}, truth, attribution, outlet, source_id"
_VOICE = (
    "CASE WHEN source_kind = 'anonymous' OR anonymity BETWEEN 'C' AND 'H' THEN 'anonymous'"
    " WHEN source_name IS NULL THEN 'none' ELSE 'named' END"
)
# Rare traits: claims that an order would have to look long for, with the columns of every order.
_RARE = {
    "stale": "stale",
    "lost": "anchor_state = 'lost'",
    "alarm": "family_alarm IS NOT NULL",
    "evidence": "evidence_count > 0",
    "flag": "flags <> '[]'",
}
_RARE_COLUMNS = (
    'hidden, check_worthiness, sort_date, sort_source, family_size, ifnull(family_id, 0), article_id, "start", flags,'
    f" {_FILTERED}"
)
_RARE_BEFORE = ("stale", "lost", "alarm", "evidence", "flag", "truth", "attribution")
_PAGES = (
    *(f"DROP INDEX claim_by_{name}" for name in _ORDERS),
    *(f"DROP INDEX claim_rare_{name}" for name in _RARE_BEFORE),
    *(f"CREATE INDEX claim_by_{name} ON claim (hidden, {columns}, {_FILTERED})" for name, columns in _ORDERS.items()),
    *(f"CREATE INDEX claim_rare_{name} ON claim ({_RARE_COLUMNS}) WHERE {rare}" for name, rare in _RARE.items()),
    f"CREATE INDEX claim_rare_anonymous ON claim (sort_source, id, {_FILTERED})"
    f" WHERE hidden = 0 AND {_VOICE} = 'anonymous'",
    "CREATE INDEX claim_rare_statement ON claim (sort_source) WHERE kind = 'statement' AND source_id IS NOT NULL",
    "CREATE INDEX claim_rare_truth ON claim (truth) WHERE truth IS NOT NULL",
    "CREATE INDEX claim_rare_attribution ON claim (attribution) WHERE attribution IS NOT NULL",
)

_INDEXED = (
    "INSERT INTO claim_search (rowid, text, wording, source_name)"
    " VALUES (new.id, new.text, new.wording, new.source_name);"
)
_UNINDEXED = (
    "INSERT INTO claim_search (claim_search, rowid, text, wording, source_name)"
    " VALUES ('delete', old.id, old.text, old.wording, old.source_name);"
)
# An unfinished word of a length that `prefix` names is looked up; a longer one gathers the matches of its words.
# The words themselves stay in `claim` alone. No titles: a name in one would bring up every claim of its article.
_SEARCH = (
    *(f"DROP TRIGGER claim_search_{when}" for when in ("insert", "update", "delete")),
    "DROP TABLE claim_search",
    "CREATE VIRTUAL TABLE claim_search USING fts5 (text, wording, source_name, content = 'claim', content_rowid = 'id',"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4 5 6 7 8')",
    "INSERT INTO claim_search (claim_search) VALUES ('rebuild')",
    f"CREATE TRIGGER claim_search_insert AFTER INSERT ON claim BEGIN {_INDEXED} END",
    "CREATE TRIGGER claim_search_update AFTER UPDATE OF text, wording, source_name ON claim"
    " WHEN old.text <> new.text OR old.wording IS NOT new.wording OR old.source_name IS NOT new.source_name"
    f" BEGIN {_UNINDEXED} {_INDEXED} END",
    f"CREATE TRIGGER claim_search_delete AFTER DELETE ON claim BEGIN {_UNINDEXED} END",
)

# What the families are worked out from is made anew: the fold that follows an upgrade places every quote again.
_FAMILIES = (
    "DELETE FROM parthang",
    "DELETE FROM quote",
    "DROP TABLE formlink",
    "DROP TABLE quotegram",
    "DROP TABLE quotepart",
    "DROP TABLE quoteform",
    "CREATE TABLE quoteform (id INTEGER NOT NULL, key INTEGER NOT NULL, text VARCHAR NOT NULL,"
    " words INTEGER NOT NULL, grams INTEGER NOT NULL, heavy INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (key))",
    # No foreign key: nothing finds the grams of a form but its words.
    "CREATE TABLE quotegram (gram INTEGER NOT NULL, form_id INTEGER NOT NULL, PRIMARY KEY (gram, form_id))"
    " WITHOUT ROWID",
    "CREATE TABLE quotepart (id INTEGER NOT NULL, root_id INTEGER NOT NULL, free BOOLEAN NOT NULL,"
    " words INTEGER NOT NULL, key INTEGER NOT NULL, date VARCHAR NOT NULL, speaker VARCHAR NOT NULL,"
    " origin VARCHAR NOT NULL, head_id INTEGER NOT NULL, alarms VARCHAR NOT NULL, strays VARCHAR NOT NULL,"
    " PRIMARY KEY (id))",
    "CREATE INDEX ix_quotepart_root_id ON quotepart (root_id)",
)
