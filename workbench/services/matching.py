"""Which published fact-checks may already answer a claim: by their words, by their meaning, both weighed together.

Everything here is a suggestion. Where the sentence model cannot run, or has not read a check yet, words alone decide,
and `Matches.note` says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from db import cards, checks
from db.driver import Connection
from workbench.errors import NotFoundError, WorkbenchError
from workbench.factchecks import CheckMatch, FactCheck
from workbench.records import Progress
from workbench.services.checkrows import to_check, to_match
from workbench.services.store import Store
from workbench.text import counted

if TYPE_CHECKING:
    from workbench.match.answers import Candidate

POOL = 90  # candidates by words, and as many by meaning
JUDGED = 70  # of them, whose words are compared
LEAST = 0.12  # of a suggestion that is shown
MEANING = 40.0  # what a cosine of 1 counts beside bm25 when the pool is cut
SHORT = 5  # words below which a claim is matched with the sentence that it stands in
SECONDS = 0.0035  # that a check takes to be read for its meaning
AT_ONCE = 5_000  # checks that are read for their meaning without being asked to, in some seconds
_CHUNK = 512  # vectors that are compared at once: their float32 stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Matches:
    """Suggestions for one claim, the likeliest first, decided ones before; `note` says what could not be used."""

    matches: tuple[CheckMatch, ...]
    note: str | None = None


class _Meaning:
    """The vectors of a store's checks in memory, in int8.

    Products are made by einsum, in one thread: of so few numbers a library's threads cost more than they save.
    """

    def __init__(self, rows: Sequence[tuple[int, bytes]]) -> None:
        import numpy as np

        self.place = {copy: at for at, (copy, _) in enumerate(rows)}
        self.copies = np.array([copy for copy, _ in rows], np.int64)
        both = np.frombuffer(b"".join(data for _, data in rows), np.int8).reshape(len(rows), 2, -1)
        self.claims, self.titles = np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])
        self.claim_lengths, self.title_lengths = _lengths(self.claims), _lengths(self.titles)

    def nearest(self, vector: Any, most: int) -> dict[int, float]:
        """Copy -> cosine of its claim, the highest first."""
        import numpy as np

        cosines = _products(self.claims, vector) / self.claim_lengths
        most = min(most, len(cosines))
        best = np.argpartition(-cosines, most - 1)[:most] if most else np.zeros(0, np.int64)
        best = best[np.lexsort((self.copies[best], -cosines[best]))]
        return {int(self.copies[at]): float(cosines[at]) for at in best}

    def cosines(self, vector: Any, copies: Sequence[int]) -> dict[int, tuple[float, float | None]]:
        """Copy -> cosines of its claim and its title (None without one), of those that have vectors."""
        import numpy as np

        known = [copy for copy in copies if copy in self.place]
        at = np.array([self.place[copy] for copy in known], np.int64)
        claims = _products(self.claims[at], vector) / self.claim_lengths[at]
        titled = self.title_lengths[at]
        titles = _products(self.titles[at], vector) / np.maximum(titled, 1e-9)
        rows = zip(known, claims.tolist(), titles.tolist(), titled.tolist(), strict=True)
        return {copy: (claim, title if length else None) for copy, claim, title, length in rows}


def _products(rows: Any, vector: Any) -> Any:
    """The inner product of each row of int8 with `vector`, in float32; a part of the rows at a time."""
    import numpy as np

    made = np.empty(len(rows), np.float32)
    for at in range(0, len(rows), _CHUNK):
        np.einsum("ij,j->i", rows[at : at + _CHUNK].astype(np.float32), vector, out=made[at : at + _CHUNK])
    return made


def _lengths(vectors: Any) -> Any:
    import numpy as np

    return np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.int64)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The vectors of a store, `seen` by a connection when it last looked, and what they were then."""

    seen: tuple[int, int]  # the connection, and its count of what others wrote
    state: tuple[int, int, int]
    meaning: _Meaning | None
    waiting: int  # checks that have no vector yet


_LOADED: WeakKeyDictionary[Store, _Loaded] = WeakKeyDictionary()
_LOCK = threading.Lock()


