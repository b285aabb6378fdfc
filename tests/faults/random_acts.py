"""Every act of every slice, with its details left to chance; and after which stage and records it is plausible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from claims import appraisal, complaint, repair, settlement
from claims.attachments import keep
from claims.casefile import Refused, Stage, record
from claims.casefile.erasure import erase_details
from claims.casefile.facts import TextReceived
from claims.closing import close_claim, withdraw
from claims.decision import answer_denial, confirm_coverage, propose_denial
from claims.decision.supplement import notice_arrived, request_supplement, supplement_received, supplements_of
from claims.intake import assign, identify_home, make_contact, receive_report
from claims.letters import dispatch
from claims.letters.model import Letter
from claims.registry import Home
from claims.repair.scope import items_to_order
from claims.settlement import Part, consents_of, left_fen, reached_settlements, to_settle
from claims.survey import book_survey, record_finding, visits_of
from claims.warranty import Warranty
from config.time import shanghai_day
from tests.faults.walking import Chance, Scene
from tests.makers import PHOTO, a_report

ITEMS = ("卧室天花板渗水", "卧室 天花板，渗水", "外墙开裂", "地板空鼓")
PARTS = ("waterproofing", "waterproofing", "waterproofing", "structure", "finishes")
BUILDERS_PART = "wiring"
SIDES = ("owner", "developer", "insurer")


def report(session: Session, chance: Chance, now: datetime) -> int:
    told = {
        "home": chance.pick(("H-1201", "H-1201", "H-1202", None)),
        "part": chance.pick((*PARTS, *PARTS, BUILDERS_PART, None)),
        "item": chance.pick((*ITEMS, None)),
        "danger": chance.pick((False, True)),
    }
    received_at = now - timedelta(hours=chance.pick((0, 0, 0, 5, 50)))
    return receive_report(session, a_report(**told), by="homeowner", at=received_at, recorded_at=now).claim.id


def report_again(session: Session, chance: Chance, now: datetime) -> int:
    """Of what has been repaired, where anything has: under warranty, if its days aren't over."""
    repaired = session.exec(select(Warranty).order_by(col(Warranty.id))).all()
    if not repaired:
        return report(session, chance, now)
    warranty = chance.pick(repaired)
    home = session.get_one(Home, warranty.home_id)
    told = a_report(home=home.code, part=warranty.part, item=chance.pick((warranty.item, warranty.item, ITEMS[2])))
    return receive_report(session, told, by="homeowner", at=now, recorded_at=now).claim.id


# --- intake and survey --------------------------------------------------------------------------------------


def finds_the_home(s: Scene) -> None:
    identify_home(s.session, s.file, s.claim, home=s.chance.pick(("H-1201", "H-1202", "H-9999")), by=s.by(), at=s.now)


def calls_back(s: Scene) -> None:
    make_contact(
        s.session, s.file, reached=s.chance.pick((True, False)), note="", at=s.happened(),
        confirmed_by=s.confirmed_by(), **s.entered(),
    )  # fmt: skip


def is_assigned(s: Scene) -> None:
    assign(s.session, s.file, to=s.world.adjuster, by=s.by(), at=s.now)


def is_texted_about(s: Scene) -> None:
    at = s.happened()
    record(s.session, s.file, TextReceived(at=at, recorded_at=s.now, by="homeowner", arrival=1, proof="arrival 1"))


def books_a_survey(s: Scene) -> None:
    surveyor = s.chance.pick((s.world.surveyor, None))
    book_survey(s.session, s.file, visit_at=s.now + timedelta(hours=5), surveyor=surveyor, by=s.by(), at=s.now)


def finds_something(s: Scene) -> None:
    visits = visits_of(s.session, s.id) or [
        book_survey(s.session, s.file, visit_at=s.now, surveyor=None, by=s.by(), at=s.now)
    ]
    record_finding(
        s.session, s.file, s.chance.pick(visits), visited_at=s.happened(), part=s.chance.pick(PARTS),
        item=s.chance.pick(ITEMS), cause="施工缺陷", opinion="属于保险责任", photos=[], confirmed_by=s.confirmed_by(),
        **s.entered(),
    )  # fmt: skip


# --- decision -----------------------------------------------------------------------------------------------


def asks_for_more(s: Scene) -> None:
    request_supplement(s.session, s.file, items=s.chance.pick((["产权证明"], [])), by=s.by(), at=s.now)


def learns_that_the_request_arrived(s: Scene) -> None:
    notice_arrived(
        s.session, s.file, arrived_at=s.happened(), proof=s.chance.pick(("EMS 1", "EMS 2", "")),
        confirmed_by=s.confirmed_by(), **s.entered(),
    )  # fmt: skip


