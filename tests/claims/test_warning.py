"""Whom a rung tells, and when: the adjuster, then the lead, then the manager; at night in the morning."""

import json

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from claims.casefile import AlreadyDone, Stage
from claims.casefile import facts as f
from claims.casefile.model import ClockFiring, RunningClock
from claims.casefile.record import record
from claims.danger import find_danger
from claims.duties import act_on, open_project
from claims.duties.acts import BY_NAME
from claims.intake import assign
from claims.registry import Building, Project
from notifications import outbox
from notifications.channels.console import Console
from notifications.model import Message
from notifications.outbox import Parcel
from tests.later_makers import story_of, swept, the_clock
from tests.makers import Made, World, a_claim, a_person, a_world, at

pytestmark = pytest.mark.sqlite
MONDAY, NIGHT, MORNING = "Mon 2026-03-02 10:00", "Mon 2026-03-02 23:30", "Tue 2026-03-03 07:00"


class Board:
    """Where the team reads."""

    name = "board"

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def send(self, parcel: Parcel) -> str:
        self.read.append((parcel.recipient, parcel.text))
        return f"board-{len(self.read)}"


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"quiet_hours": "22:00-07:00"})


@pytest.fixture
def world(session: Session) -> World:
    return a_world(session)


@pytest.fixture
def board() -> Board:
    return Board()


def delivered(app: Flask, session: Session, board: Board, when: str) -> list[tuple[str, str]]:
    """What the board got by `when` that it hadn't before."""
    session.commit()
    before = len(board.read)
    outbox.deliver(app.extensions["database"], at(when), {"team": board, "sms": Console("sms")})
    return board.read[before:]


def queued(session: Session, *, message: str = "rung", clock: str = "") -> list[Message]:
    found = session.exec(select(Message).where(Message.message == message).order_by(col(Message.id)))
    numbers = {str(row.id) for row in session.exec(select(RunningClock).where(RunningClock.clock == clock))}
    return [each for each in found if not clock or each.key.split(":")[1] in numbers]


def recipients(session: Session, clock: str) -> list[str]:
    return [session.info["sealer"].open(each.recipient_sealed) for each in queued(session, clock=clock)]


def a_reported_claim(session: Session, world: World, when: str = MONDAY, **report: object) -> Made:
    return a_claim(session, world, reported_at=at(when), **report)


# --- the ladder ---------------------------------------------------------------------------------------------


def test_the_ladder_leads_from_the_adjuster_to_the_lead_to_the_manager(session: Session, world: World):
    """Denied on Monday at 12:00: warned half way, on the last day, and late from Friday."""
    made = a_claim(session, world, Stage.DENIED, reported_at=at(MONDAY))
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 12:00"))
    swept(session, "Fri 2026-03-06 09:00")

    assert recipients(session, "denial_notice") == ["adjuster@insurer.example", "lead@浦东新区", "manager@浦东新区"]


