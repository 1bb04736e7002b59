import json
import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from workbench.models import info, tag
from workbench.models.decoding import LABELS, Chain, pad, pieces_of, posteriors, viterbi
from workbench.models.features import (
    CLOSING,
    INSIDE_LONG,
    INSIDE_OPEN,
    INSIDE_SHORT,
    LIMIT,
    OPENING,
    OUTSIDE,
    WORD,
    quotation_states,
    windows,
)
from workbench.models.loader import VOCABULARY, packaged, read_metadata
from workbench.models.wordpiece import WordPiece

GOLDEN = Path(__file__).parents[1] / "golden" / "attribution.json"
TOLERANCE = 0.05  # of a confidence or a score between two processors
CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))


def lines(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


@pytest.fixture(scope="module")
def vocabulary() -> WordPiece:
    return WordPiece.read(packaged() / VOCABULARY)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_packaged_model_says_what_it_said_when_it_was_packaged(case):
    tagging = tag(case["text"], lines(case["text"]), lines(case["text"]))

    said = [
        {role: [case["text"][s:e] for s, e in getattr(one, role)] for role in ("source", "cue", "content")}
        for one in tagging.attributions
    ]
    assert said == [{role: one[role] for role in ("source", "cue", "content")} for one in case["attributions"]]
    assert [one.confidence for one in tagging.attributions] == pytest.approx(
        [one["confidence"] for one in case["attributions"]], abs=TOLERANCE
    )
    assert tagging.sentence_scores == pytest.approx(case["sentence_scores"], abs=TOLERANCE)


def test_metadata_names_the_model():
    assert info().name == "attribution"
    assert read_metadata(packaged())["labels"] == list(LABELS)


@pytest.mark.parametrize("text", ["", " \n\n ", "\n", "…", "a" * 5000, "“", "\u0301\u0301", "日本語" * 300])
def test_strange_texts_are_read_without_a_crash(text):
    assert len(tag(text, lines(text), lines(text)).sentence_scores) == len(lines(text))


def test_a_sentence_without_words_scores_zero():
    assert tag("", [(0, 0)], [(0, 0)]).sentence_scores == (0.0,)


def test_offsets_count_code_points_beyond_the_first_plane():
    text = "Nobody came 😀😀.\n“We lost the vote,” Ms. Brandt said on Monday."

    found = tag(text, lines(text)).attributions

    assert [text[s:e] for one in found for s, e in one.content] == ["“We lost the vote,”"]
    assert [text[s:e] for one in found for s, e in one.source] == ["Ms. Brandt"]


def test_figures_are_more_worth_a_check_than_colour():
    text = "Unemployment fell to 3.9 percent in 2018.\nIt was a lovely evening and the band played on."

    figure, colour = tag(text, lines(text), lines(text)).sentence_scores

    assert figure > colour + 0.2


def test_nothing_heavy_is_imported_before_the_first_text():
    code = (
        "import sys, workbench.models as m; m.info(); print([n for n in ('numpy', 'onnxruntime') if n in sys.modules])"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_every_word_is_in_one_window_and_no_window_is_too_long(vocabulary):
    text = "\n".join(f"Paragraph {n} says: " + "words and unbelievabilities. " * n for n in range(60))

    found = list(windows(text, lines(text), vocabulary))

    assert [span for window in found for span in window.words] == [m.span() for m in WORD.finditer(text)]
    assert max(len(window.pieces) for window in found) <= LIMIT
    assert all(len(w.pieces) == len(w.case) == len(w.quotation) for w in found)


def test_quotation_states_pair_marks_and_end_an_open_quotation_with_the_paragraph():
    words = ["“", "No", ",", "”", "she", "'", "'", "a", "b", "c", "d", "e", "'", "'", '"', "left", "open"]

    assert quotation_states(words) == [
        *(OPENING, INSIDE_SHORT, INSIDE_SHORT, CLOSING, OUTSIDE),
        *(OPENING, OPENING, *[INSIDE_LONG] * 5, CLOSING, CLOSING),
        *(OPENING, INSIDE_OPEN, INSIDE_OPEN),
    ]


def test_words_are_cut_into_the_longest_known_pieces():
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##believ", "##able", "naive", "##a"]
    vocabulary = WordPiece(pieces)

    assert [pieces[n] for n in vocabulary.pieces("Unbelievable")] == ["un", "##believ", "##able"]
    assert [pieces[n] for n in vocabulary.pieces("Naïve")] == ["naive"]
    assert [pieces[n] for n in vocabulary.pieces("xyz")] == ["[UNK]"]


def _all_paths(scores, chain):
    paths = list(product(range(len(LABELS)), repeat=len(scores)))
    totals = np.array(
        [
            chain.starts[path[0]]
            + sum(scores[i, label] for i, label in enumerate(path))
            + sum(chain.transitions[a, b] for a, b in pairwise(path))
            for path in paths
        ]
    )
    return paths, totals


def test_viterbi_and_posteriors_agree_with_trying_every_path():
    random = np.random.default_rng(3)
    size = len(LABELS)
    chain = Chain.constrained(
        random.normal(size=(size, size)).astype(np.float32), random.normal(size=size).astype(np.float32)
    )
    rows = [random.normal(size=(length, size)).astype(np.float32) for length in (4, 1, 3)]
    scores, lengths = pad(rows)

    best, chances = viterbi(scores, lengths, chain), posteriors(scores, lengths, chain)

    for at, row in enumerate(rows):
        paths, totals = _all_paths(row, chain)
        weights = np.exp(totals - totals.max())
        weights /= weights.sum()
        assert tuple(best[at]) == paths[int(totals.argmax())]
        for label in range(size):
            wanted = sum(w for path, w in zip(paths, weights, strict=True) if path[0] == label)
            assert chances[at, 0, label] == pytest.approx(wanted, abs=1e-4)


def test_a_new_begin_ends_the_span_before_it():
    path = np.array([5, 6, 5, 0, 1])

    pieces = pieces_of(path, np.ones((5, len(LABELS)), dtype=np.float32))

    assert [(piece.role, piece.first, piece.last) for piece in pieces] == [(2, 0, 1), (2, 2, 2), (0, 4, 4)]
