"""Raising a dispute, choosing an appraiser together, and deciding afresh on the opinion (第十五条)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.access import let_firm_in
from claims.appraisal.model import Appraisal, AppraisalCandidate
from claims.appraisal.queries import candidates_of, check_interest, disputed_findings, have_both_spoken
from claims.attachments import attach
from claims.casefile import SYSTEM, AlreadyDone, CaseFile, Fact, Refused, Ringing, Subject, lock, record, record_many
from claims.casefile.facts import (
    AppraisalOpinionReceived,
    AppraisalRaised,
    AppraiserAppointed,
    AppraiserChosen,
    AppraiserProposed,
    DisputeReopened,
    OtherSideSilent,
)
from claims.intake import Claim
from claims.repair import qualified_firm
from claims.survey import findings_of
from config.time import shanghai_day

SIDES = ("owner", "developer", "insurer")
STANDS = {
    "raised": "no appraiser has been proposed yet",
    "proposed": "appraisers are proposed, and both sides have to choose one",
    "appointed": "the appraiser is appointed, and the opinion hasn't come yet",
    "opined": "the opinion has come already",
}
"""State → why something else can't be done now."""


def raise_appraisal(
    session: Session,
    file: CaseFile,
    claim: Claim,
    *,
    side: str,
    statement: str,
    findings: Sequence[int],
    by: str,
    at: datetime,
) -> Appraisal:
    """Any of owner, developer or insurer disputes in writing whether findings are covered."""
    if side not in SIDES:
        raise Refused(by=f"Must be one of: {', '.join(SIDES)}.")
    decided = {f.id for f in findings_of(session, claim.id) if f.outcome in ("covered", "denied")}
    disputed = list(findings) or sorted(number for number in decided if number)
    if not disputed or any(number not in decided for number in disputed):
        raise Refused(findings="Only decided findings can be disputed.")
    appraisal = Appraisal(
        claim_id=claim.id, raised_by=side, statement=statement, findings=json.dumps(disputed), raised_at=at
    )
    session.add(appraisal)
    session.flush()
    record_many(session, [(file, AppraisalRaised(at=at, by=by, subject=_subject(appraisal), side=side))])
    return appraisal


def propose_appraisers(
    session: Session,
    file: CaseFile,
    claim: Claim,
    appraisal: Appraisal,
    *,
    side: str,
    firms: Sequence[str],
    by: str,
    at: datetime,
) -> None:
    """Name qualified appraisers without interest. Raises Refused saying what one lacks."""
    _expect(appraisal, "raised", "proposed")
    _check_side(side)
    trades = {f.part for f in findings_of(session, claim.id, disputed_findings(appraisal))}
    known = {candidate.firm_id for candidate, _ in candidates_of(session, appraisal.id or 0)}
    for code in dict.fromkeys(firms):
        firm = qualified_firm(
            session, code, kind="appraiser", trades=trades, district=file.district, until=shanghai_day(at)
        )
        check_interest(session, claim, firm)
        if firm.id not in known:
            session.add(AppraisalCandidate(appraisal_id=appraisal.id or 0, firm_id=firm.id or 0, proposed_by=side))
    appraisal.state = "proposed"
    session.flush()
    record_many(
        session, [(file, AppraiserProposed(at=at, by=by, subject=_subject(appraisal), side=side, firms=tuple(firms)))]
    )


def choose_appraiser(
    session: Session, file: CaseFile, appraisal: Appraisal, *, side: str, firm: str, by: str, at: datetime
) -> None:
    """One side's choice among the candidates; with the same choice of both, the appraiser is appointed."""
    _expect(appraisal, "proposed")
    _check_side(side)
    found = next(((c, f) for c, f in candidates_of(session, appraisal.id or 0) if f.code == firm), None)
    if found is None:
        raise Refused(firm="Not among the candidates.")
    candidate, chosen = found
    if side == "insurer":
        candidate.chosen_by_insurer_at = at
    else:
        candidate.chosen_by_other_at = at
    facts: list[Fact] = [AppraiserChosen(at=at, by=by, subject=_subject(appraisal), side=side, firm=firm)]
    if candidate.chosen_by_insurer_at and candidate.chosen_by_other_at:
        appraisal.state, appraisal.firm_id, appraisal.appointed_at = "appointed", chosen.id, at
        let_firm_in(session, file_id=file.id or 0, firm_id=chosen.id or 0, role="appraiser", at=at)
        facts.append(AppraiserAppointed(at=at, by=by, subject=_subject(appraisal), firm=firm))
    session.flush()
    record_many(session, [(file, fact) for fact in facts])


def receive_opinion(
    session: Session,
    file: CaseFile,
    claim: Claim,
    appraisal: Appraisal,
    *,
    outcome: str,
    opinion: str,
    files: Sequence[str],
    received_at: datetime,
    by: str,
    recorded_at: datetime,
) -> None:
    """The opinion opens a fresh decision on what was denied, with clocks of its own, from its receipt (ADR 0017)."""
    _expect(appraisal, "appointed")
    if outcome not in ("covered", "not_covered"):
        raise Refused(outcome="Must be one of: covered, not_covered.")
    if not (appraisal.appointed_at or received_at) <= received_at <= recorded_at:
        raise Refused(received_at="Must lie between the appointment and now.")
    kept = attach(session, files, file_id=file.id or 0)
    appraisal.state, appraisal.outcome, appraisal.opinion, appraisal.received_at = (
        "opined",
        outcome,
        opinion,
        received_at,
    )
    appraisal.opinion_file_id = kept[0].id if kept else None
    denied = [f for f in findings_of(session, claim.id, disputed_findings(appraisal)) if f.outcome == "denied"]
    for finding in denied:
        finding.outcome = "undecided"
    session.flush()
    frame: dict[str, Any] = {
        "at": received_at,
        "recorded_at": recorded_at,
        "by": by,
        "proof": f"appraisal {appraisal.id}",
    }
    facts: list[Fact] = [AppraisalOpinionReceived(subject=_subject(appraisal), outcome=outcome, **frame)]
    if denied:
        facts.append(DisputeReopened(findings=tuple(f.id or 0 for f in denied), **frame))
    record_many(session, [(file, fact) for fact in facts])


def note_silence(session: Session, ringings: Sequence[Ringing]) -> None:
    """Hears the end of `appraisal_reply`: 15 natural days without an answer of the other side.

    A choice, or candidates of their own, is an answer, even where the sides don't agree.
    """
    for ringing in (r for r in ringings if r.clock.clock == "appraisal_reply" and r.rung.on == "end"):
        appraisal = session.get_one(Appraisal, Subject.parse(ringing.clock.subject).id)
        if appraisal.silent_at is not None or have_both_spoken(session, appraisal):
            continue
        appraisal.silent_at = ringing.at
        session.flush()
        frame: dict[str, Any] = {
            "at": ringing.at,
            "recorded_at": max(ringing.at, ringing.looked_at),
            "by": SYSTEM,
            "proof": "clock",
        }
        record(session, lock(session, ringing.clock.file_id), OtherSideSilent(subject=_subject(appraisal), **frame))


def _expect(appraisal: Appraisal, *states: str) -> None:
    if appraisal.state not in states:
        raise AlreadyDone(STANDS[appraisal.state])


def _check_side(side: str) -> None:
    if side not in SIDES:
        raise Refused(side=f"Must be one of: {', '.join(SIDES)}.")


def _subject(appraisal: Appraisal) -> Subject:
    return Subject("appraisal", appraisal.id or 0)
