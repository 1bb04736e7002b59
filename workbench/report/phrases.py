"""What codes mean in words, for a reader who knows neither the program nor its tables."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.records import Judgement

INTERNAL = "internal: not for publication"
MOST_BARS = 8  # of outlets and sources in the charts of a page
NOT_PRINTED = "a part of the article that holds none of these claims is not printed"
NO_CLAIM = "No claim is in this report."

KINDS: Mapping[str, str] = {
    "direct": "direct quote",
    "mixed": "partly quoted",
    "indirect": "reported speech, without quotation marks",
    "statement": "statement in the article’s own voice",
}

# Levels of taxonomies.md 4.3.
ANONYMITY: Mapping[str, str] = {
    "A": "named, on record",
    "B": "a named body, an unnamed voice",
    "C": "unnamed, described as in a position to know",
    "D": "unnamed, described vaguely",
    "E": "unnamed, “familiar with the matter”",
    "F": "unnamed, not described at all",
    "G": "a collective such as “critics” or “experts”",
    "H": "no speaker is given, as in “reportedly”",
    "I": "a document",
    "J": "another medium",
}

# Classes of taxonomies.md 4.4.
CUES: Mapping[str, str] = {
    "neutral": "neutral",
    "declarative": "declaring: names an act",
    "distancing": "distancing: suggests doubt",
    "factive": "endorsing: presupposes that it is true",
    "accusing": "accusing: a claim about somebody else",
    "denying": "denying",
    "forward": "looking ahead: not checkable yet",
    "inner": "inner state: unverifiable unless said",
    "directive": "asking or ordering: claims nothing",
    "other": "no class",
}

QUESTIONS: Mapping[Judgement, str] = {"truth": "Is it so?", "attribution": "Did the source say it?"}

RELATIONS: Mapping[str, str] = {
    "earliest": "earliest",
    "same": "same words",
    "near": "other words",
    "fragment": "a part in common",
    "wire copy": "wire copy",
    "differs": "other words, joined through another",
}

WORDS: tuple[str, ...] = ("true", "mostly true", "mixed", "mostly false", "false")


def tone(word: str) -> str:
    """The name of a colour for a normalised verdict word: `true` … `false`, or `none`."""
    plain = word.replace("_", " ").casefold()
    return plain.replace(" ", "-") if plain in WORDS else "none"


def day(moment: str | None) -> str:
    """The date of an ISO 8601 moment; other text as it stands, nothing as nothing."""
    if not moment:
        return ""
    return moment[:10] if len(moment) > 10 and moment[10:11] == "T" else moment


def minute(moment: str) -> str:
    """An ISO 8601 moment to the minute, with its zone: `2025-07-08 14:05 UTC`."""
    if len(moment) < 16 or moment[10] != "T":
        return moment
    zone = " UTC" if moment.endswith(("Z", "+00:00")) else ""
    return f"{moment[:10]} {moment[11:16]}{zone}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 claim`, `2,000 claims`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share of 0..1 as a whole percentage; never 100% before all, never 0% when there is some."""
    whole = round(share * 100)
    return f"{min(whole, 99) if share < 1 else whole if share == 0 else max(whole, 1)}%"


METHOD: tuple[tuple[str, str], ...] = (
    ("The machine suggests, the person decides", "no verdict in this report was given by the program."),
    (
        "What the machine did",
        "it read each article into sentences, claims, sources and cues, weighed how much a check of each claim would "
        "matter, and proposed which claims repeat each other. A trailing ~ marks what it says and nobody confirmed; a "
        "suggested link was confirmed by nobody, and no verdict rests on it.",
    ),
    (
        "What people did",
        "they gave each verdict on the scales below, wrote its explanation and rationale, named the evidence, and "
        "confirmed or corrected what the machine had read.",
    ),
    (
        "Words",
        "claims are printed as they stand in the article; … between two pieces says that words between them are not "
        "part of the claim. Control and invisible characters are shown by a stand-in.",
    ),
    (
        "Coverage",
        "the share of an article’s sentences in which every claim is decided, or which hold nothing to check.",
    ),
)


def meaning(word: str) -> str:
    """What a label stands for on the common axis, by the scale's own table."""
    plain = word.replace("_", " ").casefold()
    return plain if plain in WORDS else "no place between true and false"


NO_EVIDENCE = "none given"  # in internal reports; a public one has no line, as it cannot know what was withheld
