"""The homeowner's form as it stands: where the reader is, what was typed, what is kept, what is wrong with it.

Nothing about a person is stored before the end: each page carries what was typed before it in hidden fields.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import request
from flask_babel import gettext
from marshmallow import ValidationError, fields
from sqlmodel import Session

from claims.intake import steps
from claims.intake.actions import Report
from claims.intake.photos import Photos
from claims.intake.queries import homes_offered
from claims.intake.schema import ReportIn
from claims.intake.steps import LABELS, RELATIONS
from claims.registry import home_by_code
from claims.web.language import language
from claims.web.submission import by_field, field_names, loaded
from claims.web.wording import on_a_page
from config.time import shanghai_day

NONE_OF_THEM = "none"
_KEY = re.compile(r"[\w-]{32}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class ReportFormIn(ReportIn):
    """`ReportIn` as a page asks it: danger is always answered, photos come by themselves, now is when, and the page's
    own language is the reporter's."""

    class Meta:
        exclude = ("received_at", "photos", "language")

    danger = fields.Boolean(required=True)


CARRIED = (*field_names(ReportFormIn()), "unlisted", "checked")
"""Beside the fields: the address that fits no home offered, and whether the reader has come to the end before."""


@dataclass
class ReportForm:
    """`key` makes one form one report, however often it is sent. `notice` is wrong with none of its fields.

    `offered`: homes that the address may mean, as full addresses.
    """

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    step: str = steps.DANGER
    typed_in: dict[str, str] = field(default_factory=dict)
    photos: Photos = field(default_factory=Photos)
    errors: dict[str, list[str]] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    notice: str = ""
    labels = LABELS
    relations = RELATIONS
    count = len(steps.STEPS)

    @classmethod
    def sent(cls, photos: Photos) -> "ReportForm":
        """What this request brought; a key that isn't one of ours is replaced."""
        typed_in = {name: request.form.get(name, "").replace("\0", "") for name in (*CARRIED, "match")}
        form = cls(photos=photos, typed_in=typed_in)
        if _KEY.fullmatch(key := request.form.get("key", "")):
            form.key = key
        if (step := request.form.get("step", "")) in steps.FIELDS:
            form.step = step
        return form

    def typed(self, name: str) -> str:
        return self.typed_in.get(name, "")

    @property
    def number(self) -> int:
        return steps.number_of(self.step)

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """What other steps have asked, for hidden fields."""
        here = steps.FIELDS[self.step]
        return ((name, self.typed(name)) for name in CARRIED if name not in here and self.typed(name))

    @property
    def day_fits_a_picker(self) -> bool:
        """A date picker would hide what isn't a date: then it is shown as text, so that it can be mended."""
        return not self.typed("found_on") or bool(_DAY.fullmatch(self.typed("found_on")))

    def turn(self, session: Session, go: str, at: datetime) -> None:
        """Go where `go` says: `back`, or a step by name, asks nothing and loses nothing; else on, if all is well here.

        A photo that can't be taken, and whatever is wrong at the end, lead to the step that can mend it.
        """
        if self.photos.errors:
            self.step, self.errors = steps.PHOTOS, {"photos": self.photos.errors}
        elif go == "back":
            self.step = steps.before(self.step)
        elif go in steps.STEPS:
            self.step = go
        else:
            self._go_on(session, at)
        if self.step == steps.CHECK and not self.errors:
            self._come_to_the_end(session, at)
        if self.step == steps.MATCH:
            self.offered = homes_offered(session, self.typed("address"))

    def read(self, session: Session, at: datetime) -> Report | None:
        """The report, or None where something is wrong: `errors` then says what, and `step` where it is mended."""
        told, wrong = self._looked_at(session, at)
        if wrong or self.photos.errors:
            self.refuse(wrong | ({"photos": self.photos.errors} if self.photos.errors else {}))
            return None
        tokens = tuple(photo.token for photo in self.photos.kept)
        reporter, key = told.pop("reporter"), f"form:{self.key}"
        return Report(channel="web", key=key, photos=tokens, language=language(), **reporter, **told)

    def refuse(self, wrong: Mapping[str, Iterable[str]]) -> None:
        """Lead to the first step that can mend something of what is wrong, and say it there in plain words."""
        renamed = {"photos" if name == "files" else name: messages for name, messages in wrong.items()}
        self.step = steps.first_asking(renamed)
        here = steps.FIELDS[self.step]
        for name in sorted(renamed, key=lambda name: here.index(name) if name in here else -1):
            if name in here or name not in LABELS:
                self.errors[name] = [self._said(name, message) for message in renamed[name]]

    def renew(self, notice: str) -> None:
        """Make it another report: nothing that this form sends from now on meets the earlier one."""
        self.key, self.notice, self.step = secrets.token_urlsafe(24), notice, steps.CHECK

    def _go_on(self, session: Session, at: datetime) -> None:
        if self.step == steps.MATCH and not self._take_match(session):
            return
        wrong = self._looked_at(session, at)[1]
        if mine := {name: wrong[name] for name in wrong if name in steps.FIELDS[self.step]}:
            self.refuse(mine)
        elif self.step == steps.WHERE and self._fits_several(session):
            self.step = steps.MATCH
        else:
            self.step = steps.CHECK if self.typed("checked") else steps.after(self.step)

    def _come_to_the_end(self, session: Session, at: datetime) -> None:
        self.typed_in["checked"] = "yes"
        if wrong := self._looked_at(session, at)[1]:
            self.refuse(wrong)

    def _fits_several(self, session: Session) -> bool:
        address = self.typed("address")
        return not self.typed("home") and self.typed("unlisted") != address and bool(homes_offered(session, address))

    def _take_match(self, session: Session) -> bool:
        """The home chosen takes the place of what was typed; none of them is an answer too."""
        match = self.typed("match")
        if match == NONE_OF_THEM:
            self.typed_in["unlisted"] = self.typed("address")
        elif match in homes_offered(session, self.typed("address")):
            self.typed_in["address"] = match
        else:
            self.refuse({"match": [""]})
            return False
        return True

    def _looked_at(self, session: Session, at: datetime) -> tuple[dict, dict[str, list[str]]]:
        """What the schema makes of it, and everything that is wrong, by field, still in the schema's words."""
        told, wrong = {}, {}
        try:
            told = loaded(ReportFormIn(), self.typed_in)
        except ValidationError as error:
            told, wrong = error.valid_data, by_field(error.normalized_messages())  # type: ignore[assignment]
        if told.get("home") and "home" not in wrong and home_by_code(session, told["home"]) is None:
            wrong["home"] = ["No home has this code."]
        if (found_on := told.get("found_on")) is not None and "found_on" not in wrong and found_on > shanghai_day(at):
            wrong["found_on"] = ["This day hasn't come yet."]
        return told, wrong

    def _said(self, name: str, message: str) -> str:
        unanswered = name in steps.MUST_CHOOSE and not self.typed(name)
        return gettext("请选一项。") if unanswered or name == "match" else on_a_page(message)
