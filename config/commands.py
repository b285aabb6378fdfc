"""The operator's commands for the ground: database and processes."""

import os
import sys
from pathlib import Path

import click
from alembic import command
from alembic.util import CommandError
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from config.database import downgrade_database, migrations, upgrade_database
from config.sealing import Sealer
from config.settings import Settings
from config.ticker import tick_for_ever

db = AppGroup("db", help="The database's shape.")


@db.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to the newest shape (or to REVISION)."""
    upgrade_database(_settings().database_url, revision, sealer=Sealer(_settings().keys))
    click.echo(f"database is at {revision}")


@db.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION (`base`: to nothing; its data goes)."""
    try:
        downgrade_database(_settings().database_url, revision, sealer=Sealer(_settings().keys))
    except CommandError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"database is at {revision}")


@db.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write a new migration from the difference between models and database."""
    command.revision(migrations(_settings().database_url), message=message, autogenerate=True)


@db.command("check")
def check() -> None:
    """Fail where models and database differ."""
    command.check(migrations(_settings().database_url))


@click.command("web")
@with_appcontext
def web() -> None:
    """Serve people and programs, by gunicorn. Any number of these on one PostgreSQL."""
    settings = _settings()
    _check_for_production()
    os.chdir(Path(__file__).parent.parent)
    arguments = [
        sys.executable,
        "-m",
        "gunicorn",
        "app:create_app()",
        "--worker-class",
        "gthread",
        "--preload",
        "--workers",
        str(settings.web_workers),
        "--threads",
        str(settings.web_threads),
        "--bind",
        f"{settings.bind}:{settings.port}",
        "--no-control-socket",
        "--graceful-timeout",
        "20",
        "--max-requests-jitter",
        "0",
    ]
    os.execv(sys.executable, arguments)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do everything that happens by itself (config/schedule.py). Any number of these on one PostgreSQL."""
    _check_for_production()
    tick_for_ever(current_app.extensions["database"])


def _check_for_production() -> None:
    """Refuse what must not meet real people: a known secret, and whatever else the app has found dangerous."""
    settings = _settings()
    settings.check_for_production()
    if not settings.demo:
        for refuse in current_app.extensions["before_serving"]:
            refuse(current_app.extensions["database"])


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


ALL = (db, web, worker)
