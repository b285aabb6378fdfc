"""Nothing is dated before what it is about, nor after now; whoever tried is told so, and keeps what was typed."""

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from freezegun import freeze_time
from sqlmodel import Session

from claims.casefile import Refused, Stage
from claims.duties import open_recovery
from tests.claims.duties.conftest import BY, Held, a_project
from tests.claims.duties.test_owed_to_the_platform import upload_of
from tests.faults.town import Town
from tests.makers import World, a_claim, at
from tests.web.sentences import compiled
from tests.web.signed_in import send, signed_in

TOO_EARLY, JUST_IN_TIME = "Mon 2026-03-02 09:59:59", "Mon 2026-03-02 10:00:00"
NOW = "Mon 2026-03-02 12:00"


@pytest.mark.parametrize(("begins", "told", "follows"), [
    ("emergency", {"what": "外墙脱落"}, "attendance"),
    ("emergency", {"what": "外墙脱落"}, "authority-told"),
    ("test-failed", {"what": "屋面蓄水试验"}, "client-told"),
    ("upload", {"what": "contract"}, "uploaded"),
    ("acceptance", {"what": "preview", "planned_on": date(2026, 10, 12)}, "acceptance-notice"),
])  # fmt: skip
@pytest.mark.parametrize(
    ("when", "fits"), [(TOO_EARLY, False), (JUST_IN_TIME, True), ("Mon 2026-03-02 12:00:01", False)]
)
def test_what_follows_lies_between_what_began_it_and_now(opened, begins, told, follows, when, fits):
    held = opened()
    number = held.begins(begins, JUST_IN_TIME, **told)

    assert refused(held, follows, when, record_id=number) == (set() if fits else {"at"})


@pytest.mark.parametrize(("act", "when", "fits"), [
    ("demand", TOO_EARLY, False),                       # before the payment there is no right
    ("demand", JUST_IN_TIME, True),
    ("suit", TOO_EARLY, False),
    ("developer-asked", TOO_EARLY, True),                       # 第十六条: of a recovery that may follow
    ("developer-asked", "Mon 2026-02-02 09:59:59", False),      # before the report
])  # fmt: skip
def test_a_recovery_begins_with_its_payment_but_people_may_be_told_before(
    session: Session, world: World, act: str, when: str, fits: bool
):
    made = a_claim(session, world, Stage.COVERED, reported_at=at("Mon 2026-02-02 10:00"))
    told: dict[str, Any] = {"debtor": "x", "amount": 1, "paid_at": at(JUST_IN_TIME), "proof": "x", "by": BY}
    held = Held(session, open_recovery(session, made.file, made.claim, **told, at=at(JUST_IN_TIME)))

    assert refused(held, act, when) == (set() if fits else {"at"})


@pytest.mark.parametrize(("when", "fits"), [(TOO_EARLY, False), (JUST_IN_TIME, True)])
def test_nobody_is_told_before_the_developer_was_asked_to(session: Session, world: World, when: str, fits: bool):
    made = a_claim(session, world, Stage.COVERED, reported_at=at("Mon 2026-02-02 10:00"))
    told: dict[str, Any] = {"debtor": "x", "amount": 1, "paid_at": at("Fri 2026-02-27 10:00"), "proof": "x", "by": BY}
    held = Held(session, open_recovery(session, made.file, made.claim, **told, at=at("Fri 2026-02-27 10:00")))
    held.happens("developer-asked", JUST_IN_TIME)

    assert refused(held, "parties-told", when) == (set() if fits else {"at"})


@pytest.mark.parametrize(("when", "fits"), [("Mon 2026-03-02 10:59:59", False), ("Mon 2026-03-02 11:00", True)])
def test_nothing_is_uploaded_before_it_happened(session: Session, world: World, when: str, fits: bool):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-03-02 10:00"))
    held = upload_of(session, made.file)
    assert held.clock("claim_upload").anchor == at("Mon 2026-03-02 11:00")

    assert refused(held, "claim-uploaded", when, learned="Mon 2026-03-02 18:00") == (set() if fits else {"at"})


