"""Small worlds, made by the real actions: `a_claim(session, Stage.SURVEYED)`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from claims.access import Person, add_person, give_token
from claims.attachments import keep
from claims.casefile import CaseFile, Stage, lock
from claims.decision import Decision, answer_denial, confirm_coverage, propose_denial
from claims.intake import Claim, Report, receive_report
from claims.registry import Building, Cover, Home, Ownership, Policy, Project
from claims.registry.addresses import address_key
from claims.survey import Finding, book_survey, record_finding
from config.time import SHANGHAI

PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of a wet ceiling"
OWNERS_PHONE = "+8613800000001"
LIABILITY_BEGINS = date(2024, 5, 21)


def at(text: str) -> datetime:
    """`Mon 2026-03-02 10:00` in Shanghai; a wrong weekday fails."""
    weekday, _, rest = text.partition(" ")
    instant = datetime.fromisoformat(rest).replace(tzinfo=SHANGHAI)
    assert instant.strftime("%a") == weekday, f"{rest} is a {instant:%A}"
    return instant


@dataclass(frozen=True)
class World:
    """One insured home, and the people who look after it."""

    home: Home
    policy: Policy
    adjuster: Person
    lead: Person
    surveyor: Person
    channel: Person


def a_world(
    session: Session, *, survey_days: int | None = None, decision_days: int | None = None, owner: bool = True
) -> World:
    """A home whose structure is covered for 10 years, waterproofing for 5 and finishes for 2, from 2024-05-21."""
    project = Project(
        code="P1",
        name="示例花园",
        search_name=address_key("示例花园"),
        district="浦东新区",
        address="示例路1弄",
        completion_filed_on=date(2022, 5, 20),
        completion_accepted_on=date(2022, 5, 1),
        developer="示例置业有限公司",
        builder="示例建设集团有限公司",
    )
    _add(session, project)
    building = _add(session, Building(project_id=project.id or 0, code="B1", name="1号楼", floors=18))
    address = "上海市浦东新区示例路1弄1号楼1201室"
    home = Home(
        building_id=building.id,
        code="H-1201",
        room="1201",
        floor=12,
        riser="01",
        area_dm2=8950,
        address=address,
        search_address=address_key(address),
    )
    policy = Policy(
        number="IDI-2022-0001",
        project_id=project.id or 0,
        insurer="示例财产保险",
        insured_kind="developer",
        issued_on=date(2020, 3, 2),
        survey_days=survey_days,
        decision_days=decision_days,
    )
    _add(session, home)
    _add(session, policy)
    for part, ends_on in (("structure", 2034), ("waterproofing", 2029), ("finishes", 2026)):
        _add(
            session,
            Cover(policy_id=policy.id or 0, part=part, starts_on=LIABILITY_BEGINS, ends_on=date(ends_on, 5, 20)),
        )
    if owner:
        _add(session, an_owner(session, home))
    people = {role: a_person(session, role) for role in ("adjuster", "lead", "surveyor", "channel")}
    return World(home=home, policy=policy, **people)


def an_owner(session: Session, home: Home, name: str = "王小明", phone: str = OWNERS_PHONE) -> Ownership:
    sealer = session.info["sealer"]
    return Ownership(
        home_id=home.id or 0,
        name_sealed=sealer.seal(name),
        phone_sealed=sealer.seal(phone),
        phone_index=sealer.index(phone, "phone"),
        last4_index=sealer.index(phone[-4:], "last4"),
        name_index=sealer.index(name, "name"),
        from_on=date(2022, 9, 1),
    )


def a_person(session: Session, role: str, *, districts: tuple[str, ...] = (), email: str | None = None) -> Person:
    """Somebody with one role; the token is `token-EMAIL`."""
    email = email or f"{role}@insurer.example"
    when = at("Mon 2025-06-02 09:00")
    person = add_person(session, email=email, name=f"{role}甲", roles=[role], districts=districts, at=when)
    give_token(session, person, when, token=f"token-{email}")
    return person


def bearer(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer token-{person.email}"}


def a_report(**changes: object) -> Report:
    told = {
        "channel": "api",
        "relation": "owner",
        "name": "王小明",
        "phone": OWNERS_PHONE,
        "home": "H-1201",
        "part": "waterproofing",
        "item": "卧室天花板渗水",
        "description": "下雨后卧室天花板滴水",
    }
    return Report(**(told | changes))  # type: ignore[arg-type]


@dataclass
class Made:
    """A claim on its way."""

    claim: Claim
    file: CaseFile
    findings: list[Finding]
    decision: Decision | None = None


def a_claim(
    session: Session,
    world: World,
    stage: Stage = Stage.REPORTED,
    *,
    reported_at: datetime | None = None,
    decided_at: datetime | None = None,
    findings: int = 1,
    **report: object,
) -> Made:
    """A claim brought to `stage` by the real actions: reported, surveyed an hour later, decided an hour after."""
    when = reported_at or at("Mon 2026-03-02 10:00")
    taken = receive_report(session, a_report(**report), by="homeowner", at=when)
    made = Made(session.get_one(Claim, taken.file.id), lock(session, taken.claim.id), [])
    if stage == Stage.REPORTED:
        return made
    visit_at = when + timedelta(hours=1)
    visit = book_survey(session, made.file, visit_at=visit_at, surveyor=world.surveyor, by="staff:1", at=when)
    for number in range(findings):
        made.findings.append(
            record_finding(
                session,
                made.file,
                visit,
                visited_at=visit_at,
                part="waterproofing",
                item=f"卧室天花板渗水{number + 1}",
                cause="外墙防水层破损",
                opinion="建议认定属于保险责任",
                photos=[],
                by="staff:3",
                recorded_at=visit_at,
            )
        )
    numbers = [finding.id or 0 for finding in made.findings]
    when = decided_at or visit_at + timedelta(hours=1)
    if stage == Stage.COVERED:
        made.decision = confirm_coverage(session, made.file, made.claim, findings=numbers, by=world.adjuster, at=when)
    if stage == Stage.DENIED:
        proposed = a_proposed_denial(session, world, made, at=when)
        made.decision = answer_denial(
            session, made.file, made.claim, proposed, approve=True, comment="", by=world.lead, at=when
        )
    return made


def a_proposed_denial(session: Session, world: World, made: Made, *, at: datetime) -> Decision:
    """A denial that waits for its second person."""
    proof = keep(session, PHOTO, name="物业报告.jpg", uploaded_by=world.adjuster.id, at=at, file_id=made.file.id)
    return propose_denial(
        session,
        made.file,
        made.claim,
        findings=[f.id or 0 for f in made.findings],
        ground="owner_cause",
        evidence=[proof.token],
        clause="保险条款第七条第（二）项",
        reasons="卫生间改动了给水管，漏水点在改动的接头上。",
        by=world.adjuster,
        at=at,
    )


def _add(session: Session, row):  # type: ignore[no-untyped-def]
    session.add(row)
    session.flush()
    return row