def gets_the_supplement(s: Scene) -> None:
    supplement_received(s.session, s.file, received_at=s.happened(), files=[], **s.entered())


def confirms_cover(s: Scene) -> None:
    chosen = s.some(s.findings("undecided"))
    confirm_coverage(s.session, s.file, s.claim, findings=chosen, by=s.person(), at=s.now)


def proposes_a_denial(s: Scene) -> None:
    proof = keep(s.session, PHOTO, name="a.jpg", uploaded_by=s.world.adjuster.id, at=s.now, file_id=s.id)
    propose_denial(
        s.session, s.file, s.claim, findings=s.some(s.findings("undecided")), evidence=[proof.token],
        ground=s.chance.pick(("owner_cause", "third_party", "out_of_term", "because")), clause="第七条",
        reasons="渗水来自楼上。", by=s.person(), at=s.now,
    )  # fmt: skip


def answers_a_denial(s: Scene) -> None:
    decision = s.chance.pick(s.decisions("proposed", "made", "returned") or [None])
    if decision is None:
        raise Refused(decision="none")
    approve = s.chance.pick((True, True, False))
    answer_denial(s.session, s.file, s.claim, decision, approve=approve, comment="补证", by=s.person(), at=s.now)


def posts_a_letter(s: Scene) -> None:
    letters = s.session.exec(select(Letter).where(Letter.claim_id == s.id).order_by(col(Letter.id))).all()
    letter = s.chance.pick(letters or [None])
    if letter is None:
        raise Refused(letter="none")
    dispatch(
        s.session, s.file, letter, channel=s.chance.pick(("post", "console")), evidence="EMS 3", at=s.happened(),
        confirmed_by=s.confirmed_by(), **s.entered(),
    )  # fmt: skip


# --- settlement ---------------------------------------------------------------------------------------------


def proposes_a_settlement(s: Scene) -> None:
    waiting = to_settle(s.session, s.id)[: s.chance.pick((9, 9, 9, 1, 0))]
    parts = [
        Part(f.id or 0, "repair")
        if s.chance.pick((True, False))
        else Part(f.id or 0, "cash", s.chance.pick((100, 120_050)))
        for f in waiting
    ]
    today, days = shanghai_day(s.now), s.chance.pick((30, 5, 0, -1))
    last = today + timedelta(days=days) if any(part.mode == "repair" for part in parts) else None
    settlement.propose_settlement(
        s.session,
        s.file,
        s.claim,
        parts=parts,
        starts_on=today if last else None,
        finishes_on=last,
        by=s.by(),
        at=s.now,
    )


def consents(s: Scene) -> None:
    offer = _offer(s)
    waited_for = [word.who for word in consents_of(s.session, offer) if word.agreed_at is None]
    settlement.consent(
        s.session, s.file, offer, who=s.chance.pick((*waited_for, *waited_for, *waited_for, "owner", "stranger")),
        agreed_at=s.happened(), proof="签字", confirmed_by=s.confirmed_by(), **s.entered(),
    )  # fmt: skip


def refuses(s: Scene) -> None:
    who = s.chance.pick(("owner", "insured", "stranger"))
    settlement.refuse_settlement(s.session, s.file, _offer(s), who=who, reason="嫌少", by=s.by(), at=s.now)


