"""What must be read out of the seed article, at least."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from workbench.extract import extract
from workbench.records import ExtractedClaim, Extraction
from workbench.spans import Span

SEED = Path(__file__).parents[2] / "seeds" / "bezos-musk-trump.txt"


@cache
def reading() -> Extraction:
    text = SEED.read_bytes().decode("utf-8")
    header = text.index("\n")
    title = text.index("\n", header + 1)
    agency = text.index("(MENAFN)")
    return extract(
        text, header=Span(0, header), title=Span(header + 1, title), agency=Span(agency, agency + len("(MENAFN)"))
    )


def holding(words: str) -> ExtractedClaim:
    """The smallest claim whose content holds `words`."""
    text = reading().text
    at = text.index(words)
    claims = [c for c in reading().claims if any(s.start <= at and at + len(words) <= s.end for s in c.content)]
    return min(claims, key=lambda claim: claim.end - claim.start)


def content(claim: ExtractedClaim) -> str:
    return " … ".join(piece.of(reading().text) for piece in claim.content)


def source_of(words: str) -> str | None:
    source = holding(words).source
    return source.name if source else None


def test_gone_crazy_is_trumps_and_mixed() -> None:
    claim = holding("gone crazy")

    assert ("Musk had “gone crazy”", "mixed", "Donald Trump") == (content(claim), claim.kind, source_of("gone crazy"))
    assert ["gone crazy"] == [quote.of(reading().text) for quote in claim.quotes]


def test_ingratitude_and_went_too_far_are_musks() -> None:
    assert ("Elon Musk", "Elon Musk") == (source_of("ingratitude"), source_of("went too far"))


def test_he_is_led_back_to_musk_with_a_reason() -> None:
    source = holding("went too far").source

    assert source is not None
    assert ("He", "Elon Musk", "person") == (source.text, source.name, source.kind)
    assert "“He”: last man named as subject, sentence before" == source.reason
    assert 0.5 < source.confidence < 1


def test_unnamed_sources_and_reports_are_anonymous() -> None:
    revealed, reported = holding("Bezos invited Trump to his wedding"), holding("during his recent meetings")

    assert revealed.source is not None
    assert reported.source is not None
    assert [("anonymous", "F"), ("anonymous", "F")] == [
        (revealed.source.kind, revealed.anonymity),
        (reported.source.kind, reported.anonymity),
    ]


def test_reports_citing_sources_familiar_with_the_situation_are_level_e() -> None:
    claim = holding("Jeff Bezos is actively working")

    assert claim.source is not None
    assert ("anonymous", "E") == (claim.source.kind, claim.anonymity)


def test_what_is_said_to_have_happened_is_agentless() -> None:
    claim = holding("to have met with Trump")

    assert ("H", None) == (claim.anonymity, claim.source)
    assert "Bezos … to have met with Trump on at least two occasions in June" == content(claim)


def test_the_three_contract_sums_are_three_statements_with_their_numbers() -> None:
    claims = [holding(words) for words in ("$5.9 billion", "$5.3 billion", "$2.4 billion")]

    assert [
        ("statement", [(5.9e9, "$"), (28.0, "launches")]),
        ("statement", [(5.3e9, "$"), (19.0, "missions")]),
        ("statement", [(2.4e9, "$"), (7.0, "flights")]),
    ] == [(claim.kind, [(number.value, number.unit) for number in claim.numbers]) for claim in claims]
    assert "United Launch Alliance received $5.3 billion for 19 missions" == content(claims[1])
    assert "Blue Origin was granted $2.4 billion for seven flights" == content(claims[2])


def test_the_contract_sums_are_most_worth_a_check() -> None:
    ranked = sorted(reading().claims, key=lambda claim: -claim.check_worthiness)

    assert all("billion" in content(claim) for claim in ranked[:3])
    assert ranked[0].check_worthiness - ranked[-1].check_worthiness > 0.5


def test_three_acts_of_one_sentence_are_three_claims_of_one_source() -> None:
    said = {
        words: (source_of(words), holding(words).cue.cue_class)  # type: ignore[union-attr]
        for words in ("ingratitude", "calls for his impeachment", "halt the US space program")
    }

    assert {
        "ingratitude": ("Elon Musk", "accusing"),
        "calls for his impeachment": ("Elon Musk", "inner"),
        "halt the US space program": ("Elon Musk", "forward"),
    } == said


def test_the_header_is_no_sentence_and_the_title_is_one() -> None:
    sentences = [span.of(reading().text) for span in reading().sentences]

    assert "Bezos wants to capitalize on Musk, Trump" == sentences[0]
    assert sentences[1].startswith("Jeff Bezos is actively working")


def test_the_title_states_nothing_itself() -> None:
    title = reading().sentences[0]

    assert [] == [c for c in reading().claims if c.kind == "statement" and c.start < title.end]
