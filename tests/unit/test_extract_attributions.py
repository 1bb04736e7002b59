"""Who says what by rules alone, on invented sentences: what is kept where the model finds nothing."""

from __future__ import annotations

import pytest

from workbench.extract import extract
from workbench.extract.assemble import claims as assembled
from workbench.extract.attributions import attributions
from workbench.extract.layout import layout
from workbench.records import ExtractedClaim


def claims(text: str) -> list[ExtractedClaim]:
    bones = layout(text)
    found = assembled(bones, attributions(bones), [0.5] * len(bones.sentences))
    return [claim for claim in found if claim.kind != "statement"]


def read(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of every attribution, pieces joined by " … "."""

    def joined(pieces: tuple[object, ...]) -> str:
        return " … ".join(piece.of(text) for piece in pieces)  # type: ignore[attr-defined]

    return [(joined(c.source_spans), joined(c.cue_spans), joined(c.content)) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz said the bridge was safe.", ("Ana Ruiz", "said", "the bridge was safe")),
        ("Ana Ruiz said that the bridge was safe.", ("Ana Ruiz", "said", "that the bridge was safe")),
        ("The bridge was safe, Ana Ruiz said.", ("Ana Ruiz", "said", "The bridge was safe")),
        ("“It is safe,” said Ana Ruiz, the mayor of Quay.", ("Ana Ruiz, the mayor of Quay", "said", "“It is safe,”")),
        ("“It is safe,” Ana Ruiz said on Monday.", ("Ana Ruiz", "said", "“It is safe,”")),
        ("“It is,” she said, “safe.”", ("she", "said", "“It is,” … “safe.”")),
        ("“It is safe,” she said. “I know.”", ("she", "said", "“It is safe,” … “I know.”")),
        ("According to Ana Ruiz, the bridge is safe.", ("Ana Ruiz", "According to", "the bridge is safe")),
        ("The bridge is safe, according to Ana Ruiz.", ("Ana Ruiz", "according to", "The bridge is safe")),
        ("Ana Ruiz told the council that it was safe.", ("Ana Ruiz", "told", "that it was safe")),
        ("Ana Ruiz accused Ben Hale of theft.", ("Ana Ruiz", "accused", "Ben Hale of theft")),
        ("Ruiz’s claim that the bridge is safe is old.", ("Ruiz’s", "claim", "that the bridge is safe is old")),
        ("Hale responded by saying Ruiz had “gone home”.", ("Hale", "responded by saying", "Ruiz had “gone home”")),
        ("Hale reportedly met the board in May.", ("", "reportedly", "Hale … met the board in May")),
        ("Hale is understood to have left.", ("", "is understood", "Hale … to have left")),
        ("It is alleged that Hale took the money.", ("", "is alleged", "that Hale took the money")),
        ("The new bridge, Ruiz said, was closed.", ("Ruiz", "said", "The new bridge … was closed")),
        ("But Hale claims that he is right.", ("Hale", "claims", "that he is right")),
        ("The paper went on to say it was closed.", ("The paper", "went on to say", "it was closed")),
        ("Ana Ruiz, 22, of Quay, Mich., said it was shut.", ("Ana Ruiz, 22, of Quay, Mich.", "said", "it was shut")),
        ("Hale backed the 12-nation pact - a surprise.", ("Hale", "backed", "the 12-nation pact")),
        ("Hale vowed to rebuild the bridge.", ("Hale", "vowed", "to rebuild the bridge")),
        ("He was blunt: “The bridge is gone.”", ("He", ":", "“The bridge is gone.”")),
        ("An aide to Hale, who owns it, said no.", ("An aide to Hale, who owns it", "said", "no")),
    ],
)  # fmt: skip
def test_source_cue_and_content_are_found(text: str, expected: tuple[str, str, str]) -> None:
    assert [expected] == read(text)


def test_cues_joined_by_and_share_their_source() -> None:
    text = "Hale accused Ruiz of theft, denied that he knew her, and threatened to leave."

    assert [
        ("Hale", "accused", "Ruiz of theft"),
        ("Hale", "denied", "that he knew her"),
        ("Hale", "threatened", "to leave"),
    ] == read(text)


def test_a_participle_takes_the_subject_of_the_main_clause() -> None:
    text = "Hale strongly criticized the plan, arguing it cost too much."

    assert [("Hale", "strongly criticized", "the plan"), ("Hale", "arguing", "it cost too much")] == read(text)


def test_speech_goes_on_in_the_next_paragraph_when_it_opens_again() -> None:
    text = "“It is safe,” Ana Ruiz said. “I know it.\n“I built it.”"

    assert [("Ana Ruiz", "said", "“It is safe,” … “I know it. … “I built it.”")] == read(text)


def test_a_sentence_that_ends_in_a_colon_introduces_the_next_paragraph() -> None:
    assert [("Ana Ruiz", "said", "“The bridge is gone.”")] == read("Ana Ruiz said:\n“The bridge is gone.”")


def test_speaker_turns_are_attributions() -> None:
    text = "HALE: The bridge is safe.\nRUIZ: It is not.\nHALE: I built it."

    assert [
        ("HALE", ":", "The bridge is safe."),
        ("RUIZ", ":", "It is not."),
        ("HALE", ":", "I built it."),
    ] == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ben “Boots” Hale opened the new bridge on Monday.",
        "The crew sang “The Long Way Home” on the new bridge.",
        "The so-called “bridge of peace” cost a lot.",
    ],
)
def test_nicknames_titles_and_scare_quotes_are_no_speech(text: str) -> None:
    assert [] == read(text)


def test_long_speech_without_a_speaker_is_kept_without_a_source() -> None:
    text = "The board met on Monday.\n“We are going to build it again, and soon.”"

    found = claims(text)

    assert [("direct", None, None)] == [(claim.kind, claim.source, claim.anonymity) for claim in found]


def test_an_attribution_inside_a_content_names_its_parent() -> None:
    found = claims("Ana Ruiz said Ben Hale believes the bridge is safe.")

    assert [None, 0] == [claim.parent for claim in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is safe,” she said.", "direct"),
        ("She said the bridge was “quite safe”.", "mixed"),
        ("She said the bridge was safe.", "indirect"),
    ],
)
def test_the_kind_tells_how_much_stands_in_marks(text: str, kind: str) -> None:
    assert [kind] == [claim.kind for claim in claims(text)]


def test_negation_and_hedges_are_those_of_the_content() -> None:
    claim = claims("Ruiz may have said that the bridge is not perhaps safe.")[0]

    assert claim.negated
    assert ["perhaps"] == [
        hedge.of("Ruiz may have said that the bridge is not perhaps safe.") for hedge in claim.hedges
    ]


def test_another_language_brings_quotations_and_no_sources() -> None:
    text = "Der Bürgermeister sagte am Montag: „Die Brücke ist nicht mehr sicher.“ Das war alles, was er sagte."

    extraction = extract(text)

    assert (False, "de") == (extraction.analysed, extraction.language)
    assert [("direct", None, None)] == [(c.kind, c.source, c.cue) for c in extraction.claims]