def _meaning(store: Store, reader: Connection) -> _Loaded:
    """The vectors as they stand, read again only when some came or went."""
    from workbench.models.sentences import MODEL

    seen = (id(reader), checks.written(reader))
    with _LOCK:
        kept = _LOADED.get(store)
        if kept is None or kept.seen != seen:
            state = checks.vector_state(reader, MODEL)
            if kept is not None and kept.state == state:
                kept = replace(kept, seen=seen)
            else:
                meaning = _Meaning(checks.vectors(reader, MODEL)) if state[0] else None
                kept = _Loaded(seen, state, meaning, checks.count_without_vector(reader, MODEL))
            _LOADED[store] = kept
        return kept


def index_meaning(store: Store, progress: Callable[[Progress], None] | None = None) -> int:
    """Let the sentence model read every check that it has not read; returns how many it read.

    May be stopped at any time: what was read is stored, and the next call goes on. Raises WorkbenchError where the
    model cannot run.
    """
    from workbench.models.sentences import MODEL

    with store.reading() as reader:
        total, done = checks.count_without_vector(reader, MODEL), 0
    while read := index_some(store, 256):
        done += read
        if progress:
            progress(Progress(done, max(total, done), "fact-checks read for their meaning"))
    return done


def index_some(store: Store, most: int) -> int:
    """`index_meaning` of a few checks, the newest first, in one write; returns how many it read, 0 when none waits."""
    from db import checkwriting
    from workbench.models import sentences

    with store.reading() as reader:
        rows = checks.without_vector(reader, sentences.MODEL, most)
    made = [(row["id"], _packed(row["claim_reviewed"]) + _packed(row["title"])) for row in rows]
    if made:
        with store.writing() as session:
            checkwriting.put_vectors(session, sentences.MODEL, made)
    return len(made)


def _of_words_alone(waiting: int) -> str:
    """What to say while checks wait to be read for their meaning."""
    minutes = max(round(waiting * SECONDS / 60), 1)
    return (
        f"{counted(waiting, 'fact-check')} matched by words alone until read for their meaning, some"
        f" {counted(minutes, 'minute')}: workbench match --index does it, or the desk once Fact-checks was opened"
    )


def index_few(store: Store, progress: Callable[[Progress], None] | None = None) -> str | None:
    """`index_meaning` where few checks wait; a note where many do, or where the model cannot run."""
    from workbench.models.sentences import MODEL

    with store.reading() as reader:
        waiting = checks.count_without_vector(reader, MODEL)
    if waiting > AT_ONCE:
        return _of_words_alone(waiting)
    try:
        index_meaning(store, progress)
    except WorkbenchError as error:
        return f"matched by words alone: {error.what}"
    return None


def _packed(text: str | None) -> bytes:
    from workbench.models import sentences

    if not text:
        return bytes(sentences.WIDTH)
    try:
        return sentences.packed(sentences.encoder().encode(text))
    except ImportError as error:
        raise WorkbenchError("the sentence model cannot run: onnxruntime is missing", "install it again") from error


def answers(
    store: Store, claim: str, *, speaker: str | None = None, limit: int = 5, least: float = LEAST
) -> tuple[list[tuple[FactCheck, float, tuple[str, ...], str]], str | None]:
    """Checks that may answer `claim`: (check, score, shared words, why), the likeliest first, and a note or None."""
    from workbench.match.answers import judge, terms

    with store.reading() as reader:
        by_text = checks.by_text(reader, terms(claim), POOL)
        vector, meaning, note = _vector(store, reader, claim)
        near = meaning.nearest(vector, POOL) if meaning is not None else {}
        pool = list(dict.fromkeys([*by_text, *near]))
        cosines = meaning.cosines(vector, pool) if meaning is not None else {}
        pool = _cut(pool, by_text, cosines)
        rows = {row["copy_id"]: row for row in checks.checks(reader, pool)}
    pool = [copy for copy in pool if copy in rows]
    candidates = [_candidate(rows[copy], by_text.get(copy, 0.0), cosines.get(copy)) for copy in pool]
    judged = sorted(
        zip(judge(claim, candidates, speaker), pool, strict=True), key=lambda pair: (-pair[0].score, pair[1])
    )
    found = [
        (to_check(rows[copy]), one.score, one.words, one.why) for one, copy in judged[:limit] if one.score >= least
    ]
    return found, note