@pytest.mark.parametrize(("when", "fits"), [("Sun 2024-05-19 23:59:59", False), ("Mon 2024-05-20 00:00:00", True)])
def test_no_joint_inspection_before_the_works_were_complete(opened, when, fits):
    held = opened(date(2024, 5, 20))

    assert refused(held, "joint-inspection", when) == (set() if fits else {"at"})


@pytest.mark.parametrize(("starts_on", "fits"), [(date(2024, 5, 20), False), (date(2024, 5, 21), True)])
def test_liability_starts_after_the_works_were_complete(opened, starts_on, fits):
    held = opened(date(2024, 5, 20))

    with nullcontext() if fits else pytest.raises(Refused, match="liability_starts_on"):
        held.happens("liability-start", NOW, liability_starts_on=starts_on, proof="保险单", confirmed_by="staff:2")

    assert ("LiabilityStartMoved" in held.story) is fits


def refused(held: Held, act: str, when: str, *, learned: str = NOW, **told: object) -> set[str]:
    """Fields that the act was refused for."""
    try:
        held.happens(act, when, learned=learned, confirmed_by="staff:2", **told)
    except Refused as refusal:
        return set(refusal.errors)
    return set()


# --- what its reader is told ----------------------------------------------------------------------------------


@pytest.fixture
def emergency(town: Town):
    """The path of an attendance in an emergency of ten o'clock, at noon."""
    compiled()
    with town.session() as session:
        a_project(session, date(2024, 5, 20))
        session.commit()
    with freeze_time(at(JUST_IN_TIME)) as clock:
        place = town.asks(town.world.adjuster, "post", "/projects", {"project": "P9"}).json["reference"]
        town.asks(town.world.adjuster, "post", f"/projects/{place}/emergency", {"what": "外墙脱落"})
        clock.move_to(at(NOW))
        yield f"/projects/{place}/attendance/1"


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "时间须在所涉及的事情发生之后、现在之前。"),
    ("en", "It must lie between what this is about and now."),
])  # fmt: skip
def test_a_page_says_so_in_its_readers_language_and_keeps_what_was_typed(town, emergency, language, words):
    client = signed_in(town.app, town.world.adjuster, language)

    status, page = send(client, f"/desk{emergency}", at="2026-03-02T09:59:59", proof="张工到场")

    assert (status, words in page.words, page.filled()["proof"]) == (422, True, "张工到场")
    assert page.filled()["at"].startswith("2026-03-02T09:59")


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "时间须在所涉及的事情发生之后、现在之前。"),
    ("en", "Must lie between what this is about and now."),
])  # fmt: skip
def test_the_api_says_so_too(town, emergency, language, words):
    body = {"at": "2026-03-02T09:59:59+08:00", "proof": "张工到场"}

    answer = town.asks(town.world.adjuster, "post", emergency, body, Accept_Language=language)

    assert (answer.status_code, answer.json["errors"]) == (422, {"at": [words]})


def test_a_day_out_of_reach_is_called_that_and_not_a_day_to_come(town, emergency):
    client = signed_in(town.app, town.world.lead)
    place = emergency.removesuffix("/attendance/1")

    status, page = send(client, f"/desk{place}/liability-start", liability_starts_on="9999-12-31", proof="保险单")

    assert (status, "日期太远，算不出期限" in page.words, page.filled()["proof"]) == (422, True, "保险单")


@pytest.mark.parametrize("record", ["2", "99999999999999999999"])
def test_no_form_is_shown_for_a_record_that_this_file_does_not_have(town, emergency, record):
    client = signed_in(town.app, town.world.lead)

    assert client.get(f"/desk{emergency[:-1]}{record}").status_code == 404
