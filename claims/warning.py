"""Warnings on their way to the team: whom a rung tells, when it may wait for the morning, and when it says nothing
any more. The clock itself waits for nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from claims import messages
from claims.access import Person
from claims.casefile import CaseFile, Happening, Ringing
from claims.casefile.belongings import rule_book
from claims.casefile.canary import CANARY
from claims.casefile.holding import DueClock
from claims.casefile.ladder import BREACH, END
from claims.casefile.length import Length
from claims.casefile.model import RunningClock
from claims.casefile.queries import owed_clocks
from claims.casefile.rulebook import UNTIL, ClockRule
from claims.intake import Claim
from claims.web.clock import Look, look_at
from claims.web.clock.speech import N_
from config.spelling import spelled_due, spelled_instant
from notifications import outbox
from notifications.model import Message
from notifications.releasing import release

TOLD = {"adjuster": N_("理赔员"), "lead": N_("理赔主管"), "manager": N_("部门经理")}
WORDS = {Look.NEAR: "临近", Look.LAST_DAY: "最后一天", Look.ROLLED: "顺延中", Look.BREACHED: "已超期"}


def tell_the_team(session: Session, ringings: Sequence[Ringing]) -> None:
    """One line per rung: to whoever looks after the claim where it tells the adjuster, else to the district's team.

    The canary is heard by its firing alone.
    """
    ringings = [ringing for ringing in ringings if ringing.file.kind != CANARY]
    if not ringings:
        return
    people = _people(session, {r.file.assignee_id for r in ringings if r.rung.tell == "adjuster"})
    owners = [people.get(r.file.assignee_id) if r.rung.tell == "adjuster" else None for r in ringings]
    waits = _Morning(session, {r.clock.file_id: r.looked_at for r in ringings})
    drafts = [
        outbox.Draft(
            key=f"rung:{r.clock.id}:{r.rung.name}:{r.clock.due_version}",
            about=f"{r.file.kind}:{r.clock.file_id}",
            message="rung",
            way="team",
            recipient=owner.email if owner else f"{r.rung.tell}@{r.file.district or '*'}",
            content=content,
            not_before=waits.until(r.clock.file_id),
        )
        for r, owner, content in zip(ringings, owners, _contents(session, ringings, owners), strict=True)
    ]
    outbox.queue(session, drafts, max(r.at for r in ringings))


def tell_the_new_owner(session: Session, happenings: Sequence[Happening]) -> None:
    """What runs on the claim, the most urgent first; once, for the entry of the timeline is its key."""
    at = happenings[0].fact.learned_at
    owners = _people(session, {h.file.assignee_id for h in happenings})
    waits = _Morning(session, {h.file.id or 0: at for h in happenings})
    drafts = [
        outbox.Draft(
            key=f"assigned:{h.file.id}:{h.seq}",
            about=f"claim:{h.file.id}",
            message="assigned",
            way="team",
            recipient=owners[h.file.assignee_id].email,
            content=vars(_assigned(session, h.file, owners[h.file.assignee_id], at)),
            not_before=waits.until(h.file.id or 0),
        )
        for h in happenings
        if h.file.assignee_id in owners
    ]
    outbox.queue(session, drafts, at)


def wake_the_team(session: Session, happenings: Sequence[Happening]) -> None:
    """Now that there is danger, what was to wait for the morning leaves at once."""
    about = [f"{happening.file.kind}:{happening.file.id}" for happening in happenings]
    release(session, about, max(happening.fact.learned_at for happening in happenings))


def still_says_something(session: Session, message: Message) -> bool:
    """Asked right before a message leaves: whether the duty still waits, and for the person whom it is sent to."""
    file_id = int(message.about.partition(":")[2])
    recipient = session.info["sealer"].open(message.recipient_sealed)
    if message.message == "assigned":  # it has changed hands again since: the newest says it
        newest = select(func.max(Message.id)).where(Message.message == "assigned", Message.about == message.about)
        return bool(session.exec(newest).one() == message.id)
    _, number, rung, due_version = message.key.split(":")
    clock = session.get_one(RunningClock, int(number))
    if rung in (BREACH, END):
        waits = clock.state == {BREACH: "breached", END: "ended"}[rung]
    else:
        waits = clock.state == "running" and clock.due_version == int(due_version)
    return waits and (recipient.partition("@")[0] in TOLD or recipient == _owner_of(session, file_id))


class _Morning:
    """Until when messages about these files, each of its instant, wait. What is about danger waits for nothing."""

    def __init__(self, session: Session, at: dict[int, datetime]) -> None:
        quiet = session.info["settings"].quiet
        later = {number: over for number, at in at.items() if quiet and (over := quiet.over_by(at)) != at}
        self._until = {number: later[number] for number in later.keys() - _dangerous(session, later)}

    def until(self, file_id: int) -> datetime | None:
        return self._until.get(file_id)


def _dangerous(session: Session, files: Collection[int]) -> set[int]:
    """Reported as such, found since, or an emergency on a project."""
    if not files:
        return set()
    query = select(CaseFile.id).join(Claim, col(Claim.id) == CaseFile.id, isouter=True)
    dangerous = or_(col(Claim.danger).is_(True), col(CaseFile.stands_first))
    return {number or 0 for number in session.exec(query.where(col(CaseFile.id).in_(files), dangerous))}


def _people(session: Session, numbers: Iterable[int | None]) -> dict[int | None, Person]:
    known = set(numbers) - {None}
    people = session.exec(select(Person).where(col(Person.id).in_(known), col(Person.active))) if known else ()
    return {person.id: person for person in people}


def _owner_of(session: Session, file_id: int) -> str | None:
    query = select(Person.email).join(CaseFile, col(CaseFile.assignee_id) == Person.id)
    return session.exec(query.where(CaseFile.id == file_id)).one_or_none()


def _contents(
    session: Session, ringings: Sequence[Ringing], owners: Sequence[Person | None]
) -> Iterator[dict[str, Any]]:
    """What each says. Those that say the same but for the reference are worded, and their contract asked, once."""
    worded: dict[tuple[object, ...], dict[str, Any]] = {}
    for r, owner in zip(ringings, owners, strict=True):
        clock = (r.clock.rule_set, r.clock.clock, r.clock.length, r.clock.provisional)
        said = (*clock, r.clock.safe_due, r.clock.legal_due, r.rung.name, r.file.kind, owner and owner.id)
        if said not in worded:
            worded[said] = vars(_rung(session, r, owner))
        yield worded[said] | {"reference": r.file.reference}


def _rung(session: Session, r: Ringing, owner: Person | None) -> messages.Rung:
    rule = _rule(session, r.clock)
    legal_on = _spelled(r.clock.legal_due, r.clock)
    safe_on = legal_on if r.clock.safe_due == r.clock.legal_due else _spelled(r.clock.safe_due, r.clock)
    state = {BREACH: "已超期", END: "已届满", "last safe day": "最后一天"}.get(str(r.rung.on), "临近")
    return messages.Rung(
        insurer_short=session.info["settings"].insurer_short,
        reference=r.file.reference,
        called="报案号" if r.file.kind == "claim" else "档案号",
        clock=rule.title,
        state=state,
        safe_on=safe_on,
        legal_on=legal_on,
        told=f"{TOLD[r.rung.tell]}{owner.name}" if owner else TOLD[r.rung.tell],
    )


def _assigned(session: Session, file: CaseFile, owner: Person, at: datetime) -> messages.Assigned:
    running = [clock for clock in owed_clocks(session, [file.id or 0]) if clock.state != "paused"]
    duties = tuple(_duty(rule, clock, at) for clock in running if not (rule := _rule(session, clock)).measure)
    return messages.Assigned(
        insurer_short=session.info["settings"].insurer_short,
        reference=file.reference,
        told=owner.name,
        duties=duties or None,
    )


def _duty(rule: ClockRule, clock: RunningClock, at: datetime) -> str:
    assert clock.legal_due is not None
    state = WORDS.get(look_at(clock, rule, at), "")
    return f"{rule.title}{f'（{state}）' if state else ''}最迟{_spelled(clock.legal_due, clock)}"


def _rule(session: Session, clock: RunningClock | DueClock) -> ClockRule:
    return rule_book(session).named(clock.rule_set).clocks[clock.clock]


def _spelled(due: datetime, clock: RunningClock | DueClock) -> str:
    """The day; for a clock of hours and minutes, the instant."""
    if not clock.length.startswith(UNTIL) and Length.parse(clock.length).by_the_clock:
        return spelled_instant(due)
    return spelled_due(due, provisional=clock.provisional)
