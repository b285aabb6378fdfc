"""config/clocks.toml is obeyed or refused aloud."""

from datetime import date

import pytest

from claims.casefile import MOVES, BadRules, RuleBook
from claims.casefile import facts as f
from claims.casefile.length import Length
from claims.casefile.rulebook import Rung
from tests.claims.casefile.story import RULES, a_fact

HEAD = 'from = 2025-04-13\nuntil = 2029-12-31\nbasis = "沪建规范联〔2025〕2号"\n'
CLOCK = """
[set.denial_notice]
title = "不予赔偿通知书"
title_en = "Denial notice"
duty = "发出不予赔偿通知书"
duty_en = "Send the denial notice"
kind = "deadline"
force = "statutory"
basis = "细则 第十三条"
basis_en = "Rules, art. 13"
owed = "insurer → homeowner"
starts = ["CoverageDenied"]
met_by = ["DenialNoticeDispatched"]
length = "3 days"
ladder = [{ share = 0.5, tell = "adjuster" }, { on = "breach", tell = "manager" }]
"""
DAYS, HALF = 'length = "3 days"', '{ share = 0.5, tell = "adjuster" }'


def book(clock: str = CLOCK, head: str = HEAD) -> RuleBook:
    return RuleBook.from_toml(f"[set]\n{head}{clock}")


def test_the_book_as_written_is_obeyed():
    rule = book().on(date(2026, 3, 2)).clocks["denial_notice"]

    assert (rule.length, rule.direction, rule.roll) == ("3 days", "forward", "next")
    assert rule.ladder == (Rung(tell="adjuster", share=0.5), Rung(tell="manager", on="breach"))


@pytest.mark.parametrize(("written", "instead", "why"), [
    ('starts = ["CoverageDenied"]', 'starts = ["CoverageRefused"]', "no fact is called CoverageRefused"),
    ('met_by = ["DenialNoticeDispatched"]', 'met_by = ["NoticeSent"]', "no fact is called NoticeSent"),
    (DAYS, 'length = "three days"', "three days"),
    (DAYS, 'length = "0 days"', "0 days"),
    (DAYS, 'length = "-3 days"', "-3 days"),
    (DAYS, 'length = "3 fortnights"', "3 fortnights"),
    (DAYS, "", "length"),
    ('title_en = "Denial notice"', "", "title_en"),
    ('duty = "发出不予赔偿通知书"', 'duty = " "', "duty is empty"),
    ('owed = "insurer → homeowner"', 'owed = "insurer to homeowner"', "is not 'A → B'"),
    ('owed = "insurer → homeowner"', 'owed = "insurer → everybody"', "is not 'A → B'"),
    ('kind = "deadline"', 'kind = "wish"', "wish"),
    ('force = "statutory"', 'force = "custom"', "custom"),
    (DAYS, 'length = "3 days"\nlenght_if = {}', "lenght_if"),
    (DAYS, 'length = "3 days"\nlength_if = { danger = "soon" }', "soon"),
    (DAYS, 'length = "3 days"\nstarts_if = { CoverageDenied = "danger" }', "CoverageDenied doesn't start it, or"),
    (DAYS, 'length = "3 days"\nstarts_if = { ReportReceived = "danger" }', "ReportReceived doesn't start it"),
    (DAYS, 'length = "3 days"\nmeasure = true\nstands_first = true', "only a duty can put its file before all others"),
    (DAYS, 'length = "3 days"\nanchored = "ground"\nanswers_anchor = true', "no day and no flag of that fact"),
    (DAYS, 'length = "3 days"\npauses_by = ["Nap"]', "no fact is called Nap"),
    (DAYS, 'length = "3 days"\ncancelled_by = ["Nap"]', "no fact is called Nap"),
    (DAYS, 'length = "3 days"\ndirection = "sideways"', "sideways"),
    (DAYS, 'length = "3 days"\nroll = "over"', "over"),
    (DAYS, 'length = "3 days"\ndirection = "backward"', "needs the day that it is anchored to"),
    (DAYS, 'length = "3 days"\nanchored = "payday"', "CoverageDenied carries no payday"),
    (DAYS, 'length = "until payday"', "CoverageDenied carries no payday"),
    (DAYS, 'length = "3 days"\ndirection = "backward"\nanchored = "ground"\npauses_by = ["SiteSurveyed"]', "be paused"),
    (DAYS, 'length = "3 days"\ndirection = "backward"\nanchored = "ground"', "no share of the way"),
    (HALF, '{ tell = "adjuster" }', "exactly one of share, before, on"),
    (HALF, '{ share = 0.5, on = "breach", tell = "x" }', "exactly one of"),
    (HALF, '{ on = "doomsday", tell = "adjuster" }', "doomsday"),
    (HALF, '{ before = "5 dags", tell = "adjuster" }', "5 dags"),
    (HALF, '{ before = "3 working days", tell = "x" }', "3 working days"),
    (HALF, '{ share = 0.5 }', "tell"),
    (HALF, '{ share = 1.5, tell = "adjuster" }', "between 0 and 1"),
    (HALF, '{ share = 0.9, tell = "a" }, { share = 0.5, tell = "b" }', "out of order"),
    (HALF, '{ share = 0.5, tell = "a" }, { share = 0.5, tell = "b" }', "out of order"),
    (HALF, '{ before = "1 days", tell = "a" }, { before = "2 days", tell = "b" }', "out of order"),
    (HALF, '{ before = "2 days", tell = "a" }, { before = "48 hours", tell = "b" }', "out of order"),
    (HALF, '{ on = "breach", tell = "adjuster" }', "must be the last rung"),
    (HALF, '{ on = "last safe day", tell = "a" }, { on = "last safe day", tell = "b" }', "twice"),
])  # fmt: skip
def test_a_rule_that_cannot_be_right_is_refused_and_named(written, instead, why):
    assert written in CLOCK
    with pytest.raises(BadRules, match=r"set\.denial_notice") as refusal:
        book(CLOCK.replace(written, instead))

    assert why in str(refusal.value)


