"""The demo's roster: days by turns, nights by one person with a night off that nobody has taken, and a substitute."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from claims.access import Person
from claims.demo.case import Crew, actor
from claims.demo.scheduling import Aside
from claims.registry import e164
from claims.roster.actions import add_shift, withdraw_shift
from config.time import shanghai_day

DAY, NIGHT = ("09:00", "18:00"), ("18:00", "09:00")
A_WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
OFF_IN = timedelta(days=9)
"""From the day of the demo to the evening on which nobody is on duty."""


def roster(crew: Crew, at: datetime) -> Iterator[Aside]:
    """Drawn up four weeks ago; the substitute was found yesterday."""
    today = shanghai_day(at)
    yield Aside(at - 4 * A_WEEK, lambda then: _draw_up(crew, today, then))
    yield Aside(at - ONE_DAY, lambda then: _find_substitute(crew, today, then))


def _draw_up(crew: Crew, today: date, at: datetime) -> None:
    monday = today - timedelta(days=today.weekday()) - 3 * A_WEEK
    by_day = [crew.member("adjuster", district) for district in ("浦东新区", "杨浦区")]
    night, lead = crew.member("surveyor", "浦东新区"), crew.member("lead", "浦东新区")
    for turn, person in enumerate(by_day):
        _shift(crew, person, DAY, at, first_on=monday + turn * A_WEEK, cycle_days=14)
    _shift(crew, lead, DAY, at, first_on=monday, rank=2)
    _shift(crew, night, NIGHT, at, first_on=monday, last_on=today + OFF_IN - ONE_DAY)
    _shift(crew, night, NIGHT, at, first_on=today + OFF_IN + ONE_DAY)
    twice = _shift(crew, lead, DAY, at, first_on=monday, rank=2)
    withdraw_shift(crew.session, twice, by=actor(lead), at=at + timedelta(minutes=4))


def _find_substitute(crew: Crew, today: date, at: datetime) -> None:
    substitute = crew.member("surveyor", "杨浦区", turn=1)
    away = {"first_on": today + 3 * ONE_DAY, "last_on": today + 4 * ONE_DAY}
    _shift(crew, substitute, DAY, at, kind="substitute", **away)


def _shift(crew: Crew, person: Person, hours: tuple[str, str], at: datetime, **told: Any) -> int:
    usual: dict[str, Any] = {"kind": "rota", "rank": 1, "last_on": None, "days": "all", "run_days": 7, "cycle_days": 7}
    phone = e164(crew.session.info["sealer"].open(person.phone_sealed)) or ""
    usual |= {"name": person.name, "phone": phone, "from_time": hours[0], "to_time": hours[1]}
    return add_shift(crew.session, **usual | told, by=actor(crew.member("lead")), at=at).id or 0
