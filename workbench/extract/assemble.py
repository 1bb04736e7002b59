"""From the attributions of a text to its claims: kind, quotes, source, voice, figures, statements, parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.extract.attribution import Attribution
from workbench.extract.findings import Findings
from workbench.extract.layout import Layout
from workbench.extract.names import Names
from workbench.extract.resolve import Resolver
from workbench.extract.statements import statements
from workbench.extract.voice import anonymity, cue_class
from workbench.extract.worth import MOST_IDLE, blended, check_worthiness, is_idle
from workbench.records import ClaimKind, Cue, ExtractedClaim, SourceMention
from workbench.spans import Span, hull, trim

_MYSELF = frozenset(("i", "me", "my"))
_SUREST = 0.9  # that an “I” is whoever speaks
_WORD = re.compile(r"\w+")


def claims(layout: Layout, found: Sequence[Attribution], scores: Sequence[float]) -> tuple[ExtractedClaim, ...]:
    """The claims of a text, in its order: one for each attribution, then what the article states itself.

    `scores` is the check-worthiness (0..1) that the model gives each sentence of the layout.
    """
    names = Names(layout)
    resolver = Resolver(layout, names)
    findings = Findings(layout.text)
    sound = [item for item in (_sound(layout.text, item) for item in found) if item is not None]
    attributed = [_attributed(layout, resolver, item) for item in sorted(sound, key=_reading_order)]
    taken = merged(span for item in sound for span in (*item.content, *item.cue, *item.source))
    stated = [_stated(layout, span) for span in statements(layout, taken)]
    return _with_parents([_weighed(layout, names, findings, scores, claim) for claim in attributed + stated])


def worth_of_text(layout: Layout, by_model: float) -> float:
    """Check-worthiness (0..1) of a whole short text, as if the article stated it."""
    whole = trim(layout.text, Span(0, len(layout.text)))
    if whole.start == whole.end:
        return 0.0
    scores = [by_model] * max(len(layout.sentences), 1)
    claim = _stated(layout, whole)
    return _weighed(layout, Names(layout), Findings(layout.text), scores, claim).check_worthiness


def unattributed(layout: Layout, found: Sequence[Attribution]) -> tuple[ExtractedClaim, ...]:
    """Quotations as claims without a source, for a language that is not read."""
    return tuple(
        ExtractedClaim("direct", item.content, quotes=_quotes(layout, item.content), confidence=item.confidence)
        for item in found
    )


def _reading_order(item: Attribution) -> Span:
    return (item.source or item.cue or item.content)[0]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _sound(text: str, item: Attribution) -> Attribution | None:
    """The attribution with every piece in bounds, trimmed, sorted and apart; None when no content is left."""
    source, cue, content = (_pieces(text, pieces) for pieces in (item.source, item.cue, item.content))
    return replace(item, source=source, cue=cue, content=content) if content else None


def _pieces(text: str, pieces: Iterable[Span]) -> tuple[Span, ...]:
    clipped = (trim(text, Span(max(span.start, 0), min(span.end, len(text)))) for span in pieces)
    kept = sorted(span for span in clipped if span.start < span.end)
    result: list[Span] = []
    for span in kept:
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def _attributed(layout: Layout, resolver: Resolver, item: Attribution) -> ExtractedClaim:
    text = layout.text
    source = resolver.mention(hull(item.source)) if item.source else None
    cue_text = hull(item.cue).of(text) if item.cue else ""
    cue = Cue(*hull(item.cue), cue_text, cue_class(cue_text)) if item.cue else None
    return ExtractedClaim(
        kind_of(layout, item.content),
        item.content,
        source_spans=item.source,
        cue_spans=item.cue,
        quotes=_quotes(layout, item.content),
        source=source,
        cue=cue,
        anonymity=anonymity(source, cue_text) if source or cue else None,
        confidence=item.confidence,
    )


def _stated(layout: Layout, span: Span) -> ExtractedClaim:
    return ExtractedClaim("statement", (span,), quotes=_quotes(layout, (span,)), confidence=0.7)


def _weighed(
    layout: Layout, names: Names, findings: Findings, scores: Sequence[float], claim: ExtractedClaim
) -> ExtractedClaim:
    """The claim with its hedges, negation, figures and check-worthiness."""
    hedging = findings.hedges(claim.content)
    figures = findings.numbers(claim.content)
    named = {id(mention.entity) for piece in claim.content for mention in names.inside(piece)}
    content = " ".join(piece.of(layout.text) for piece in claim.content)
    by_rules = check_worthiness(
        content,
        numbers=figures,
        names=len(named),
        hedges=len(hedging),
        cue_class=claim.cue.cue_class if claim.cue else None,
    )
    worth = blended(scores[max(layout.sentence_index(claim.start), 0)], by_rules)
    if claim.kind != "statement" and is_idle(content):
        worth = min(worth, MOST_IDLE)
    negated = findings.negated(claim.content)
    return replace(claim, hedges=hedging, numbers=figures, negated=negated, check_worthiness=worth)


def kind_of(layout: Layout, content: Sequence[Span]) -> ClaimKind:
    """`direct` when all words of the content are in quotation marks, `mixed` some, `indirect` none."""
    inside = outside = 0
    for piece in content:
        for word in _WORD.finditer(layout.text, piece.start, piece.end):
            if layout.quote_index(word.start()) is None:
                outside += 1
            else:
                inside += 1
    return "indirect" if not inside else "mixed" if outside else "direct"


def _quotes(layout: Layout, content: Sequence[Span]) -> tuple[Span, ...]:
    """What stands inside quotation marks in a content, the marks left out."""
    found: list[Span] = []
    for piece in content:
        for quote in layout.quotes_in(piece):
            inner = trim(layout.text, Span(max(quote.inner.start, piece.start), min(quote.inner.end, piece.end)))
            if inner.start < inner.end:
                found.append(inner)
    return tuple(found)


def _with_parents(made: list[ExtractedClaim]) -> tuple[ExtractedClaim, ...]:
    """Claims in the order of the text; one that lies whole inside another's content names it as its parent."""
    ordered = sorted(made, key=lambda claim: (claim.start, -claim.end, claim.cue_spans))
    result: list[ExtractedClaim] = []
    open_claims: list[int] = []
    for index, claim in enumerate(ordered):
        open_claims = [i for i in open_claims if ordered[i].end > claim.start]
        parent = next((i for i in reversed(open_claims) if _holds(ordered[i], claim)), None)
        result.append(_own_voice(replace(claim, parent=parent), result[parent].source if parent is not None else None))
        if claim.kind != "statement":
            open_claims.append(index)
    return tuple(result)


def _own_voice(claim: ExtractedClaim, speaker: SourceMention | None) -> ExtractedClaim:
    """The claim with its “I” led to the person whose words it stands in."""
    source = claim.source
    if source is None or speaker is None or speaker.kind != "person" or source.text.lower() not in _MYSELF:
        return claim
    reason = f"“{source.text}”: in the words of {speaker.name}"
    sure = min(speaker.confidence, _SUREST)
    meant = replace(source, name=speaker.name, kind=speaker.kind, reason=reason, confidence=sure)
    return replace(claim, source=meant, anonymity=anonymity(meant, claim.cue.text if claim.cue else ""))


def _holds(outer: ExtractedClaim, inner: ExtractedClaim) -> bool:
    """Whether cue and content of `inner` lie in one piece each of the content of `outer`."""
    pieces = (*inner.cue_spans, *inner.content)
    return all(any(piece.covers(part) for piece in outer.content) for part in pieces)