@pytest.mark.parametrize(("until", "starts", "what"), [
    ("2027-12-31", "2028-01-02", "gap"),
    ("2027-12-31", "2027-12-31", "overlap"),
    ("2027-12-31", "2027-06-01", "overlap"),
])  # fmt: skip
def test_two_sets_leave_no_day_without_law_and_none_with_two(until, starts, what):
    earlier = f"[old]\nfrom = 2025-04-13\nuntil = {until}\nbasis = 'x'\n{CLOCK.replace('set.', 'old.')}"
    later = f"[new]\nfrom = {starts}\nbasis = 'y'\n{CLOCK.replace('set.', 'new.')}"

    with pytest.raises(BadRules, match="old ends on 2027-12-31, new begins on") as refusal:
        RuleBook.from_toml(earlier + later)
    assert what in str(refusal.value)


def test_a_set_without_an_end_has_no_successor():
    earlier = f"[old]\nfrom = 2025-04-13\nbasis = 'x'\n{CLOCK.replace('set.', 'old.')}"

    with pytest.raises(BadRules):
        RuleBook.from_toml(earlier + f"[new]\nfrom = 2028-01-01\nbasis = 'y'\n{CLOCK.replace('set.', 'new.')}")


@pytest.mark.parametrize("text", ["", "[set]\nbasis = 'x'", f"[set]\nfrom = 'soon'\nbasis = 'x'\n{CLOCK}"])
def test_a_book_without_a_dated_set_is_refused(text):
    with pytest.raises(BadRules):
        RuleBook.from_toml(text)


@pytest.mark.parametrize(("on", "name"), [
    (date(2025, 4, 13),  "old"),
    (date(2027, 12, 31), "old"),
    (date(2028, 1, 1),   "new"),
    (date(2040, 1, 1),   "new"),     # the last stays in force until there is a successor (第二十一条)
])  # fmt: skip
def test_a_claim_keeps_the_set_of_the_day_of_its_report(on, name):
    earlier = f"[old]\nfrom = 2025-04-13\nuntil = 2027-12-31\nbasis = 'x'\n{CLOCK.replace('set.', 'old.')}"
    later = f"[new]\nfrom = 2028-01-01\nuntil = 2029-12-31\nbasis = 'y'\n{CLOCK.replace('set.', 'new.')}"

    assert RuleBook.from_toml(later + earlier).on(on).name == name


def test_before_the_first_set_there_is_no_law_to_count_by():
    with pytest.raises(BadRules, match="2025-04-12"):
        RULES.on(date(2025, 4, 12))


@pytest.mark.parametrize(("name", "length", "force"), [
    ("denial_notice", "3 days",  "statutory"),     # 细则 第十三条: natural days
    ("decision",      "30 days", "contract"),      # 保险法 23
    ("advance",       "60 days", "statutory"),     # 保险法 25
    ("survey",        "2 days",  "contract"),      # 细则 第十三条: 按照约定
    ("contact",       "2 hours", "house"),
    ("make_safe",     "24 hours", "house"),        # 细则 第七条(八): 立即, no number of hours
])  # fmt: skip
def test_the_law_as_the_house_keeps_it(name, length, force):
    rule = RULES.on(date(2026, 3, 2)).clocks[name]

    assert (rule.length, rule.force) == (length, force)
    assert rule.basis
    Length.parse(rule.length)


def test_danger_shortens_the_call_back():
    rule = RULES.on(date(2026, 3, 2)).clocks["contact"]

    assert rule.length_for(a_fact(f.ReportReceived, "Mon 2026-03-02", danger=True)) == "30 minutes"
    assert rule.length_for(a_fact(f.ReportReceived, "Mon 2026-03-02", danger=False)) == "2 hours"


def test_a_clock_starts_on_files_of_one_kind_alone():
    """So what is counted of a clock is counted of that kind, without a look at any file."""
    clocks = {rule.name: set(rule.starts) for rules in RULES.sets for rule in rules.clocks.values()}
    kinds = {
        name: [k for k, moves in MOVES.items() if starts & {m.__name__ for m in moves}]
        for name, starts in clocks.items()
    }

    assert {name: of for name, of in kinds.items() if len(of) != 1} == {}
