"""What a clock tells: state, time left, the sentence, the reasons. 30 November 2026 is a Monday."""

from __future__ import annotations

import pytest

from claims.casefile.rulebook import ClockRule
from claims.casefile.steps import Rule
from claims.web.clock import Look, clock_face
from claims.web.clock.reasons import SENTENCES
from claims.web.clock.wording import PARTIES as PARTY_WORDS
from claims.web.clock.wording import duty_of
from tests.makers import at
from tests.web.clock_gallery import CALENDAR, CASES, RULES, Case

DENIED = "Thu 2026-11-26 10:20"  # 3 days later is Sunday the 29th; Monday the 30th is the last day


@pytest.mark.parametrize(
    ("seen", "look", "left"),
    [
        ("Thu 2026-11-26 10:20", Look.IN_TIME, "还有4天13小时"),
        ("Fri 2026-11-27 23:59:59", Look.IN_TIME, "还有3天"),
        ("Sat 2026-11-28 00:00", Look.NEAR, "还有3天"),
        ("Sun 2026-11-29 23:59", Look.NEAR, "还有1天"),
        ("Mon 2026-11-30 00:00", Look.LAST_DAY, "还有1天"),
        ("Mon 2026-11-30 23:59:59", Look.LAST_DAY, "还有不到1分钟"),
        ("Tue 2026-12-01 00:00", Look.BREACHED, "已超期不到1分钟"),
        ("Wed 2026-12-02 06:00", Look.BREACHED, "已超期1天6小时"),
    ],
)
def test_three_days_for_a_denial_notice_pass_from_ease_to_breach(seen: str, look: Look, left: str) -> None:
    face = Case(name="", since=DENIED, seen=seen).face()

    assert (face.look, face.left) == (look, left)


def test_the_sentence_says_what_by_when_and_why_not_earlier() -> None:
    face = Case(name="", since=DENIED, seen="Sun 2026-11-29 18:00").face()

    assert face.sentence == (
        "3日内发出不予赔偿通知书 · 还有1天6小时 · "
        "最迟11月30日（周一）24:00，数满的那天11月29日（周日）是周末，依《民法典》第二百零三条顺延"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_can_be_drawn_within_its_bar(case: Case) -> None:
    bar = case.face().drawing.bar

    assert all(cell.x >= 0 and cell.x + cell.width <= 100.01 for cell in (*bar.cells, *bar.over))
    assert len(bar.cells) <= 60


def by_name(name: str) -> Case:
    (case,) = [case for case in CASES if case.name == name]
    return case


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("rolled", Look.ROLLED),
        ("paused", Look.PAUSED),
        ("paused over National Day", Look.IN_TIME),
        ("met", Look.MET),
        ("met late", Look.MET_LATE),
        ("cancelled", Look.CANCELLED),
        ("hours late", Look.BREACHED),
        ("at once", Look.BREACHED),
        ("term ended", Look.ENDED),
        ("measure over", Look.ENDED),
    ],
)
def test_a_clock_looks_as_it_stands(name: str, look: Look) -> None:
    assert by_name(name).face().look is look


def test_a_clock_on_hold_says_what_it_waits_for_and_when_it_would_end_now() -> None:
    face = by_name("paused").face()

    assert face.due == ""
    assert face.parts[1:] == (
        "9月21日（周一）起暂停，已有9天不计入，等补充资料",
        "如果现在恢复，最迟10月26日（周一）24:00，数满的那天10月24日（周六）是周末，依《民法典》第二百零三条顺延",
    )


def test_a_pause_over_national_day_is_told_in_the_sentence_and_among_the_reasons() -> None:
    face = by_name("paused over National Day").face()

    assert face.parts[-1] == "最迟10月27日（周二）24:00，暂停的18天不计入"
    assert [(r.rule, r.article) for r in face.reasons] == [
        ("anchor_not_counted", "《民法典》第二百零一条第一款"),
        ("counted", "《民法典》第二百条"),
        ("paused", "《保险法解释（二）》第十五条"),
    ]


def test_three_days_over_a_weekend_are_drawn_as_a_calendar_has_them() -> None:
    cells = by_name("in time").face().drawing.bar.cells

    assert [(cell.label, cell.kind) for cell in cells] == [
        ("26", "anchor"),
        ("27", "working"),
        ("28", "rest"),
        ("29", "rest"),
        ("30", "working"),
    ]


def test_working_days_leave_out_the_break_and_count_the_working_saturday() -> None:
    kinds = [cell.kind for cell in by_name("working days").face().drawing.bar.cells]

    assert kinds == ["anchor", *["skipped"] * 7, "working", "working", "make-up"]


def test_weeks_in_which_a_clock_doesnt_run_are_left_out_of_its_months() -> None:
    (november,) = by_name("in time").face().months

    assert [week[0].day.day for week in november.weeks if week[0]] == [23, 30]


def test_a_bar_that_cant_hold_a_long_delay_says_that_it_is_cut_and_which_day_stands_at_its_end() -> None:
    face = by_name("long breached").face()

    assert face.drawing.bar.cells[-1].label == "…"
    assert face.drawing.labels["now"] == "今天1月20日"


def test_a_delay_that_the_bar_holds_is_drawn_whole() -> None:
    face = by_name("breached").face()

    assert not face.drawing.bar.is_cut
    assert face.drawing.labels["now"] == "今天"


def test_the_months_of_a_long_delay_reach_to_today() -> None:
    january = by_name("long breached").face().months[-1]

    assert [day.day.day for week in january.weeks for day in week if day and "now" in day.marks] == [20]


def test_a_last_day_on_a_working_saturday_says_why_it_is_one() -> None:
    assert by_name("working days").face().parts[-1] == "最迟10月10日（周六）24:00，这天是调休上班日"


def test_only_days_that_count_are_numbered_in_the_months() -> None:
    _september, october = by_name("working days").face().months
    numbers = {day.day.day: day.number for week in october.weeks for day in week if day and day.number}

    assert numbers == {8: 1, 9: 2, 10: 3}


def test_every_rule_of_the_count_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Rule)


@pytest.mark.parametrize("rule", RULES.sets[0].clocks.values(), ids=lambda rule: rule.name)
def test_every_clock_of_the_house_says_what_is_owed_by_whom(rule: ClockRule) -> None:
    assert rule.duty in duty_of(rule, "3 days")
    assert set(rule.parties) <= set(PARTY_WORDS)


@pytest.mark.parametrize(
    ("clock", "in_danger", "look"),
    [
        ("make_safe", False, Look.NEAR),  # this clock alone means danger
        ("contact", True, Look.NEAR),
        ("contact", False, Look.IN_TIME),
        ("survey", True, Look.DANGER),
        ("survey", False, Look.IN_TIME),
        ("repair_warranty", True, Look.DANGER),
    ],
)
def test_nobody_is_at_leisure_about_a_danger(clock: str, in_danger: bool, look: Look) -> None:
    case = Case(name="", clock=clock, since=DENIED, seen="Thu 2026-11-26 10:21")
    row, pauses = case.row(1)

    face = clock_face(row, pauses, case.rule, CALENDAR, at(case.seen), in_danger=in_danger)

    assert face.look is look
