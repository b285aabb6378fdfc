"""`flask --app app registry import FILE.csv…`, and `staff join EMAIL --firm CODE`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from claims.access.commands import active_person, staff
from claims.registry.importing import BadRows, ImportUnderWay, import_files
from claims.registry.model import Firm
from config.time import now

registry = AppGroup("registry", help="What is insured and who is who.")

_MOST_LINES = 200


@registry.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Import registry files, all of them or none; a row that is there already is updated."""
    with current_app.extensions["database"].session() as session:
        try:
            report = import_files(session, files, now())
            session.commit()
        except BadRows as error:
            _list(error)
            raise SystemExit(1) from None
        except ImportUnderWay as error:
            raise click.ClickException(str(error)) from None
        except DBAPIError as error:
            raise click.ClickException(f"Nothing was imported; the database refused: {error.orig}") from error
    for file in report.files:
        click.echo(f"{file.file}: {file.inserted} inserted, {file.updated} updated, {file.unchanged} unchanged")


@staff.command("join")
@click.argument("email")
@click.option("--firm", "code", required=True, help="The firm's code in the registry.")
def join(email: str, code: str) -> None:
    """Make somebody one of a firm's people: they see its orders or appraisals, and no other firm's any more."""
    with current_app.extensions["database"].session() as session:
        person = active_person(session, email)
        firm = session.exec(select(Firm).where(Firm.code == code)).one_or_none()
        if firm is None:
            raise click.ClickException(f"no firm has the code {code!r}; import it with: registry import firms.csv")
        if not {"firm", "appraiser"} & set(person.roles.split(";")):
            raise click.ClickException(f"{email} has no role at a firm; first: staff add {email} --role firm")
        person.firm_id = firm.id
        session.commit()
        click.echo(f"{email} is of {firm.name}")


def _list(error: BadRows) -> None:
    click.echo(f"Nothing was imported: {len(error.rows)} things to mend.", err=True)
    for bad in error.rows[:_MOST_LINES]:
        click.echo(str(bad), err=True)
    if len(error.rows) > _MOST_LINES:
        click.echo(f"… and {len(error.rows) - _MOST_LINES} more.", err=True)
