"""A sheet that was sent: read, act once, back to the claim; or the same sheet again with everything on it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from marshmallow import ValidationError
from sqlmodel import Session

from claims.access import Person
from claims.attachments import keep
from claims.casefile import (
    AlreadyDone,
    CaseFile,
    InTheFuture,
    NeedsConfirmation,
    NeedsProof,
    NotAllowed,
    Refused,
    StaleVersion,
)
from claims.casefile.length import Unreckonable
from claims.desk.choices import files_of
from claims.desk.form import Form, sent, with_row, without_row
from claims.desk.once import SentBefore, first_time
from claims.desk.preview import drafted_since, letters_before
from claims.desk.reading import as_json
from claims.desk.sheet import Choice, Record, Sheet
from claims.web.submission import by_field
from claims.web.wording import on_a_page
from config.time import SHANGHAI, now

LONGEST_KEY = 64


@dataclass(frozen=True)
class Answer:
    """`form` is None where the act was done, or a letter was asked for: `pdf`.

    `preview`: a letter was asked for, and the form says why there is none.
    """

    form: Form | None
    status: int = 303
    pdf: bytes | None = None
    preview: bool = False


def blank(session: Session, file: CaseFile, sheet: Sheet, record: Record, at: datetime) -> Form:
    here = at.astimezone(SHANGHAI)
    typed = {name: [f"{here:%Y-%m-%dT%H:%M:%S}"] for name in sheet.since_now} | {"opened": [f"{here:%FT%T.%f}"]}
    if sheet.starts:
        starts = sheet.starts(session, file, record, at).items()
        typed |= {name: value if isinstance(value, list) else [str(value)] for name, value in starts}
    for name in sheet.adds:
        typed = with_row(typed, name)
    choices = chooseable(session, file, sheet, record)
    asked = sheet.schema().fields
    for name, possible in choices.items():  # what leaves no choice is chosen already
        if len(possible) == 1 and name in asked and asked[name].required and name not in sheet.files | sheet.suggests:
            typed.setdefault(name, [possible[0].value])
    return Form(sheet, file.version, typed, choices)


def chooseable(session: Session, file: CaseFile, sheet: Sheet, record: Record) -> Mapping[str, list[Choice]]:
    return {name: list(ask(session, file, record)) for name, ask in sheet.choices.items()}


def answer(session: Session, person: Person, file: CaseFile, sheet: Sheet, path: Mapping[str, int | str]) -> Answer:
    """Do the act that this request's form asks for. Uploads are kept first, so that a refusal loses none."""
    typed, lost = _with_uploads(session, person, sheet)
    record = next(iter(path.values()), None)
    form = Form(sheet, file.version, typed, {}, key=request.form.get("key", "")[:LONGEST_KEY])
    form.refuse(lost)
    if (name := request.form.get("add", "")) in sheet.adds:
        form.typed_in, status = with_row(typed, name), 200
    elif dropped := request.form.get("drop", ""):
        form.typed_in, status = without_row(typed, dropped), 200
    elif form.errors:
        status = 422
    elif sheet.preview and request.form.get("preview"):
        pdf, status = _read_ahead(session, person, file, form, path)
        session.rollback()
        return Answer(None, 200, pdf) if pdf is not None else Answer(form, status, preview=True)
    else:
        status = _tried(form, lambda told: _act_once(session, person, form, told, file.reference, path))
    if status == 303:
        return Answer(None)
    session.rollback()
    session.refresh(file)
    form.version = file.version
    form.choices = _with_fresh(chooseable(session, file, sheet, record), sheet, typed)
    return Answer(form, status)


def _with_fresh(
    choices: Mapping[str, list[Choice]], sheet: Sheet, typed: Mapping[str, list[str]]
) -> Mapping[str, list[Choice]]:
    """With what was just uploaded among the files that may be chosen: no claim holds it yet."""
    asking = {name for name, ask in sheet.choices.items() if ask is files_of} | sheet.files
    held = {choice.value for name in asking for choice in choices.get(name, ())}
    fresh = [token for name in sheet.files for token in typed.get(name, []) if token not in held]
    named = [Choice(token, _("刚上传的文件%(number)s", number=number)) for number, token in enumerate(fresh, 1)]
    offered = {name: [*choices.get(name, ()), *named] for name in asking}
    return {**choices, **offered}


def _read_ahead(
    session: Session, person: Person, file: CaseFile, form: Form, path: Mapping[str, int | str]
) -> tuple[bytes | None, int]:
    """The letter that the form as it stands would draft; None, and the status of the act, with the reason on the form.

    422 too where the act could be done and drafts no letter.
    """
    before, at, made = letters_before(session, file), now(), list[bytes]()

    def act(told: dict[str, Any]) -> None:
        form.sheet.do(file.reference, told, **path)
        pdf = drafted_since(session, person, file, form.sheet, before, at)
        if pdf is not None:
            made.append(pdf)

    status = _tried(form, act)
    if status == 303 and not made:
        form.notice, status = _("照这样填，不会起草函件。"), 422
    return (made[0] if made and status == 303 else None), status


def _act_once(
    session: Session, person: Person, form: Form, told: dict[str, Any], reference: str, path: Mapping[str, int | str]
) -> None:
    if first_time(session, person, form):
        form.sheet.do(reference, told, **path)


def _tried(form: Form, act: Callable[[dict[str, Any]], None]) -> int:
    if g.get("form_expired"):
        form.notice = _("这一页放得太久，提交没有成功。您填的都还在，请再提交一次。")
        return 422
    try:
        act(form.sheet.schema().load(as_json(form.sheet.schema(), form.typed_in)))
        return 303
    except ValidationError as error:
        form.refuse(by_field(error.normalized_messages()))
    except Refused as refused:
        form.refuse(refused.errors)
    except StaleVersion:
        form.notice = _("您打开这一页以后，有人处理过这件报案。您填的都还在：请看过最新情况，再提交一次。")
        return 412
    except SentBefore:
        form.key = secrets.token_urlsafe(24)
        form.notice = _(
            "这一页已经提交过，并且办成了；现在的内容和那次不一样，这次没有办。确实要再办一次的话，请再提交。"
        )
        return 409
    except AlreadyDone as done:
        form.notice = form.sheet.not_now or on_a_page(str(done))
        return 409
    except NotAllowed:
        form.notice = form.sheet.not_now or _("现在不能这样做：这件报案的情况已经变了，或者已经有人处理过。")
        return 409
    except NeedsConfirmation:
        form.notice = _("这样补记会推迟期限或者消去一次超期，须由主管来记。")
        return 409
    except NeedsProof:
        form.notice = _("补记以前发生的事要附证明：请在“证明”一栏写明凭据。")
    except InTheFuture:
        form.notice = _("时间填得不对：还没到的时间不能记作已经发生。")
    except Unreckonable:
        form.notice = _("日期太远，算不出期限。请核对年份。")
    return 422


def _with_uploads(session: Session, person: Person, sheet: Sheet) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What was typed, with the tokens of new files beside those chosen, and which files were not taken."""
    typed, lost = sent(), dict[str, list[str]]()
    for name in sheet.files:
        for upload in request.files.getlist(name):
            if not upload.filename:
                continue
            try:
                kept = keep(session, upload.read(), name=upload.filename, uploaded_by=person.id, at=now())
            except Refused as refused:
                session.rollback()
                lost.setdefault(name, []).extend(message for told in refused.errors.values() for message in told)
            else:
                session.commit()
                typed.setdefault(name, []).append(kept.token)
            upload.close()
    return typed, lost
