"""`flask --app app staff add EMAIL --role ROLE [--token] [--password]`, `staff password EMAIL`, `staff leave EMAIL`."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlmodel import Session

from claims.access.actions import UnknownRole, add_person, give_token, leave
from claims.access.model import Person
from claims.access.passwords import drawn
from claims.access.queries import person_by_email
from claims.access.signing_in import set_password
from config.time import now

staff = AppGroup("staff", help="People who may enter.")


@staff.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help="May be given several times.")
@click.option("--name", default="", help="As it should stand on letters.")
@click.option("--district", "districts", multiple=True, help="None: every district.")
@click.option("--token", is_flag=True, help="Give an API token; it is shown this once.")
@click.option("--password", is_flag=True, help="Draw a password for the pages; to be changed at the first sign-in.")
def add(email: str, roles: tuple[str, ...], name: str, districts: tuple[str, ...], token: bool, password: bool) -> None:
    """Add a person, or give one more roles."""
    if "@" not in email:
        raise click.ClickException(f"{email!r} is not an e-mail address")
    at = now()
    with current_app.extensions["database"].session() as session:
        try:
            person = add_person(
                session, email=email, name=name or email.partition("@")[0], roles=roles, districts=districts, at=at
            )
        except UnknownRole as error:
            raise click.ClickException(str(error)) from error
        given = give_token(session, person, at) if token else None
        told = drawn() if password else None
        if told:
            set_password(session, person, told, at=at, once=True)
        session.commit()
        click.echo(f"{person.email}: {person.roles.replace(';', ', ')}")
    if given:
        click.echo(f"token (not shown again): {given}")
    if told:
        click.echo(f"password (not shown again, to be changed at the first sign-in): {told}")


@staff.command("password")
@click.argument("email")
def password(email: str) -> None:
    """Draw a new password for somebody; every sign-in of theirs ends."""
    with current_app.extensions["database"].session() as session:
        person = active_person(session, email)
        told = drawn()
        set_password(session, person, told, at=now(), once=True)
        session.commit()
    click.echo(f"password (not shown again, to be changed at the first sign-in): {told}")


@staff.command("leave")
@click.argument("email")
def leave_staff(email: str) -> None:
    """Somebody enters no more: sign-ins end, tokens are taken back, the password goes. What they did stays theirs."""
    with current_app.extensions["database"].session() as session:
        person = active_person(session, email)
        leave(session, person, now())
        session.commit()
    click.echo(f"{email} enters no more; `staff add {email} --role ROLE --password` lets them in again")


def active_person(session: Session, email: str) -> Person:
    """Raises ClickException for nobody, with what to do."""
    person = person_by_email(session, email)
    if person is None:
        raise click.ClickException(f"nobody active has the address {email!r}; add them with: staff add {email}")
    return person
