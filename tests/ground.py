"""What every test stands on: figures small or full, one database or both, and no way out of this machine."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from claims.access import passwords
from config import database, sealing

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


def draw_the_same_examples_each_time() -> None:
    """But in `make soak`; and however long one takes, and whatever was found on this machine before."""
    slowness = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    of_hypothesis.register_profile(
        "house", derandomize=not SOAKING, deadline=None, database=None, suppress_health_check=slowness
    )
    of_hypothesis.load_profile("house")


def stay_on_this_machine() -> None:
    """From now on, and for good, this process is refused every address but its own."""
    sys.addaudithook(_refuse_others)


def wait_longer_for_locks() -> None:
    """Sixteen at once on a busy machine aren't told to try again: a deadlock is found by the server all the same."""
    database.LOCK_SECONDS = dict.fromkeys(database.LOCK_SECONDS, 120)


def prepare_once() -> None:
    """Every test has an app of its own, and most of the work of making one is the same each time: do it the first time.

    Routes, templates and SQL are compiled once, keys are stretched once; a password is hashed cheaply.
    """
    Rule.compile = _once(Rule.compile)
    Flask.jinja_options = {"bytecode_cache": _CompiledTemplates()}
    database._sqlite, database._postgresql = _sharing(database._sqlite), _sharing(database._postgresql)
    sealing._stretch = cache(sealing._stretch)
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def _once(compile_rule: Callable[[Rule], None]) -> Callable[[Rule], None]:
    compiled: dict[tuple[Any, ...], Rule] = {}

    def once(rule: Rule) -> None:
        twin = compiled.setdefault((rule.rule, rule.subdomain, rule.host, repr(rule.defaults)), rule)
        if twin is rule:
            compile_rule(rule)
            return
        rule._parts, rule._trace, rule._converters = twin._parts, twin._trace, twin._converters
        rule.arguments = twin.arguments
        rule._build = twin._build.__func__.__get__(rule)
        rule._build_unknown = twin._build_unknown.__func__.__get__(rule)

    return once


def _sharing(open_engine: Callable[[Any], Engine]) -> Callable[[Any], Engine]:
    """Engines of one kind of database keep their compiled SQL in one place, as soon as the first has connected."""
    first: list[Engine] = []

    def opened(url: Any) -> Engine:
        engine = open_engine(url)
        if first:
            engine.dialect, engine._compiled_cache = first[0].dialect, first[0]._compiled_cache
        else:
            engine._compiled_cache = LRUCache(10_000)
            event.listen(engine, "first_connect", lambda *_: first.append(engine))
        return engine

    return opened


class _CompiledTemplates(BytecodeCache):
    def __init__(self) -> None:
        self._compiled: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[f"{bucket.key} {bucket.checksum}"] = bucket.code


def leave_what_stays_out_of_the_collectors_way() -> None:
    """Thousands of tests and every imported module are there to the end: the garbage collector needn't look again."""
    gc.collect()
    gc.freeze()


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
