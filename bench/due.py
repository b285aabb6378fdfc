"""Databases in which clocks are due: made once through the real door, then copied for each run."""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg
from sqlmodel import Session

from app import open_database
from bench import floor
from bench.ground import a_world_of_homes, settings
from claims.casefile import open_file, record_many
from claims.casefile.facts import ReportReceived
from claims.casefile.rows import as_written
from claims.intake import Claim
from claims.sweeping import ring_due_rungs
from config.database import Database
from config.ticker import drain
from tests.makers import at
from tests.postgres import Server, new_database

REPORTED_AT = at("Mon 2026-03-02 10:00")
WARNED_AT, BREACHED_AT = REPORTED_AT + timedelta(hours=1), REPORTED_AT + timedelta(hours=2)
"""The contact clock of a fresh report (config/clocks.toml: 2 hours) warns half-way."""
_AT_ONCE = 500


def many_due(server: Server, claims: int, *, warned: bool) -> str:
    """The name of a database in which `claims` contact clocks will warn, or, where `warned`, be breached."""
    url = new_database(server)
    a_world_of_homes(url)
    database = open_database(settings(url))
    for first in range(0, claims, _AT_ONCE):
        with database.session() as session:
            reported(session, min(_AT_ONCE, claims - first), REPORTED_AT)
            session.commit()
    if warned:
        drain(database, ring_due_rungs, WARNED_AT)
    _add_the_floor(database, claims)
    database.dispose()
    return str(database.url.database)


def copied(server: Server, name: str) -> str:
    """A fresh copy of a database; its URL."""
    url = server.address(f"{name}_copy")
    server.run("drop database if exists {copy} with (force)", copy=f"{name}_copy")
    server.run("create database {copy} template {name}", copy=f"{name}_copy", name=name)
    return url


def reported(session: Session, claims: int, at: datetime) -> None:
    """So many claims, through the door, as of one instant."""
    sealer = session.info["sealer"]
    files = [open_file(session, kind="claim", opened_at=at, district="浦东新区") for _ in range(claims)]
    told = {
        "gate": "in_force",
        "description": "漏水",
        "channel": "web",
        "relation": "owner",
        "received_at": at,
    }
    sealed = {"phone_sealed": sealer.seal("+8613800000001"), "track_code_sealed": sealer.seal("23456A")}
    rows = [as_written(Claim, id=file.id, **told, **sealed) for file in files]
    fact = ReportReceived(at=at, by="homeowner", channel="web", relation="owner")
    record_many(session, [(file, fact) for file in files], along=rows)


def _add_the_floor(database: Database, claims: int) -> None:
    """As many bare deadlines, a quarter of them due at WARNED_AT."""
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(floor.TABLES)
        connection.execute(floor.ARMED, {"claims": claims, "due_at": WARNED_AT})
        connection.execute("vacuum analyze")
