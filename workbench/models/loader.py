"""The packaged attribution model: found, loaded once, run. The only file that imports onnxruntime.

numpy and onnxruntime are imported inside functions, so that a command that reads no text does not pay for them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.models.decoding import Floats
    from workbench.models.features import Window
    from workbench.models.tagging import Decoder
    from workbench.models.wordpiece import WordPiece

NAME = "attribution"
WEIGHTS, VOCABULARY, METADATA = "model.onnx", "vocab.txt", "metadata.json"

Offsets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TaggedAttribution:
    """Who said what: spans are code-point offsets into the text that was given."""

    source: Offsets  # () when there is none
    cue: Offsets
    content: Offsets  # at least one piece, in text order
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the model found in one text."""

    attributions: tuple[TaggedAttribution, ...]  # in order of their first content piece inside each window
    sentence_scores: tuple[float, ...]  # check-worthiness 0..1, one a given sentence


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model reads: part of every reading that is stored."""

    name: str
    version: str
    date: str


class Model:
    """One loaded model. `run` is safe to call from several threads; `tag` is too."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from workbench.models.wordpiece import WordPiece

        self.metadata = read_metadata(folder)
        self.vocabulary: WordPiece = WordPiece.read(_needed(folder / VOCABULARY))
        self.decoder = decoder_of(self.metadata)
        self._session = session(_needed(folder / WEIGHTS), threads)

    def run(self, window: Window) -> Floats:
        """The network's numbers for each word of the window, [words, outputs]."""
        import numpy as np

        rows = {"pieces": window.pieces, "case": window.case, "quotation": window.quotation, "first": window.first}
        numbers: Floats = self._session.run(None, {name: np.array(row, np.int64) for name, row in rows.items()})[0]
        return numbers

    def tag(
        self, text: str, paragraphs: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]] = ()
    ) -> Tagging:
        """Attributions of `text` and check-worthiness of its sentences; see `tag` of this module."""
        from workbench.models.features import windows
        from workbench.models.tagging import Worth, read, spans_of

        worth = Worth(sentences)
        found = []
        for one in read(windows(text, paragraphs, self.vocabulary), self.run, self.decoder):
            worth.add(one)
            for linked in one.linked:
                source, cue, content = (
                    spans_of(one.window, pieces) for pieces in ((linked.source,), (linked.cue,), linked.content)
                )
                found.append(TaggedAttribution(source, cue, content, linked.probability))
        return Tagging(tuple(found), tuple(float(score) for score in worth.scores()))


def _needed(path: Path) -> Path:
    if not path.is_file():
        raise WorkbenchError(f"the packaged model has no {path.name}", "install workbench again")
    return path


def session(path: Path, threads: int = 1) -> Any:
    """An onnxruntime session of a packaged file. Raises WorkbenchError when the file is missing."""
    import onnxruntime

    path = _needed(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # windows differ in length, and an arena would keep the largest of each
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def read_metadata(folder: Path) -> dict[str, Any]:
    """The metadata.json of a model folder."""
    metadata: dict[str, Any] = json.loads(_needed(folder / METADATA).read_text(encoding="utf-8"))
    return metadata


def decoder_of(metadata: dict[str, Any]) -> Decoder:
    """The decoder that a model's metadata describes."""
    import numpy as np

    from workbench.models.decoding import Chain
    from workbench.models.linking import RELATIONS, Costs, Tables
    from workbench.models.tagging import Decoder

    settings = metadata["decoding"]
    chain = Chain.constrained(np.array(settings["transitions"], np.float32), np.array(settings["starts"], np.float32))
    to_cue, to_source = (
        Tables(*(np.array(settings[link][relation], np.float32) for relation in RELATIONS))
        for link in ("to_cue", "to_source")
    )
    biases = np.array(settings["biases"], np.float32)
    return Decoder(chain, biases, to_cue, to_source, Costs(*settings["costs"]), settings["least"], settings["snap"])


def packaged(name: str = NAME) -> Path:
    """The folder of a packaged model."""
    return Path(__file__).parent / name


@lru_cache(maxsize=2)
def load(threads: int = 1) -> Model:
    """The packaged model, loaded on the first call. Raises `WorkbenchError` when its files are missing."""
    return Model(packaged(), threads)


def tag(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    sentences: Sequence[tuple[int, int]] = (),
    threads: int = 1,
) -> Tagging:
    """Attributions found in `text`, and a check-worthiness for each of `sentences`.

    All spans are code-point offsets into `text`, in order and apart from each other; only words inside `paragraphs`
    are read, and no found span crosses from one paragraph into the next. Time is linear in the length of the text.
    """
    return load(threads).tag(text, paragraphs, sentences)


def info() -> ModelInfo:
    """Name, version and date of the packaged model, without loading its weights."""
    metadata = read_metadata(packaged())
    return ModelInfo(metadata["name"], metadata["version"], metadata["date"])
