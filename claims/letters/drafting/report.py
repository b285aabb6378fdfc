"""报案: the receipt, the referral to the builder, and what is still to be supplied."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from claims.casefile import CaseFile, Stage, Subject
from claims.casefile.belongings import rule_book
from claims.casefile.facts import ClaimReferred
from claims.casefile.length import Length, Unit
from claims.casefile.model import RunningClock
from claims.decision.model import Supplement
from claims.decision.supplement import Missing, asked_for
from claims.letters import contracts as c
from claims.letters.drafting.matter import Draft, Matter, due_of, part_name, worded
from claims.warranty import ClaimLink
from config.spelling import spelled_day

CHANNELS = {"web": "网页", "sms": "短信", "voice": "电话", "phone": "电话", "api": "合作渠道"}
RELATIONS = {
    "owner": "房屋所有权人本人",
    "family": "房屋所有权人的家庭成员",
    "tenant": "承租人",
    "property_company": "物业公司",
    "other": "其他人",
}
DUTIES = {
    "survey": ("派人到现场查勘", "《实施细则》第十三条"),
    "decision": ("作出核定（是否属于保险责任），并把结果通知您", "《保险法》第二十三条"),
    "advance": ("赔偿数额还不能确定的，先支付可以确定的部分", "《保险法》第二十五条"),
    "warranty_repair": ("安排维修单位，并与您约定上门时间", "《实施细则》第十四条；日数是我公司的承诺"),
}
"""Clock → what it makes us do, as a homeowner reads it, and by which article."""
WHY = "用来确认事故的性质、原因和损失程度（《保险法》第二十二条）"
HOW = "拍照或者扫描后发给我公司，或者寄到本告知书末尾的地址"


def acknowledgement(m: Matter) -> Draft | None:
    """报案受理回执; none where the claim was referred in the same breath: that letter says it all.

    Never refuses: a receipt mustn't undo a report.
    """
    if m.file.stage not in (Stage.REPORTED, Stage.REPAIRING):
        return None
    told = [text for text in (m.claim.item or "", m.claim.description) if worded(text, "")]
    content = c.Acknowledgement(
        **m.about_home(),
        owner_name=m.owner.name,
        channel=CHANNELS.get(m.claim.channel, "其他方式"),
        relation=RELATIONS.get(m.claim.relation, RELATIONS["other"]),
        part=part_name(m.claim.part) if m.claim.part else None,
        said="\n".join(told) or None,
        contact="住宅质量保险理赔服务团队",
        **_duties(m),
    )
    return Draft(content, m.owner.phone, Subject("claim", m.claim.id))


def referral(m: Matter) -> Draft:
    """转施工单位保修告知书. Whoever reported has the text already (announce.py): none to the same phone."""
    fact = m.happening.fact
    assert isinstance(fact, ClaimReferred)
    liability_starts = date.fromisoformat(fact.builder_until)
    content = c.Referral(
        **m.about_home(),
        owner_name=m.owner.name,
        part=part_name(m.claim.part) if m.claim.part else None,
        project_name=m.project.name,
        completion_filed_on=spelled_day(m.project.completion_filed_on),
        builder=fact.builder,
        builder_until=spelled_day(liability_starts - timedelta(days=1)),
        developer=m.project.developer,
        liability_starts_on=spelled_day(liability_starts),
    )
    phone = m.owner.phone if m.owner.phone != m.reporter.phone else ""
    return Draft(content, phone, Subject("claim", m.claim.id))


def supplement_notice(m: Matter) -> Draft:
    """补充资料一次性告知书. Goes to whoever reported while no owner is known: somebody must get it."""
    request = m.session.get_one(Supplement, m.subject)
    clock = m.clock("decision")
    content = c.SupplementNotice(
        **m.about_home(),
        owner_name=m.owner.name,
        items=tuple(_missing(item) for item in asked_for(request)),
        decision_period=_period(clock),
        decision_due_on=due_of(clock) if clock is not None and clock.state == "running" else None,
        contact=m.signer(request.requested_by),
    )
    return Draft(content, m.owner.phone or m.reporter.phone)


def _duties(m: Matter) -> dict[str, Any]:
    """What the law and the policy make us owe from now on; house targets are promised by nobody in writing."""
    if m.file.stage == Stage.REPAIRING:
        clock = m.clock("warranty_repair")
        return {"duties": (_duty(m, clock),), "warranty_of": _earlier(m)}
    return {
        "duties": tuple(
            _duty(m, clock)
            for clock in m.happening.started
            if clock.kind == "deadline" and clock.legal_due is not None and _rule(m, clock).force != "house"
        )
    }


def _duty(m: Matter, clock: RunningClock | None) -> c.Duty:
    assert clock is not None
    rule = _rule(m, clock)
    act, basis = DUTIES.get(clock.clock, (rule.title, rule.basis))
    return c.Duty(act=act, by=due_of(clock), basis=basis)


def _rule(m: Matter, clock: RunningClock) -> Any:
    return rule_book(m.session).named(clock.rule_set).clocks[clock.clock]


def _earlier(m: Matter) -> str | None:
    query = select(CaseFile.reference).join(ClaimLink, ClaimLink.earlier_id == CaseFile.id)  # type: ignore[arg-type]
    return m.session.exec(query.where(ClaimLink.claim_id == m.claim.id, ClaimLink.why == "warranty")).first()


def _missing(item: Missing) -> c.SupplementItem:
    """An item as it was asked for; without why and how the law's own reason and the usual ways stand there."""
    return c.SupplementItem(what=item.what, why=item.why or WHY, how=item.how or HOW)


def _period(clock: RunningClock | None) -> str:
    length = Length.parse(clock.length) if clock is not None else Length(30, Unit.DAY)
    return f"{length.number}{'个工作日' if length.unit is Unit.WORKING_DAY else '日'}"
