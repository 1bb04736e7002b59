"""Who speaks where: the layouts of transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.speech import speech
from workbench.spans import Span

LAYOUTS = {
    "capitals": ("ANA RUIZ: Good day.\n\nAnd more.\nBO: Hi.", [("ANA RUIZ", 1), ("ANA RUIZ", 3), ("BO", 4)]),
    "name over its words": ("Ana Ruiz (00:12):\nGood day.\nBo Li (00:15):\nHi.", [("Ana Ruiz", 2), ("Bo Li", 4)]),
    "name and stamp": ("Ana Ruiz  0:12\nGood day.\n\nBo Li  0:15\nHi.", [("Ana Ruiz", 2), ("Bo Li", 5)]),
    "questions": ("Q. Did you?\nA. Yes.\nQ. Why?", [("Q", 1), ("A", 2), ("Q", 3)]),
    "brackets": ("[MUSK] I went.\n[ROGAN] Why?\n[MUSK] Fun.", [("MUSK", 1), ("ROGAN", 2), ("MUSK", 3)]),
    "bold": ("**Ana Ruiz:** Hello.\n**Bo**: Hi.\n**Ana Ruiz:** So.", [("Ana Ruiz", 1), ("Bo", 2), ("Ana Ruiz", 3)]),
    "official record": ("Mr. SMITH. I rise.\nThe CHAIR. You may.\nMr. SMITH. Thanks.",
                        [("Mr. SMITH", 1), ("The CHAIR", 2), ("Mr. SMITH", 3)]),
    "stamps before": ("[00:01:02] Ana Ruiz: Hello.\n[00:01:05] Bo: Hi.\n[00:02:05] Ana Ruiz: So.",
                      [("Ana Ruiz", 1), ("Bo", 2), ("Ana Ruiz", 3)]),
    "captions": (">> ANA: Hello.\n>> BO: Hi.", [("ANA", 1), ("BO", 2)]),
    "webvtt": ("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ana Ruiz>Hello\n\n00:00:02.000 --> 00:00:03.000\n<v Bo>Hi",
               [("Ana Ruiz", 5), ("Bo", 8)]),
    "srt": ("1\n00:00:01,000 --> 00:00:02,000\nANA: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nBO: Hi",
            [("ANA", 3), ("BO", 7)]),
    "stamp and name above": ("[00:01] Ana Ruiz\nGood day.\n\n[00:09] Bo Li\nHi.", [("Ana Ruiz", 2), ("Bo Li", 5)]),
    "name, stamp, words": ("Ana Ruiz\n00:01\nGood day.\n\nBo Li\n00:09\nHi.", [("Ana Ruiz", 3), ("Bo Li", 7)]),
    "name above its words": ("Ana Ruiz\nGood day.\n\nBo Li\nHi.\n\nAna Ruiz\nSo.",
                             [("Ana Ruiz", 2), ("Bo Li", 5), ("Ana Ruiz", 8)]),
    "dashes": ("Ana Ruiz — We never closed the plant.\nBo Li — It opens in June.", [("Ana Ruiz", 1), ("Bo Li", 2)]),
    "titles": ("Mrs. Holt. We never closed it.\nMr. Reese. It will open.", [("Mrs. Holt", 1), ("Mr. Reese", 2)]),
    "a numbered voice with its name": ("Speaker 1 (Ana Ruiz): Good day.\nSpeaker 2: Hi.",
                                       [("Ana Ruiz", 1), ("Speaker 2", 2)]),
    "an office of the record": ("The PRESIDENT. We did.\nThe PRESIDENT. No.\nSecretary REESE. I do not.",
                                [("The PRESIDENT", 1), ("The PRESIDENT", 2), ("Secretary REESE", 3)]),
    "chapters": ("0:00 Harbour Bridge\n1:20 Old Ferry\n2:30 The End", [(None, 1), (None, 2), (None, 3)]),
    "headings": ("Local News\nIt rained.\n\nHarbour Board\nIt met.", [(None, 1), (None, 2), (None, 4), (None, 5)]),
    "a list": ("New York — 5 goals\nLos Angeles — 6 goals", [(None, 1), (None, 2)]),
    "a dateline": ("ALDER — The mayor went home.\nShe was tired.\nIt rained.", [(None, 1), (None, 2), (None, 3)]),
    "prose with a dash": ("Anna Holt — the mayor — said no.\nNobody asked.", [(None, 1), (None, 2)]),
    "a speech": ("MAYOR HOLT: Thank you all for coming here.\n\nWe won.", [("MAYOR HOLT", 1), ("MAYOR HOLT", 3)]),
    "breaking news": ("BREAKING NEWS: The mayor went home early.\n\nIt rained.", [(None, 1), (None, 3)]),
    "an article": ("The question is: why?\nNobody knows.\nNot yet.", [(None, 1), (None, 2), (None, 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_speakers_are_recognised_in_the_usual_layouts(name: str) -> None:
    text, expected = LAYOUTS[name]

    assert expected == [(turn.speaker, turn.line) for turn in speech(text).turns]


def test_an_office_said_once_holds_for_all_turns_of_a_speaker() -> None:
    found = speech("Bo: Hi.\nAna Ruiz (mayor): Hello.\nBo: So.\nAna Ruiz: Yes.")

    assert [None, "mayor", None, "mayor"] == [turn.office for turn in found.turns]


def test_remarks_in_brackets_are_nobodys_words() -> None:
    text = "ANA: We won. [applause] Thank you. (LAUGHTER)\nBO: We did (all of us)."

    assert ["[applause]", "(LAUGHTER)"] == [aside.of(text) for aside in speech(text).asides]


def test_what_is_said_over_several_lines_leaves_out_names_and_stamps() -> None:
    text = "ANA: We won,\n\n[00:12] ANA: and we\n stay.\nBO: No."
    found = speech(text)

    assert "We won, and we stay." == found.said(text, Span(5, text.index("\nBO")))


@given(st.text(alphabet=st.sampled_from("ABab :.()[]*<>\n\r\t1 Qé"), max_size=200))
def test_turns_fit_into_any_text_and_come_in_order(text: str) -> None:
    found = speech(text)

    assert all(0 <= turn.words.start <= turn.words.end <= len(text) for turn in found.turns)
    assert [turn.line for turn in found.turns] == sorted(turn.line for turn in found.turns)
