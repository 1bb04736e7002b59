"""Whom a source phrase names, what sort of source it is, and how near the reader is to it."""

from __future__ import annotations

import pytest

from workbench.extract import extract
from workbench.records import SourceMention


def last_source(text: str) -> SourceMention:
    sources = [claim.source for claim in extract(text, language="en").claims if claim.source]
    return sources[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Ruiz opened the bridge. Ruiz said it was safe.", "Ana Ruiz"),
        ("Ana Ruiz opened the bridge. She said it was safe.", "Ana Ruiz"),
        ("Ben Hale met Ana Ruiz. She said it was safe.", "Ana Ruiz"),
        ("Ben Hale wrote to Tom Beck. He said it was safe.", "Ben Hale"),
        ("Ana Ruiz, the mayor of Quay, opened the bridge. The mayor said it was safe.", "Ana Ruiz"),
        ("Mayor Ana Ruiz opened the bridge. The mayor said it was safe.", "Ana Ruiz"),
        ("President Ana Ruiz left. The Ukrainian president said it was safe.", "The Ukrainian president"),
        ("The harbour master, Captain Anders Tremlett, said it was safe.", "Anders Tremlett"),
        ("Blue Pier CEO Ilse Hartnoll said it was safe.", "Ilse Hartnoll"),
        ("Kettleby Shipping built the bridge. The company said it was safe.", "Kettleby Shipping"),
        ("President Ana Ruiz met Vice President Ben Hale. The vice president said it was safe.", "Ben Hale"),
        ("President Ana Ruiz met Vice President Ben Hale. The president said it was safe.", "Ana Ruiz"),
        ("Jan Kowalski opened the dam. Jan Kowalski said it was safe.", "Jan Kowalski"),
        ("Hospital chief Jan Orr said it was safe.", "Jan Orr"),
        ("April Ryan left. In April Ryan said it was safe.", "April Ryan"),
        ("Ben Hale left. In June Ben Hale said it was safe.", "Ben Hale"),
        ("Engineer Paul “Rocky” Dunne opened the bridge. Dunne said it was safe.", "Paul Dunne"),
        ("Filmmaker Jack Hale left. Hale said it was safe.", "Jack Hale"),
        ("HALE: It was closed for a year.\n\nRUIZ: No. Ben Hale left and Ana Ruiz came.", "Ana Ruiz"),
        ("Sen. Ana Ruiz met Gov. Ben Hale. The senator said it was safe.", "Ana Ruiz"),
        ("Ana Ruiz (R-Texas) met Ben Hale (D-Ohio). The Democratic candidate said it was safe.", "Ben Hale"),
        ("Morning hosts Ana Ruiz and Ben Hale met. Ruiz left. The host said it was safe.", "Ana Ruiz"),
        ("The Hale campaign opened an office. The campaign said it was safe.", "Hale campaign"),
        ("The New York Daily News came. The Daily News said it was safe.", "New York Daily News"),
        ("Morwen Skerrow took her boat. Ben Hale left. She said it was safe.", "Morwen Skerrow"),
        ("The crew of the mayor met. The spokeswoman, who left, said it was safe.", "The spokeswoman, who left,"),
        ("Secretary of State Jon Hale left. Hale said it was safe.", "Jon Hale"),
        ("A letter to Ana\u00a0Ruiz came. Ruiz said it was safe.", "Ana Ruiz"),
        ("Ana Ruiz built it. Ruiz’s claim that it was safe is old.", "Ana Ruiz"),
    ],
)
def test_short_names_pronouns_and_offices_are_led_back_to_a_name(text: str, name: str) -> None:
    assert name == last_source(text).name


def test_a_pronoun_without_anybody_before_it_stays_unknown() -> None:
    source = last_source("He said the bridge was safe.")

    assert ("He", "unknown") == (source.name, source.kind)
    assert source.confidence < 0.5
    assert "no fitting name found before" in source.reason


def test_an_i_in_a_speaker_turn_is_whoever_speaks() -> None:
    text = (
        "Ana Ruiz: It was closed.\n\nBen Hale: I think the bridge is safe.\n\nAna Ruiz: Good.\n\nBen Hale: Yes, it is."
    )

    names = {claim.source.name for claim in extract(text, language="en").claims if claim.source}

    assert {"Ana Ruiz", "Ben Hale"} == names


def test_every_resolution_gives_its_reason() -> None:
    assert "“Ruiz”: short for Ana Ruiz, named in full in this text" == (
        last_source("Ana Ruiz opened the bridge. Ruiz said it was safe.").reason
    )


@pytest.mark.parametrize(
    ("phrase", "kind", "level"),
    [
        ("Ana Ruiz", "person", "A"),
        ("The harbour office", "body", "B"),
        ("A spokesman for the harbour office", "anonymous", "B"),
        ("A senior official", "anonymous", "D"),
        ("A student", "anonymous", "D"),
        ("All the Democrats", "anonymous", "G"),
        ("The editorial", "document", "I"),
        ("26 percent of residents", "anonymous", "G"),
        ("People familiar with the talks", "anonymous", "E"),
        ("Sources", "anonymous", "F"),
        ("Reports", "anonymous", "F"),
        ("Critics", "anonymous", "G"),
        ("Many residents", "anonymous", "G"),
        ("The inspection report", "document", "I"),
        ("The Quay Herald", "body", "J"),
    ],
)
def test_kind_and_anonymity_follow_from_the_words(phrase: str, kind: str, level: str) -> None:
    claim = extract(f"{phrase} said that the bridge was safe.", language="en").claims[0]

    assert claim.source is not None
    assert (kind, level) == (claim.source.kind, claim.anonymity)


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "neutral"),
        ("announced", "declarative"),
        ("claimed", "distancing"),
        ("admitted", "factive"),
        ("denied", "denying"),
        ("warned", "forward"),
        ("believed", "inner"),
    ],
)
def test_the_cue_has_the_class_of_its_verb(cue: str, expected: str) -> None:
    claim = extract(f"Ana Ruiz {cue} that the bridge was safe.", language="en").claims[0]

    assert claim.cue is not None
    assert (cue, expected) == (claim.cue.text, claim.cue.cue_class)
