"""Who asks too often waits and loses nothing; the hotline never waits; what nobody took up is forgotten (ADR 0020)."""

import io
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app import create_app
from claims.access import IdempotentAnswer
from claims.access.model import RequestWindow
from claims.attachments import Attachment
from claims.intake import Claim
from claims.sweeping import forget_what_is_over
from config.settings import Settings
from notifications.model import Arrival
from tests.faults.together import repeated
from tests.faults.town import Town, told
from tests.makers import PHOTO, at, bearer

NOON = at("Mon 2026-03-02 12:00:15")
MOST = 3


@pytest.fixture
def settings(settings: Settings) -> Settings:
    few = {"api_calls_per_minute": MOST, "uploads_per_minute": MOST, "form_posts_per_minute": MOST}
    return settings.model_copy(update=few)


def asked(town: Town, times: int, person=None) -> list[int]:
    return [town.asks(person or town.world.adjuster, "GET", "/claims").status_code for _ in range(times)]


@pytest.mark.both_databases
def test_the_call_beyond_the_limit_is_told_when_to_come_again(town: Town):
    with freeze_time(NOON):
        assert asked(town, MOST) == [200] * MOST
        refused = town.asks(town.world.adjuster, "GET", "/claims")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "45")
    assert told(refused)["detail"] == "try again in 45 seconds"


@pytest.mark.parametrize(("later", "status"), [(44, 429), (45, 200)])
def test_the_next_minute_is_a_new_one(town: Town, later: int, status: int):
    with freeze_time(NOON):
        asked(town, MOST + 1)
    with freeze_time(NOON + timedelta(seconds=later)):
        assert asked(town, 1) == [status]


def test_one_token_takes_nothing_from_another(town: Town):
    with freeze_time(NOON):
        asked(town, MOST + 1)

        assert asked(town, 1, town.world.lead) == [200]


def test_processes_share_the_count(town: Town, settings: Settings):
    neighbour = create_app(settings)
    with freeze_time(NOON):
        asked(town, MOST)
        answer = neighbour.test_client().get("/api/v1/claims", headers=bearer(town.world.adjuster))
    neighbour.extensions["database"].dispose()

    assert answer.status_code == 429


@pytest.mark.postgres
def test_many_at_once_are_counted_one_by_one(town: Town):
    """In one minute or, where the minute turns meanwhile, in two."""
    answers = repeated(lambda _: asked(town, 1)[0], 32)
    windows = town.rows(RequestWindow)

    assert sum(window.requests for window in windows) == 32
    assert answers.count(200) == sum(min(window.requests, MOST) for window in windows)


def test_nought_is_no_limit(town: Town, settings: Settings):
    town.app.extensions["settings"] = settings.model_copy(update={"api_calls_per_minute": 0})
    with freeze_time(NOON):
        assert set(asked(town, MOST * 3)) == {200}
    assert town.count(RequestWindow) == 0


def test_uploads_are_limited_by_address_whoever_sends_them(town: Town, settings: Settings):
    town.app.extensions["settings"] = settings.model_copy(update={"api_calls_per_minute": 0})

    def upload(person, address: str) -> int:
        photo = {"file": (io.BytesIO(PHOTO), "x.jpg")}
        headers = bearer(person) | {"X-Forwarded-For": address}
        return town.app.test_client().post("/api/v1/files", data=photo, headers=headers).status_code

    people = (town.world.adjuster, town.world.lead, town.world.surveyor, town.world.channel)
    with freeze_time(NOON):
        assert [upload(person, "192.0.2.1") for person in people] == [201, 201, 201, 429]
        assert upload(town.world.channel, "192.0.2.2") == 201


def test_the_form_beyond_its_limit_comes_back_filled_in_with_the_telephone(town: Town, settings: Settings):
    form = {"description": "天花板渗水三天", "step": "what"}
    town.app.config["WTF_CSRF_ENABLED"] = False
    with freeze_time(NOON):
        answers = [
            town.app.test_client().post(path, data=form)
            for path in ("/report", "/report/done", "/report", "/report/done")
        ]

    assert [answer.status_code == 429 for answer in answers] == [False] * MOST + [True]
    page = answers[-1].get_data(as_text=True)
    assert "天花板渗水三天" in page and settings.hotline_number in page
    assert answers[-1].headers["Retry-After"] == "45"


def test_the_hotline_is_never_made_to_wait(town: Town):
    with freeze_time(NOON):
        answers = [town.texts("漏水", sid=f"SM{n}", phone=f"+86139000000{n:02d}").status_code for n in range(MOST * 5)]

    assert set(answers) == {200}
    assert town.count(Arrival) == town.count(Claim) == MOST * 5


# --- what nobody took up ------------------------------------------------------------------------------------


def swept(town: Town, after: timedelta) -> None:
    while forget_what_is_over(town.database, NOON + after):
        pass


@pytest.mark.both_databases
@pytest.mark.parametrize(("days", "kept"), [(7, 1), (8, 0)])
def test_an_upload_that_nobody_named_is_forgotten_after_a_week_with_its_bytes(town: Town, days: int, kept: int):
    with freeze_time(NOON):
        photo = {"file": (io.BytesIO(PHOTO), "x.jpg")}
        town.app.test_client().post("/api/v1/files", data=photo, headers=bearer(town.world.channel))
    [upload] = town.rows(Attachment)
    swept(town, timedelta(days=days))

    assert town.count(Attachment) == kept
    files = town.database.belongings["files"]
    if kept:
        assert files.read(upload.key) == PHOTO
    else:
        with pytest.raises(FileNotFoundError):
            files.read(upload.key)
        files.remove(upload.key)  # a second sweep that was killed meanwhile does no harm


def test_an_upload_that_a_claim_took_up_stays(town: Town):
    with freeze_time(NOON):
        photo = {"file": (io.BytesIO(PHOTO), "x.jpg")}
        kept = told(town.app.test_client().post("/api/v1/files", data=photo, headers=bearer(town.world.channel)))
        report = {
            "home": "H-1201", "photos": [kept["id"]], "description": "漏水",
            "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
        }  # fmt: skip
        assert town.asks(town.world.channel, "POST", "/claims", report).status_code == 201
    swept(town, timedelta(days=3650))

    assert town.count(Attachment) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(("days", "again"), [(30, "true"), (31, None)])
def test_an_idempotency_key_is_remembered_for_thirty_days(town: Town, days: int, again: str | None):
    report = {
        "home": "H-1201", "description": "漏水",
        "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
    }  # fmt: skip
    with freeze_time(NOON):
        town.asks(town.world.channel, "POST", "/claims", report, Idempotency_Key="K1")
    swept(town, timedelta(days=days))

    assert town.count(IdempotentAnswer) == (again is not None)
    with freeze_time(NOON + timedelta(days=days)):
        answer = town.asks(town.world.channel, "POST", "/claims", report, Idempotency_Key="K1")
    assert answer.headers.get("Idempotent-Replayed") == again


def test_windows_that_are_over_are_forgotten(town: Town):
    with freeze_time(NOON):
        asked(town, 1)
    assert town.count(RequestWindow) == 1
    swept(town, timedelta(minutes=11))

    assert town.count(RequestWindow) == 0


@pytest.mark.parametrize("door", ["/staff", "/track", "/track/text"])
def test_who_tries_codes_or_passwords_too_often_waits(town: Town, door: str):
    client = town.app.test_client()
    with freeze_time(NOON):
        waits = [client.post(door, data={"claim": "1"}).status_code == 429 for _ in range(MOST + 1)]

    assert waits == [False] * MOST + [True]
