"""What stands on the claim itself: its findings, decisions, items of works, files, and ways for its letters."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlmodel import Session

from claims.attachments import attachments_of
from claims.casefile import CaseFile
from claims.decision import decisions_of, findings_in
from claims.desk import words
from claims.desk.sheet import Choice, Record
from claims.letters.schema import BY_HAND
from claims.registry import grounds, parts
from claims.repair import items_of
from claims.settlement import consents_of, live_settlement, to_settle
from claims.survey import Finding, findings_of
from claims.web.citing import cited


def named(of: Finding) -> str:
    """`防水工程 · 卧室天花板渗水`."""
    return f"{_(parts()[of.part].name)} · {of.item}"


def undecided_findings(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    return (_chosen(each, each.opinion) for each in findings_of(session, file.id or 0) if each.outcome == "undecided")


def decided_findings(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    for each in findings_of(session, file.id or 0):
        if each.outcome in ("covered", "denied"):
            yield _chosen(each, words.outcome(each.outcome))


def every_finding(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    return (_chosen(each) for each in findings_of(session, file.id or 0))


def findings_to_settle(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    return (_chosen(each, each.opinion) for each in to_settle(session, file.id or 0))


def files_of(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    for kept in attachments_of(session, file.id or 0):
        yield Choice(kept.token, kept.name)


def photos_of(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    """Without letters: a PDF is offered only where somebody of ours has brought it along as one."""
    for kept in attachments_of(session, file.id or 0):
        if kept.content_type != "application/pdf" or kept.uploaded_by is not None:
            yield Choice(kept.token, kept.name)


def part_choices(_session: Session, _file: CaseFile, _record: Record) -> Iterable[Choice]:
    return (Choice(name, _(part.name)) for name, part in parts().items())


def denial_grounds(_session: Session, _file: CaseFile, _record: Record) -> Iterable[Choice]:
    for code, ground in grounds().items():
        yield Choice(code, words.ground(code), cited(ground.source))


def proposed_decisions(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    """Each with all that the second person puts their name to."""
    for decision in decisions_of(session, file.id or 0):
        if decision.state == "proposed":
            about = _("；").join(named(each) for each in findings_in(session, decision))
            ground = words.ground(decision.ground or "")
            why = _(
                "%(ground)s（%(clause)s）%(reasons)s", ground=ground, clause=decision.clause, reasons=decision.reasons
            )
            yield Choice(str(decision.id), about, why)


def asked_to_agree(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    """Those whose word on the standing offer is awaited."""
    offer = live_settlement(session, file.id or 0)
    if offer is not None and offer.state == "proposed":
        for consent in consents_of(session, offer):
            if consent.agreed_at is None:
                yield Choice(consent.who, words.side(consent.who))


def items_of_order(session: Session, _file: CaseFile, record: Record) -> Iterable[Choice]:
    for item in items_of(session, int(record or 0)):
        yield Choice(str(item.id), f"{_(parts()[item.part].name)} · {item.item}")


def ways_of_dispatch(session: Session, _file: CaseFile, _record: Record) -> Iterable[Choice]:
    """The ways that are walked by hand and count as dispatch."""
    counting = session.info["settings"].counts_as_dispatch
    return (Choice(way, words.way(way)) for way in BY_HAND if way in counting)


def _chosen(of: Finding, under: str = "") -> Choice:
    return Choice(str(of.id), named(of), under)
