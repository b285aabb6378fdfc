"""Takes the pictures of README from the demo world: `python -m tests.web.pictures`. Needs Chromium; writes `docs/`."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser
from sqlmodel import Session, select

from app import create_app
from claims.casefile import CaseFile
from claims.demo.commands import load_demo
from claims.demo.playing import special_claims
from claims.intake import Claim
from config.database import Database, upgrade_database
from config.schedule import SCHEDULE
from config.settings import ROOT, Settings
from config.ticker import drain, sweep_named
from config.ticks import SignsOfLife
from config.time import now
from tests.web.driving import a_browser, served
from tests.web.people import DESK, PHONE, Somebody

FOLDER = ROOT / "docs"
TALLEST = {390: 1100, 1280: 900}


def main() -> None:
    with TemporaryDirectory() as folder, a_browser() as browser:
        database = f"sqlite:///{folder}/claims.db"
        upgrade_database(database)
        app = create_app(Settings(database_url=database, files_url=Path(folder, "files").as_uri(), demo=True))
        load_demo(app.extensions["database"], now())
        look_once(app.extensions["database"])
        with app.extensions["database"].session(reading=True) as session:
            special = dict(special_claims(session))
            code = track_code(session, next(iter(special.values())))
        with served(app) as address:
            take_all(browser, address, list(special.values()), code)


def look_once(database: Database) -> None:
    """What the worker of `make run` does in its first second, so that the board finds it alive."""
    for name, every in SCHEDULE.items():
        drain(database, sweep_named(every.sweep), now())
        SignsOfLife(database).tell(name, now())


def take_all(browser: Browser, address: str, references: list[str], code: str) -> None:
    homeowner = Somebody(browser, address, size=PHONE, scripts=True)
    take(homeowner.opens("/"), "home")
    take(homeowner.opens("/report"), "report")
    homeowner.opens(f"/track?claim={references[0]}")
    homeowner.fills("code", code)
    homeowner.presses("查看")
    take(homeowner, "track")
    lead = Somebody(browser, address, size=DESK, scripts=True).signs_in("lead@insurer.example")
    take(lead.opens("/desk"), "queue")
    take(lead.opens(f"/desk/{references[0]}"), "claim")
    take(lead.opens("/oversight"), "oversight")


def take(somebody: Somebody, name: str) -> None:
    """A small PNG of 64 colours."""
    width = somebody.page.viewport_size["width"]  # type: ignore[index]
    picture = Image.open(BytesIO(somebody.page.screenshot(full_page=True)))
    picture = picture.crop((0, 0, width, min(picture.height, TALLEST[width])))
    FOLDER.mkdir(exist_ok=True)
    picture.convert("RGB").quantize(64).save(FOLDER / f"{name}.png", optimize=True)


def track_code(session: Session, reference: str) -> str:
    sealed = session.exec(select(Claim.track_code_sealed).join(CaseFile).where(CaseFile.reference == reference)).one()
    code: str = session.info["sealer"].open(sealed)
    return code


if __name__ == "__main__":
    sys.exit(main())