def test_what_falls_due_at_one_instant_is_told_of_each_claim_by_its_reference_and_to_whom_it_concerns(
    session: Session, world: World
):
    """Three claims denied together, of which one has its adjuster."""
    own, nobodys, another = (a_claim(session, world, Stage.DENIED, reported_at=at(MONDAY)) for _ in range(3))
    assign(session, own.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 12:00"))
    swept(session, "Wed 2026-03-04 09:00")
    told = [json.loads(session.info["sealer"].open(m.content_sealed)) for m in queued(session, clock="denial_notice")]

    assert sorted((each["reference"], each["told"]) for each in told) == sorted(
        [
            (own.file.reference, f"理赔员{world.adjuster.name}"),
            (nobodys.file.reference, "理赔员"),
            (another.file.reference, "理赔员"),
        ]
    )


def test_a_claim_that_nobody_looks_after_tells_the_districts_team(session: Session, world: World):
    a_claim(session, world, Stage.DENIED, reported_at=at(MONDAY))
    swept(session, "Wed 2026-03-04 09:00")

    assert recipients(session, "denial_notice") == ["adjuster@浦东新区"]


def test_who_has_left_is_told_nothing(session: Session, world: World):
    made = a_claim(session, world, Stage.DENIED, reported_at=at(MONDAY))
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 12:00"))
    world.adjuster.active = False
    session.flush()
    swept(session, "Wed 2026-03-04 09:00")

    assert recipients(session, "denial_notice") == ["adjuster@浦东新区"]


# --- quiet hours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reported", "rings", "goes_out"), [
    ("Mon 2026-03-02 20:59", "Mon 2026-03-02 21:59", "Mon 2026-03-02 21:59"),    # a minute before the night
    ("Mon 2026-03-02 21:00", "Mon 2026-03-02 22:00", "Tue 2026-03-03 07:00"),
    ("Tue 2026-03-03 05:59", "Tue 2026-03-03 06:59", "Tue 2026-03-03 07:00"),
    ("Tue 2026-03-03 06:00", "Tue 2026-03-03 07:00", "Tue 2026-03-03 07:00"),
    ("Wed 2026-09-30 22:30", "Wed 2026-09-30 23:30", "Thu 2026-10-01 07:00"),    # National Day's first morning
])  # fmt: skip
def test_a_warning_of_the_night_goes_out_in_the_morning_and_rings_when_it_is_due(
    session: Session, world: World, reported: str, rings: str, goes_out: str
):
    made = a_reported_claim(session, world, reported)
    swept(session, rings)
    [warning] = queued(session, clock="contact")
    number = the_clock(session, made.file, "contact").id
    [firing] = session.exec(select(ClockFiring).where(ClockFiring.clock_id == number))

    assert (firing.due_at, firing.fired_at, warning.next_try_at) == (at(rings), at(rings), at(goes_out))


def test_a_breach_of_the_night_is_dated_to_the_night_and_told_in_the_morning(session: Session, world: World):
    made = a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    swept(session, NIGHT)

    assert the_clock(session, made.file, "contact").breached_at == at(NIGHT)
    assert queued(session, clock="contact")[-1].next_try_at == at(MORNING)


def test_nothing_about_danger_waits(session: Session, world: World):
    a_reported_claim(session, world, "Mon 2026-03-02 23:00", danger=True)
    swept(session, NIGHT)

    assert [each.next_try_at <= at(NIGHT) for each in queued(session, clock="contact")] == [True, True]


def test_nothing_about_a_danger_found_since_the_report_waits(session: Session, world: World):
    made = a_reported_claim(session, world, "Mon 2026-03-02 22:15")
    find_danger(session, made.file, note="水流进了配电箱", by="staff:1", at=at("Mon 2026-03-02 22:20"))
    swept(session, NIGHT)

    assert {each.next_try_at <= at(NIGHT) for each in queued(session, clock="contact")} == {True}


@pytest.mark.both_databases
def test_what_waited_for_the_morning_goes_out_once_when_a_danger_is_found(
    app: Flask, session: Session, world: World, board: Board
):
    made = a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    other = a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    swept(session, "Mon 2026-03-02 22:45")
    assert delivered(app, session, board, "Mon 2026-03-02 23:00") == []

    find_danger(session, made.file, note="水流进了配电箱", by="staff:1", at=at("Mon 2026-03-02 23:00"))

    [(_, text)] = delivered(app, session, board, "Mon 2026-03-02 23:00")
    assert (made.file.reference in text, other.file.reference in text) == (True, False)
    assert made.file.reference not in str(delivered(app, session, board, "Mon 2026-03-02 23:05"))


def test_what_waited_for_the_morning_goes_out_when_an_emergency_arises_on_the_project(session: Session, world: World):
    project = session.get_one(Project, session.get_one(Building, world.home.building_id).project_id)
    file = open_project(session, project, by="staff:1", at=at("Mon 2026-03-02 09:00"))
    act_on(session, file, BY_NAME["test-failed"], what="x", by="staff:1", recorded_at=at("Mon 2026-03-02 16:10"))
    swept(session, "Mon 2026-03-02 22:10")
    [warning] = queued(session, clock="test_failed")
    assert warning.next_try_at == at(MORNING)

    act_on(session, file, BY_NAME["emergency"], what="外墙脱落", by="staff:1", recorded_at=at(NIGHT))

    session.refresh(warning)
    assert warning.next_try_at == at(NIGHT)


