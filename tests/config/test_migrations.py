"""The database's shape: up, down and up again on both databases, with claims in it."""

from contextlib import nullcontext
from functools import partial

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, func, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from app import create_app
from claims.casefile import AlreadyDone, Stage
from claims.casefile.model import CaseFile, TimelineEntry
from claims.casefile.timeline import verify
from claims.duties import act_on, open_recovery
from claims.duties.acts import BY_NAME
from claims.intake import Claim
from config.database import Database, downgrade_database, migrations, upgrade_database
from config.settings import Settings
from config.time import now
from tests import postgres
from tests.makers import a_claim, a_world

GUARDED = ("timeline_entry", "ledger_entry")
GUARDS = {  # Alembic's batch mode drops SQLite's with the table that it rebuilds
    "postgresql": {f"{table}_{rule}" for table in GUARDED for rule in ("stays", "is_not_emptied")},
    "sqlite": {f"{table}_no_{act}" for table in GUARDED for act in ("update", "delete")},
}
ON = {"postgresql": pytest.mark.postgres, "sqlite": pytest.mark.sqlite}


@pytest.fixture(params=[pytest.param(name, marks=mark) for name, mark in ON.items()])
def empty(request, tmp_path):
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server = request.getfixturevalue("postgres")
    url = postgres.empty_database(server)
    yield url
    postgres.drop_database(server, url)


@pytest.fixture
def settled(empty, tmp_path):
    """The URL of a migrated database with a covered and a denied claim."""
    upgrade_database(empty)
    app = create_app(Settings(database_url=empty, files_url=(tmp_path / "files").as_uri(), secret_key="for tests"))
    database: Database = app.extensions["database"]
    with database.session() as session:
        world = a_world(session)
        for stage in (Stage.COVERED, Stage.DENIED):
            a_claim(session, world, stage)
        session.commit()
    database.dispose()
    return empty


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return found


def guards(session: Session) -> set[str]:
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    return set(session.execute(text(asked[session.get_bind().dialect.name])).scalars())


def is_whole(url: str) -> dict[str, int]:
    """Every chain verifies, every key leads somewhere, the guards stand; answers how many rows there are."""
    database = Database(url)
    try:
        with database.session() as session:
            assert not list(verify(session))
            if url.startswith("sqlite"):
                assert not session.execute(text("PRAGMA foreign_key_check")).all()
            assert guards(session) == GUARDS[session.get_bind().dialect.name]
            counted = ((m, session.exec(select(func.count()).select_from(m)).one()) for m in (CaseFile, TimelineEntry))
            return {m.__tablename__: rows for m, rows in counted}
    finally:
        database.dispose()


def test_up_down_and_up_again(empty):
    upgrade_database(empty)
    first = tables(empty)
    downgrade_database(empty, "base")
    assert tables(empty) == set()

    upgrade_database(empty)
    assert tables(empty) == first


@pytest.mark.filterwarnings("ignore:autogenerate skipping.*dialect 'sqlite'")  # PostgreSQL's alone: migration 0024
def test_models_and_database_are_the_same(empty):
    upgrade_database(empty)

    command.check(migrations(empty))  # raises where they differ


def test_with_claims_in_it_one_step_down_and_up_loses_none(settled):
    before = is_whole(settled)
    revisions = list(ScriptDirectory.from_config(migrations(settled)).walk_revisions())
    if len(revisions) > 1:
        downgrade_database(settled, "-1")
    upgrade_database(settled)
    upgrade_database(settled)

    files = {"casefile": 4, "timeline_entry": before["timeline_entry"]}  # each claim, and what of it is to be uploaded
    assert is_whole(settled) == before == files


def test_with_claims_in_it_all_the_way_down_and_up_is_as_new(settled, tmp_path):
    downgrade_database(settled, "base")
    assert tables(settled) == set()
    upgrade_database(settled)

    assert is_whole(settled) == {"casefile": 0, "timeline_entry": 0}


