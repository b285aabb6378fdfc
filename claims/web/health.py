"""`/healthz`: this process answers. `/readyz`: what it leans on answers too."""

from typing import Any

from flask import Blueprint, current_app
from sqlalchemy import text

from claims.web.entry import open_to_all
from claims.web.request_session import database
from config.ticks import ticks

health = Blueprint("health", __name__)


@health.get("/healthz")
@open_to_all
def show_health() -> dict[str, str]:
    return {"status": "ok"}


@health.get("/readyz")
@open_to_all
def show_readiness() -> tuple[dict[str, Any], int]:
    """503 with the reason while the database or the file store doesn't answer."""
    checks = {
        "database": _database_answers,
        "files": lambda: current_app.extensions["database"].belongings["files"].check(),
    }
    faults = {}
    for name, check in checks.items():
        try:
            check()
        except Exception as error:  # noqa: BLE001  whatever it is, it is why we aren't ready
            faults[name] = type(error).__name__
    calendar = current_app.extensions["database"].belongings["calendar"]
    told = {
        "status": "ready" if not faults else "not ready",
        "faults": faults,
        "calendar": {"published_until": max(calendar.published_years)},
        "worker": {} if "database" in faults else _signs_of_life(),
    }
    return told, 503 if faults else 200


def _database_answers() -> None:
    database().execute(text("SELECT 1"))


def _signs_of_life() -> dict[str, dict[str, Any]]:
    """When the worker last looked at each sweep, and what went wrong then. It makes nobody unready: pages work."""
    return {
        name: {"looked_at": tick.looked_at.isoformat(), "error": tick.error} for name, tick in ticks(database()).items()
    }
