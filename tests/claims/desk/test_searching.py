"""The words of a search find their claims, each by its own index: nobody waits for a look at every claim."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlmodel import Session, col, select

from claims.access import Person
from claims.casefile import CaseFile
from claims.casefile.model import NEARLY_MISSED, RunningClock
from claims.desk.queries import CALL_BACK, SIGNATURE, Filters, _conditions, queue
from claims.intake import Claim
from tests.makers import World, a_claim, at

MONDAY = at("Mon 2026-03-02 12:00")


def found(session: Session, person: Person, q: str) -> list[str]:
    page = queue(session, person, Filters(q=q), cursor=None, limit=10, as_of=MONDAY)
    return [row.reference for row in page.rows]


@pytest.fixture
def told(session: Session, world: World) -> Claim:
    """One whose home nobody has found yet: it has the address as it was told."""
    made = a_claim(session, world)
    made.claim.home_id, made.claim.address = None, "样板路7弄100%新村3号"
    session.add(made.claim)
    session.flush()
    return made.claim


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("样板路7弄", True),
        ("弄", True),
        ("100%新", True),
        ("样板路8弄", False),
        ("7样板路弄", False),  # every pair of it but one
        ("100_新", False),
        ("王小明", True),
        ("小明", True),
        ("明", True),
        ("明王", False),
        ("13800000001", True),
        ("0001", True),
        ("0002", False),
    ],
)
def test_a_piece_of_the_address_or_of_the_name_finds_a_claim(session, world, told, q: str, is_found: bool) -> None:
    assert bool(found(session, world.lead, q)) is is_found


@pytest.mark.both_databases
@pytest.mark.parametrize(("q", "is_found"), [("H-1201", True), ("1201", True), ("1号楼12", True), ("1202", False)])
def test_a_home_finds_its_claims(session: Session, world: World, q: str, is_found: bool) -> None:
    made = a_claim(session, world)

    assert found(session, world.lead, q) == [made.file.reference] * is_found


@pytest.mark.parametrize(
    ("filters", "indexes"),
    [
        (Filters(q="样板路"), {"ix_claim_name", "ix_claim_address", "ix_home_address"}),
        (Filters(q="0001"), {"ix_claim_last4", "ix_home_room"}),
        (Filters(q="13800000001"), {"ix_claim_phone"}),
        (Filters(waiting=CALL_BACK), {"ix_running_clock_contact"}),
        (Filters(waiting=SIGNATURE), {"ix_decision_proposed"}),
        (Filters(assignee="me"), {"ix_casefile_assignee_queue"}),
    ],
)
def test_what_is_looked_for_has_its_index(session: Session, world: World, filters: Filters, indexes: set[str]) -> None:
    query = select(col(CaseFile.id)).where(*_conditions(session, world.lead, filters, MONDAY))
    statement = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    session.execute(text("SET LOCAL enable_seqscan = off"))

    plan = "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {statement}".replace("%", "%%")).scalars())

    assert {name for name in indexes if name not in plan} == set(), plan


def test_near_misses_have_their_index(session: Session) -> None:
    """In its very words, with no parameter among them: else every duty that was ever met is read."""
    nearly = select(RunningClock.id).where(text(NEARLY_MISSED)).order_by(col(RunningClock.met_at).desc())
    session.execute(text("SET LOCAL enable_seqscan = off"))

    plan = "\n".join(session.execute(text(f"EXPLAIN {nearly}")).scalars())

    assert "ix_running_clock_nearly_missed" in plan
    assert "Filter" not in plan
