"""What holds for every period, on random histories; a second way of counting, in plain loops, agrees.

The second way counts a hundred thousand of them under SOAK=1.
"""

from calendar import monthrange
from datetime import datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from claims.casefile.period import Pause, reckon
from config.time import SHANGHAI
from tests.claims.casefile.histories import (
    DAY,
    anchored_pauses,
    any_lengths,
    day_lengths,
    directions,
    gaps,
    histories,
    in_quarters,
    instants,
    lengths,
    rolls,
)
from tests.claims.casefile.spoken import CALENDAR


def dues(length, anchor, **asked):
    reckoning = reckon(length, anchor, calendar=CALENDAR, **asked)
    return reckoning.safe_due, reckoning.legal_due


@histories(500, 10_000)
@given(any_lengths, instants, gaps, directions, rolls)
def test_a_later_anchor_is_never_due_earlier(length, anchor, later, direction, roll):
    earlier_dues = dues(length, anchor, direction=direction, roll=roll)
    later_dues = dues(length, anchor + later, direction=direction, roll=roll)

    assert earlier_dues[0] <= later_dues[0]
    assert earlier_dues[1] <= later_dues[1]


@histories(500, 10_000)
@given(lengths("minutes", "hours", "days", "working days"), anchored_pauses(), gaps, rolls)
def test_nor_is_it_with_pauses(length, history, later, roll):
    # not so for months: those from 30 and 31 January both end on 28 February, and a pause over the 31st
    # lengthens only the first
    anchor, pauses = history

    earlier_dues = dues(length, anchor, pauses=pauses, roll=roll)
    later_dues = dues(length, anchor + later, pauses=pauses, roll=roll)

    assert earlier_dues[0] <= later_dues[0]
    assert earlier_dues[1] <= later_dues[1]


@histories(500, 10_000)
@given(any_lengths, anchored_pauses(), rolls, st.data())
def test_the_order_of_pauses_changes_nothing(length, history, roll, data):
    anchor, pauses = history
    shuffled = data.draw(st.permutations(pauses))

    assert reckon(length, anchor, pauses=shuffled, roll=roll, calendar=CALENDAR) == reckon(
        length, anchor, pauses=pauses, roll=roll, calendar=CALENDAR
    )


@histories(500, 10_000)
@given(any_lengths, anchored_pauses(), rolls, st.floats(0, 1))
def test_a_pause_cut_in_two_changes_nothing(length, history, roll, share):
    anchor, pauses = history
    assume(pauses)
    first = pauses[0]
    cut = first.from_at + share * (first.to_at - first.from_at)
    halves = [Pause(first.from_at, cut), Pause(cut, first.to_at)]

    assert reckon(length, anchor, pauses=[*halves, *pauses[1:]], roll=roll, calendar=CALENDAR) == reckon(
        length, anchor, pauses=pauses, roll=roll, calendar=CALENDAR
    )


@histories(500, 10_000)
@given(any_lengths, anchored_pauses(), instants, rolls)
def test_one_more_pause_never_brings_a_due_forward(length, history, begins, roll):
    anchor, pauses = history
    more = Pause(begins, begins + 5 * DAY)

    assert dues(length, anchor, pauses=[*pauses, more], roll=roll) >= dues(length, anchor, pauses=pauses, roll=roll)


@histories(500, 10_000)
@given(any_lengths, anchored_pauses(), instants, rolls)
def test_an_open_pause_either_stops_the_clock_or_changes_nothing(length, history, begins, roll):
    anchor, pauses = history
    without = reckon(length, anchor, pauses=pauses, roll=roll, calendar=CALENDAR)

    with_it = reckon(length, anchor, pauses=[*pauses, Pause(begins)], roll=roll, calendar=CALENDAR)

    assert with_it == without or with_it.paused
    assert with_it.paused == (with_it.safe_due is None) == (with_it.legal_due is None)