def test_what_the_channel_refused_waits_for_its_next_try_whatever_is_found(app: Flask, session: Session, world: World):
    made = a_reported_claim(session, world, "Mon 2026-03-02 20:00")
    swept(session, "Mon 2026-03-02 21:00")
    session.commit()
    outbox.deliver(app.extensions["database"], at("Mon 2026-03-02 21:00"), {})
    [warning] = queued(session, clock="contact")
    next_try = warning.next_try_at
    assert (warning.attempts, next_try > at("Mon 2026-03-02 21:00:10")) == (1, True)

    find_danger(session, made.file, note="x", by="staff:1", at=at("Mon 2026-03-02 21:00:10"))

    session.refresh(warning)
    assert warning.next_try_at == next_try


def test_nothing_about_an_emergency_on_a_project_waits(session: Session, world: World):
    project = session.get_one(Project, session.get_one(Building, world.home.building_id).project_id)
    file = open_project(session, project, by="staff:1", at=at("Mon 2026-03-02 10:00"))
    act_on(session, file, BY_NAME["emergency"], what="外墙脱落", by="staff:1", recorded_at=at("Mon 2026-03-02 11:30"))
    swept(session, NIGHT)

    assert [each.next_try_at <= at(NIGHT) for each in queued(session, clock="emergency_attendance")] == [True]


@pytest.mark.parametrize("kind", ["claim", "project"])
def test_a_warning_calls_a_files_number_by_its_name(
    app: Flask, session: Session, world: World, board: Board, kind: str
):
    """A project was reported by nobody: it has no 报案号."""
    if kind == "claim":
        file = a_reported_claim(session, world).file
    else:
        project = session.get_one(Project, session.get_one(Building, world.home.building_id).project_id)
        file = open_project(session, project, by="staff:1", at=at(MONDAY))
        act_on(session, file, BY_NAME["emergency"], what="外墙脱落", by="staff:1", recorded_at=at(MONDAY))
    swept(session, "Mon 2026-03-02 12:00")
    session.commit()
    outbox.deliver(app.extensions["database"], at("Mon 2026-03-02 12:00"), {"team": board, "sms": Console("sms")})

    called = {"claim": "报案号", "project": "档案号"}[kind]
    assert board.read and all(f"：{called}{file.reference}的“" in text for _, text in board.read)


def test_a_look_that_comes_after_the_night_has_nothing_to_wait_for(session: Session, world: World):
    a_reported_claim(session, world, "Mon 2026-03-02 22:30")
    swept(session, "Tue 2026-03-03 08:00")

    assert all(each.next_try_at <= at("Tue 2026-03-03 08:00") for each in queued(session, clock="contact"))


@pytest.mark.both_databases
def test_what_was_done_in_the_night_is_not_warned_of_in_the_morning(
    app: Flask, session: Session, world: World, board: Board
):
    made = a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    swept(session, "Mon 2026-03-02 22:45")
    record(session, made.file, f.ContactMade(at=at("Mon 2026-03-02 23:00"), by="staff:1"))

    assert delivered(app, session, board, MORNING) == []
    assert [each.state for each in queued(session, clock="contact")] == ["dropped"]


def test_a_duty_that_was_late_by_morning_is_told_once_as_late(app: Flask, session: Session, world: World, board: Board):
    a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    swept(session, "Mon 2026-03-02 22:45")
    swept(session, NIGHT)

    assert ["已超期" in text for _, text in delivered(app, session, board, MORNING)] == [True]


