"""The board says what a recount of every row says, whoever asks and whenever; and each number leads to its claims."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from claims.access import Person
from claims.casefile.model import CaseFile
from claims.desk.queries import Filters, queue
from claims.oversight import tallies
from claims.oversight.figures import _owed_then, _spans, figures, month_earlier
from claims.oversight.queries import Span, board, breaches, count_breaches
from config.time import shanghai_day
from tests.claims.demo.loading import TODAY
from tests.claims.oversight.recount import Recount
from tests.ground import figure
from tests.makers import at
from tests.web.signed_in import asked, signed_in

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("oversight")]
ASKERS = ("manager@insurer.example", "lead.yangpu@insurer.example")
MOMENTS = st.timedeltas(timedelta(days=-40), timedelta(days=40)).map(lambda off: TODAY + off)
often = settings(
    max_examples=figure(25, 400), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def the(session: Session, email: str) -> Person:
    return session.exec(select(Person).where(Person.email == email)).one()


@pytest.fixture
def demo(demo_app: Flask):
    with demo_app.extensions["database"].session(reading=True) as session:
        yield session


@often
@given(as_of=MOMENTS, email=st.sampled_from(ASKERS))
def test_the_four_numbers_equal_a_full_recount(demo: Session, as_of, email) -> None:
    person = the(demo, email)
    counted, found = Recount(demo, person, as_of), figures(demo, person, as_of)

    assert found.due_today.now == counted.due_today()
    assert found.at_risk.now == counted.at_risk()
    assert found.breached.now == counted.breached().total()
    assert found.oldest_reference == counted.oldest()


@often
@given(as_of=MOMENTS, email=st.sampled_from(ASKERS))
def test_what_stands_below_equals_a_full_recount(demo: Session, as_of, email) -> None:
    person = the(demo, email)
    counted = Recount(demo, person, as_of)
    by_clock = {one.clock: one.months[-1] for one in tallies.breaches_by_clock(demo, person, as_of) if one.months[-1]}
    firms = tallies.firms_work(demo, person, as_of)
    loads = tallies.workload(demo, person, as_of)
    people = tallies.by_person(loads)

    assert by_clock == counted.breached()
    assert sum(one.in_work for one in firms) == counted.in_work()
    assert sum(one.late for one in firms) == counted.late_orders()
    assert sorted(one.open for one in people) == sorted(counted.per_person().values())
    assert tallies.by_stage(loads) == counted.per_stage()


@often
@given(as_of=MOMENTS, email=st.sampled_from(ASKERS))
def test_each_number_leads_to_exactly_its_claims(demo: Session, as_of, email) -> None:
    person, all_of_them = the(demo, email), 1000
    found = figures(demo, person, as_of)

    def listed(due: str) -> int:
        return len(queue(demo, person, Filters(due=due), cursor=None, limit=all_of_them, as_of=as_of).rows)

    month = Span(first=shanghai_day(as_of).replace(day=1), last=shanghai_day(as_of), state="standing")
    assert (listed("today"), listed("soon")) == (found.due_today.now, found.at_risk.now)
    shown = [breach for breach in breaches(demo, person, month) if breach.clock.breached_at <= as_of]
    assert len(shown) == found.breached.now
    assert count_breaches(demo, person, Span()) == len(breaches(demo, person, Span()))


@pytest.mark.parametrize("email", ASKERS)
def test_the_trend_asks_of_a_month_ago_what_the_queue_answers_today(demo: Session, email: str) -> None:
    """The clocks' rows, asked as of now, give what the files' own column gives."""
    person = the(demo, email)
    found = figures(demo, person, TODAY)

    assert [_owed_then(demo, person, TODAY, *span) for span in _spans(TODAY)] == [
        found.due_today.now,
        found.at_risk.now,
    ]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("Wed 2026-11-18 10:00", "Sun 2026-10-18 10:00"),
        ("Tue 2026-03-31 23:59", "Sat 2026-02-28 23:59"),
        ("Fri 2028-03-31 00:00", "Tue 2028-02-29 00:00"),
        ("Fri 2027-01-01 00:00", "Tue 2026-12-01 00:00"),
    ],
)
def test_a_month_earlier_is_the_same_day_or_the_last_one(now: str, then: str) -> None:
    assert month_earlier(at(now)) == at(then)


def test_the_api_counts_as_the_page_does(demo: Session) -> None:
    person = the(demo, ASKERS[0])
    api, page = board(demo, person, TODAY), figures(demo, person, TODAY)

    assert (api["due_today"], api["at_risk"]) == (page.due_today.now, page.at_risk.now)
    assert sum(api["open"].values()) == len(Recount(demo, person, TODAY).open)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_board_asks_a_fixed_number_of_questions(demo_app: Flask, demo: Session, language: str) -> None:
    with freeze_time(TODAY):
        client = signed_in(demo_app, the(demo, ASKERS[0]), language)
        with asked(demo_app) as questions:
            page = client.page("/oversight")

    assert len(questions) <= 22, questions  # and three more where a provider is configured
    assert str(figures(demo, the(demo, ASKERS[0]), TODAY).due_today.now) in page.words


def test_a_claim_in_another_district_is_on_nobody_elses_board(demo: Session) -> None:
    yangpu = the(demo, ASKERS[1])
    elsewhere = select(CaseFile.id).where(CaseFile.district == "浦东新区")
    hidden = set(demo.exec(elsewhere))

    assert hidden
    assert not {breach.file.id for breach in breaches(demo, yangpu, Span())} & hidden