@histories(500, 10_000)
@given(any_lengths, anchored_pauses(), rolls)
def test_forward_the_safe_due_lies_between_the_anchor_and_the_legal_due(length, history, roll):
    anchor, pauses = history

    safe_due, legal_due = dues(length, anchor, pauses=pauses, roll=roll)

    assert anchor < safe_due <= legal_due


@histories(500, 10_000)
@given(day_lengths, instants, rolls)
def test_backward_never_rolls_later(length, event, roll):
    _, unrolled = dues(length, event, direction="backward", roll="none")

    safe_due, legal_due = dues(length, event, direction="backward", roll=roll)

    assert safe_due <= legal_due == unrolled < event + DAY


@histories(500, 10_000)
@given(day_lengths, instants, rolls, directions)
def test_the_rolled_due_falls_on_a_working_day(length, anchor, roll, direction):
    assume(roll != "none")
    safe_due, legal_due = dues(length, anchor, direction=direction, roll=roll)
    rolled = legal_due if (direction, roll) == ("forward", "next") else safe_due
    last = (rolled - DAY).date()

    assert CALENDAR.works(last) or (roll == "previous" and last == anchor.astimezone(SHANGHAI).date())


def counted_in_plain_loops(length, anchor, pauses, roll):
    """(last safe day, last legal day), walking day by day; nothing of the house's but the calendar."""
    number, unit = length.split(" ", 1)
    day = first = anchor.astimezone(SHANGHAI).date()
    stood_still = [[at.astimezone(SHANGHAI).date() for at in (p.from_at, p.to_at)] for p in pauses]
    excluded = {a + n * DAY for a, b in stood_still for n in range(1, (b - a).days + 1)}

    left = int(number)
    if unit in ("months", "years"):
        end, steps = (first.year, first.month), left * (12 if unit == "years" else 1)
        for _ in range(steps):
            end = (end[0] + 1, 1) if end[1] == 12 else (end[0], end[1] + 1)
        target = first.replace(year=end[0], month=end[1], day=min(first.day, monthrange(*end)[1]))
        left = (target - first).days
    while left:
        day += DAY
        if day not in excluded and (unit != "working days" or CALENDAR.works(day)):
            left -= 1
    rolled = day
    if roll == "next":
        while not CALENDAR.works(rolled):
            rolled += DAY
    if roll == "previous":
        while not CALENDAR.works(rolled) and rolled > first:
            rolled -= DAY
    return (rolled, day) if roll == "previous" else (day, rolled)


@in_quarters
@histories(1_000, 25_000)
@given(length=day_lengths, history=anchored_pauses(), roll=rolls)
def test_walking_day_by_day_gives_the_same_days(quarter, length, history, roll):
    anchor, pauses = history
    safe, legal = counted_in_plain_loops(length, anchor, pauses, roll)

    safe_due, legal_due = dues(length, anchor, pauses=pauses, roll=roll)

    assert safe_due == datetime.combine(safe + DAY, time.min, SHANGHAI)
    assert legal_due == datetime.combine(legal + DAY, time.min, SHANGHAI)


@in_quarters
@histories(1_000, 25_000)
@given(length=lengths("minutes", "hours"), history=anchored_pauses())
def test_walking_from_edge_to_edge_gives_the_same_instants(quarter, length, history):
    anchor, pauses = history
    edges = sorted({anchor, *(at for p in pauses for at in (p.from_at, p.to_at) if at > anchor)})
    number, unit = length.split()
    left = int(number) * (timedelta(hours=1) if unit == "hours" else timedelta(minutes=1))

    due = None
    for here, there in zip(edges, [*edges[1:], None], strict=True):
        stands_still = any(p.from_at <= here < p.to_at for p in pauses)
        if not stands_still and (there is None or there - here >= left):
            due = here + left
            break
        left -= timedelta(0) if stands_still else there - here

    assert dues(length, anchor, pauses=pauses) == (due, due)
