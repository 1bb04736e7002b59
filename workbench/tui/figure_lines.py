"""The lines of the Stats screen: figures and audit as values. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workbench import plots
from workbench.text import clean_line, fit
from workbench.tui.lines import Line, Part, cut, justify, line
from workbench.tui.tabs.blocks import paragraph

if TYPE_CHECKING:
    from workbench.records import ClaimRow
    from workbench.services.audit import Audit
    from workbench.services.stats import Stats

NAME = 22  # cells of the names of bars
ARTICLES = 500  # of the audit's list: more would make its lines slow to build
TRUTHS = ("true", "mostly true", "mixed", "mostly false", "false", "none", "open")


def stats_lines(found: Stats, width: int) -> list[Line]:
    """How far, how fast, who says what, who repeats what; names narrow the queue when they are clicked."""
    made: list[Line] = []
    made += _progress(found, width)
    for judgement, title in (("truth", "Is it so?"), ("attribution", "Did they say it?")):
        rows = [(each.label, each.number) for each in found.verdicts if each.judgement == judgement]
        made += _bars(title, rows, width)
    made += _speed(found, width)
    made += _speakers(found, width)
    made += _outlets(found, width)
    made += _repeated(found, width)
    return made


def _progress(found: Stats, width: int) -> list[Line]:
    places = _counted(found.articles, "article")
    said = f"{found.open} of {found.claims} claims open in {places} · {found.settled:.0%} settled"
    if found.stale or found.lost:
        said += f" · {found.stale} stale · {found.lost} lost"
    track = plots.bar(found.claims - found.open, found.claims, max(width - 2, 1))
    made = [line(Part(said, "strong")), line(Part(track, "bar"))]
    return made + _bars("Progress", list(found.statuses.items()), width)


def _head(title: str) -> list[Line]:
    return [(), line(Part(title, "accent"))]


def _bars(title: str, rows: Sequence[tuple[str, int]], width: int) -> list[Line]:
    if not rows:
        return []
    most = max(number for _, number in rows)
    room = max(width - NAME - 9, 4)
    return _head(title) + [
        line(
            Part(fit(clean_line(name), NAME)),
            Part(f"{number:>7} ", "strong"),
            Part(plots.bar(number, most, room), "bar"),
        )
        for name, number in rows
    ]


def _speed(found: Stats, width: int) -> list[Line]:
    if not found.days:
        return []
    recent = list(found.days.items())[-max(width - 24, 5) :]
    spark = plots.sparkline([number for _, number in recent])
    made = _head("Speed: verdicts a day")
    made.append(line(Part(recent[0][0] + " ", "dim"), Part(spark, "bar"), Part(" " + recent[-1][0], "dim")))
    for pace in found.paces:
        between = "" if pace.seconds is None else f" · {pace.seconds:.0f} s from one to the next"
        days = "1 day" if pace.days == 1 else f"{pace.days} days"
        verdicts = "1 verdict" if pace.verdicts == 1 else f"{pace.verdicts} verdicts"
        made.append(cut([Part(pace.reviewer), Part(f"  {verdicts} on {days}{between}", "dim")], width))
    return made


def _speakers(found: Stats, width: int) -> list[Line]:
    if not found.speakers:
        return []
    made = _head("Who says what")
    for each in found.speakers:
        verdicts = " · ".join(f"{word} {each.truths[word]}" for word in TRUTHS if word in each.truths)
        right = [Part(f" {verdicts}  " if verdicts else " ", "dim"), Part(_counted(each.claims, "claim"), "strong")]
        narrow = f"narrow({source_filter(each.name)!r})"
        made.append(justify([Part(each.name, "plain", narrow), Part(f"  {each.kind}", "faint")], right, width))
    return made


def _outlets(found: Stats, width: int) -> list[Line]:
    if not found.outlets:
        return []
    made = _head("Outlets")
    for each in found.outlets:
        share = each.anonymous / each.claims if each.claims else 0.0
        said = f" {_counted(each.articles, 'article')} · {each.open} open · {share:.0%} anonymous  "
        narrow = f"narrow({condition('outlet', each.name)!r})" if each.name else ""
        right = [Part(said, "dim"), Part(_counted(each.claims, "claim"), "strong")]
        made.append(justify([Part(each.name or "no outlet", "plain" if each.name else "dim", narrow)], right, width))
    return made


def _repeated(found: Stats, width: int) -> list[Line]:
    if not found.repeated:
        return []
    made = _head("Who repeats what")
    for each in found.repeated:
        alarm = [Part(f" ⚠{each.alarm}", "alarm")] if each.alarm else []
        right = [*alarm, Part(f" {_counted(each.origins, 'origin')}  ", "dim"), Part(f"{each.size} times", "strong")]
        made.append(justify([Part(each.text, "plain", f"narrow({f'family:f{each.id}'!r})")], right, width))
    return made


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def condition(name: str, value: str) -> str:
    """A condition of the filter line on a value that may hold blanks; a quotation mark in it ends the value."""
    value = clean_line(value).split('"')[0].strip()
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"


def source_filter(name: str) -> str:
    """The condition of the filter line for a source."""
    return condition("source", name)


def audit_lines(found: Audit, levels: dict[str, str], width: int) -> list[Line]:
    """Coverage, anonymous voices, verbs against verdicts, single sources; claims open when they are clicked."""
    made: list[Line] = [line(Part("Coverage: settled sentences of each article", "accent"))]
    for each in found.articles[:ARTICLES]:
        said = f" {each.anonymous} of {sum(each.voices.values())} voices anonymous  "
        right = [Part(said, "dim"), Part(f"{each.share:>4.0%} ", "strong"), Part(_track(each.share), "bar")]
        left = [
            Part(f"a{each.article_id}  ", "dim"),
            Part(each.title, "plain", f"narrow('article:a{each.article_id}')"),
        ]
        made.append(justify(left, right, width))
    if len(found.articles) > ARTICLES:
        made.append(line(Part(f"… and {len(found.articles) - ARTICLES} more: workbench audit lists all", "dim")))
    made += _levels(found, levels, width)
    made += _verbs(found, width)
    made += _listed(
        "Verbs against verdicts",
        ((each.claim, f"“{each.cue}” · {each.word}: {each.why}") for each in found.colourings),
        width,
    )
    if found.doubted:
        made += _head("Sources that mostly “claim” and “insist”")
        made += [
            cut([Part(each.name), Part(f"  {each.distancing} of {each.claims} cues keep a distance", "dim")], width)
            for each in found.doubted
        ]
    single = ((each.claim, "anonymous" if each.anonymous else "") for each in found.single)
    return made + _listed("Claims on a single source, without independent evidence", single, width)


def _track(share: float) -> str:
    return fit(plots.bar(share, 1.0, 10), 10)


def _levels(found: Audit, levels: dict[str, str], width: int) -> list[Line]:
    totals: dict[str, int] = {}
    for numbers in found.outlets.values():
        for level, number in numbers.items():
            totals[level] = totals.get(level, 0) + number
    rows = [(f"{level} {levels[level]}", totals[level]) for level in levels if level in totals]
    if not rows:
        return []
    most = max(number for _, number in rows)
    room = max(width - 44, 4)
    made = _head("Voices of attributed claims, A named to J another medium")
    made += [
        line(Part(fit(name, 35)), Part(f"{number:>6} ", "strong"), Part(plots.bar(number, most, room), "bar"))
        for name, number in rows
    ]
    for outlet, numbers in found.outlets.items():
        counted = " · ".join(f"{level} {number}" for level, number in numbers.items())
        made.append(cut([Part(outlet or "no outlet", "dim"), Part(f"  {counted}", "faint")], width))
    return made


def _verbs(found: Audit, width: int) -> list[Line]:
    if not found.verbs:
        return []
    shown = [word for word in TRUTHS if any(word in numbers for numbers in found.verbs.values())]
    made = _head("Attribution verbs and truth verdicts")
    made.append(cut([Part(fit("", 13) + "".join(f"{word:>13}" for word in shown), "faint")], width))
    for name, numbers in found.verbs.items():
        cells = "".join(f"{numbers.get(word) or '–':>13}" for word in shown)
        made.append(cut([Part(fit(name, 13)), Part(cells, "dim")], width))
    return made


def _listed(title: str, rows: Iterable[tuple[ClaimRow, str]], width: int) -> list[Line]:
    made: list[Line] = []
    for row, said in rows:
        source = row.source or "–"
        words = " ".join(row.text[:400].split())
        made.append(cut([Part(f"c{row.id}  ", "dim"), Part(f"{source}: ", "strong"),
                         Part(words, "plain", f"open_claim({row.id})")], width))  # fmt: skip
        made += paragraph(said, width, "dim", 6) if said else []
    return _head(title) + made if made else []
