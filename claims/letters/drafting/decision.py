"""核定: from a decision to its notice. Refuses a blank before the decision is committed."""

from collections.abc import Iterator

from claims.decision import Decision, decision_of, evidence_of, findings_in
from claims.letters import contracts as c
from claims.letters.drafting.matter import Draft, Matter, days, due_of, evidence, part_name
from claims.letters.rights import texts_of
from claims.registry import Cover, cover_of, grounds
from claims.survey import Finding
from config.spelling import spelled_day
from config.time import shanghai_day

STEPS = {
    "settlement_offer": "提出维修方案或者赔偿数额，与您商定",
    "advance": "赔偿数额还不能确定的，先支付可以确定的部分（《保险法》第二十五条）",
}
"""Clock → what we owe next once cover is found, in the order of its doing."""
PERFORMANCE = c.NextStep(act="履行赔偿义务：开工维修或者付款（《实施细则》第十三条）", by="赔偿协议达成之日起10日内")


def denial_notice(m: Matter) -> Draft:
    """不予赔偿通知书. Raises Blank where anything that it must say is missing."""
    decision, findings = _decided(m)
    due = m.clock("denial_notice", f"decision:{decision.id}")
    content = c.DenialNotice(
        **m.about_home(),
        owner_name=m.owner.name,
        decided_on=spelled_day(shanghai_day(m.at)),
        surveyed_on=days([f.visited_at for f in findings]),
        findings=tuple(c.DeniedFinding(part=part_name(f.part), item=f.item, cause=f.cause) for f in findings),
        ground=grounds()[decision.ground or ""].name,
        clause=decision.clause,
        reasons=decision.reasons,
        evidence=tuple(evidence(proof, shows) for proof, shows in evidence_of(m.session, decision)),
        term_reckoning=_term_reckoning(m, findings) if decision.ground == "out_of_term" else None,
        notice_due_on=due_of(due),
        proposed_by=m.signer(decision.proposed_by),
        approved_by=m.signer(decision.answered_by),
        **texts_of("appraisal_fee", "complaint_period", "lawsuit", "limitation"),
    )
    return Draft(content, m.owner.phone)


def coverage_notice(m: Matter) -> Draft:
    """核定结果通知书（属于保险责任）. Raises Blank where anything that it must say is missing."""
    decision, findings = _decided(m)
    cover = _cover(m)
    signer = m.signer(decision.proposed_by)
    content = c.CoverageNotice(
        **m.about_home(),
        owner_name=m.owner.name,
        decided_on=spelled_day(shanghai_day(m.at)),
        findings=tuple(_covered(f, cover[f.part]) for f in findings),
        next_steps=(*_owed(m), PERFORMANCE),
        contact=f"{signer.name}（工号 {signer.staff_number}）",
    )
    return Draft(content, m.owner.phone)


def _owed(m: Matter) -> Iterator[c.NextStep]:
    """The steps whose clocks run. One that is overdue says so: no day gone by is promised."""
    for name, act in STEPS.items():
        clock = m.clock(name)
        if clock is None or clock.legal_due is None or clock.met_at is not None or clock.state == "cancelled":
            continue
        late = "（已过，我公司立即办理）" if clock.legal_due <= m.at else ""
        yield c.NextStep(act=act, by=due_of(clock) + late)


def _decided(m: Matter) -> tuple[Decision, list[Finding]]:
    decision = decision_of(m.session, m.claim, m.subject)
    assert decision is not None
    return decision, findings_in(m.session, decision)


def _cover(m: Matter) -> dict[str, Cover]:
    assert m.policy is not None
    return cover_of(m.session, m.policy.id or 0, shanghai_day(m.claim.received_at))


def _covered(finding: Finding, cover: Cover) -> c.CoveredFinding:
    return c.CoveredFinding(
        part=part_name(finding.part),
        item=finding.item,
        term=f"{_years(cover)}年",
        starts_on=spelled_day(cover.starts_on),
        ends_on=spelled_day(cover.ends_on),
    )


def _years(cover: Cover) -> int:
    return round((cover.ends_on - cover.starts_on).days / 365.25)


def _term_reckoning(m: Matter, findings: list[Finding]) -> tuple[str, ...]:
    """The arithmetic of X5, line by line, so that the owner can check it."""
    reported, cover = shanghai_day(m.claim.received_at), _cover(m)
    lines = [f"报案日：{spelled_day(reported)}"]
    for part in dict.fromkeys(f.part for f in findings):
        if part not in cover:
            lines.append(f"{part_name(part)}：保险单未列明该部位")
            continue
        term = cover[part]
        gap = (reported - term.ends_on).days if reported > term.ends_on else (term.starts_on - reported).days
        side = "已届满" if reported > term.ends_on else "尚未开始，距起始日"
        lines.append(
            f"{part_name(part)}：保险责任期限自{spelled_day(term.starts_on)}至{spelled_day(term.ends_on)}，报案日{side}{gap}天"
        )
    return tuple(lines)
