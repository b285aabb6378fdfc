"""`flask --app app demo load`, and `up`, which is `make run`: the demo world, then web and worker side by side."""

import signal
import subprocess
import sys
import time
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import inspect

from claims.demo.playing import play, special_claims
from claims.demo.tokens import DEMO_PASSWORD, demo_sign_ins, give_demo_tokens, has_demo_tokens, is_empty
from config.database import Database, upgrade_database
from config.settings import ROOT, Settings
from config.time import now

demo = AppGroup("demo", help="A world to look around in.")


def load_demo(database: Database, at: datetime) -> bool:
    """All of the demo world as of `at`, or nothing where something is there already; answers whether it did."""
    with database.session() as session:
        if not is_empty(session):
            return False
        play(session, at)
        give_demo_tokens(session, at)
        session.commit()
        return True


@demo.command("load")
def load() -> None:
    """Fill an empty, migrated database: 2,000 homes, 150 claims at every stage. Refuses any other."""
    database: Database = current_app.extensions["database"]
    if not inspect(database.engine).has_table("casefile"):
        raise click.ClickException("this database has no tables yet: run `db upgrade` first")
    if not load_demo(database, now()):
        raise click.ClickException("this database isn't empty; the demo world needs one of its own")
    show_way_in(database)


@click.command("up")
@with_appcontext
def up() -> None:
    """Migrate, load the demo world where nothing is yet, and run web and worker until Ctrl-C."""
    settings: Settings = current_app.extensions["settings"]
    database: Database = current_app.extensions["database"]
    upgrade_database(settings.database_url, sealer=database.belongings["sealer"])
    with database.session(reading=True) as session:
        if is_empty(session):
            click.echo("Bringing 150 claims to where they are; this takes some seconds …")
    load_demo(database, now())
    _greet(settings)
    show_way_in(database)
    database.dispose()
    sys.exit(_run_together("web", "worker"))


def _greet(settings: Settings) -> None:
    address = f"http://127.0.0.1:{settings.port}"
    places = ("Homeowner", ""), ("Report", "report"), ("Progress", "track"), ("Staff", "staff"), ("API", "docs")
    click.echo("\n" + "\n".join(f"  {name:<12}{address}/{path}" for name, path in places))
    click.echo(f"  Demo hotline {settings.hotline_number}. Ctrl-C ends both processes.")


def show_way_in(database: Database) -> None:
    if not has_demo_tokens(database):
        return
    click.echo(f"\n  Demo sign-ins at /staff, password {DEMO_PASSWORD}; tokens for the API (Authorization: Bearer …)")
    with database.session(reading=True) as session:
        special, sign_ins = special_claims(session), demo_sign_ins(session)
    for email, token in sign_ins:
        click.echo(f"    {email:<32}{token}")
    if special:
        click.echo("\n  Claims to look at, as demo-lead or demo-manager")
    for label, reference in special:
        click.echo(f"    {reference}  {label}")
    click.echo("")


def _run_together(*commands: str) -> int:
    """Both run, or neither: when one ends, the other is ended. Answers the exit code."""
    children = [subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", name], cwd=ROOT) for name in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        return next(child.returncode for child in children if child.poll() is not None) or 0
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=30)
