"""One running application with its people, told to do things by many hands at once."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, func, select
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from claims.access import Person
from claims.casefile import CaseFile, Stage
from claims.casefile.model import TimelineEntry
from claims.casefile.timeline import verify
from config.database import Database
from tests.makers import Made, World, a_claim, a_person, a_proposed_denial, bearer

Row = TypeVar("Row", bound=SQLModel)
TWILIO = "application/x-www-form-urlencoded"


class Town:
    """Every request goes through a client of its own, so that any thread may ask."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.database: Database = app.extensions["database"]

    def texts(self, body: str, *, sid: str, phone: str) -> TestResponse:
        """A text reaches the hotline, signed as Twilio signs."""
        settings = self.app.extensions["settings"]
        form = {"MessageSid": sid, "From": phone, "To": "+862100000000", "Body": body}
        validator = RequestValidator(settings.twilio_auth_token)
        signature = validator.compute_signature(f"{settings.public_url}/hotline/messages", form)
        headers = {"X-Twilio-Signature": signature}
        return self.app.test_client().post(
            "/hotline/messages", data=urlencode(form), content_type=TWILIO, headers=headers
        )

    def asks(self, person: Person, verb: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        told = bearer(person) | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().open(f"/api/v1{path}", method=verb, json=body, headers=told)

    def another(self, role: str, number: int) -> Person:
        with self.database.session() as session:
            person = a_person(session, role, email=f"{role}{number}@insurer.example")
            session.commit()
        return person

    def claim(self, stage: Stage, **told: Any) -> Made:
        with self.database.session() as session:
            made = a_claim(session, self.world, stage, **told)
            session.commit()
        return made

    def proposed_denial(self, **told: Any) -> Made:
        """A surveyed claim whose denial waits for its second person."""
        with self.database.session() as session:
            made = a_claim(session, self.world, Stage.SURVEYED, **told)
            made.decision = a_proposed_denial(session, self.world, made, at=made.findings[-1].recorded_at)
            session.commit()
        return made

    def file(self, made: Made) -> CaseFile:
        with self.database.session(reading=True) as session:
            return session.exec(select(CaseFile).where(CaseFile.id == made.file.id)).one()

    def files(self) -> list[CaseFile]:
        """Oldest first."""
        return self.rows(CaseFile)

    def story(self, file: CaseFile) -> list[str]:
        """The names of what happened to a file, oldest first."""
        with self.database.session(reading=True) as session:
            facts = select(TimelineEntry.fact).where(TimelineEntry.file_id == file.id)
            return list(session.exec(facts.order_by(TimelineEntry.seq)))  # type: ignore[arg-type]

    def count(self, model: type[SQLModel], **where: Any) -> int:
        with self.database.session(reading=True) as session:
            return session.exec(select(func.count()).select_from(model).filter_by(**where)).one()

    def rows(self, model: type[Row], **where: Any) -> list[Row]:
        """In the order of their keys: a table by itself has none."""
        with self.database.session(reading=True) as session:
            keys = inspect(model).primary_key
            return list(session.exec(select(model).filter_by(**where).order_by(*keys)))

    def is_whole(self) -> bool:
        with self.database.session(reading=True) as session:
            return not list(verify(session))

    def session(self) -> Session:
        return self.database.session()


def told(answer: TestResponse) -> Mapping[str, Any]:
    return json.loads(answer.get_data())  # type: ignore[no-any-return]
