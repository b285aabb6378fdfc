"""Acts from the report to the decision, each `(case, at)`: the real action, by whoever would do it."""

from datetime import datetime, timedelta
from typing import Any

from claims.attachments import keep
from claims.danger import make_safe
from claims.decision import answer_denial, confirm_coverage, propose_denial
from claims.decision.supplement import notice_arrived, request_supplement, supplement_received
from claims.demo.calling import report_by_telephone
from claims.demo.case import PICTURE, Case, actor
from claims.demo.defects import SAID
from claims.demo.texting import texts
from claims.intake import Report, assign, identify_home, make_contact, receive_report
from claims.letters import LETTERS, dispatch, issue_letter, letters_of
from claims.registry import e164
from claims.survey import book_survey, record_finding


def report(case: Case, at: datetime) -> None:
    """By form, by text (which names no home), by telephone, or by a partner's channel."""
    told, defect = case.resident, case.defects[0]
    if case.channel == "sms":
        case.opened(texts(case, defect.told, at))
        return
    if case.channel == "voice":
        report_by_telephone(case, at)
        return
    partner = case.crew.member("channel") if case.channel == "api" else None
    placed: dict[str, Any] = {"name": told.name, "home": told.home, "part": defect.part, "item": defect.item}
    if case.channel == "web":
        placed["photos"] = [keep(case.session, PICTURE, name=f"{defect.item}.png", uploaded_by=None, at=at).token]
    taken = receive_report(
        case.session,
        Report(
            channel=case.channel,
            relation="owner",
            description=defect.told,
            phone=e164(told.phone) or "",
            danger=defect.part == "structure" and (case.number % 4 == 0 or case.key == "demo danger"),
            key=case.key,
            **placed,
        ),
        by=actor(partner) if partner else "homeowner",
        at=at,
        filed_by=partner,
    )
    case.opened(taken.claim.id)


def identify(case: Case, at: datetime) -> None:
    identify_home(*case.held_claim, home=case.resident.home, by=actor(case.adjuster), at=at)


def call(case: Case, at: datetime) -> None:
    note = "已与报案人通话，告知查勘安排和需要准备的资料。"
    make_contact(*case.held, reached=True, note=note, by=actor(case.adjuster), at=at, recorded_at=at)


def book(case: Case, at: datetime) -> None:
    """A visit when the surveyor will come, or, where nobody will in time, for the next morning; and its adjuster."""
    by, tomorrow = actor(case.adjuster), (at + timedelta(days=1)).replace(hour=10)
    coming = case.plan.get("survey", tomorrow)
    visit_at = (coming if coming - at < timedelta(days=3) else tomorrow).replace(minute=0, second=0)
    assign(*case.held, to=case.adjuster, by=by, at=at)
    if case.held[1].stands_first:
        secure(case, at)
    if case.number % 3 == 0:
        texts_back(case, at)
    case.visit = book_survey(*case.held, visit_at=visit_at, surveyor=case.surveyor, by=by, at=at)


def texts_back(case: Case, at: datetime) -> None:
    texts(case, SAID["text"], at)


def names_home(case: Case, at: datetime) -> None:
    """The first of those that our text offers."""
    texts(case, "1", at)


def denies_danger(case: Case, at: datetime) -> None:
    texts(case, SAID["no_danger"], at)


def secure(case: Case, at: datetime) -> None:
    """The danger is over, as a photo shows."""
    photo = case.photo("应急处置.png", case.surveyor, at)
    told = {"note": SAID["made_safe"], "evidence": [photo], "by": actor(case.surveyor)}
    make_safe(*case.held, made_safe_at=at, recorded_at=at, **told)


def survey(case: Case, at: datetime) -> None:
    """One finding for each defect, written down on the spot."""
    assert case.visit is not None
    surveyor = case.surveyor
    for defect, denial in zip(case.defects, case.denials, strict=True):
        finding = record_finding(
            *case.held,
            case.visit,
            visited_at=at,
            part=defect.part,
            item=defect.item,
            cause=denial.cause if denial else defect.cause,
            opinion=SAID["denied_opinion"] if denial else SAID["covered_opinion"],
            photos=[case.photo(f"{defect.item}.png", surveyor, at)],
            by=actor(surveyor),
            recorded_at=at,
        )
        case.findings.append(finding)


def ask_supplement(case: Case, at: datetime) -> None:
    request_supplement(*case.held, items=SAID["supplement"], by=actor(case.adjuster), at=at)


def supplement_arrives(case: Case, at: datetime) -> None:
    proof = f"EMS 签收 {case.file_id:09d}"
    notice_arrived(*case.held, arrived_at=at, proof=proof, by=actor(case.adjuster), recorded_at=at)


def supplement_comes(case: Case, at: datetime) -> None:
    photo = case.photo("不动产权证.png", case.adjuster, at)
    supplement_received(*case.held, received_at=at, files=[photo], by=actor(case.adjuster), recorded_at=at)


def cover(case: Case, at: datetime) -> None:
    """Every finding that nothing speaks against (第十一条)."""
    covered = [f.id or 0 for f, denial in zip(case.findings, case.denials, strict=True) if denial is None]
    confirm_coverage(*case.held_claim, findings=covered, by=case.adjuster, at=at)


def deny(case: Case, at: datetime) -> None:
    """The proposal; it waits for a second person."""
    denied = [(f.id or 0, denial) for f, denial in zip(case.findings, case.denials, strict=True) if denial]
    denial = denied[0][1]
    proof = case.photo(denial.evidence, case.adjuster, at)
    case.decision = propose_denial(
        *case.held_claim,
        findings=[number for number, _ in denied],
        ground=denial.ground,
        evidence=[proof],
        shows={proof: denial.shows},
        clause=denial.clause,
        reasons=denial.reasons,
        loss_fen=denial.received,
        compensated_fen=denial.received,
        by=case.adjuster,
        at=at,
    )


def approve(case: Case, at: datetime) -> None:
    assert case.decision is not None
    answer_denial(*case.held_claim, case.decision, approve=True, comment="", by=case.lead, at=at)


def post(case: Case, at: datetime) -> None:
    """The notices that a clock waits for: made, and handed to the post."""
    _post(case, at, awaited=True)


def post_the_rest(case: Case, at: datetime) -> None:
    """Every other letter drafted so far."""
    _post(case, at, awaited=False)


def _post(case: Case, at: datetime, *, awaited: bool) -> None:
    channels = sorted(case.session.info["settings"].counts_as_dispatch)
    channel, by = "post" if "post" in channels else channels[0], actor(case.adjuster)
    for letter in letters_of(case.session, case.file_id):
        if letter.state == "drafted" and is_awaited(letter.kind) == awaited:
            issue_letter(case.session, letter, at)
            proof = f"EMS 10{letter.id:09d}CS 收寄凭证"
            dispatch(*case.held, letter, channel=channel, evidence=proof, by=by, at=at, recorded_at=at)


def is_awaited(kind: str) -> bool:
    """Whether a clock waits for letters of this kind."""
    return LETTERS[kind].dispatched is not None
