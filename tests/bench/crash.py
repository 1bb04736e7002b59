"""Kill a writer with -9 at random moments: what it acknowledged is there, and nothing half.

    python -m tests.bench.crash 1000 [SEED]

A writer process ingests articles, gives verdicts and adds evidence, and says each thing that is done on a pipe. It
is killed somewhere in between, in the middle of a transaction as likely as not, and another process looks: every
acknowledged thing stands, every action is whole, the store is sound, and the columns are the fold of the history.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db import driver, pages
from workbench.services import doctor, evidence, lists, review
from workbench.services.ingest import ingest
from workbench.services.rebuild import rebuild
from workbench.services.store import Store, open_store

LONGEST = 0.5  # seconds that a writer may live
ROUNDS = 20  # kills of one store
ARTICLE = (
    "Dues of {name}\nThe council of {name} raised dues by 4 percent on Monday. "
    "Mayor Ada Brandt said “the quay of {name} may be closed until 12 May”. Critics said it cost $3.2 million.\n"
)
_CONTEXT = multiprocessing.get_context("fork")  # the imports are paid for once; nothing is open when it forks


@dataclass
class Tally:
    """What happened: kills, acknowledged things by kind, and everything that did not hold."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def run(folder: Path, kills: int, seed: int = 0) -> Tally:
    """Kill a writer `kills` times; each `ROUNDS` kills on a new store."""
    chance, tally = random.Random(seed), Tally()
    said: list[str] = []
    _import_everything(folder)
    for number in range(kills):
        place = folder / f"store{number // ROUNDS}"
        if number % ROUNDS == 0:
            said = []
            place.mkdir()
        lines = _killed(place, number, chance)
        tally.kills += 1
        tally.acknowledged.update(line.split()[0] for line in lines)
        said += lines
        tally.broken += [f"after kill {number}: {what}" for what in _looked_at(place, said)]
    return tally


def _import_everything(folder: Path) -> None:
    """Do each thing once, so that a writer that is forked off afterwards comes to the point at once."""
    place = folder / "first"
    place.mkdir()
    with open_store(str(place / "desk.db"), "first") as store:
        for deed in (_ingest, _judge, _evidence):
            deed(store, place, "first", random.Random(0))


def _killed(place: Path, number: int, chance: random.Random) -> list[str]:
    """The lines that one writer wrote whole before it was killed."""
    seconds, seed = chance.uniform(0, LONGEST), chance.random()
    read, write = os.pipe()
    writer = _CONTEXT.Process(target=_write, args=(place, number, seed, read, write))
    writer.start()
    os.close(write)
    time.sleep(seconds)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    with os.fdopen(read, "rb") as pipe:
        return [line.decode() for line in pipe.read().split(b"\n")[:-1]]


def _write(place: Path, number: int, seed: float, read: int, write: int) -> None:
    os.close(read)
    chance = random.Random(seed)
    with open_store(str(place / "desk.db"), f"writer{number % 3}") as store:
        for step in range(10_000):
            name = f"n{number}s{step}"
            deed = _ingest if step % 4 == 0 else chance.choice([_judge, _judge, _evidence])
            deed(store, place, name, chance)
            os.write(write, f"{deed.__name__} {name}\n".encode())


def _ingest(store: Store, place: Path, name: str, _chance: random.Random) -> None:
    path = place / f"{name}.txt"
    path.write_text(ARTICLE.format(name=name))
    (outcome,) = ingest(store, [str(path)])
    assert outcome.status == "stored", outcome


def _judge(store: Store, _place: Path, name: str, chance: random.Random) -> None:
    # an explanation of its own: the same verdict again would be no decision, and the note stand alone
    verdict = chance.choice(["true", "false"])
    review.mark(store, [_some_claim(store, chance)], truth=verdict, explain=name, note=name)


def _evidence(store: Store, place: Path, name: str, chance: random.Random) -> None:
    path = place / "paper.txt"
    path.write_text(f"what {name} rests on")
    evidence.add(store, _some_claim(store, chance), file=path, quote=name)


def _some_claim(store: Store, chance: random.Random) -> int:
    with store.reading() as reader:
        return int(chance.choice(pages.select(reader, "SELECT id FROM claim WHERE NOT hidden"))[0])


def _looked_at(place: Path, said: list[str]) -> list[str]:
    """What does not hold, found out by a process of its own."""
    read, write = os.pipe()
    looker = _CONTEXT.Process(target=_look, args=(place, said, write))
    looker.start()
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        found = pipe.read().decode().splitlines()
    looker.join()
    return found + ([] if looker.exitcode == 0 else [f"the store could not be looked at: {looker.exitcode}"])


def _look(place: Path, said: list[str], write: int) -> None:
    path = str(place / "desk.db")
    found = [f"{each.name}: {each.value}" for each in doctor.examine(path) if not each.ok]
    with open_store(path, "looker") as store:
        for name, check in _CHECKS.items():
            found += [f"{name}: {what}" for what in check(store)]
        there = _there(store)
        found += [f"acknowledged and lost: {line}" for line in said if line not in there]
        found += [f"columns: {each}" for each in rebuild(store).differing]
        assert said == [] or lists.totals(store).claims > 0
    os.write(write, "\n".join(found).encode())


def _there(store: Store) -> set[str]:
    """Every thing that stands, in the words in which it is acknowledged."""
    with store.reading() as reader:
        return {
            f"{deed} {row[0]}"
            for deed, sql in (
                ("_ingest", "SELECT name FROM article WHERE NOT hidden"),
                ("_judge", "SELECT text FROM note WHERE NOT hidden"),
                ("_evidence", "SELECT excerpt FROM evidence WHERE NOT hidden"),
            )
            for row in pages.select(reader, sql)
        }


def _none(sql: str) -> Callable[[Store], list[str]]:
    def check(store: Store) -> list[str]:
        with store.reading() as reader:
            return [str(tuple(row)) for row in pages.select(reader, sql)]

    return check


_CHECKS = {
    "a judgement without its note or verdict": _none(
        "SELECT action.id FROM action JOIN event ON event.action_id = action.id WHERE verb = 'mark' GROUP BY action.id"
        " HAVING sum(field = 'truth') <> 1 OR sum(subject = 'note') <> 1"
    ),
    "an action without entries": _none("SELECT id FROM action WHERE id NOT IN (SELECT action_id FROM event)"),
    "an article without its parts": _none(
        "SELECT id FROM article WHERE hidden OR version_id IS NULL"
        " OR NOT EXISTS (SELECT 1 FROM claim WHERE article_id = article.id AND NOT hidden)"
        " OR NOT EXISTS (SELECT 1 FROM sentence WHERE sentence.version_id = article.version_id)"
    ),
    "a verdict that is not in its claim": _none(
        "SELECT claim_id FROM verdict JOIN claim ON claim.id = claim_id WHERE claim.truth IS NOT verdict.label"
    ),
    "evidence that its claim does not count": _none(
        "SELECT id FROM claim WHERE evidence_count <> (SELECT count(*) FROM evidence WHERE claim_id = claim.id)"
    ),
}


def main(words: list[str]) -> int:
    """Run as many kills as the first word says; 1 when anything was lost or half done."""
    kills, seed = int(words[0]) if words else 100, int(words[1]) if len(words) > 1 else 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), kills, seed)
    done = ", ".join(f"{count} {name.strip('_')}" for name, count in sorted(tally.acknowledged.items()))
    print(f"{driver.library()}: {tally.kills} kills in {time.monotonic() - started:.0f} s; acknowledged: {done}")
    print("\n".join(tally.broken) if tally.broken else "none lost, none half")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
