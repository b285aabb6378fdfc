"""第九条(一)4, 第九条(五)2, 第六至八条: notices of acceptance, results of tests, uploads, emergencies."""

from datetime import date

import pytest

from claims.casefile import AlreadyDone, Refused
from tests.makers import at


@pytest.mark.parametrize(("act", "clock", "due"), [
    ("test-failed", "test_failed", "Mon 2026-02-16 10:30"),    # worked example 19: hours never roll
    ("test-passed", "test_passed", "Mon 2026-02-16 22:30"),
])  # fmt: skip
def test_hours_run_from_the_result_over_weekends_and_festivals(opened, act, clock, due):
    held = opened()

    number = held.begins(act, "Sun 2026-02-15 22:30", what="屋面蓄水试验")

    running = held.clock(clock, number, "test")
    assert running.safe_due == running.legal_due == at(due)


@pytest.mark.parametrize(("told_at", "is_breach"), [
    ("Mon 2026-02-16 10:29:59", False),
    ("Mon 2026-02-16 10:30:00", True),
])  # fmt: skip
def test_a_failed_test_is_told_within_twelve_hours(opened, told_at, is_breach):
    held = opened()
    number = held.begins("test-failed", "Sun 2026-02-15 22:30", what="屋面蓄水试验")

    held.happens("client-told", told_at, record_id=number)

    assert ("test_failed" in held.breaches) is is_breach


def test_each_test_has_its_own_clock(opened):
    held = opened()
    first = held.begins("test-failed", "Mon 2026-02-09 10:00", what="外窗气密性")
    second = held.begins("test-passed", "Mon 2026-02-09 11:00", what="屋面蓄水")

    held.happens("client-told", "Mon 2026-02-09 12:00", record_id=second)

    assert (held.clock("test_failed", first, "test").state, held.clock("test_passed", second, "test").state) == (
        "running",
        "met",
    )
    with pytest.raises(AlreadyDone):
        held.happens("client-told", "Mon 2026-02-09 13:00", record_id=second)


def test_ten_working_days_before_an_acceptance(opened):
    """Worked example 11: before Monday 12 October 2026, over National Day, the latest is Monday 21 September."""
    held = opened()

    number = held.begins(
        "acceptance", "Tue 2026-09-01 09:00", what="household_acceptance", planned_on=date(2026, 10, 12)
    )

    clock = held.clock("acceptance_notice", number, "acceptance")
    assert clock.safe_due == clock.legal_due == at("Tue 2026-09-22 00:00")


@pytest.mark.parametrize(("received_at", "is_breach"), [
    ("Mon 2026-09-21 23:59:59", False),
    ("Tue 2026-09-22 00:00:00", True),
])  # fmt: skip
def test_the_notice_is_late_once_the_tenth_working_day_before_is_over(opened, received_at, is_breach):
    held = opened()
    number = held.begins("acceptance", "Tue 2026-09-01 09:00", what="preview", planned_on=date(2026, 10, 12))

    held.happens("acceptance-notice", received_at, record_id=number)

    assert ("acceptance_notice" in held.breaches) is is_breach


def test_an_acceptance_put_off_is_planned_anew(opened):
    held = opened()
    number = held.begins("acceptance", "Tue 2026-09-01 09:00", what="preview", planned_on=date(2026, 10, 12))

    held.happens("acceptance-off", "Wed 2026-09-02 09:00", record_id=number, reason="整改未完")

    assert held.clock("acceptance_notice", number, "acceptance").state == "cancelled"


@pytest.mark.parametrize(("planned_on", "fits"), [(date(2026, 9, 1), True), (date(2026, 8, 31), False)])
def test_nothing_is_planned_for_a_day_that_is_over(opened, planned_on, fits):
    held = opened()
    if fits:
        held.begins("acceptance", "Tue 2026-09-01 09:00", what="preview", planned_on=planned_on)
        return
    with pytest.raises(Refused) as refusal:
        held.begins("acceptance", "Tue 2026-09-01 09:00", what="preview", planned_on=planned_on)
    assert set(refusal.value.errors) == {"planned_on"}


@pytest.mark.parametrize(("act", "what", "clock"), [
    ("upload",            "contract",             "platform_upload"),      # 第六条
    ("upload",            "risk_plan",            "platform_upload"),      # 第七条(二)
    ("upload",            "final_report",         "platform_upload"),      # 第七条(四)
    ("upload",            "owners_guide",         "platform_upload"),      # 第七条(五)
    ("inspection-report", "household_acceptance", "inspection_upload"),    # 第八条(三)
])  # fmt: skip
def test_three_working_days_over_a_make_up_sunday(opened, act, what, clock):
    """Worked example 8: 17 September, then 18, make-up Sunday 20, 21."""
    held = opened()

    number = held.begins(act, "Thu 2026-09-17 15:00", what=what)

    assert held.clock(clock, number, "upload").legal_due == at("Tue 2026-09-22 00:00")


@pytest.mark.parametrize(("uploaded_at", "is_breach"), [
    ("Sat 2026-10-10 23:59:59", False),        # worked example 10
    ("Sun 2026-10-11 00:00:00", True),
])  # fmt: skip
def test_an_upload_is_late_once_the_third_working_day_is_over(opened, uploaded_at, is_breach):
    held = opened()
    number = held.begins("upload", "Wed 2026-09-30 15:00", what="contract")

    held.happens("uploaded", uploaded_at, record_id=number)

    assert ("platform_upload" in held.breaches) is is_breach


def test_an_emergency_is_attended_and_reported_by_two_acts(opened):
    held = opened()
    number = held.begins("emergency", "Fri 2026-02-13 18:00", what="外墙面砖脱落")

    held.happens("attendance", "Fri 2026-02-13 19:00", record_id=number)

    clocks = [held.clock(name, number, "emergency") for name in ("emergency_attendance", "emergency_report")]
    assert [clock.state for clock in clocks] == ["met", "running"]
    assert clocks[1].legal_due == at("Sat 2026-02-14 18:00")


def test_a_return_visit_has_no_day_and_is_on_record(opened):
    held = opened()

    held.happens("return-visit", "Mon 2026-03-02 10:00")

    assert held.story[-1] == "ReturnVisitNoticeSigned"
