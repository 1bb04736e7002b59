"""A report in JSON or JSON Lines as data: its articles, claims and decisions, in one action that undo takes back.

What people decided here stays: a decision of the file is taken only where there is none. Its history comes along as
quoted events, one a claim, and is not taken for this store's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import history
from workbench.errors import InputError
from workbench.history import Change
from workbench.records import ClaimCard, EventRow, Progress, Report, ReportArticle, Verdict
from workbench.services import reportread
from workbench.services.imports import Imported
from workbench.services.journal import act, new_action, new_uid, to_action_row
from workbench.services.store import Store
from workbench.spans import Span
from workbench.text import counted

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Action, Article, Claim

Progressing = Callable[[Progress], None]


@dataclass(slots=True)
class _Counts:
    """What an import did, for its sentence."""

    articles: int = 0
    claims: int = 0
    decisions: int = 0
    kept: int = 0  # decisions that stand here and are others than the file's
    verifications: int = 0  # what the file tells and only an archive carries
    fact_checks: int = 0
    failed: list[str] = field(default_factory=list)


def read(store: Store, path: Path, progress: Progressing | None = None) -> Imported:
    """Take in a report. Raises InputError for a file that is broken or for the public, and then changed nothing."""
    from workbench.report import read_json

    if path.stat().st_size > reportread.LARGEST:
        raise InputError(f"{path.name} is larger than {reportread.LARGEST // 2**20} MiB", "export it in parts")
    report = read_json(path.read_bytes())
    reportread.check(report)
    counts = _Counts()
    with store.writing() as session:
        action = new_action(store.reviewer, "import", f"import {path.name}")
        run = _Run(session, store.reviewer, action, report, counts)
        for number, article in enumerate(report.articles):
            if progress:
                progress(Progress(number, len(report.articles), article.view.row.title[:40]))
            run.article(article)
        done = to_action_row(action) if action.id is not None else None
    return Imported("report", _said(counts), tuple(counts.failed), done)


def _said(counts: _Counts) -> str:
    if not (counts.articles or counts.claims or counts.decisions):
        told = "everything in it is here already, nothing was changed"
    else:
        done = (("new article", counts.articles), ("new claim", counts.claims), ("decision", counts.decisions))
        told = ", ".join(counted(number, name) for name, number in done)
    told += f"; {counts.kept} decided otherwise here stay as they are" if counts.kept else ""
    left = [(counts.verifications, "verification"), (counts.fact_checks, "confirmed fact-check")]
    named = " and ".join(counted(number, name) for number, name in left if number)
    return told + (f"; not taken in: {named}, which only an archive carries" if named else "")


class _Run:
    """One import: everything it brings belongs to one action."""

    def __init__(self, session: Session, reviewer: str, action: Action, report: Report, counts: _Counts) -> None:
        self._session = session
        self._reviewer = reviewer
        self._action = action
        self._report = report
        self._counts = counts
        self._events: dict[str, list[EventRow]] = {}
        for event in report.history:
            self._events.setdefault(event.subject, []).append(event)
        self._labels = self._known_labels()

    def _known_labels(self) -> set[tuple[str, str]]:
        from sqlmodel import select

        from db.models import ScaleLabel

        return {(label.scale_id, label.id) for label in self._session.exec(select(ScaleLabel))}

    def article(self, found: ReportArticle) -> None:
        """Take in one article: its text where it is not here, then the decisions on its claims."""
        from workbench.services import articles, stored_texts

        title = found.view.row.title
        document = reportread.document(found.view)
        cards = reportread.standing(found)
        if missing := len(found.cards) - len(cards):
            self._counts.failed.append(f"{title}: {missing} claims do not stand in its text")
        here = self._here(stored_texts.identity_of(document), document.text)
        if here is False:
            self._counts.failed.append(f"{title}: another text of it is here, nothing of it was taken")
            return
        reading = reportread.extraction(found, cards)
        outcome = articles.put(self._session, self._reviewer, self._action, document, reading)
        self._session.flush()
        if outcome.status != "unchanged":
            self._counts.articles += 1
            self._counts.claims += len(cards)
        self._decide(outcome.article_id or 0, cards, fresh=outcome.status != "unchanged")

    def _here(self, identity: str, text: str) -> bool | None:
        """Whether this very text is the newest of that article; None where there is no such article."""
        from sqlmodel import col, select

        from db.models import Article, Version

        article = self._session.exec(select(Article).where(Article.identity == identity)).first()
        if article is None:
            return None
        newest = select(Version.digest).where(Version.article_id == article.id).order_by(col(Version.number).desc())
        digest: str | None = self._session.exec(newest.limit(1)).first()
        return digest == sha256(text.encode("utf-8")).hexdigest()

    def _decide(self, article_id: int, cards: list[ClaimCard], *, fresh: bool) -> None:
        from db.models import Article, Claim, Version

        article = self._session.get_one(Article, article_id)
        version = self._session.get_one(Version, article.version_id)
        places = self._places(article)
        made = False
        for card in cards:
            number = places.get((card.row.kind, reportread.content(card)))
            if number is None and not _decided(card):
                continue
            changes: list[Change] = []
            if number is None:
                claim, changes = self._make(article, version, card)
                made = True
            else:
                claim = self._session.get_one(Claim, number)
            changes += self._changes(claim, card, version.number)
            if changes or fresh:  # what stands here already has its history here
                changes += self._quoted(claim, card)
                self._counts.verifications += len(card.verifications)
                self._counts.fact_checks += sum(each.state == "confirmed" for each in card.fact_checks)
            if changes:
                act(self._session, self._reviewer, "import", self._action.label, changes, into=self._action)
                self._counts.decisions += sum(change.field not in ("quoted", "record") for change in changes)
        if made:
            from workbench.services import families

            families.update(self._session, article_id)

    def _places(self, article: Article) -> dict[tuple[str, tuple[Span, ...]], int]:
        """The claims of an article as they stand in its newest version, by kind and place."""
        from sqlmodel import col, select

        from db.models import Anchor, Claim

        wanted = (
            select(Claim.id, Claim.kind, Anchor.start, Anchor.end)
            .join(Anchor, (col(Anchor.claim_id) == Claim.id) & (col(Anchor.version_id) == Claim.version_id))
            .where(Claim.article_id == article.id, Claim.version_id == article.version_id)
            .where(col(Claim.hidden).is_(False), Anchor.role == "content")
        )
        pieces: dict[tuple[int, str], list[Span]] = {}
        for number, kind, start, end in self._session.exec(wanted):
            pieces.setdefault((number or 0, kind), []).append(Span(start, end))
        return {(kind, tuple(sorted(spans))): number for (number, kind), spans in pieces.items()}

    def _make(self, article: Article, version: Any, card: ClaimCard) -> tuple[Claim, list[Change]]:
        """A claim that the reading here did not find."""
        from workbench.services import making

        content = reportread.content(card)
        claim = making.claim(self._session, article, version, content, card.row.kind, None, None)
        self._counts.claims += 1
        record = {"text": claim.text, "kind": claim.kind, "start": claim.start, "end": claim.end}
        return claim, [_change(claim, "record", None, record)]

    # ---- what people decided

    def _changes(self, claim: Claim, card: ClaimCard, version: int) -> list[Change]:
        row = card.row
        changes = [*self._verdicts(claim, card, version), *self._source(claim, card)]
        if row.wording and self._free(claim.wording, row.wording):
            changes.append(_change(claim, "wording", claim.wording, row.wording))
        if row.status != "open" and self._free(None if claim.status == "open" else claim.status, row.status):
            if card.waived_because:
                changes.append(_change(claim, "waived_because", claim.waived_because, card.waived_because))
            changes.append(_change(claim, "status", claim.status, row.status))
        flags = _listed(claim.flags)
        if more := [flag for flag in row.flags if flag not in flags]:
            changes.append(_change(claim, "flags", flags, [*flags, *more]))
        return [*changes, *self._notes(claim, card), *self._evidence(claim, card)]

    def _free(self, stands: Any, wanted: Any) -> bool:
        """Whether nobody decided here; another decision is counted and stays."""
        self._counts.kept += stands is not None and stands != wanted
        return stands is None

    def _verdicts(self, claim: Claim, card: ClaimCard, version: int) -> list[Change]:
        changes = []
        for judgement, verdict in (("truth", card.truth), ("attribution", card.attribution)):
            if verdict is None:
                continue
            if (verdict.scale, verdict.label) not in self._labels:
                self._counts.failed.append(f"c{card.row.id}: “{verdict.label_text}” is on no scale of this store")
            elif self._free(getattr(claim, judgement), verdict.label):
                changes.append(_change(claim, judgement, None, _given(verdict, version)))
        return changes

    def _source(self, claim: Claim, card: ClaimCard) -> list[Change]:
        from workbench.services import sources

        name = card.row.source
        if not card.row.source_confirmed or not name or re.fullmatch(r"s[0-9]+", name):
            return []  # “s5” would name a source of this store
        stands = claim.source_name if claim.source_confirmed else None
        if not self._free(stands, name):
            return []
        found = sources.find_or_add(self._session, name, card.row.source_kind or "unknown")
        before = {"name": claim.source_name, "confirmed": False, "uid": self._uid(claim)} if claim.source_id else None
        return [_change(claim, "source", before, {"uid": found.uid, "name": found.name, "confirmed": True})]

    def _uid(self, claim: Claim) -> str:
        from db.models import Source

        return str(self._session.get_one(Source, claim.source_id).uid)

    def _notes(self, claim: Claim, card: ClaimCard) -> list[Change]:
        from sqlmodel import col, select

        from db.models import Note

        known = select(Note).where(Note.claim_id == claim.id, col(Note.hidden).is_(False))
        here = {(note.text, note.reviewer) for note in self._session.exec(known)}
        changes = []
        for note in card.notes:
            if (note.text, note.reviewer) not in here:
                row = Note(
                    uid=new_uid(), claim_id=claim.id or 0, text=note.text, reviewer=note.reviewer,
                    added_at=note.added_at, hidden=True,
                )  # fmt: skip
                self._session.add(row)
                self._session.flush()
                changes.append(_hanging("note", row, claim, {"text": note.text}))
        return changes

    def _evidence(self, claim: Claim, card: ClaimCard) -> list[Change]:
        from sqlmodel import col, select

        from db.models import Blob, Evidence

        known = select(Evidence).where(Evidence.claim_id == claim.id, col(Evidence.hidden).is_(False))
        here = {(each.url, each.file_name, each.excerpt, each.stance) for each in self._session.exec(known)}
        changes = []
        for piece in card.evidence:
            if (piece.url, piece.file_name, piece.excerpt, piece.stance) in here:
                continue
            kept = self._session.get(Blob, piece.digest) if piece.digest else None
            row = Evidence(
                uid=new_uid(), claim_id=claim.id or 0, url=piece.url, file_name=piece.file_name, excerpt=piece.excerpt,
                stance=piece.stance, independent=piece.independent, confidential=piece.confidential,
                blob_digest=kept.digest if kept else None, added_by=piece.added_by, added_at=piece.added_at,
                hidden=True,
            )  # fmt: skip
            self._session.add(row)
            self._session.flush()
            told = row.model_dump(include={"url", "file_name", "excerpt", "stance", "confidential", "blob_digest"})
            changes.append(_hanging("evidence", row, claim, told))
        return changes

    def _quoted(self, claim: Claim, card: ClaimCard) -> list[Change]:
        """The history that the file tells of a claim, unless it was quoted before."""
        hanging = [f"e{piece.id}" for piece in card.evidence] + [f"n{note.id}" for note in card.notes]
        told = [event for name in (f"c{card.row.id}", *hanging) for event in self._events.get(name, ())]
        if not told:
            return []
        entries = [
            {"at": each.at, "reviewer": each.reviewer, "verb": each.verb, "field": each.field, "before": each.before,
             "after": each.after, "why": each.why}
            for each in sorted(told, key=lambda each: each.seq)
        ]  # fmt: skip
        value = {"from": self._report.program, "claim": f"c{card.row.id}", "entries": entries}
        before = self._quoted_before(claim)
        if before is not None and history.canonical(before) == history.canonical(value):
            return []
        return [Change("import", claim.id or 0, claim.uid, "quoted", before, value, claim.id, claim.article_id)]

    def _quoted_before(self, claim: Claim) -> Any:
        from sqlmodel import col, select

        from db.models import Event

        quoted = select(Event.after).where(Event.subject == "import", Event.subject_id == claim.id)
        last = self._session.exec(quoted.order_by(col(Event.seq).desc()).limit(1)).first()
        return json.loads(last) if last else None


def _decided(card: ClaimCard) -> bool:
    """Whether a person did anything on a claim that must not be lost."""
    row = card.row
    return bool(
        card.truth or card.attribution or row.status != "open" or row.flags or row.wording or card.notes
        or card.evidence or row.source_confirmed
    )  # fmt: skip


def _change(claim: Claim, name: str, before: Any, after: Any) -> Change:
    return Change("claim", claim.id or 0, claim.uid, name, before, after, claim.id, claim.article_id)


def _hanging(subject: str, row: Any, claim: Claim, told: dict[str, Any]) -> Change:
    return Change(subject, row.id or 0, row.uid, "record", None, told, claim.id, claim.article_id)


def _given(verdict: Verdict, version: int) -> dict[str, Any]:
    """A verdict as the log has it: whose it was and when, on the text that is here."""
    return {
        "label": verdict.label, "scale": verdict.scale, "explanation": verdict.explanation,
        "rationale": verdict.rationale, "reviewer": verdict.reviewer, "at": verdict.given_at, "version": version,
    }  # fmt: skip


def _listed(flags: str) -> list[str]:
    found: list[str] = json.loads(flags)
    return found
