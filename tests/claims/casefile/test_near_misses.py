"""A duty done within the last tenth of its time is on record as nearly missed, in the passage that did it."""

import pytest

from claims.casefile import facts as f
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import clock, entries, happens, reported, story, surveyed, swept

REPORTED = "Mon 2026-03-02 00:00"
"""The decision is due on Thursday 2 April 00:00, 31 days later: the last tenth begins on Sunday 29 March, 21:36."""


@pytest.mark.parametrize(
    ("met_at", "told"),
    [
        ("Sun 2026-03-29 21:35:59", []),
        ("Sun 2026-03-29 21:36:00", ["ClockNearlyBreached"]),
        ("Wed 2026-04-01 23:59:59", ["ClockNearlyBreached"]),
    ],
)
def test_the_last_tenth_begins_nine_tenths_on_the_way_to_the_safe_day(session, met_at, told):
    file = surveyed(session, REPORTED)
    happens(session, file, f.EveryFindingDecided, met_at)

    assert story(session, file)[3:] == told


def test_it_is_dated_to_the_act_and_names_the_clock(session):
    file = surveyed(session, REPORTED)
    happens(session, file, f.EveryFindingDecided, "Wed 2026-04-01 10:00")

    near = entries(session, file)[-1]
    kept = clock(session, file, "decision")
    assert (near.fact, near.at, near.by) == ("ClockNearlyBreached", at("Wed 2026-04-01 10:00"), "system")
    assert near.subject == f"clock:{kept.id}"


def test_what_was_breached_was_not_nearly_missed(session):
    file = surveyed(session, REPORTED)
    swept(session, "Thu 2026-04-02 00:00")
    happens(session, file, f.EveryFindingDecided, "Thu 2026-04-02 10:00")

    assert "ClockNearlyBreached" not in story(session, file)


def test_an_act_entered_late_counts_by_when_it_happened(session):
    file = surveyed(session, REPORTED)
    happens(session, file, f.TextReceived, "Wed 2026-04-01 12:00")
    told = {"learned": "Wed 2026-04-01 13:00", "proof": "纪要"}
    happens(session, file, f.EveryFindingDecided, "Wed 2026-04-01 10:00", **told)

    assert story(session, file)[-2:] == ["EveryFindingDecided", "ClockNearlyBreached"]


def test_a_mere_measure_is_no_near_miss(session):
    file = reported(session, REPORTED)
    happens(session, file, f.SupplementRequested, REPORTED)  # 3 days, reported only
    happens(session, file, f.SupplementNoticeArrived, "Thu 2026-03-05 23:00")

    assert "ClockNearlyBreached" not in [
        entry.fact for entry in entries(session, file) if entry.at == at("Thu 2026-03-05 23:00")
    ]
