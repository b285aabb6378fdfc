"""The ways that claims go in the demo world: which act follows which, after how many days."""

from collections.abc import Callable, Iterator
from datetime import datetime

from claims.demo.case import Case
from claims.demo.deciding import (
    approve,
    ask_supplement,
    book,
    call,
    cover,
    denies_danger,
    deny,
    identify,
    names_home,
    post,
    report,
    supplement_arrives,
    supplement_comes,
    survey,
)
from claims.demo.disputing import (
    answer_complaint,
    choose_together,
    close,
    complain,
    dispute,
    give_up,
    name_appraisers,
    opinion_covers,
)
from claims.demo.settling import (
    accept,
    advance,
    agree,
    approve_quote,
    complain_of_works,
    finish,
    offer_both,
    offer_cash,
    offer_repair,
    order,
    pay_half,
    pay_rest,
    quote,
    refuse,
    start,
)

Act = Callable[[Case, datetime], None]
Steps = Iterator[tuple[int, Act]]
"""Days after the step before (0: the same day, soon after), and what happens."""


def reported(case: Case) -> Steps:
    yield 0, report
    yield 0, call


def texted(case: Case) -> Steps:
    """Our text asks which home and whether there is danger; both are answered before anybody calls."""
    yield 0, report
    yield 0, names_home
    yield 0, denies_danger
    yield 0, call
    yield 0, book


def surveyed(case: Case) -> Steps:
    yield 0, report
    if case.channel == "sms":
        yield 0, call
        yield 0, identify
    yield 0, book
    yield case.days(1, 2), survey


def surveyed_late(case: Case) -> Steps:
    """Nobody came in the days agreed: the breach of the survey stays on record."""
    yield 0, report
    yield 1, book
    yield 13, survey


def supplemented(case: Case) -> Steps:
    yield from surveyed(case)
    yield case.days(1, 3), ask_supplement
    yield case.days(1, 2), supplement_arrives
    yield case.days(6, 9), supplement_comes
    yield case.days(2, 5), cover
    yield case.days(0, 1), post


def covered(case: Case) -> Steps:
    yield from surveyed(case)
    yield case.days(1, 6), cover
    yield case.days(0, 1), post


def denied(case: Case) -> Steps:
    yield from surveyed(case)
    yield case.days(2, 7), deny
    yield case.days(0, 2), approve
    yield case.days(0, 2), post
    yield case.days(35, 60), close


def denied_late(case: Case) -> Steps:
    """The notice went out after its 3 days: the breach stays on record."""
    yield from surveyed(case)
    yield case.days(2, 7), deny
    yield 1, approve
    yield 14, post


def partly_denied(case: Case) -> Steps:
    """Some findings covered, some not: two notices."""
    yield from surveyed(case)
    yield case.days(2, 5), cover
    yield 0, deny
    yield 1, approve
    yield 0, post
    yield case.days(2, 3), offer_repair


def paid(case: Case) -> Steps:
    yield from covered(case)
    yield case.days(1, 3), offer_cash
    yield case.days(1, 3), agree
    yield case.days(1, 3), pay_half
    yield case.days(2, 4), pay_rest


def repaired(case: Case) -> Steps:
    yield from covered(case)
    yield case.days(1, 3), offer_repair
    yield case.days(1, 3), agree
    yield case.days(0, 2), order
    yield case.days(2, 5), start
    yield case.days(5, 9), finish
    yield case.days(0, 2), accept


def repaired_late(case: Case) -> Steps:
    """Works began after the 10 days."""
    yield from surveyed_late(case)
    yield case.days(1, 6), cover
    yield 1, post
    yield case.days(1, 3), offer_repair
    yield case.days(1, 3), agree
    yield 1, order
    yield 20, start
    yield 2, finish
    yield 1, accept


def repaired_and_paid(case: Case) -> Steps:
    """One finding repaired, the other paid for; the firm's quote approved first."""
    yield from covered(case)
    yield case.days(1, 3), offer_both
    yield case.days(1, 3), agree
    yield 0, order
    yield 1, quote
    yield 1, approve_quote
    yield 1, start
    yield 1, pay_rest
    yield case.days(5, 9), finish
    yield case.days(0, 2), accept


def repaired_twice(case: Case) -> Steps:
    """The owner's word was no: ordered and repaired again."""
    yield from covered(case)
    yield case.days(1, 3), offer_repair
    yield case.days(1, 3), agree
    yield case.days(0, 2), order
    yield case.days(2, 4), start
    yield case.days(4, 6), finish
    yield case.days(1, 2), complain_of_works
    yield 1, order
    yield 2, start
    yield case.days(3, 5), finish
    yield 1, accept


def refused_then_repaired(case: Case) -> Steps:
    yield from covered(case)
    yield case.days(1, 3), offer_cash
    yield case.days(1, 3), refuse
    yield case.days(1, 3), offer_repair
    yield case.days(1, 3), agree
    yield 1, order


def repaired_under_warranty(case: Case) -> Steps:
    """第十四条: the report alone opens the repair."""
    yield 0, report
    yield 1, order
    yield case.days(2, 4), start
    yield case.days(3, 6), finish
    yield 1, accept


def advanced(case: Case) -> Steps:
    """保险法 25: sixty days have nearly passed and the sum is still open."""
    yield from covered(case)
    yield 2, offer_cash
    yield 3, refuse
    yield 5, offer_cash
    yield 40, advance


def appraised(case: Case) -> Steps:
    """Denied, disputed, appraised together, and covered after all."""
    yield from surveyed(case)
    yield case.days(2, 5), deny
    yield 1, approve
    yield 1, post
    yield case.days(6, 12), dispute
    yield case.days(2, 4), name_appraisers
    yield case.days(4, 9), choose_together
    yield case.days(20, 30), opinion_covers
    yield 3, cover
    yield 1, post
    yield 2, offer_cash
    yield 2, agree
    yield 3, pay_rest


def complained(case: Case) -> Steps:
    yield from covered(case)
    yield case.days(2, 3), offer_repair
    yield case.days(0, 2), complain
    yield case.days(5, 9), answer_complaint


def referred(case: Case) -> Steps:
    yield 0, report


def withdrawn(case: Case) -> Steps:
    yield from surveyed(case)
    yield case.days(1, 4), give_up
