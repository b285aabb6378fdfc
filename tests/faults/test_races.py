"""Everybody at once, on a real PostgreSQL: one claim, one decision, one answer."""

import io
from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import select, text
from werkzeug.test import TestResponse

from claims.access import IdempotentAnswer, Person
from claims.casefile import Stage, lock
from claims.casefile.model import CaseFile, ClockFiring, RunningClock
from claims.casefile.sweeps import would_ring
from claims.decision import Decision
from claims.decision.supplement import notice_arrived, request_supplement
from claims.intake import Claim
from claims.letters.model import Letter
from claims.sweeping import read_arrivals, release_canary, ring_due_rungs
from config.ticker import drain
from config.time import now
from notifications.model import Arrival, Message
from tests.faults.together import at_once, repeated
from tests.faults.town import Town, told
from tests.ground import figure
from tests.makers import PHOTO, Made, at, bearer

pytestmark = pytest.mark.postgres

REPEATS = figure(64, 200)
ROUNDS = figure(5, 60)
ASKED, ARRIVED = "Tue 2026-03-03 10:00", "Tue 2026-03-10 10:00"
REPORT = {
    "home": "H-1201",
    "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
    "part": "waterproofing",
    "description": "卧室天花板滴水",
}


# --- the same thing, again and again ------------------------------------------------------------------------


def test_one_text_delivered_many_times_at_once_is_one_arrival_and_one_claim(town: Town):
    answers = repeated(lambda _: town.texts("漏水", sid="SM1", phone="+8613900000009").status_code, REPEATS)

    assert answers == [200] * REPEATS
    assert (town.count(Arrival), town.count(Claim), town.count(CaseFile)) == (1, 1, 1)
    assert town.count(Arrival, state="read") == 1
    assert town.count(Message, message="report_received") == 1
    assert town.is_whole()


def test_one_text_read_by_many_workers_at_once_is_one_claim(town: Town):
    town.app.extensions["settings"] = town.app.extensions["settings"].model_copy(
        update={"process_arrivals": "by worker"}
    )
    for number in range(ROUNDS):
        town.texts("漏水", sid=f"SM{number}", phone=f"+861390000{number:04d}")
    at_once(*[lambda: drain(town.database, read_arrivals, now())] * 4)

    assert town.count(Arrival, state="read") == town.count(Claim) == ROUNDS
    assert town.is_whole()


def test_many_workers_that_begin_at_once_release_one_canary(town: Town):
    released = at_once(*[lambda: release_canary(town.database, now())] * 6)

    assert sum(released) == 1
    assert (town.count(CaseFile, kind="canary"), town.count(RunningClock, clock="canary")) == (1, 1)
    assert town.is_whole()


def test_one_idempotency_key_sent_many_times_at_once_is_one_claim_and_one_answer(town: Town):
    def report(_: int):
        return town.asks(town.world.channel, "POST", "/claims", REPORT, Idempotency_Key="K1")

    answers = repeated(report, REPEATS)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_data() for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert town.count(Claim) == town.count(IdempotentAnswer) == 1
    assert town.count(Message, message="report_received") == 1


def test_the_same_key_for_two_different_reports_at_once_opens_one_and_refuses_the_other(town: Town):
    bodies = [REPORT | {"description": words} for words in ("卧室漏水", "厨房漏水")]

    def report(number: int):
        return town.asks(town.world.channel, "POST", "/claims", bodies[number % 2], Idempotency_Key="K1").status_code

    answers = repeated(report, REPEATS)

    assert sorted((set(answers[0::2]), set(answers[1::2])), key=min) == [{201}, {422}]
    assert town.count(Claim) == 1


def test_the_same_key_with_another_body_is_refused_later_too(town: Town):
    first = town.asks(town.world.channel, "POST", "/claims", REPORT, Idempotency_Key="K1")
    other = town.asks(town.world.channel, "POST", "/claims", REPORT | {"danger": True}, Idempotency_Key="K1")
    again = town.asks(town.world.channel, "POST", "/claims", REPORT, Idempotency_Key="K1")
    by_another = town.asks(town.world.adjuster, "POST", "/claims", REPORT, Idempotency_Key="K1")

    assert (first.status_code, other.status_code, again.status_code) == (201, 422, 201)
    assert told(again) == told(first)
    assert told(by_another)["reference"] != told(first)["reference"]