def _cut(
    pool: Sequence[int], by_text: Mapping[int, float], cosines: Mapping[int, tuple[float, float | None]]
) -> list[int]:
    """The JUDGED likeliest of the pool by a plain sum."""

    def rough(copy: int) -> float:
        return by_text.get(copy, 0.0) + MEANING * cosines.get(copy, (0.0, None))[0]

    return sorted(pool, key=lambda copy: (-rough(copy), copy))[:JUDGED]


def _candidate(row: Any, score: float, cosines: tuple[float, float | None] | None) -> Candidate:
    from workbench.match.answers import Candidate

    claim_cosine, title_cosine = cosines or (None, None)
    return Candidate(row["claim_reviewed"], row["title"], row["claimant"], score, claim_cosine, title_cosine)


def _vector(store: Store, reader: Connection, claim: str) -> tuple[Any, _Meaning | None, str | None]:
    """What the claim means, and the vectors to compare it with; None and a note where words alone must do."""
    loaded = _meaning(store, reader)
    meaning, note = loaded.meaning, _of_words_alone(loaded.waiting) if loaded.waiting else None
    if meaning is None:
        return None, None, note
    try:
        from workbench.models import sentences

        return sentences.encoder().encode(claim), meaning, note
    except (ImportError, WorkbenchError) as error:
        return None, None, f"matched by words alone: the sentence model cannot run ({type(error).__name__})"


def count(store: Store) -> int:
    """How many fact-checks may be suggested."""
    with store.reading() as reader:
        return checks.count(reader)


def check(store: Store, number: int) -> FactCheck:
    """A stored check. Raises NotFoundError."""
    with store.reading() as reader:
        row = checks.check(reader, number) if abs(number) < 2**63 else None
    if row is None:
        raise NotFoundError(f"there is no fact-check k{number}", "workbench match lists those that fit a claim")
    return to_check(row)


def claims_of(store: Store, number: int) -> list[tuple[int, str]]:
    """The claims that people decided on this check for: (claim, state)."""
    with store.reading() as reader:
        return [(row["claim_id"], row["state"]) for row in checks.claims_of(reader, number)]


def decided(store: Store, claim_ids: Sequence[int]) -> dict[int, tuple[CheckMatch, ...]]:
    """What people confirmed or rejected, for many claims at once: claim -> matches, in the order they were decided."""
    found: dict[int, tuple[CheckMatch, ...]] = {}
    with store.reading() as reader:
        for row in checks.decided(reader, claim_ids):
            match = to_match(row)
            found[match.claim_id] = (*found.get(match.claim_id, ()), match)
    return found


def confirmed(store: Store, claim_ids: Sequence[int]) -> dict[int, tuple[CheckMatch, ...]]:
    """The confirmed matches of many claims, for reports: claim -> matches. A withdrawn check stays, as it was seen."""
    return {
        claim: kept
        for claim, matches in decided(store, claim_ids).items()
        if (kept := tuple(match for match in matches if match.state == "confirmed"))
    }


def match_claim(store: Store, claim_id: int, *, limit: int = 5, least: float = LEAST) -> Matches:
    """Decided matches of a claim, then suggestions; rejected ones are not suggested again. Raises NotFoundError."""
    with store.reading() as reader:
        row = cards.claim(reader, claim_id) if abs(claim_id) < 2**63 else None
        if row is None or row["hidden"]:
            raise NotFoundError(f"there is no claim c{claim_id}", "workbench claims lists them")
        claim = query_of(reader, row)
    known = decided(store, [claim_id]).get(claim_id, ())
    if not checks.count(store.reader):
        return Matches(known, None)
    found, note = answers(store, claim, speaker=row["source_name"], limit=limit + len(known), least=least)
    again = {match.check.id: match for match in known}
    suggested = [
        CheckMatch(claim_id, one, score, words, why, "suggested")
        for one, score, words, why in found
        if one.id not in again
    ]
    shown = {one.id: words for one, _, words, _ in found}
    known = tuple(replace(match, words=shown.get(match.check.id, ())) for match in known)
    return Matches((*sorted(known, key=lambda match: match.state == "rejected"), *suggested[:limit]), note)


def query_of(reader: Connection, row: Any) -> str:
    """What a claim is matched by: its wording, else its words, and where these are few its sentence."""
    own: str = row["wording"] or row["text"]
    if row["wording"] or len(own.split()) >= SHORT:
        return own
    return checks.sentence_of(reader, row["id"]) or own
