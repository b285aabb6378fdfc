"""What every test stands on: figures small or full, one database or both, and no way out of this machine."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from typing import Any

import pytest
from sqlalchemy.engine import make_url

SOAKING = bool(os.environ.get("SOAK"))
HERE = {"", "localhost", None, make_url(os.environ.get("TEST_DATABASE_URL", "postgresql:///")).host}
REACHING_OUT = {  # audit event of Python → which of its arguments says where to
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
refused: list[str] = []


class LeavingTheMachine(RuntimeError):
    """A test tried to reach another machine."""


def figure(small: int, full: int) -> int:
    """How many: `small` in `make test`, `full` in `make soak`."""
    return full if SOAKING else small


def databases(test: Any) -> list[Any]:
    """The databases that a test asks for by its marks: PostgreSQL unless it says otherwise."""
    on_postgres = pytest.param("postgresql", marks=pytest.mark.postgres)
    on_sqlite = pytest.param("sqlite", marks=pytest.mark.sqlite)
    if test.get_closest_marker("both_databases"):
        return [on_postgres, on_sqlite]
    return [on_sqlite if test.get_closest_marker("sqlite") else on_postgres]


def stay_on_this_machine() -> None:
    """From now on, and for good, this process is refused every address but its own."""
    sys.addaudithook(_refuse_others)


def _refuse_others(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in REACHING_OUT:
        return
    place = arguments[REACHING_OUT[event]]
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        place = place[0] if isinstance(place, tuple) else None  # else a Unix socket's path
    if not _is_here(place):
        refused.append(f"{event} {place}")
        raise LeavingTheMachine(f"{event} {place}: tests stay on this machine; use a stand-in on 127.0.0.1")


def _is_here(place: Any) -> bool:
    name = place.decode() if isinstance(place, bytes) else place
    if name in HERE or not isinstance(name, str):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
