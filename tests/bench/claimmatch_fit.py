"""Learns and measures the weights of `workbench.match.answers` on shared/data/claimmatch.

    python -m tests.bench.claimmatch_fit DATA            cross-validation by transcript, against BM25 + cosine
    python -m tests.bench.claimmatch_fit DATA --write    and the weights learned from 2b_train alone, as answers.json

Rows of features come from the product's own pool (`services.matching`). Learning: a softmax over the candidates of
each sentence, gradient descent; folds are whole transcripts by the SHA-256 of their names. The speaker is told only
for speeches whose name says who holds them, because the product knows the source of a claim; the measuring door
(`tests.bench.claimmatch`) knows none.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path

import numpy as np

from db import checks
from tests.bench.claimmatch import filled, read_lines
from workbench.match import answers
from workbench.services import matching

FOLDS = 5


def rows_of(data: Path) -> list[tuple[str, str, list[str], np.ndarray, np.ndarray]]:
    """(set, query, ids, features, gold) of every query of 2b."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        store, names = filled(data / "politifact_claims.jsonl.gz", Path(folder))
        for part in ("2b_train", "2b_dev"):
            gold: dict[str, set[str]] = {}
            for line in read_lines(data / f"{part}_qrels.jsonl"):
                gold.setdefault(line["qid"], set()).add(line["vid"])
            for query in read_lines(data / f"{part}_queries.jsonl"):
                with store.reading() as reader:
                    by_text = checks.by_text(reader, answers.terms(query["text"]), matching.POOL)
                    vector, meaning, _ = matching._vector(store, reader, query["text"])
                    assert meaning is not None
                    pool = list(dict.fromkeys([*by_text, *meaning.nearest(vector, matching.POOL)]))
                    cosines = meaning.cosines(vector, pool)
                    pool = matching._cut(pool, by_text, cosines)
                    known = {row["copy_id"]: row for row in checks.checks(reader, pool)}
                candidates = [matching._candidate(known[c], by_text.get(c, 0.0), cosines.get(c)) for c in pool]
                speaker = "Donald Trump" if "_Trum" in query["id"] and "nterv" not in query["id"] else None
                features = np.array(answers.features(query["text"], candidates, speaker))
                ids = [names[known[c]["url"]] for c in pool]
                found.append((part, query["id"], ids, features, np.array([i in gold[query["id"]] for i in ids]),
                              len(gold[query["id"]])))  # fmt: skip
        store.close()
    return found


def learn(queries, steps=400, rate=0.05, decay=0.01):
    """Weights for FEATURES, as they stand (not standardised)."""
    everything = np.concatenate([q[3] for q in queries])
    mean, spread = everything.mean(0), everything.std(0) + 1e-6
    useful = [((q[3] - mean) / spread, q[4]) for q in queries if q[4].any()]
    weights, first, second = (np.zeros(len(mean)) for _ in range(3))
    for step in range(1, steps + 1):
        slope = 2 * decay * weights
        for rows, gold in useful:
            scores = rows @ weights
            shares = np.exp(scores - scores.max())
            right = np.where(gold, shares, 0.0)
            slope = slope + ((shares / shares.sum() - right / right.sum()) @ rows) / len(useful)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights / spread


def precision(query, scores) -> float:
    """MAP@5 of one query."""
    hits = total = 0.0
    for place, at in enumerate(np.argsort(-scores, kind="stable")[:5], 1):
        if query[4][at]:
            hits += 1
            total += hits / place
    return total / query[5]


def probability(pairs) -> tuple[float, float]:
    """Slope and offset of a logistic curve from scores to how often they are right."""
    scores, gold = (np.concatenate(part) for part in zip(*pairs, strict=True))
    middle, spread = scores.mean(), scores.std()
    rows, numbers = np.stack([(scores - middle) / spread, np.ones_like(scores)]), np.array([1.0, -4.0])
    for _ in range(200):  # Newton's method, in short steps
        shares = 1 / (1 + np.exp(-np.clip(numbers @ rows, -30, 30)))
        steep = shares * (1 - shares)
        move = np.linalg.solve((rows * steep) @ rows.T + 1e-3 * np.eye(2), rows @ (shares - gold))
        numbers = numbers - np.clip(move, -0.5, 0.5)
    return float(numbers[0] / spread), float(numbers[1] - numbers[0] * middle / spread)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    queries = rows_of(given.data)
    fold = [int(sha256(q[1].rsplit("_", 1)[0].encode()).hexdigest(), 16) % FOLDS for q in queries]
    dev = np.array([q[0] == "2b_dev" for q in queries])
    results = {}
    unspoken = np.array([0.0 if name == "same speaker" else 1.0 for name in answers.FEATURES])
    blind = [(*q[:3], q[3] * unspoken, *q[4:]) for q in queries]
    results["BM25 + MiniLM, equal sum"] = [precision(q, q[3][:, 0] + 40 * q[3][:, 2]) for q in queries]
    for name, given_rows, columns in (
        ("BM25 + MiniLM, learned", blind, [0, 2]), ("ours, text alone", blind, None),
        ("ours, speaker known", queries, None),
    ):  # fmt: skip
        picked = [(*q[:3], q[3][:, columns] if columns else q[3], *q[4:]) for q in given_rows]
        scores = [0.0] * len(picked)
        for held in range(FOLDS):
            weights = learn([q for q, f in zip(picked, fold, strict=True) if f != held])
            for at, q in enumerate(picked):
                if fold[at] == held:
                    scores[at] = precision(q, q[3] @ weights)
        results[name] = scores
    draw = np.random.default_rng(0).integers(0, len(queries), (4000, len(queries)))
    for name, scores in results.items():
        both = np.array(scores)
        print(f"{name:28} all {both.mean():.4f}  train {both[~dev].mean():.4f}  dev {both[dev].mean():.4f}")
        for other in ("BM25 + MiniLM, equal sum", "BM25 + MiniLM, learned"):
            gain = (both - np.array(results[other]))[draw].mean(1)
            low, high = np.quantile(gain, [0.025, 0.975])
            print(f"    against {other}: {gain.mean():+.4f} [{low:+.4f}, {high:+.4f}], p = {(gain <= 0).mean():.4f}")
    if given.write:
        train = [q for q in queries if q[0] == "2b_train"]
        weights = learn(train)
        slope, offset = probability([(q[3] @ weights, q[4].astype(float)) for q in train])
        kept = {"features": list(answers.FEATURES), "weights": [round(float(w), 5) for w in weights],
                "slope": round(slope, 5), "offset": round(offset, 5)}  # fmt: skip
        path = Path(answers.__file__).with_name("answers.json")
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print("wrote", path.name)


if __name__ == "__main__":
    main()