def test_a_debtor_is_sealed_and_found_again_and_every_chain_stays_whole_down_and_up(settled, tmp_path):
    settings = Settings(database_url=settled, files_url=(tmp_path / "files").as_uri(), secret_key="for tests")
    database: Database = create_app(settings).extensions["database"]
    sealer = database.belongings["sealer"]
    with database.session() as session:
        covered = session.exec(select(CaseFile).where(CaseFile.stage == Stage.COVERED)).one()
        told = {"debtor": "赵示甲", "amount": 1, "paid_at": covered.opened_at, "proof": "赵示甲的回单"}
        recover = partial(open_recovery, session, covered, session.get_one(Claim, covered.id), **told, by="staff:1")
        file = recover(at=now())
        act_on(session, file, BY_NAME["demand"], by="staff:1", recorded_at=now(), proof="赵示甲签收")
        session.commit()

        downgrade_database(settled, "0021", sealer=sealer)
        clear = told_in(settled)
        upgrade_database(settled, sealer=sealer)

        assert (clear.count("赵示甲"), told_in(settled).count("赵示甲")) == (6, 0)
        assert not list(verify(session))
        with pytest.raises(AlreadyDone):
            recover(at=now())
    database.dispose()


def told_in(url: str) -> str:
    """Everything of duties that stands in the database, as a thief would read it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [
            row
            for table in ("duty_file", "duty_record", "timeline_details")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    engine.dispose()
    return str(rows)


@pytest.mark.parametrize("struck_at", ["NULL", "'2026-03-03'"])
def test_a_struck_pause_is_not_lost_by_going_back(settled, struck_at):
    """Without its mark it would count again, and every date of its clock would move."""
    engine = create_engine(settled)
    pause = (
        "INSERT INTO clock_pause (clock_id, from_at, reason, proof, recorded_at, by, struck_at) "
        f"SELECT MIN(id), '2026-03-02', 'x', 'x', '2026-03-02', 'staff:1', {struck_at} FROM running_clock"
    )
    with engine.begin() as connection:
        connection.execute(text(pause))

    with nullcontext() if struck_at == "NULL" else pytest.raises(CommandError, match="1 pauses were struck"):
        downgrade_database(settled, "0019")

    columns = {column["name"] for column in inspect(engine).get_columns("clock_pause")}
    engine.dispose()
    assert ("struck_at" in columns) is (struck_at != "NULL")


def test_what_was_read_before_arrivals_told_what_they_ended_in_is_not_read_again(settled):
    downgrade_database(settled, "0011")
    engine = create_engine(settled)
    row = "'twilio', :sid, 'message', 0, '', '{}', true, '2026-03-02', :state, 0, '2026-03-02', ''"
    columns = (
        "provider, provider_id, kind, attempt, raw_sealed, headers, signed, received_at, state, attempts, "
        "next_try_at, error"
    )
    with engine.begin() as connection:
        for state in ("read", "stored"):
            wanted = {"sid": f"SM-{state}", "state": state}
            connection.execute(text(f"INSERT INTO arrival ({columns}) VALUES ({row})"), wanted)
    upgrade_database(settled)

    with engine.connect() as connection:
        told = connection.execute(text("SELECT state, about FROM arrival ORDER BY state")).all()
    engine.dispose()
    assert [tuple(each) for each in told] == [("read", "read"), ("stored", "")]


def test_who_took_part_by_themselves_and_by_their_firm_takes_part_once_in_what_was_before(settled):
    engine = create_engine(settled)
    with engine.begin() as connection:
        connection.execute(text(
            "INSERT INTO firm (id, code, name, kind, uscc, districts, trades, qualification, phone) "
            "VALUES (7, 'RF1', 'x', 'repair', '', '', '', '', '')"
        ))  # fmt: skip
        connection.execute(text("UPDATE person SET firm_id = 7 WHERE id = 1"))
        for table, who in (("participation", "person_id"), ("firm_participation", "firm_id")):
            number = 1 if who == "person_id" else 7
            connection.execute(text(
                f"INSERT INTO {table} (file_id, {who}, role, since_at) "
                f"SELECT MIN(id), {number}, 'firm', '2026-03-02' FROM claim"
            ))  # fmt: skip
    downgrade_database(settled, "0009")

    with engine.connect() as connection:
        rows = connection.execute(text("SELECT person_id FROM participation WHERE role = 'firm'")).scalars().all()
    engine.dispose()
    assert rows == [1]


def test_a_migration_leaves_foreign_keys_on(settled):
    if not settled.startswith("sqlite"):
        pytest.skip("PostgreSQL can't switch them off")
    database = Database(settled)
    for reading in (False, True):
        with database.session(reading=reading) as session:
            assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    with database.session() as session, pytest.raises(DatabaseError, match="FOREIGN KEY"):
        session.execute(text("UPDATE claim SET home_id = 4711"))
    database.dispose()
