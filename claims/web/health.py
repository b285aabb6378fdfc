"""`/healthz`: this process answers. `/readyz`: what it leans on answers too."""

from typing import Any

from flask import Blueprint, current_app
from sqlalchemy import text

from claims.casefile.published import missing_year
from claims.casefile.pulse import pulse
from claims.web.entry import open_to_all
from claims.web.request_session import database
from config.ticks import ticks
from config.time import now

REFRESH = "flask --app app calendar import FILE, or upload the file at /desk/calendar"

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
    told = {
        "status": "ready" if not faults else "not ready",
        "faults": faults,
        "calendar": _calendar_told(),
        "worker": {} if "database" in faults else _signs_of_life(),
        "clocks": {} if "database" in faults else _pulse(),
    }
    if "database" not in faults:
        details = current_app.extensions["readiness_details"]
        told |= {name: asks(database(), now()) for name, asks in details.items()}
    return told, 503 if faults else 200


def _calendar_told() -> dict[str, Any]:
    """A year that should be here by now makes nobody unready: its dates are provisional, and say so."""
    days = current_app.extensions["database"].belongings["calendar"]
    told = {"published_until": max(days.published_years), "version": days.version}
    missing = missing_year(days, now())
    return told | {"missing": missing, "refresh": REFRESH} if missing else told


def _database_answers() -> None:
    database().execute(text("SELECT 1"))


def _signs_of_life() -> dict[str, dict[str, Any]]:
    """When the worker last looked at each sweep, and what went wrong then. It makes nobody unready: pages work."""
    return {
        name: {"looked_at": tick.looked_at.isoformat(), "error": tick.error} for name, tick in ticks(database()).items()
    }


def _pulse() -> dict[str, Any]:
    """`alarms` is what somebody should be woken for. Seconds late, of today's rungs, by nearest rank."""
    beat = pulse(database(), now())
    late = beat.lateness
    return {
        "swept_at": beat.swept_at.isoformat() if beat.swept_at else None,
        "canary_rang_at": beat.canary_at.isoformat() if beat.canary_at else None,
        "rungs_today": late.rungs if late else 0,
        "seconds_late": {name: getattr(late, name).total_seconds() for name in ("p50", "p99", "most")} if late else {},
        "alarms": list(beat.alarms),
    }
