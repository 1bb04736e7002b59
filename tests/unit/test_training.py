from importlib.util import find_spec
from itertools import pairwise, product

import numpy as np
import pytest

from workbench.extract.train.corpus import example_of, paragraphs_of, read_annotation
from workbench.extract.train.measure import count, found_of, gold_of
from workbench.models.decoding import LABELS, Piece
from workbench.models.features import OUTSIDE, windows
from workbench.models.linking import Linked
from workbench.models.snapping import snapped
from workbench.models.wordpiece import WordPiece

TEXT = "“No,” said Ada Holm, “never.”\nBen Orr agreed."
ANNOTATION = "\n".join(
    [
        "T1\tContent 0 5;21 29\t“No,” “never.”",
        "T2\tCue 6 10\tsaid",
        "T3\tSource 11 19\tAda Holm",
        "T4\tSource 30 37\tBen Orr",
        "T5\tCue 38 44\tagreed",
        "E1\tContent:T1 Cue:T2 Source:T3",
        "E2\tCue:T5 Source:T4",
        "#1\tAnnotatorNotes T1\tnote",
    ]
)
VOCABULARY = WordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])


def example():
    (window,) = windows(TEXT, paragraphs_of(TEXT), VOCABULARY)
    return example_of(window, read_annotation(ANNOTATION))


def test_an_annotation_is_read_with_its_discontinuous_content_and_without_the_one_that_has_none():
    (one,) = read_annotation(ANNOTATION)

    assert (one.source, one.cue, one.content) == (((11, 19),), ((6, 10),), ((0, 5), (21, 29)))


def test_an_example_links_both_pieces_of_a_content_to_its_cue_and_the_cue_to_its_source():
    one = example()

    assert [TEXT[one.window.words[a][0] : one.window.words[b][1]] for a, b in one.contents] == ["“No,”", "“never.”"]
    assert (one.cue_of_content, one.source_of_cue) == ([0, 0], [0])
    assert [LABELS[label] for label in one.labels[:7]] == [
        *("B-content", "I-content", "I-content", "I-content", "B-cue", "B-source", "I-source")
    ]


def test_gold_measured_on_itself_is_perfect():
    one = example()
    contents = tuple(Piece(2, first, last, 1.0) for first, last in one.contents)
    linked = Linked(Piece(0, *one.sources[0], 1.0), Piece(1, *one.cues[0], 1.0), contents, 1.0)

    counts = count(one.window, TEXT, gold_of(one, TEXT), found_of(one.window, TEXT, [linked]))

    assert counts == {"found": 1, "gold": 1, "content": 1, "whole": 1, "exact": 1}


def test_a_content_is_stretched_to_the_marks_of_its_quotation_but_not_over_other_pieces():
    text = 'He said "we will not sell the farm" today.'
    (window,) = windows(text, [(0, len(text))], VOCABULARY)

    pieces = snapped([Piece(1, 1, 1, 1.0), Piece(2, 4, 8, 1.0)], window.mark)

    assert [(piece.first, piece.last) for piece in pieces] == [(1, 1), (2, 9)]
    assert window.mark[1] == OUTSIDE


if find_spec("torch"):  # the extra `train`; without it there is nothing to train and nothing to test

    def test_the_tree_of_the_chain_layer_equals_the_sum_over_all_paths():
        import torch

        from workbench.extract.train.crf import ChainLayer

        torch.manual_seed(5)
        layer, size = ChainLayer(), len(LABELS)
        torch.nn.init.normal_(layer.transitions)
        scores, labels = torch.randn(2, 4, size), torch.randint(size, (2, 4))
        inside = torch.tensor([[True] * 4, [True, True, False, False]])

        losses = layer(scores, labels, inside).detach().numpy()

        for row, length in ((0, 4), (1, 2)):
            moves, emitted = layer.transitions.detach().numpy(), scores[row].numpy()

            def total(path, moves=moves, emitted=emitted):
                return sum(emitted[i, a] for i, a in enumerate(path)) + sum(moves[a, b] for a, b in pairwise(path))

            everything = np.logaddexp.reduce([total(path) for path in product(range(size), repeat=length)])
            assert losses[row] == pytest.approx(everything - total(labels[row, :length].tolist()), abs=1e-3)
