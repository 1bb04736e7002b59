"""`workbench verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli import messages, output, verified
from workbench.cli.options import TEXT, Words, claim_id, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import UsageError
from workbench.records import MEANINGS, Meaning

if TYPE_CHECKING:
    from workbench.records import Verification
    from workbench.services.store import Store


@click.command(
    epilog=examples(
        "workbench verify c12                            against all transcripts and the claim's kept evidence",
        "workbench verify c12 --against t2 --against notes.txt",
        "workbench verify --text 'They went too far' --speaker 'Elon Musk' --against interview.txt",
        "workbench verify c12 --keep --meaning changed   keep what was found, and your answer",
    )
)
@click.argument("claim", required=False)
@click.option("--text", type=TEXT, metavar="TEXT", help="Words to verify instead of a claim's.")
@click.option("--speaker", type=TEXT, metavar="NAME", help="Who is said to have said them. [the claim's source]")
@click.option("--against", multiple=True, metavar="FILE|ID", help="A file or a transcript such as t2; may be repeated.")
@click.option("--keep", is_flag=True, help="Keep what was found with the claim.")
@click.option(
    "--meaning",
    type=Words(MEANINGS, "|".join(MEANINGS)),
    help="Your answer: does the difference change the meaning? Implies --keep.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_general
def command(
    general: General,
    claim: str | None,
    text: str | None,
    speaker: str | None,
    against: tuple[str, ...],
    keep: bool,
    meaning: Meaning | None,
    as_json: bool,
) -> None:
    """Check a quote against what was said, word for word.

    Against the store's transcripts and the claim's kept evidence, or against the files and transcripts that you name.
    What is not found is not found in the texts given, no more. The exit status is 0 whatever is found.
    """
    if (claim is None) == (text is None):
        raise UsageError("give a claim or --text", "see workbench verify --help")
    if claim is None and (keep or meaning):
        raise UsageError("a finding is kept with a claim", "name the claim, such as c12")
    from workbench.services import verification

    number = claim_id(claim) if claim is not None else None
    store = _store(general, number, against)
    quote, source = (text or "", None) if number is None else verification.quote_of(_open(store), number)
    texts = verification.texts_for(store, number, against)
    found = verification.verify(quote, speaker or source, texts.texts, number)
    for failed in texts.failed:
        messages.remark(failed)
    said = None
    if keep or meaning:
        found, action = verification.keep(_open(store), found, meaning)
        said = f"{action.label} · workbench undo takes it back"
    _print(found, said, as_json)


def _store(general: General, number: int | None, against: tuple[str, ...]) -> Store | None:
    """The store where it is needed: a quote against files alone needs none."""
    files_only = bool(against) and not any(_names_transcript(given) for given in against)
    if number is None and files_only:
        return None
    return general.open() if number is not None else general.open_for_list()


def _names_transcript(given: str) -> bool:
    return given[:1] in ("t", "T") and given[1:].isascii() and given[1:].isdigit()


def _open(store: Store | None) -> Store:
    if store is None:
        raise UsageError("there is no store", "ingest an article first")
    return store


def _print(found: Verification, said: str | None, as_json: bool) -> None:
    from workbench.services import verification

    if as_json:
        record: dict[str, Any] = output.plain(found)
        record["class"] = record.pop("quote_class")
        record["found"] = found.found
        suggested = verification.suggestion(found)
        record["suggestion"] = {"label": suggested[0], "why": suggested[1]} if suggested else None
        for name, letter in (("id", ""), ("claim_id", "c")):
            record[name] = f"{letter}{record[name]}" if record[name] is not None and letter else record[name]
        record["claim"] = record.pop("claim_id")
        output.json_line(record)
        return
    verified.finding(found, verification.in_words(found.quote_class), verification.suggestion(found))
    if said:
        output.line(said)
