"""保险法 23 ¶2 on the pages: a late performance shows its days and, where a rate is configured, an estimate."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from flask import Flask
from freezegun import freeze_time
from pydantic import ValidationError

from claims.access import Person
from claims.settlement import Part
from config.settings import EXAMPLE_RATE, Settings
from tests.later_makers import covered, swept
from tests.makers import a_person, a_world, at
from tests.web.signed_in import signed_in
from tests.web.test_language import chinese_left

pytestmark = pytest.mark.sqlite
LAST, FIRST_LATE = at("Thu 2026-12-03 23:59:59"), at("Fri 2026-12-04 00:00")
REGISTER = "/oversight/breaches?clock=performance"


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    told = getattr(request, "param", {})
    return settings.model_copy(update={"delay_rate": EXAMPLE_RATE} | told)


@pytest.fixture
def claim(app: Flask) -> str:
    """10,000 yuan agreed on Monday 23 November 2026, to be paid by Thursday 3 December; the worker looks at 0:00."""
    with app.extensions["database"].session() as session:
        made = covered(session, a_world(session), "Mon 2026-11-16 09:00")
        made.settled("Mon 2026-11-23 10:00", Part(made.made.findings[0].id or 0, "cash", 1_000_000))
        swept(session, "Fri 2026-12-04 00:00")
        session.commit()
        return made.file.reference


@pytest.fixture
def manager(app: Flask, claim: str) -> Person:
    with app.extensions["database"].session() as session:
        person = a_person(session, "manager")
        session.commit()
        return person


@pytest.mark.parametrize(("looked_at", "shown"), [(LAST, False), (FIRST_LATE, True)])
def test_the_claims_page_shows_it_from_the_first_late_instant(app: Flask, manager, claim, looked_at, shown) -> None:
    with freeze_time(looked_at):
        words = signed_in(app, manager).page(f"/desk/{claim}").words

    assert ("按超期1天计，损失估算1.00元（未按时支付10000.00元）" in words) is shown


@freeze_time(FIRST_LATE)
def test_the_register_shows_it_and_says_how_it_is_reckoned(app: Flask, manager: Person) -> None:
    words = signed_in(app, manager).page(REGISTER).words

    assert "按超期1天计，损失估算1.00元" in words
    assert "年利率3.65%除以365，合计后四舍五入到分；只是内部估算" in words


@freeze_time(FIRST_LATE)
def test_the_regulators_file_has_the_days_the_amount_and_the_estimate(app: Flask, manager: Person) -> None:
    text = signed_in(app, manager).get("/oversight/breaches.csv?clock=performance").get_data(as_text=True)
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))

    assert [row[name] for name in ("赔偿义务超期天数", "未按时支付（元）", "损失估算（元）")] == [
        "1",
        "10000.00",
        "1.00",
    ]


@freeze_time(FIRST_LATE)
@pytest.mark.parametrize("settings", [{"delay_rate": None}], indirect=True)
def test_without_a_rate_both_pages_show_days_and_how_to_configure_one(app: Flask, manager, claim: str) -> None:
    client = signed_in(app, manager)
    for path in (f"/desk/{claim}", REGISTER):
        words = client.page(path).words
        assert ("超期1天" in words, "DELAY_RATE" in words, "损失估算1" in words) == (True, True, False), path


@freeze_time(FIRST_LATE)
def test_both_pages_have_their_english(app: Flask, manager: Person, claim: str) -> None:
    client = signed_in(app, manager, "en")
    pages = [client.page(path) for path in (f"/desk/{claim}", REGISTER)]

    assert [left for page in pages for left in chinese_left(page)] == []
    assert all("1 day late, estimated loss ¥1.00" in page.words for page in pages)


@pytest.mark.parametrize("rate", ["0", "-1", "101", "three"])
def test_a_rate_that_is_none_stops_the_start(rate: str) -> None:
    with pytest.raises(ValidationError):
        Settings(delay_rate=rate)  # type: ignore[arg-type]


def test_an_empty_rate_is_none() -> None:
    assert Settings(delay_rate="").delay_rate is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("told", "rate"), [({}, EXAMPLE_RATE), ({"delay_rate": "2"}, Decimal(2))])
def test_a_demo_has_an_example_where_no_rate_is_set(told: dict[str, str], rate: Decimal) -> None:
    assert Settings(demo=True, **told).delay_rate == rate  # type: ignore[arg-type]


def test_nobody_else_has_one() -> None:
    assert Settings().delay_rate is None


@freeze_time(FIRST_LATE)
@pytest.mark.parametrize("settings", [{"demo": True}, {"demo": False}], indirect=True)
def test_both_pages_call_the_demos_rate_an_example(app: Flask, manager, claim: str, settings: Settings) -> None:
    client = signed_in(app, manager)
    for path in (f"/desk/{claim}", REGISTER):
        assert ("演示用的示例" in client.page(path).words) is settings.demo, path
