"""Acts from the settlement to the owner's word, each `(case, at)`: the real action, by whoever would do it."""

from datetime import datetime, timedelta

from claims.demo.case import Case, actor
from claims.demo.defects import SAID
from claims.repair import accept_works, answer_quote, complete_works, give_quote, items_of, order_repair, start_works
from claims.settlement import (
    Part,
    consent,
    consents_of,
    left_fen,
    live_settlement,
    pay,
    propose_settlement,
    refuse_settlement,
)
from claims.survey import findings_of
from config.time import shanghai_day

WEEK = timedelta(days=7)


def offer_repair(case: Case, at: datetime) -> None:
    _offer(case, at, cash_from=len(case.findings))


def offer_cash(case: Case, at: datetime) -> None:
    _offer(case, at, cash_from=0)


def offer_both(case: Case, at: datetime) -> None:
    """A repair for the first finding, cash for the others."""
    _offer(case, at, cash_from=1)


def agree(case: Case, at: datetime) -> None:
    """The owner signs, and the developer where he is the insured."""
    settlement = live_settlement(case.session, case.file_id)
    assert settlement is not None
    for word in consents_of(case.session, settlement):
        consent(
            *case.held,
            settlement,
            who=word.who,
            agreed_at=at,
            proof="签字的赔偿协议扫描件",
            by=actor(case.adjuster),
            recorded_at=at,
        )


def refuse(case: Case, at: datetime) -> None:
    settlement = live_settlement(case.session, case.file_id)
    assert settlement is not None
    refuse_settlement(*case.held, settlement, who="owner", reason=SAID["refused"], by=actor(case.adjuster), at=at)


def pay_half(case: Case, at: datetime) -> None:
    _pay(case, at, share=2)


def pay_rest(case: Case, at: datetime) -> None:
    _pay(case, at, share=1)


def advance(case: Case, at: datetime) -> None:
    """保险法 25: what can be determined already."""
    _transfer(case, at, case.defects[0].yuan[0] * 50)


def order(case: Case, at: datetime) -> None:
    """A firm of the trade and district, or our own crew; in the days agreed, or under warranty at once."""
    day, agreed = shanghai_day(at), live_settlement(case.session, case.file_id)
    starts_on = agreed.starts_on if agreed and agreed.starts_on else day + timedelta(days=1)
    finishes_on = agreed.finishes_on if agreed and agreed.finishes_on else day + timedelta(days=12)
    case.order = order_repair(
        *case.held_claim,
        firm=case.crew.repair_firm({d.part for d in case.defects}, case.district),
        scope="；".join(d.scope for d in case.defects) + "。",
        items=[],
        starts_on=max(starts_on, day),
        finishes_on=finishes_on,
        by=actor(case.adjuster),
        at=at,
    )


def quote(case: Case, at: datetime) -> None:
    assert case.order is not None
    amount = case.dice.randint(*case.defects[0].yuan) * 100
    give_quote(*case.held, case.order, amount_fen=amount, by=_firm(case), at=at)


def approve_quote(case: Case, at: datetime) -> None:
    assert case.order is not None
    answer_quote(*case.held, case.order, approve=True, comment="同意报价", by=actor(case.adjuster), at=at)


def start(case: Case, at: datetime) -> None:
    assert case.order is not None
    start_works(*case.held, case.order, started_at=at, photos=_photos(case, "开工", at), by=_firm(case), recorded_at=at)


def finish(case: Case, at: datetime) -> None:
    assert case.order is not None
    complete_works(
        *case.held, case.order, completed_at=at, photos=_photos(case, "完工", at), by=_firm(case), recorded_at=at
    )


def accept(case: Case, at: datetime) -> None:
    _word(case, at, "fixed", "")


def complain_of_works(case: Case, at: datetime) -> None:
    _word(case, at, "not_fixed", SAID["not_fixed"])


def _offer(case: Case, at: datetime, *, cash_from: int) -> None:
    """A repair for the first covered findings, cash for those from `cash_from` on."""
    covered = [f.id or 0 for f in findings_of(case.session, case.file_id) if f.outcome == "covered"]
    prices = [case.dice.randint(*case.defects[0].yuan) * 100 for _ in covered]
    parts = [
        Part(number, "cash", price) if place >= cash_from else Part(number, "repair")
        for place, (number, price) in enumerate(zip(covered, prices, strict=True))
    ]
    day, works = shanghai_day(at), cash_from > 0
    propose_settlement(
        *case.held_claim,
        parts=parts,
        starts_on=day + WEEK if works else None,
        finishes_on=day + 4 * WEEK if works else None,
        by=actor(case.adjuster),
        at=at,
    )


def _pay(case: Case, at: datetime, *, share: int) -> None:
    settlement = live_settlement(case.session, case.file_id)
    assert settlement is not None
    _transfer(case, at, left_fen(case.session, settlement) // share)


def _transfer(case: Case, at: datetime, amount_fen: int) -> None:
    by = actor(case.crew.member("finance"))
    reference = f"DEMO{at:%Y%m%d%H%M%S}{case.number:04d}"
    pay(
        *case.held_claim,
        amount_fen=amount_fen,
        paid_at=at,
        bank_reference=reference,
        by=by,
        recorded_at=at,
    )


def _word(case: Case, at: datetime, word: str, note: str) -> None:
    assert case.order is not None
    words_of_owner = {item.id or 0: (word, note) for item in items_of(case.session, case.order.id or 0)}
    by = actor(case.adjuster)
    accept_works(*case.held, case.order, words=words_of_owner, accepted_at=at, by=by, recorded_at=at)


def _firm(case: Case) -> str:
    """Whoever works there: the firm's person, or for our own crew the adjuster."""
    assert case.order is not None
    people = case.crew.of_firm(case.order.firm_id)
    return actor(people[0]) if people else actor(case.adjuster)


def _photos(case: Case, when: str, at: datetime) -> list[str]:
    """Of the special claims only: each costs as much as half an act."""
    return [case.photo(f"{when}照片.png", case.adjuster, at)] if case.key else []
