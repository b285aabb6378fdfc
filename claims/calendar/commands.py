"""`flask --app app calendar import FILE`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from claims.calendar.actions import ImportedMeanwhile, import_year
from claims.calendar.reading import BadFile, read_year
from claims.casefile.recounting import left_to_count
from config.time import now

BY_COMMAND = "command"
calendar = AppGroup("calendar", help="Days off and make-up days, as the yearly notices announce them.")


@calendar.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Import a published year (TOML), or a correction of one; the worker then counts open clocks anew."""
    database, at = current_app.extensions["database"], now()
    try:
        year = read_year(file.read_bytes())
        with database.session() as session:
            row = import_year(session, year, by=BY_COMMAND, at=at)
            session.commit()
    except OSError as error:
        raise click.ClickException(f"{file.name}: {error.strerror}") from error
    except BadFile as error:
        raise click.ClickException(f"Nothing was imported. {file.name}, {error}") from error
    except ImportedMeanwhile as error:
        raise click.ClickException(f"Nothing was imported. {error}") from error
    if row is None:
        click.echo(f"{year.year} stands as this file says already; nothing to do")
        return
    database.belongings["published"].look(database, at, at_once=True)
    with database.session(reading=True) as session:
        left = left_to_count(session)
    click.echo(f"{year.year}, {year.notice}: imported as edition {row.edition}; {left} open clocks to be counted anew")
