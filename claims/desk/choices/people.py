"""People, firms and homes that may be chosen for a claim, each only where the act would take it."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from claims.access import Person, districts_of, roles_of
from claims.appraisal import appraisal_of, candidates_of, check_interest, disputed_findings
from claims.casefile import CaseFile, Refused
from claims.desk.sheet import Choice, Record
from claims.intake import Claim
from claims.registry import Firm, Home, home_by_code, homes_by_address, homes_by_phone, parts
from claims.repair import items_to_order
from claims.survey import findings_of
from config.time import now, shanghai_day


def adjusters(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    return _people(session, file, "adjuster")


def surveyors(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    return _people(session, file, "surveyor")


def likely_homes(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    """Those that the caller's number and the words of the report name, the likeliest first."""
    claim = session.get_one(Claim, file.id)
    phone = session.info["sealer"].open(claim.phone_sealed)
    found = homes_by_phone(session, phone, shanghai_day(claim.received_at)) if phone else []
    guess = session.get(Home, claim.candidate_home_id) if claim.candidate_home_id else None
    first = home_by_code(session, guess.code) if guess is not None else None
    homes = [*([first] if first else []), *found, *homes_by_address(session, claim.address)]
    return (Choice(code, address) for code, address in {each.home.code: each.address for each in homes}.items())


def repair_firms(session: Session, file: CaseFile, _record: Record) -> Iterable[Choice]:
    """Our own crew, and the firms qualified for what waits for an order (第十一条)."""
    yield Choice("", _("本公司维修队"))
    wanted = {item.part for item in items_to_order(session, session.get_one(Claim, file.id))}
    for firm in _qualified(session, file, "repair", wanted):
        yield Choice(firm.code, firm.name, _qualification(firm))


def appraisers(session: Session, file: CaseFile, record: Record) -> Iterable[Choice]:
    """Qualified for what is in dispute, and free of interest (第十五条)."""
    claim = session.get_one(Claim, file.id)
    appraisal = appraisal_of(session, claim.id, int(record or 0))
    disputed = disputed_findings(appraisal) if appraisal is not None else []
    wanted = {finding.part for finding in findings_of(session, claim.id, disputed)}
    for firm in _qualified(session, file, "appraiser", wanted):
        try:
            check_interest(session, claim, firm)
        except Refused:
            continue
        yield Choice(firm.code, firm.name, _qualification(firm))


def appraiser_candidates(session: Session, _file: CaseFile, record: Record) -> Iterable[Choice]:
    return (Choice(firm.code, firm.name) for _candidate, firm in candidates_of(session, int(record or 0)))


def _people(session: Session, file: CaseFile, role: str) -> Iterable[Choice]:
    """Those of this role who look after the claim's district, by name."""
    query = select(Person).where(col(Person.active).is_(True), col(Person.roles).contains(role))
    for person in session.exec(query.order_by(col(Person.name), col(Person.id))):
        districts = districts_of(person)
        if role in roles_of(person) and (not districts or file.district in (None, *districts)):
            yield Choice(person.email, person.name, person.email)


def _qualified(session: Session, file: CaseFile, kind: str, trades: set[str]) -> Iterable[Firm]:
    query = select(Firm).where(Firm.kind == kind, col(Firm.valid_until) >= _today()).order_by(col(Firm.name))
    for firm in session.exec(query):
        works_there = not firm.districts or file.district is None or file.district in firm.districts.split(";")
        if works_there and trades <= set(firm.trades.split(";")):
            yield firm


def _qualification(firm: Firm) -> str:
    trades = _("、").join(_(parts()[trade].name) for trade in firm.trades.split(";") if trade in parts())
    return _("%(trades)s；资质有效期至%(until)s", trades=trades, until=firm.valid_until)


def _today() -> date:
    return shanghai_day(now())
