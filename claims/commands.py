"""The operator's commands over claims: prove the timelines, erase from them, run or rehearse the sweeps."""

from collections import Counter
from datetime import datetime
from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlmodel import func, select

from claims.access import person_by_email
from claims.casefile import Refused, is_reference
from claims.casefile.erasure import erase_details
from claims.casefile.files import lock
from claims.casefile.model import CaseFile
from claims.casefile.sweeps import would_ring
from claims.casefile.timeline import verify
from claims.letters.printed import write_tables
from claims.sweeping import ring_as_of
from config.database import Database
from config.schedule import SCHEDULE
from config.settings import ROOT
from config.ticker import drain, sweep_named
from config.time import instant, now
from notifications.replay import replay

timeline = AppGroup("timeline", help="The chained timelines.")


@timeline.command("verify")
@click.argument("reference", required=False)
def verify_timelines(reference: str | None) -> None:
    """Prove every chain whole, or that of one claim; name claim and entry of each fault."""
    with _database().session(reading=True) as session:
        if reference and (
            not is_reference(reference)
            or not session.exec(select(CaseFile.id).where(CaseFile.reference == reference)).all()
        ):
            raise click.ClickException(_unknown(reference))
        faults = list(verify(session, reference))
        files = 1 if reference else session.exec(select(func.count()).select_from(CaseFile)).one()
    for fault in faults:
        click.echo(f"{fault.reference} entry {fault.seq if fault.seq is not None else '-'}: {fault.what}", err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in {len({f.reference for f in faults})} of {files} timelines")
    click.echo(f"{files} timelines are whole")


@timeline.command("erase")
@click.argument("reference")
@click.option("--entry", "entries", multiple=True, type=int, required=True, help="Its number; may be given often.")
@click.option("--reason", required=True, help="Who asked, when, and why nothing obliges us to keep it.")
@click.option("--by", required=True, metavar="EMAIL", help="Who decided it.")
@click.confirmation_option(prompt="Details once erased can't be had back. Erase them?")
def erase(reference: str, entries: tuple[int, ...], reason: str, by: str) -> None:
    """Delete for good what these entries of a claim say of a person (PIPL 47); the chain and the record of it stay."""
    with _database().session() as session:
        file_id = session.exec(select(CaseFile.id).where(CaseFile.reference == reference)).one_or_none()
        person = person_by_email(session, by)
        if file_id is None or person is None:
            raise click.ClickException(f"nobody active has the address {by!r}" if file_id else _unknown(reference))
        try:
            erase_details(session, lock(session, file_id), entries, reason=reason, by=f"staff:{person.id}", at=now())
        except Refused as refused:
            told = "; ".join(words for each in refused.errors.values() for words in each)
            raise click.ClickException(told) from refused
        session.commit()
    click.echo(f"{reference}: details of {', '.join(map(str, sorted(set(entries))))} are gone, and that is on record")


def _unknown(reference: str) -> str:
    return f"no claim has the reference {reference!r}"


inbox = AppGroup("inbox", help="What came in by the hotline and the pages.")


@inbox.command("replay")
@click.option("--from", "first", required=True, help="An instant such as 2026-03-02T00:00:00+08:00.")
@click.option("--to", "last", required=True, help="An instant, exclusive.")
@click.option("--dry-run", is_flag=True, help="Read and roll back: says what would come of it.")
def replay_arrivals(first: str, last: str, dry_run: bool) -> None:
    """Read a stretch of arrivals once more; nothing happens twice. Fails where some still can't be read."""
    try:
        span = {"first": instant(first), "last": instant(last)}
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    database = _database()
    outcomes = replay(database, database.belongings["arrival_readers"], **span, as_of=now(), dry_run=dry_run)
    changed = [each for each in outcomes if each.came != each.before]
    for each in changed:
        click.echo(f"arrival {each.number}, {each.kind}: {each.before} → {each.came}")
    failed = [each for each in outcomes if each.error]
    for each in failed:
        click.echo(f"arrival {each.number}, {each.kind}: {each.error}", err=True)
    what = "would change" if dry_run else "changed"
    click.echo(f"{len(outcomes)} arrivals read again: {len(changed)} {what}, {len(failed)} can't be read")
    if failed:
        raise click.ClickException(f"{len(failed)} arrivals can't be read; they stay as they were")


@click.command("sweep")
@click.option("--as-of", "as_of", help="An instant such as 2026-03-06T00:00:00+08:00; a future one only rehearses.")
@with_appcontext
def sweep(as_of: str | None) -> None:
    """Run every sweep once, to the end. A past INSTANT rings only what was due by then."""
    try:
        at, present = instant(as_of) if as_of else now(), now()
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if at > present:
        _rehearse(_database(), at)
        return
    for name, every in SCHEDULE.items():  # only rungs are looked at as of then: no letter is issued or sent in the past
        rings = name == "ring due rungs"
        done = drain(_database(), partial(ring_as_of, learned_at=present), at) if rings else None
        click.echo(f"{name}: {done if rings else drain(_database(), sweep_named(every.sweep), present)}")


def _rehearse(database: Database, at: datetime) -> None:
    """What would ring by then if nothing happened meanwhile. Only reads: nobody waits for a rehearsal."""
    with database.session(reading=True) as session:
        rung = Counter((clock.clock, rung.name) for clock, rung in would_ring(session, at))
    click.echo(f"rehearsal as of {at.isoformat()}: nothing was changed")
    for (clock, name), times in sorted(rung.items()):
        click.echo(f"  {clock}, {name}: {times}")


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database


@click.command("tables")
def print_tables() -> None:
    """Write the move table and the letter table from the code into config/adr/tables.md."""
    click.echo(f"{write_tables().relative_to(ROOT)} is fresh")
