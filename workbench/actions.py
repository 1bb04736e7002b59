"""The one table of actions: keys, footer, palette, help and README come from it.

An action is something a person does at the desk; `command` is the same thing on the command line (a test walks the
table). An action appears here when it works whole, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["queue", "review", "compare", "sources", "articles", "report", "stats", "everywhere"]


@dataclass(frozen=True, slots=True)
class PlaceInfo:
    """A screen: the letter behind `g` that leads to it ("" for one that only another screen opens), its name in the
    header, and the actions that the footer shows, at most six."""

    place: Place
    letter: str
    title: str
    footer: tuple[str, ...]


# The screens that there are, in the header's order; workbench/tui/screens/registry.py says which class each one is.
PLACES: tuple[PlaceInfo, ...] = (
    PlaceInfo("queue", "q", "Queue", ("open", "filter", "truth", "attribution", "undo", "help")),
    PlaceInfo("review", "r", "Review", ("truth", "attribution", "evidence", "next_open", "undo", "help")),
    PlaceInfo(
        "compare", "", "Compare", ("family_confirm", "family_reject", "family_split", "compare_against", "undo", "help")
    ),
    PlaceInfo("sources", "s", "Sources", ("open", "filter", "proposals", "source_merge", "undo", "help")),
    PlaceInfo("articles", "a", "Articles", ("open", "filter", "ingest", "transcripts", "undo", "help")),
    PlaceInfo("report", "e", "Report", ("report_write", "report_format", "report_audience", "filter", "down", "help")),
    PlaceInfo("stats", "t", "Stats", ("other_tab", "scope", "down", "up", "go_to", "help")),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `key` is Textual's name of the default key; `label` is the footer's word.

    In one place a key does one thing (a test holds that); the same key may do another thing in another place.
    """

    id: str
    key: str
    label: str
    help: str
    places: tuple[Place, ...]
    command: str | None  # how the command line does it; None for moving about on the screen
    shown_key: str | None = None  # how the key is written for people, when Textual's name is not readable


BOTH: tuple[Place, ...] = ("queue", "review")
QUEUE: tuple[Place, ...] = ("queue",)
REVIEW: tuple[Place, ...] = ("review",)
EVERYWHERE: tuple[Place, ...] = ("everywhere",)
LISTS: tuple[Place, ...] = ("queue", "sources", "articles")
COMPARE: tuple[Place, ...] = ("compare",)
REPORT: tuple[Place, ...] = ("report",)
MOVING: tuple[Place, ...] = (*LISTS, "review", "compare", "report", "stats")
SOURCES: tuple[Place, ...] = ("sources",)
ARTICLES: tuple[Place, ...] = ("articles",)
STATS: tuple[Place, ...] = ("stats",)

