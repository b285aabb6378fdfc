"""`flask --app app staff add EMAIL --role ROLE [--token]`."""

import click
from flask import current_app
from flask.cli import AppGroup

from claims.access.actions import UnknownRole, add_person, give_token
from config.time import now

staff = AppGroup("staff", help="People who may enter.")


@staff.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help="May be given several times.")
@click.option("--name", default="", help="As it should stand on letters.")
@click.option("--district", "districts", multiple=True, help="None: every district.")
@click.option("--token", is_flag=True, help="Give an API token; it is shown this once.")
def add(email: str, roles: tuple[str, ...], name: str, districts: tuple[str, ...], token: bool) -> None:
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
        session.commit()
        click.echo(f"{person.email}: {person.roles.replace(';', ', ')}")
    if given:
        click.echo(f"token (not shown again): {given}")
