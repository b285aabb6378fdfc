"""What a clock tells: state, time left, the sentence, the reasons. 30 November 2026 is a Monday."""

from __future__ import annotations

import pytest

from claims.web.clock import Look
from tests.web.clock_gallery import CASES, Case

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
        "最迟11月30日（周一）24:00，原为11月29日（周日），是周末，依《民法典》第二百零三条顺延"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_can_be_drawn_within_its_bar(case: Case) -> None:
    bar = case.face().drawing.bar

    assert all(cell.x >= 0 and cell.x + cell.width <= 100.01 for cell in (*bar.cells, *bar.over))
    assert len(bar.cells) <= 60
