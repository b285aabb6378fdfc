"""Every look that a clock can have, on one page: for tests, and for eyes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask, render_template_string

from claims.casefile import Calendar, RuleBook
from claims.casefile.dues import count
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.rulebook import ClockRule
from claims.web import open_to_all
from claims.web.clock import ClockFace, clock_face
from config.settings import ROOT
from config.time import shanghai_day
from tests.makers import at

RULES = RuleBook.from_file(ROOT / "config/clocks.toml")
CALENDAR = Calendar.from_folder(ROOT / "config/calendar")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A clock of the house, or one made from it, looked at on a day."""

    name: str
    clock: str = "denial_notice"
    since: str
    seen: str
    length: str = ""
    direction: str = "forward"
    pauses: tuple[tuple[str, str], ...] = ()
    met: str = ""
    cancelled: bool = False
    in_danger: bool = False

    @property
    def rule(self) -> ClockRule:
        rule = RULES.on(shanghai_day(at(self.seen))).clocks[self.clock]
        return replace(rule, direction=self.direction)

    def row(self, number: int) -> tuple[RunningClock, list[ClockPause]]:
        pauses = [
            ClockPause(
                clock_id=number,
                from_at=at(since),
                to_at=at(until) if until else None,
                reason="SupplementNoticeArrived",
                recorded_at=at(since),
                by="staff:1",
            )
            for since, until in self.pauses
        ]
        length = self.length or self.rule.length
        counted = count(self.rule, length, at(self.since), pauses, CALENDAR)
        state = "cancelled" if self.cancelled else "met" if self.met else "paused" if counted.paused else "running"
        row = RunningClock(
            id=number,
            file_id=1,
            clock=self.clock,
            kind=self.rule.kind,
            rule_set="shanghai-2025",
            calendar=CALENDAR.version,
            length=length,
            anchor=at(self.since),
            state=state,
            safe_due=counted.safe_due,
            legal_due=counted.legal_due,
            provisional=counted.provisional,
            met_at=at(self.met) if self.met else None,
        )
        return row, pauses

    def face(self, number: int = 1) -> ClockFace:
        row, pauses = self.row(number)
        return clock_face(row, pauses, self.rule, CALENDAR, at(self.seen), in_danger=self.in_danger)


CASES = (
    Case(name="in time", since="Thu 2026-11-26 10:20", seen="Thu 2026-11-26 16:00"),
    Case(name="in time beside a danger", since="Thu 2026-11-26 10:20", seen="Thu 2026-11-26 16:00", in_danger=True),
    Case(name="near", since="Thu 2026-11-26 10:20", seen="Sat 2026-11-28 18:00"),
    Case(name="rolled", clock="performance", since="Fri 2026-02-06 10:00", seen="Wed 2026-02-18 09:00"),
    Case(name="last day", since="Thu 2026-11-26 10:20", seen="Mon 2026-11-30 09:30"),
    Case(name="breached", since="Thu 2026-11-26 10:20", seen="Wed 2026-12-02 14:00"),
    Case(name="long breached", since="Thu 2026-11-26 10:20", seen="Wed 2027-01-20 14:00"),
    Case(
        name="paused",
        clock="decision",
        since="Tue 2026-09-15 09:00",
        seen="Wed 2026-09-30 10:00",
        pauses=(("Mon 2026-09-21 15:00", ""),),
    ),
    Case(
        name="paused over National Day",
        clock="decision",
        since="Wed 2026-09-09 09:00",
        seen="Sun 2026-10-11 10:00",
        pauses=(("Mon 2026-09-21 15:00", "Fri 2026-10-09 11:00"),),
    ),
    Case(name="met", since="Thu 2026-11-26 10:20", seen="Tue 2026-12-01 09:00", met="Fri 2026-11-27 15:10"),
    Case(name="met late", since="Thu 2026-11-26 10:20", seen="Mon 2026-12-07 09:00", met="Thu 2026-12-03 15:10"),
    Case(name="cancelled", clock="survey", since="Mon 2026-11-23 10:00", seen="Tue 2026-11-24 10:00", cancelled=True),
    Case(name="provisional", since="Tue 2026-12-29 10:00", seen="Wed 2026-12-30 10:00"),
    Case(name="make-up day", since="Wed 2026-02-11 10:00", seen="Thu 2026-02-12 10:00"),
    Case(name="working days", clock="owner_word", since="Wed 2026-09-30 10:00", seen="Thu 2026-10-08 10:00"),
    Case(
        name="30 minutes",
        clock="contact",
        length="30 minutes",
        since="Sun 2026-11-22 14:05",
        seen="Sun 2026-11-22 14:12",
    ),
    Case(
        name="24 hours", clock="contact", length="24 hours", since="Sun 2026-11-22 22:30", seen="Mon 2026-11-23 20:00"
    ),
    Case(name="hours late", clock="contact", since="Sun 2026-11-22 14:05", seen="Sun 2026-11-22 18:00"),
    Case(name="at once", clock="contact", length="at once", since="Sun 2026-11-22 14:05", seen="Sun 2026-11-22 14:20"),
    Case(name="60 days", clock="advance", since="Mon 2026-08-03 10:00", seen="Tue 2026-09-15 10:00"),
    Case(name="term of 180 days", clock="repair_warranty", since="Mon 2026-03-30 10:00", seen="Wed 2026-07-15 10:00"),
    Case(name="term ended", clock="repair_warranty", since="Mon 2026-03-30 10:00", seen="Wed 2026-10-14 10:00"),
    Case(
        name="two years",
        clock="performance",
        length="2 years",
        since="Thu 2024-02-29 10:00",
        seen="Wed 2025-07-16 10:00",
    ),
    Case(
        name="two months before",
        clock="survey",
        length="2 months",
        direction="backward",
        since="Sun 2026-03-01 00:00",
        seen="Mon 2025-12-22 10:00",
    ),
    Case(
        name="ten working days before",
        clock="survey",
        length="10 working days",
        direction="backward",
        since="Mon 2026-10-12 09:00",
        seen="Fri 2026-09-18 10:00",
    ),
    Case(
        name="agreed day",
        clock="repair_finish",
        length="until 2026-12-06",
        since="Wed 2026-11-18 10:00",
        seen="Wed 2026-12-02 10:00",
    ),
    Case(name="measure over", clock="performance_strict", since="Mon 2026-11-02 10:00", seen="Fri 2026-11-20 10:00"),
)
PAGE = """
{% extends "layout.html" %}
{% from "components/clock.html" import clock, clock_line, month %}
{% block title %}Clocks{% endblock %}
{% block main %}
<h1>Clocks</h1>
<ul>{% for face in faces %}<li>{{ clock_line(face) }}</li>{% endfor %}</ul>
{% for face in faces %}<h2>{{ names[loop.index0] }}</h2>{{ clock(face) }}{{ month(face) }}{% endfor %}
{% endblock %}
"""


def open_gallery(app: Flask, cases: tuple[Case, ...] = CASES) -> None:
    """At /gallery; with ?only=NAME one clock of it."""

    @open_to_all
    def show(name: str = "") -> str:
        shown = [case for case in cases if name in ("", case.name)]
        return render_template_string(
            PAGE, faces=[case.face(number) for number, case in enumerate(shown)], names=[case.name for case in shown]
        )

    view: Callable[..., str] = show
    app.add_url_rule("/gallery", "gallery", view)
    app.add_url_rule("/gallery/<name>", "gallery_of_one", view)
