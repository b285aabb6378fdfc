"""What may be chosen on a claim: its findings, its files, the people and firms for the work."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlmodel import Session

from claims.attachments import attachments_of
from claims.casefile import CaseFile
from claims.decision import decisions_of
from claims.desk.sheet import Choice
from claims.registry import grounds, parts
from claims.survey import Finding, findings_of
from claims.web.language import language


def named(finding: Finding) -> str:
    """`防水工程 · 卧室天花板渗水`."""
    return f"{_(parts()[finding.part].name)} · {finding.item}"


def undecided_findings(session: Session, file: CaseFile, _record: int | None) -> Iterable[Choice]:
    for finding in findings_of(session, file.id or 0):
        if finding.outcome == "undecided":
            yield Choice(str(finding.id), named(finding), finding.opinion)


def files_of(session: Session, file: CaseFile, _record: int | None) -> Iterable[Choice]:
    for kept in attachments_of(session, file.id or 0):
        yield Choice(kept.token, kept.name)


def denial_grounds(_session: Session, _file: CaseFile, _record: int | None) -> Iterable[Choice]:
    for code, ground in grounds().items():
        yield Choice(code, ground.name if language() == "zh" else ground.english, ground.source)


def proposed_decisions(session: Session, file: CaseFile, _record: int | None) -> Iterable[Choice]:
    for decision in decisions_of(session, file.id or 0):
        if decision.state == "proposed":
            yield Choice(str(decision.id), grounds()[decision.ground or ""].name, decision.reasons)
