"""`make phone`: a demo of its own, the stand-in beside it, and a page that is a telephone.

The telephone is at PORT (8100 where none is given), the demo's pages at the next port. FOLDER keeps what happens;
without one it is forgotten at the end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import click
import requests
from sqlmodel import Session, col, select

from app import create_app
from claims.casefile import ENDED, CaseFile
from claims.demo import load_demo
from claims.intake import Claim
from claims.registry import Home, Ownership
from config.database import Database, upgrade_database
from config.settings import ROOT, Settings
from config.time import now
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin
from tests.standin.phone import Caller, Desk
from tests.standin.webhooks import PATIENCE, Line

ON_DUTY, OURS = "+8613700000007", "+862100000002"
STRANGER = "+8613900000009"


def main(folder: Path, port: int) -> int:
    settings = _settings(folder, port)
    upgrade_database(settings.database_url)
    database: Database = create_app(settings).extensions["database"]
    click.echo("Bringing the demo's 150 claims to where they are; this takes half a minute …")
    load_demo(database, now())
    with database.session(reading=True) as session:
        desk = Desk(callers(session), hotline=settings.hotline_number, pages=settings.public_url)
    database.dispose()
    with a_standin(port, desk=desk) as standin:
        standin.webhooks.line = Line(public=settings.public_url)
        standin.pace, standin.webhooks.patience = 1.0, PATIENCE
        standin.open.clear()
        return _run(settings, standin)


def callers(session: Session) -> list[Caller]:
    """An owner who hasn't reported anything, somebody who has, and those whom nobody knows."""
    unseal = session.info["sealer"].open
    reported = select(Claim.phone_index)
    quiet = select(Ownership, Home).join(Home, col(Home.id) == Ownership.home_id)
    quiet = quiet.where(col(Ownership.to_on).is_(None), col(Ownership.phone_index).not_in(reported))
    owner, home = session.exec(quiet.where(Ownership.phone_index != "").order_by(col(Ownership.id))).first()
    running = select(Claim, CaseFile).join(CaseFile).where(Claim.phone_index != "")
    claim, file = session.exec(running.where(col(CaseFile.stage).not_in(ENDED)).order_by(col(Claim.id).desc())).first()
    name = unseal(claim.name_sealed) if claim.name_sealed else ""
    return [
        Caller(unseal(owner.phone_sealed), "owner", {"name": unseal(owner.name_sealed), "home": home.address}),
        Caller(unseal(claim.phone_sealed), "reporter", {"name": name, "reference": file.reference}),
        Caller(STRANGER, "stranger"),
        Caller("anonymous", "hidden"),
    ]


def _settings(folder: Path, port: int) -> Settings:
    return Settings(
        demo=True,
        port=port + 1,
        database_url=f"sqlite:///{folder / 'claims.db'}",
        files_url=(folder / "files").as_uri(),
        public_url=f"http://127.0.0.1:{port + 1}",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_number=NUMBER,
        twilio_api_url=f"http://127.0.0.1:{port}",
        probe_number=OURS,
        on_duty_number=ON_DUTY,
    )


def _run(settings: Settings, standin: Standin) -> int:
    """`make run` on these settings, until Ctrl-C. The line opens once there is somebody to call."""
    told = settings.model_dump(include=settings.model_fields_set)
    environment = os.environ | {name.upper(): str(value) for name, value in told.items()}
    demo = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "up"], cwd=ROOT, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while demo.poll() is None and not _answers(settings.public_url):
            time.sleep(0.5)
        standin.by_itself = True
        standin.open.set()
        click.echo(f"\n  Telephone   {standin.url}/\n")
        return demo.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        demo.terminate()
        demo.wait()


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/readyz", timeout=5).ok
    except requests.RequestException:
        return False


if __name__ == "__main__":
    kept = [Path(name).resolve() for name in sys.argv[1:2]]
    with nullcontext(kept[0]) if kept else tempfile.TemporaryDirectory(prefix="claims-phone-") as place:
        Path(place).mkdir(parents=True, exist_ok=True)
        sys.exit(main(Path(place), int(os.environ.get("PORT", "8100"))))
