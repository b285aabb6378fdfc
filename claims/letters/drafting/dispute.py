"""争议鉴定与投诉: the proposal to the other side, and the answer to a complaint."""

from sqlmodel import select

from claims.appraisal import Appraisal, candidates_of, disputed_findings
from claims.casefile import Subject
from claims.casefile.belongings import rule_book
from claims.casefile.facts import AppraiserProposed
from claims.casefile.model import RunningClock
from claims.casefile.queries import running_clock
from claims.complaint import Complaint
from claims.letters import contracts as c
from claims.letters.drafting.matter import Addressee, Draft, Matter, due_of, named, part_name, worded
from claims.letters.model import Letter
from claims.letters.rights import rights, texts_of
from claims.registry import Firm
from claims.survey import Finding, findings_of
from config.spelling import spelled_day, spelled_instant
from config.time import shanghai_day

SIDES = {"owner": "房屋所有权人", "developer": "建设单位", "insurer": "保险公司"}
OUTCOMES = {"covered": "属于保险责任", "denied": "不属于保险责任", "undecided": "重新核定中", "proposed": "核定中"}


def appraisal_proposal(m: Matter) -> Draft | None:
    """争议鉴定提议书 from us to the other side; what they propose to us is their letter, not ours."""
    fact = m.happening.fact
    assert isinstance(fact, AppraiserProposed)
    appraisal = m.session.get_one(Appraisal, m.subject)
    proposed = [pair for pair in candidates_of(m.session, m.subject) if pair[1].code in fact.firms]
    subject = Subject("appraisal_candidate", max((candidate.id or 0 for candidate, _ in proposed), default=0))
    if fact.side != "insurer" or _written(m, subject):
        return None
    role, other = _other_side(m, appraisal)
    content = c.AppraisalProposal(
        **m.about_home(),
        role=role,
        addressee=other.name,
        raised_by=SIDES[appraisal.raised_by],
        raised_on=spelled_day(shanghai_day(appraisal.raised_at)),
        statement=worded(appraisal.statement, "对下列问题是否属于保险责任有异议。"),
        findings=tuple(_disputed(f) for f in findings_of(m.session, m.claim.id, disputed_findings(appraisal))),
        appraisers=tuple(_appraiser(firm) for _, firm in proposed),
        reply_by=due_of(m.clock("appraisal_reply", f"appraisal:{appraisal.id}")),
        **texts_of("appraisal_fee"),
    )
    return Draft(content, other.phone, subject)


def complaint_decision(m: Matter) -> Draft:
    """投诉处理决定告知书. Raises Blank where decision or reasons are missing."""
    complaint = m.session.get_one(Complaint, m.subject)
    complainant = m.session.info["sealer"].open(complaint.complainant_sealed)
    content = c.ComplaintDecision(
        **m.about_home(),
        complainant_name=named(complainant),
        received_at=spelled_instant(complaint.received_at),
        complaint=worded(complaint.text, "（投诉时未作文字说明）"),
        extension=_extension(m, complaint),
        outcome="投诉成立" if complaint.upheld else "投诉不成立",
        decision=complaint.decision,
        reasons=complaint.reasons,
        decided_on=spelled_day(shanghai_day(m.at)),
        decided_by=m.signer(complaint.decided_by),
        **texts_of("review", "mediation", "lawsuit", "limitation"),
    )
    return Draft(content, _phone_of(m, complainant))


def _extension(m: Matter, complaint: Complaint) -> str | None:
    """To which day it was extended, by the length that its clock came to, and why."""
    reason = named(complaint.extension_reason)
    clock = running_clock(m.session, complaint.claim_id, "complaint", f"complaint:{complaint.id}")
    prolonged = clock is not None and clock.length == _length(m, clock, "prolonged")
    right = rights()["complaint_prolongation" if prolonged else "complaint_extension"]
    return f"{right.text}延长的理由：{reason}" if reason else None


def _length(m: Matter, clock: RunningClock, flag: str) -> str:
    return rule_book(m.session).named(clock.rule_set).clocks[clock.clock].length_if[flag]


def _written(m: Matter, subject: Subject) -> bool:
    """Whether these appraisers have been proposed in a letter before."""
    query = select(Letter.id).where(Letter.kind == "appraisal_proposal", Letter.subject == str(subject))
    return m.session.exec(query).first() is not None


def _other_side(m: Matter, appraisal: Appraisal) -> tuple[str, Addressee]:
    if appraisal.raised_by == "developer":
        return SIDES["developer"], Addressee(m.project.developer, "")
    return SIDES["owner"], m.owner


def _disputed(finding: Finding) -> c.DisputedFinding:
    return c.DisputedFinding(part=part_name(finding.part), item=finding.item, decided=OUTCOMES[finding.outcome])


def _appraiser(firm: Firm) -> c.Appraiser:
    assert firm.valid_until is not None  # else it could not have been proposed
    return c.Appraiser(
        name=firm.name,
        qualification=worded(firm.qualification, "具备相应资质"),
        valid_until=spelled_day(firm.valid_until),
    )


def _phone_of(m: Matter, complainant: str) -> str:
    """The complainant's phone where we know who it is: the owner or the reporter, by the whole name."""
    known = {person.name: person.phone for person in (m.reporter, m.owner) if person.name}
    return known.get(complainant, "")