def test_a_key_whose_request_was_refused_can_be_used_again(town: Town):
    refused = town.asks(town.world.channel, "POST", "/claims", REPORT | {"home": "nowhere"}, Idempotency_Key="K1")
    mended = town.asks(town.world.channel, "POST", "/claims", REPORT, Idempotency_Key="K1")

    assert (refused.status_code, mended.status_code) == (422, 201)


# --- two who decide -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("holding_a_version", [True, False])
def test_two_adjusters_cover_the_same_findings_at_once_while_a_text_arrives(town: Town, holding_a_version: bool):
    other = town.another("adjuster", 2)
    for number in range(ROUNDS):
        phone = f"+861380001{number:04d}"
        made = town.claim(Stage.SURVEYED, phone=phone, findings=2)
        path, body = f"/claims/{made.file.reference}/coverage", {"findings": [f.id for f in made.findings]}
        headers = {"If_Match": f'"{made.file.version}"'} if holding_a_version else {}
        *decided, text = statuses(
            partial(town.asks, town.world.adjuster, "POST", path, body, **headers),
            partial(town.asks, other, "POST", path, body, **headers),
            partial(town.texts, "还在漏", sid=f"SM{number}", phone=phone),
        )

        assert sorted(decided) == [201, 412 if holding_a_version else 409]
        assert text == 200
        assert (town.file(made).stage, town.file(made).version) == ("covered", made.file.version + 1)
        story = town.story(made.file)
        assert (story.count("CoverageConfirmed"), story.count("TextReceived")) == (1, 1)
        assert town.count(Letter, claim_id=made.file.id, kind="coverage_notice") == 1
    assert town.is_whole()


def test_one_covers_while_the_other_denies(town: Town):
    other = town.another("adjuster", 2)
    for _ in range(ROUNDS):
        made = town.claim(Stage.SURVEYED)
        photo = _upload(town, other)
        path, findings = f"/claims/{made.file.reference}", [f.id for f in made.findings]
        denial = {"findings": findings, "ground": "owner_cause", "evidence": [photo], "clause": "七", "reasons": "改动"}
        decided = statuses(
            partial(town.asks, town.world.adjuster, "POST", f"{path}/coverage", {"findings": findings}),
            partial(town.asks, other, "POST", f"{path}/denial", denial),
        )

        assert sorted(decided) == [201, 409]
        assert town.count(Decision, claim_id=made.file.id) == 1
    assert town.is_whole()


@pytest.mark.parametrize("holding_a_version", [True, False])
@pytest.mark.parametrize("answers", [(True, True), (True, False), (False, False)])
def test_two_second_persons_answer_a_denial_at_once(town: Town, holding_a_version: bool, answers: tuple[bool, bool]):
    leads = (town.world.lead, town.another("lead", 2))
    for _ in range(ROUNDS):
        made = town.proposed_denial()
        path = f"/claims/{made.file.reference}/decision/approval"
        headers = {"If_Match": f'"{made.file.version}"'} if holding_a_version else {}
        bodies = [{"decision": made.decision.id, "approve": approve, "comment": "意见"} for approve in answers]
        both = zip(leads, bodies, strict=True)
        decided = statuses(*(partial(town.asks, lead, "POST", path, body, **headers) for lead, body in both))

        assert sorted(decided) == [201, 412 if holding_a_version else 409]
        story = town.story(made.file)
        assert story.count("CoverageDenied") + story.count("DenialReturned") == 1
        assert town.count(Letter, claim_id=made.file.id, kind="denial_notice") == story.count("CoverageDenied")
    assert town.is_whole()


def test_nobody_approves_what_they_proposed_however_often_they_try(town: Town):
    made = town.proposed_denial()
    path, body = f"/claims/{made.file.reference}/decision/approval", {"decision": made.decision.id, "approve": True}
    tries = repeated(lambda _: town.asks(town.world.adjuster, "POST", path, body).status_code, 16)

    assert set(tries) == {422}
    assert "CoverageDenied" not in town.story(made.file)


# --- one photo, two reports ---------------------------------------------------------------------------------


def test_a_photo_named_in_two_reports_at_once_belongs_to_one_of_them(town: Town):
    for _ in range(ROUNDS * 2):
        photo = _upload(town, town.world.channel)
        report = partial(town.asks, town.world.channel, "POST", "/claims", REPORT | {"photos": [photo]})

        assert sorted(statuses(report, report)) == [201, 422]


# --- two texts, two sweeps ----------------------------------------------------------------------------------