def pays(s: Scene) -> None:
    owed = [left_fen(s.session, each) for each in reached_settlements(s.session, s.id)]
    left = next((fen for fen in owed if fen > 0), 100)
    settlement.pay(
        s.session, s.file, s.claim, amount_fen=s.chance.pick((left, left, max(left // 2, 1), left + 1, 0, -5)),
        paid_at=s.happened(), bank_reference=f"ICBC-{s.chance.number(1, 10**6)}", confirmed_by=s.confirmed_by(),
        **s.entered(),
    )  # fmt: skip


def _offer(s: Scene) -> settlement.Settlement:
    offer = s.offer()
    if offer is None:
        raise Refused(settlement="none")
    return offer


# --- repair -------------------------------------------------------------------------------------------------


def orders_a_repair(s: Scene) -> None:
    agreed = [repair.Item(f.part, f.item, f.id) for f in s.findings("covered")]
    today = shanghai_day(s.now)
    repair.order_repair(
        s.session, s.file, s.claim, firm=s.chance.pick((None, None, "RF01", "AP01")), scope="修复",
        items=s.chance.pick(([], [], agreed[:1], agreed)), starts_on=today,
        finishes_on=today + timedelta(days=s.chance.pick((20, 3, 0))), by=s.by(), at=s.now,
    )  # fmt: skip


def quotes(s: Scene) -> None:
    order = _order(s, "ordered")
    repair.give_quote(s.session, s.file, order, amount_fen=s.chance.pick((350_000, 0)), by=s.by(), at=s.now)


def answers_a_quote(s: Scene) -> None:
    approve = s.chance.pick((True, False))
    repair.answer_quote(s.session, s.file, _order(s, "ordered"), approve=approve, comment="", by=s.by(), at=s.now)


def starts_works(s: Scene) -> None:
    repair.start_works(
        s.session, s.file, _order(s, "ordered"), started_at=s.happened(), photos=[], confirmed_by=s.confirmed_by(),
        **s.entered(),
    )  # fmt: skip


def completes_works(s: Scene) -> None:
    repair.complete_works(
        s.session, s.file, _order(s, "started"), completed_at=s.happened(), photos=[], confirmed_by=s.confirmed_by(),
        **s.entered(),
    )  # fmt: skip


def says_whether_it_is_fixed(s: Scene) -> None:
    order = _order(s, "completed")
    words = {
        item.id or 0: (s.chance.pick(("fixed", "fixed", "fixed", "partly", "not_fixed")), "")
        for item in repair.items_of(s.session, order.id or 0)
    }
    repair.accept_works(
        s.session, s.file, order, words=words, accepted_at=s.happened(), confirmed_by=s.confirmed_by(), **s.entered()
    )


def _order(s: Scene, state: str) -> repair.RepairOrder:
    """Mostly one in the right state."""
    right, every = s.orders(state), s.orders("ordered", "started", "completed", "accepted", "not_fixed")
    order = s.chance.pick([*right, *right, *every] or [None])
    if order is None:
        raise Refused(order="none")
    return order


# --- appraisal, complaint, end ------------------------------------------------------------------------------


def disputes(s: Scene) -> None:
    chosen = s.chance.pick(([], s.some(s.findings("denied"))))
    appraisal.raise_appraisal(
        s.session, s.file, s.claim, side=s.chance.pick(SIDES), statement="不服", findings=chosen, by=s.by(), at=s.now
    )


def proposes_appraisers(s: Scene) -> None:
    firms = s.chance.pick((["AP01"], ["AP01", "AP02"], ["RF01"]))
    appraisal.propose_appraisers(
        s.session, s.file, s.claim, _appraisal(s, "raised", "proposed"), side=s.chance.pick(SIDES), firms=firms,
        by=s.by(), at=s.now,
    )  # fmt: skip


def chooses_an_appraiser(s: Scene) -> None:
    side, firm = s.chance.pick(SIDES), s.chance.pick(("AP01", "AP01", "AP02"))
    appraisal.choose_appraiser(s.session, s.file, _appraisal(s, "proposed"), side=side, firm=firm, by=s.by(), at=s.now)


def gets_an_opinion(s: Scene) -> None:
    proof = keep(s.session, PHOTO, name="a.jpg", uploaded_by=None, at=s.now, file_id=s.id)
    appraisal.receive_opinion(
        s.session, s.file, s.claim, _appraisal(s, "appointed"), outcome=s.chance.pick(("covered", "not_covered")),
        opinion="施工缺陷", files=[proof.token], received_at=s.happened(), **s.entered(),
    )  # fmt: skip


def _appraisal(s: Scene, *states: str) -> appraisal.Appraisal:
    found = s.chance.pick(s.appraisals(*states) or s.appraisals("raised", "proposed", "appointed", "opined") or [None])
    if found is None:
        raise Refused(appraisal="none")
    return found


def complains(s: Scene) -> None:
    complaint.receive_complaint(
        s.session, s.file, complainant="王小明", text="慢", received_at=s.happened(), **s.entered()
    )


def extends_a_complaint(s: Scene) -> None:
    complaint.extend_complaint(s.session, s.file, _complaint(s), reason="复杂", by="staff:900", at=s.now)


def decides_a_complaint(s: Scene) -> None:
    by = s.chance.pick(("staff:900", s.by()))
    told = {"upheld": True, "decision": "安排上门", "reasons": "确有延误"}
    complaint.decide_complaint(s.session, s.file, _complaint(s), by=by, at=s.now, **told)


def _complaint(s: Scene) -> complaint.Complaint:
    found = s.chance.pick(s.complaints("received", "extended", "decided") or [None])
    if found is None:
        raise Refused(complaint="none")
    return found


def is_partly_forgotten(s: Scene) -> None:
    erase_details(s.session, s.file, [s.chance.number(1, 12)], reason="本人请求", by=s.by(), at=s.now)


def is_withdrawn(s: Scene) -> None:
    if s.chance.number(0, 3):
        raise Refused(reason="not today")
    withdraw(s.session, s.file, reason="业主撤回", by=s.by(), at=s.now)


def is_closed(s: Scene) -> None:
    close_claim(s.session, s.file, reason="业主未提出异议", by=s.by(), at=s.now)


Act = Callable[[Scene], None]
BY_THE_WAY: tuple[Act, ...] = (
    calls_back, is_assigned, is_texted_about, books_a_survey, finds_something, asks_for_more,
    learns_that_the_request_arrived, gets_the_supplement, posts_a_letter, complains, extends_a_complaint,
    decides_a_complaint, disputes, proposes_appraisers, chooses_an_appraiser, gets_an_opinion, is_closed, pays,
    refuses, quotes, answers_a_quote, finds_the_home, proposes_a_denial,
)  # fmt: skip
SELDOM: tuple[Act, ...] = (is_withdrawn, is_partly_forgotten)
ALONG_THE_WAY: tuple[Act, ...] = (
    confirms_cover, answers_a_denial, proposes_a_settlement, consents, orders_a_repair, starts_works,
    completes_works, says_whether_it_is_fixed,
)  # fmt: skip
EVERY: tuple[Act, ...] = (*BY_THE_WAY, *SELDOM, *ALONG_THE_WAY)


NEEDS: dict[Act, Callable[[Scene], object]] = {
    gets_the_supplement: lambda s: supplements_of(s.session, s.id),
    learns_that_the_request_arrived: lambda s: supplements_of(s.session, s.id),
    extends_a_complaint: lambda s: s.complaints("received"),
    decides_a_complaint: lambda s: s.complaints("received", "extended"),
    disputes: lambda s: s.findings("covered", "denied"),
    proposes_appraisers: lambda s: s.appraisals("raised", "proposed"),
    chooses_an_appraiser: lambda s: s.appraisals("proposed"),
    gets_an_opinion: lambda s: s.appraisals("appointed"),
    refuses: lambda s: (offer := s.offer()) is not None and offer.state == "proposed",
    quotes: lambda s: s.orders("ordered"),
    answers_a_quote: lambda s: any(order.quote_state == "given" for order in s.orders("ordered")),
    finds_the_home: lambda s: s.file.stage in (Stage.REPORTED, Stage.SURVEYED),
    proposes_a_denial: lambda s: s.findings("undecided"),
    is_closed: lambda s: s.file.stage in (Stage.COVERED, Stage.DENIED, Stage.PAYING, Stage.WARRANTY),
    finds_something: lambda s: s.file.stage in (Stage.REPORTED, Stage.SURVEYED, Stage.COVERED, Stage.DENIED),
}
"""What an act by the way needs to be worth a try; without it, `any_act_at_all` tries it all the same."""


def does_something_by_the_way(s: Scene) -> None:
    s.chance.pick([act for act in BY_THE_WAY if act not in NEEDS or NEEDS[act](s)])(s)


def onward(s: Scene) -> Act:
    """The act that brings the claim on from where it stands."""
    stage, offer = s.file.stage, s.offer()
    if stage in (Stage.REFERRED, Stage.WITHDRAWN):
        return does_something_by_the_way
    if s.appraisals("raised", "proposed", "appointed") and s.chance.pick((True, False)):
        state = s.appraisals("raised", "proposed", "appointed")[0].state
        return {"raised": proposes_appraisers, "proposed": chooses_an_appraiser, "appointed": gets_an_opinion}[state]
    if stage == Stage.REPORTED:
        return finds_something if s.claim.home_id else finds_the_home
    if s.decisions("proposed"):
        return answers_a_denial
    if s.findings("undecided"):
        return s.chance.pick((confirms_cover, confirms_cover, proposes_a_denial, finds_something))
    if stage == Stage.DENIED:
        return s.chance.pick((disputes, disputes, posts_a_letter, is_closed))
    if offer is not None and offer.state == "proposed":
        return consents
    if to_settle(s.session, s.id):
        return proposes_a_settlement
    for state, act in REPAIRING.items():
        if s.orders(state):
            return act
    if items_to_order(s.session, s.claim):
        return orders_a_repair
    owed = any(left_fen(s.session, each) > 0 for each in reached_settlements(s.session, s.id))
    return pays if owed else does_something_by_the_way


REPAIRING: dict[str, Act] = {
    "completed": says_whether_it_is_fixed,
    "started": completes_works,
    "ordered": starts_works,
}
"""State of an order → what brings it on."""


def goes_onward(s: Scene) -> None:
    onward(s)(s)
