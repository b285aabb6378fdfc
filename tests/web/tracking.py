"""Somebody who looks after one claim on the homeowner's page."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from claims.casefile import CaseFile
from claims.intake import Claim
from claims.sweeping import answer_asks, read_arrivals
from config.time import now
from notifications.model import Message
from tests.web.checking import CheckingClient, Page


def track_code(session: Session, file: CaseFile) -> str:
    claim = session.get_one(Claim, file.id)
    session.commit()  # SQLite: nobody else writes while this one reads
    return session.info["sealer"].open(claim.track_code_sealed)


class Tracker:
    """One browser at /track."""

    def __init__(self, app: Flask) -> None:
        app.test_client_class = CheckingClient
        client = app.test_client()
        assert isinstance(client, CheckingClient)
        self.app, self.client = app, client

    def post(self, path: str, *files: tuple[bytes, str], **typed: Any) -> TestResponse:
        token = self.client.page("/track/text").all("input", name="csrf_token")[0].attrs["value"]
        form: dict[str, Any] = {name.replace("__", "-"): value for name, value in typed.items()} | {"csrf_token": token}
        if files:
            form["photos"] = [(BytesIO(content), name) for content, name in files]
        return self.client.post(path, data=form, content_type="multipart/form-data")

    def enters(self, reference: str, code: str, way: str = "code") -> TestResponse:
        return self.post("/track", claim=reference, code=code, way=way)

    def asks(self, reference: str, phone: str) -> TestResponse:
        return self.post("/track/text", claim=reference, phone=phone)

    def enters_by_text(self, reference: str, phone: str = "13800000001") -> TestResponse:
        self.asks(reference, phone)
        self.worker()
        return self.enters(reference, self.texts()[-1]["code"], way="text")

    def worker(self) -> None:
        answer_asks(self.app.extensions["database"], now())
        read_arrivals(self.app.extensions["database"], now())

    def texts(self) -> list[dict[str, str]]:
        """The codes that went out by text, oldest first."""
        database = self.app.extensions["database"]
        with database.session(reading=True) as session:
            rows = session.exec(select(Message).where(Message.message == "track_code").order_by(col(Message.id)))
            return [json.loads(database.belongings["sealer"].open(row.content_sealed)) for row in rows]

    def page(self, reference: str) -> Page:
        return self.client.page(f"/track/{reference}")