def test_a_clock_that_stands_still_says_nothing(app: Flask, session: Session, world: World, board: Board):
    """The 30 days are warned of half way; before anybody was told, the supplement notice has arrived."""
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-03-02 08:00"))
    swept(session, "Tue 2026-03-17 16:00")
    clock = the_clock(session, made.file, "decision")
    assert [each.next_try_at for each in queued(session, clock="decision")] == [
        clock.anchor + (clock.safe_due - clock.anchor) / 2
    ]
    arrived = f.SupplementNoticeArrived(at=at("Tue 2026-03-17 16:30"), by="staff:1", proof="送达回执")
    record(session, made.file, arrived)

    assert "核定" not in "".join(text for _, text in delivered(app, session, board, "Tue 2026-03-17 17:00"))


# --- hands ----------------------------------------------------------------------------------------------------


def test_the_new_owner_is_told_what_runs_and_how_near_it_is(app: Flask, session: Session, world: World, board: Board):
    made = a_claim(session, world, Stage.DENIED, reported_at=at(MONDAY))
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Thu 2026-03-05 10:00"))
    [(recipient, text)] = delivered(app, session, board, "Thu 2026-03-05 10:00")

    assert (recipient, text) == (
        "adjuster@insurer.example",
        f"【示例财险】报案号{made.file.reference}现由adjuster甲经办。"
        "正在走的期限：发出不予赔偿通知书（最后一天）最迟2026年3月5日（周四）。",
    )


def test_a_paused_clock_is_no_part_of_it(app: Flask, session: Session, world: World, board: Board):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(MONDAY))
    arrived = f.SupplementNoticeArrived(at=at("Tue 2026-03-03 16:30"), by="staff:1", proof="送达回执")
    record(session, made.file, arrived)
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Wed 2026-03-04 10:00"))
    [(_, text)] = delivered(app, session, board, "Wed 2026-03-04 10:00")

    assert ("核定" in text, "先予支付" in text) == (False, True)


def test_nobody_is_told_twice_that_a_claim_is_theirs(session: Session, world: World):
    made = a_reported_claim(session, world)
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 11:00"))
    with pytest.raises(AlreadyDone):
        assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 11:01"))

    assert len(queued(session, message="assigned")) == 1
    assert story_of(session, made.file).count("ClaimAssigned") == 1


@pytest.mark.both_databases
def test_from_then_on_the_old_owner_gets_nothing_not_even_what_waited(
    app: Flask, session: Session, world: World, board: Board
):
    made = a_reported_claim(session, world, "Mon 2026-03-02 21:30")
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 21:40"))
    assert [who for who, _ in delivered(app, session, board, "Mon 2026-03-02 21:40")] == ["adjuster@insurer.example"]
    swept(session, "Mon 2026-03-02 22:45")  # waits for the morning
    other = a_person(session, "adjuster", email="other@insurer.example")
    assign(session, made.file, to=other, by="staff:2", at=at("Mon 2026-03-02 22:50"))
    swept(session, "Tue 2026-03-03 22:00")  # half way to the survey

    told = delivered(app, session, board, "Wed 2026-03-04 07:00")
    assert {who for who, _ in told if who.endswith("insurer.example")} == {"other@insurer.example"}


def test_a_claim_that_came_back_is_told_once(app: Flask, session: Session, world: World, board: Board):
    """Handed over and back before anybody could read of it: the last word says it all."""
    made = a_reported_claim(session, world)
    other = a_person(session, "adjuster", email="other@insurer.example")
    for minute, to in enumerate((world.adjuster, other, world.adjuster)):
        assign(session, made.file, to=to, by="staff:2", at=at(f"Mon 2026-03-02 11:0{minute}"))

    assert [who for who, _ in delivered(app, session, board, "Mon 2026-03-02 11:05")] == ["adjuster@insurer.example"]


def test_a_message_that_says_nothing_any_more_keeps_its_words_sealed(session: Session, world: World):
    made = a_reported_claim(session, world)
    assign(session, made.file, to=world.adjuster, by="staff:2", at=at("Mon 2026-03-02 11:00"))
    [message] = queued(session, message="assigned")
    content = json.loads(session.info["sealer"].open(message.content_sealed))

    assert (content["told"], "adjuster甲" in message.content_sealed) == ("adjuster甲", False)