_MOVING: tuple[Action, ...] = (
    Action(
        "open",
        "enter",
        "open",
        "open the claim, the article at its first open claim, the source's claims",
        LISTS,
        "show",
    ),
    Action("back", "escape", "back", "back to the queue, or close what is open", EVERYWHERE, None, "esc"),
    Action("down", "j,down", "down", "next line; in review the next claim", MOVING, None, "j ↓"),
    Action("up", "k,up", "up", "line before; in review the claim before", MOVING, None, "k ↑"),
    Action("go_to", "g", "go to", "go to a screen: g, then its letter", EVERYWHERE, None),
)
_QUEUE: tuple[Action, ...] = (
    Action(
        "filter",
        "slash",
        "filter",
        "narrow the list; words search, source: outlet: kind: … narrow",
        (*LISTS, "report"),
        "claims",
        "/",
    ),
    Action("next_hit", "full_stop", "next hit", "next claim that matches the search", REVIEW, None, "."),
    Action("previous_hit", "comma", "hit before", "claim before that matches the search", REVIEW, None, ","),
    Action("sort", "S", "sort", "change the order of the list, or turn it round", LISTS, "claims"),
    Action("facets", "F", "facets", "narrow to a kind, voice, status, verdict or outlet; with counts", QUEUE, "claims"),
    Action("saved", "b", "saved", "open a saved filter, or save this one under a name", QUEUE, "filters"),
    Action("select", "space", "select", "select the claim or not; shift and the arrows select several", QUEUE, None),
    Action(
        "select_all",
        "asterisk",
        "select all",
        "select all that match; decisions are for all of them",
        QUEUE,
        "mark",
        "*",
    ),
)
_JUDGING: tuple[Action, ...] = (
    Action(
        "truth",
        "1,2,3,4,5,6,7,8,9",
        "truth",
        "is it so? give the truth verdict and go to the next open claim: of the list, in review of the article first",
        BOTH,
        "mark",
        "1-9",
    ),
    Action("attribution", "Q", "said?", "did the source say it? Q, then the digit of the label", BOTH, "mark", "Q 1-9"),
    Action("clear", "0", "clear", "take both verdicts of this claim away", BOTH, "mark"),
    Action("flags", "f", "flags", "set or unset flags such as missing context", BOTH, "mark"),
    Action(
        "explain",
        "i",
        "explain",
        "write the explanation of the verdict, in one sentence; before a verdict, then its digit",
        BOTH,
        "mark",
    ),
    Action("explain_last", "E", "explain last", "explain the verdict given last, on the claim just left", BOTH, "mark"),
    Action("rationale", "I", "rationale", "write the reasoning behind the verdict in $EDITOR", BOTH, "mark"),
    Action("wording", "w", "wording", "word the claim as it is checked, standing alone", BOTH, "mark"),
    Action("source", "s", "source", "say whose words these are", BOTH, "mark"),
    Action("evidence", "e", "evidence", "add what the verdict rests on", BOTH, "evidence add"),
    Action("note", "n", "note", "write a note on the claim", BOTH, "mark"),
    Action("note_editor", "N", "long note", "write a note in $EDITOR", BOTH, "mark"),
    Action("not_a_claim", "x", "no claim", "mark as not a claim", BOTH, "mark"),
    Action("waive", "W", "waive", "leave it unchecked, with a reason", BOTH, "mark"),
    Action("approve", "A", "approve", "approve what another reviewer checked", BOTH, "mark"),
)
_HISTORY: tuple[Action, ...] = (
    Action("undo", "u", "undo", "take back your last action", EVERYWHERE, "undo"),
    Action("redo", "U", "redo", "do again what you took back", EVERYWHERE, "redo"),
)
_REVIEW: tuple[Action, ...] = (
    Action("next_open", "right_curly_bracket", "next open", "next open claim", REVIEW, None, "}"),
    Action("previous_open", "left_curly_bracket", "open before", "open claim before", REVIEW, None, "{"),
    Action("next_article", "right_square_bracket", "next article", "next article", REVIEW, None, "]"),
    Action("previous_article", "left_square_bracket", "article before", "article before", REVIEW, None, "["),
    Action("next_pane", "tab", "pane", "next pane or tab", REVIEW, None),
    Action("item_open", "enter", "open", "in the card: change or open what is chosen there", REVIEW, "evidence edit"),
    Action(
        "item_remove",
        "delete",
        "remove",
        "in the card: take away the evidence or note that is chosen",
        REVIEW,
        "evidence remove",
        "del",
    ),
    Action(
        "respan_start",
        "less_than_sign",
        "first word",
        "move the beginning of the claim: by word, by character",
        REVIEW,
        "claim respan",
        "<",
    ),
    Action(
        "respan_end",
        "greater_than_sign",
        "last word",
        "move the end of the claim: by word, by character",
        REVIEW,
        "claim respan",
        ">",
    ),
    Action(
        "split", "vertical_line", "split", "cut the claim in two at a place of its text", REVIEW, "claim split", "|"
    ),
    Action("merge", "m", "merge", "take the next claim of the same sort into this one", REVIEW, "claim merge"),
    Action("add_claim", "a", "add claim", "select words of the article and make them a claim", REVIEW, "claim add"),
    Action("kind", "R", "kind", "say what kind of claim this is", REVIEW, "claim kind"),
    Action("voice", "L", "voice", "say how near readers are to who speaks, A to J", REVIEW, "claim voice"),
    Action("next_sentence", "J", "sentence", "next sentence", REVIEW, None),
    Action("previous_sentence", "K", "sentence before", "sentence before", REVIEW, None),
    Action(
        "nothing_to_check",
        "z",
        "nothing here",
        "the sentence holds nothing to check; again takes that away",
        REVIEW,
        "sentence mark",
    ),
    Action("opinion", "p", "opinion", "the sentence is opinion; again takes that away", REVIEW, "sentence mark"),
    Action(
        "waive_sentence",
        "t",
        "leave it",
        "the sentence stays unchecked; again takes that away",
        REVIEW,
        "sentence mark",
    ),
    Action(
        "nothing_in_paragraph",
        "Z",
        "nothing in ¶",
        "the whole paragraph holds nothing to check",
        REVIEW,
        "sentence mark",
    ),
    Action("opinion_paragraph", "P", "opinion ¶", "the whole paragraph is opinion", REVIEW, "sentence mark"),
    Action("waive_paragraph", "T", "leave ¶", "the whole paragraph stays unchecked", REVIEW, "sentence mark"),
)
_COMPARE: tuple[Action, ...] = (
    Action("duplicates", "d", "duplicates", "compare the quote with its other occurrences", BOTH, "show"),
    Action("variant_open", "enter", "open", "open the variant in its article", COMPARE, "show"),
    Action("compare_against", "a", "against", "compare every variant with this one", COMPARE, "show"),
    Action("select_variant", "space", "select", "select the variant for the next decision", COMPARE, None),
    Action("family_confirm", "c", "confirm", "it belongs here", COMPARE, "family confirm"),
    Action("family_reject", "x", "reject", "it does not belong to the family", COMPARE, "family reject"),
    Action(
        "family_split",
        "vertical_line",
        "split",
        "it is a family of its own",
        COMPARE,
        "family split",
        "|",
    ),
    Action("family_merge", "m", "merge", "another family, or a claim, belongs here", COMPARE, "family merge"),
)
_VERIFY: tuple[Action, ...] = (
    Action(
        "verify",
        "v",
        "verify",
        "check the quote word for word against what was said",
        (*BOTH, "compare"),
        "verify",
    ),
    Action("verify_against", "V", "against", "verify against another text or file", REVIEW, "verify"),
    Action("meaning_changed", "exclamation_mark", "changes", "in Verify: the meaning changes", REVIEW, "verify", "!"),
    Action("meaning_same", "equals_sign", "stays", "in Verify: the meaning stays", REVIEW, "verify", "="),
)
_CHECKS: tuple[Action, ...] = (
    Action(
        "fact_checks",
        "C",
        "fact-checks",
        "published checks that may answer the claim; x there: it does not",
        BOTH,
        "match",
    ),
    Action("check_confirm", "c", "answers it", "in Fact-checks: this check answers the claim", REVIEW, "check confirm"),
)
_SOURCES: tuple[Action, ...] = (
    Action("proposals", "tab", "may be one", "all sources, or those that may be one", SOURCES, "sources"),
    Action("source_rename", "w", "rename", "give the source another name", SOURCES, "source rename"),
    Action("source_kind", "t", "kind", "say what the source is: person, body, document …", SOURCES, "source kind"),
    Action("source_merge", "m", "merge", "say which other source this one is", SOURCES, "source merge"),
    Action("source_confirm", "c", "are one", "merge those that may be one", SOURCES, "source merge"),
    Action("source_reject", "x", "are two", "keep those that may be one apart, for good", SOURCES, "source apart"),
    Action("source_part", "vertical_line", "part", "an article means somebody else", SOURCES, "source part", "|"),
)
_ARTICLES: tuple[Action, ...] = (
    Action("transcripts", "tab", "transcripts", "all articles, or the transcripts", ARTICLES, "transcripts"),
    Action(
        "ingest",
        "i",
        "bring in",
        "store articles from files, folders or addresses; among transcripts, store one",
        ARTICLES,
        "ingest",
    ),
    Action("reread", "R", "read again", "read the article again, keeping what people decided", ARTICLES, "reread"),
    Action(
        "remove", "delete", "remove", "hide the article and its claims, or the transcript", ARTICLES, "remove", "del"
    ),
)
_STATS: tuple[Action, ...] = (
    Action("other_tab", "tab", "figures, audit", "change between figures and audit", STATS, "audit"),
    Action("scope", "F", "filter, all", "figures of the queue's filter, or of the whole store", STATS, "stats"),
)
_REPORT: tuple[Action, ...] = (
    Action("report", "r", "report", "see and export a report of what the filter shows", BOTH, "export"),
    Action("report_write", "w,enter", "write", "write the report to a file", REPORT, "export", "w"),
    Action("report_format", "f,right", "format", "the next format", REPORT, "export", "f →"),
    Action("report_format_back", "F,left", "format before", "the format before", REPORT, "export", "F ←"),
    Action("report_audience", "p,tab", "public", "for the public, or internal", REPORT, "export", "p"),
)
_ELSE: tuple[Action, ...] = (
    Action(
        "open_url", "o", "open URL", "open the article's URL in the browser of this machine", (*BOTH, "articles"), None
    ),
    Action(
        "copy",
        "y",
        "copy",
        "copy the words of the claim or of all that are selected; the source's name, the article's title and address",
        (*LISTS, "review", "compare"),
        None,
    ),
    Action("help", "question_mark", "help", "keys and what they do", EVERYWHERE, None, "?"),
    Action("quit", "q", "quit", "leave the desk; everything is stored", EVERYWHERE, None),
)

# A block of its own for each room, so that several people can add to the table without a conflict.
ACTIONS: tuple[Action, ...] = (
    *_MOVING, *_QUEUE, *_JUDGING, *_HISTORY, *_REVIEW, *_COMPARE, *_VERIFY, *_CHECKS, *_SOURCES, *_ARTICLES,
    *_STATS, *_REPORT, *_ELSE,
)  # fmt: skip


def find(action_id: str) -> Action:
    """The action of that id. Raises KeyError."""
    for action in ACTIONS:
        if action.id == action_id:
            return action
    raise KeyError(action_id)


def in_place(place: str) -> tuple[Action, ...]:
    """The actions that work on a screen, in the order of the table."""
    return tuple(action for action in ACTIONS if place in action.places or "everywhere" in action.places)


def place_info(place: str) -> PlaceInfo:
    """What the table says of a screen. Raises KeyError."""
    for info in PLACES:
        if info.place == place:
            return info
    raise KeyError(place)
