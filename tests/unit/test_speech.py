"""Who speaks where: the layouts of transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.speech import speech

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


@given(st.text(alphabet=st.sampled_from("ABab :.()[]*<>\n\r\t1 Qé"), max_size=200))
def test_turns_fit_into_any_text_and_come_in_order(text: str) -> None:
    found = speech(text)

    assert all(0 <= turn.words.start <= turn.words.end <= len(text) for turn in found.turns)
    assert [turn.line for turn in found.turns] == sorted(turn.line for turn in found.turns)
