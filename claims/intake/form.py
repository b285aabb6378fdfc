"""The homeowner's form as it stands: what was typed, what is kept, and what is wrong with it."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext, lazy_gettext
from marshmallow import ValidationError, fields

from claims.intake.actions import Report
from claims.intake.photos import Photos
from claims.intake.schema import ReportIn
from claims.web.submission import by_field, submitted
from claims.web.wording import on_a_page

_ = lazy_gettext
LABELS = {
    "danger": _("现在有没有危险？"),
    "address": _("房屋地址"),
    "home": _("房屋编号"),
    "part": _("哪一类问题"),
    "item": _("具体位置"),
    "description": _("发生了什么"),
    "found_on": _("哪天发现的"),
    "photos": _("照片"),
    "reporter.name": _("姓名"),
    "reporter.phone": _("电话"),
    "reporter.relation": _("您和房子的关系"),
}
"""Field → what it is called, in the order of the page."""
RELATIONS = {
    "owner": _("业主本人"),
    "family": _("业主的家人"),
    "tenant": _("租客"),
    "property_company": _("物业公司"),
    "other": _("其他"),
}
MUST_CHOOSE = ("danger", "reporter.relation")
_KEY = re.compile(r"[\w-]{32}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class ReportFormIn(ReportIn):
    """`ReportIn` as a page asks it: danger is always answered, photos come by themselves, and now is when."""

    class Meta:
        exclude = ("received_at", "photos")

    danger = fields.Boolean(required=True)


@dataclass
class ReportForm:
    """`key` makes one rendered form one report, however often it is sent. `notice` is wrong with none of its fields."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    photos: Photos = field(default_factory=Photos)
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: str = ""
    labels = LABELS
    relations = RELATIONS

    @classmethod
    def sent(cls, photos: Photos) -> "ReportForm":
        """What this request brought; a key that isn't one of ours is replaced."""
        key = request.form.get("key", "")
        form = cls(photos=photos) if not _KEY.fullmatch(key) else cls(key=key, photos=photos)
        if photos.errors:
            form.errors["photos"] = photos.errors
        return form

    def typed(self, name: str) -> str:
        return request.form.get(name, "").replace("\0", "")

    @property
    def day_fits_a_picker(self) -> bool:
        """A date picker would hide what isn't a date: then it is shown as text, so that it can be mended."""
        return not self.typed("found_on") or bool(_DAY.fullmatch(self.typed("found_on")))

    def read(self) -> Report | None:
        """The report, or None where something is wrong: `errors` then says what, by field."""
        try:
            told = submitted(ReportFormIn())
        except ValidationError as error:
            self.refuse(by_field(error.normalized_messages()))
            return None
        if self.errors:
            return None
        tokens = tuple(photo.token for photo in self.photos.kept)
        return Report(channel="web", key=f"form:{self.key}", photos=tokens, **told.pop("reporter"), **told)

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        """Add what is wrong, in the order of the page, in plain words."""
        for name, messages in errors.items():
            words = [on_a_page(message) for message in messages]
            if name in MUST_CHOOSE and not self.typed(name):
                words = [gettext("请选一项。")]
            self.errors.setdefault("photos" if name == "files" else name, []).extend(words)
        order = list(LABELS)
        self.errors = dict(
            sorted(self.errors.items(), key=lambda item: order.index(item[0]) if item[0] in order else -1)
        )

    def renew(self, notice: str) -> None:
        """Make it another report: nothing that this form sends from now on meets the earlier one."""
        self.key, self.notice = secrets.token_urlsafe(24), notice