def test_two_texts_of_one_unknown_sender_at_once_are_one_claim_and_one_text_on_it(town: Town):
    for number in range(ROUNDS):
        phone = f"+861370000{number:04d}"
        statuses(
            partial(town.texts, "卧室漏水", sid=f"SMa{number}", phone=phone),
            partial(town.texts, "厨房也漏", sid=f"SMb{number}", phone=phone),
        )
    with town.session() as session:
        files = session.exec(select(CaseFile)).all()

    assert len(files) == ROUNDS
    assert {file.version for file in files} == {1}
    assert town.count(Arrival, state="read") == 2 * ROUNDS
    assert town.is_whole()


def test_a_text_on_a_busy_claim_waits_and_is_not_lost(town: Town):
    made = town.claim(Stage.SURVEYED)
    texts = repeated(
        lambda n: town.texts("又漏了", sid=f"SM{n}", phone="+8613800000001").status_code, ROUNDS * 4, threads=8
    )

    assert set(texts) == {200}
    assert town.story(made.file).count("TextReceived") == ROUNDS * 4
    assert town.file(made).version == made.file.version
    assert town.is_whole()


def test_many_sweeps_at_once_ring_each_rung_once(town: Town):
    for _ in range(ROUNDS):
        town.claim(Stage.REPORTED, reported_at=at("Mon 2026-03-02 10:00"))
    as_of = at("Mon 2026-03-09 10:00")

    def sweep() -> int:
        looked = 0
        for _ in range(20):
            looked += ring_due_rungs(town.database, as_of)
        return looked

    at_once(*[sweep] * 4)

    assert town.count(Message, message="rung") == town.count(ClockFiring) == ROUNDS * 5  # contact 2, survey 3
    with town.session() as session:
        stories = [town.story(file) for file in session.exec(select(CaseFile))]
    assert {tuple(story) for story in stories} == {("ReportReceived", "ClockBreached", "ClockBreached")}
    assert town.is_whole()


def statuses(*acts: Callable[[], TestResponse]) -> list[int]:
    """What each was answered, all asking at once."""
    return [answer.status_code for answer in at_once(*acts)]


def _upload(town: Town, person: Person) -> str:
    photo = {"file": (io.BytesIO(PHOTO), "报告.jpg")}
    answer = town.app.test_client().post("/api/v1/files", data=photo, headers=bearer(person))
    return str(told(answer)["id"])


# --- a breach, and the proof that there was none -------------------------------------------------------------


def test_a_proof_of_time_and_many_sweeps_at_once_leave_each_breach_once_and_withdrawn_once(town: Town):
    """解释（二）15: the notice's arrival is entered in the very moment in which the 30 days are found to be over."""
    over, learned = at("Thu 2026-04-02 00:00"), at("Fri 2026-04-10 09:00")
    for _ in range(ROUNDS):
        made = town.claim(Stage.SURVEYED, reported_at=at("Mon 2026-03-02 10:00"))
        with town.session() as session:
            request_supplement(session, session.merge(made.file), items=["产权证明"], by="staff:1", at=at(ASKED))
            session.commit()

        def enter(made: Made = made) -> int:
            with town.session() as session:
                file = lock(session, made.claim.id)
                told = {"arrived_at": at(ARRIVED), "proof": "EMS 99", "by": "staff:1", "confirmed_by": "staff:2"}
                notice_arrived(session, file, **told, recorded_at=learned)
                session.commit()
            return 1

        at_once(enter, *[lambda: drain(town.database, ring_due_rungs, over)] * 3)

        story = town.story(made.file)
        decision = [row for row in town.rows(RunningClock, file_id=made.claim.id) if row.clock == "decision"]
        recorded = town.rows(ClockFiring, clock_id=decision[0].id, rung="breach")
        assert (len(recorded), story.count("BreachWithdrawn")) in ((0, 0), (1, 1))
        assert decision[0].state == "paused"
    assert town.is_whole()


def test_nobody_waits_for_a_rehearsal(town: Town):
    made = town.claim(Stage.DENIED, reported_at=at("Mon 2026-03-02 10:00"))
    with town.session() as rehearsing, town.session() as working:
        rung = list(would_ring(rehearsing, at("Tue 2026-03-10 09:00")))
        working.exec(text("SET LOCAL lock_timeout = '200ms'"))

        assert lock(working, made.claim.id).reference == made.file.reference
    assert ("denial_notice", "breach") in {(clock.clock, rung.name) for clock, rung in rung}
