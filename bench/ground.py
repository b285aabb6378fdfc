"""What a measurement stands on: a PostgreSQL that waits for its disk, a small world, web processes, clients."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from app import open_database
from bench import floor
from bench.load import BadAnswer, Job, Sample
from claims.registry import Home
from config.settings import Settings
from tests.launcher import die_with_parent, free_port
from tests.makers import a_world
from tests.postgres import Server, a_server, new_database

ROOT = Path(__file__).parent.parent
SECRETS = {
    "SECRET_KEY": "a secret for measurements and for nothing else",
    "TWILIO_AUTH_TOKEN": "a token for measurements and for nothing else",
    "PUBLIC_URL": "https://claims.example",
    "API_CALLS_PER_MINUTE": "1000000000",  # counted as always, and never reached
}
HOMES = 500
TOKEN = "token-channel@insurer.example"
PROCESSES, THREADS = 2, 8


class Ground:
    """One server, one database with a world, and the process that the clients live in."""

    def __init__(self, server: Server, clients: subprocess.Popen[bytes]) -> None:
        self.server, self._clients = server, clients
        self.url = new_database(server)
        self.raw_url = self.url.replace("+psycopg", "")
        with psycopg.connect(self.raw_url, autocommit=True) as connection:
            connection.execute(floor.TABLES)
        a_world_of_homes(self.url)

    def fire(self, job: Job) -> Sample:
        """Let the clients shoot. Raises BadAnswer where any answer wasn't a success."""
        assert self._clients.stdin is not None and self._clients.stdout is not None
        pickle.dump(job, self._clients.stdin)
        self._clients.stdin.flush()
        answer = pickle.load(self._clients.stdout)
        if isinstance(answer, BadAnswer):
            raise answer
        return answer  # type: ignore[no-any-return]

    @contextmanager
    def ours(self, **environment: str) -> Iterator[int]:
        """`flask --app app web` as in production; gives its port."""
        port = free_port()
        given = {
            "DATABASE_URL": self.url,
            "FILES_URL": f"file://{ROOT / 'var' / 'bench'}",
            "PORT": str(port),
            "WEB_WORKERS": str(PROCESSES),
            "WEB_THREADS": str(THREADS),
            "FORM_POSTS_PER_MINUTE": "0",  # one address sends them all
        }
        command = [sys.executable, "-m", "flask", "--app", "app", "web"]
        with _serving(command, port, SECRETS | given | environment):
            yield port

    @contextmanager
    def floor(self) -> Iterator[int]:
        """The bare Flask app under the same gunicorn; gives its port."""
        port = free_port()
        flags = f"--worker-class gthread --preload --workers {PROCESSES} --threads {THREADS} --bind 127.0.0.1:{port}"
        command = [sys.executable, "-m", "gunicorn", "bench.floor:app", *flags.split()]
        with _serving(command, port, {"FLOOR_URL": self.raw_url}):
            yield port


@contextmanager
def ground() -> Iterator[Ground]:
    """Everything that a measurement needs; all of it ends with the block."""
    with a_server(durable=True) as server, child([sys.executable, "-m", "bench.load"], {}) as clients:
        yield Ground(server, clients)


def settings(url: str) -> Settings:
    """What the measured processes run on."""
    return Settings(database_url=url, **{name.lower(): value for name, value in SECRETS.items()})  # type: ignore[arg-type]


def a_world_of_homes(url: str) -> None:
    """The makers' world, with more homes of the same kind: reports that all name one row would measure its lock."""
    database = open_database(settings(url))
    with database.session() as session:
        first = a_world(session).home
        for number in range(HOMES):
            room = {"code": home_code(number), "room": f"{number}", "search_address": f"示例路1弄-1-{number}"}
            session.add(Home(**first.model_dump(exclude={"id"}) | room))
        session.commit()
    database.dispose()


def home_code(number: int) -> str:
    return f"B-{number % HOMES:05d}"


@contextmanager
def _serving(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    with child(command, environment) as process:
        last_moment = time.monotonic() + 60
        while time.monotonic() < last_moment and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"{' '.join(command)} doesn't serve")
        yield


@contextmanager
def child(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[Any]]:
    """A child that ends with the block, and with us however we end."""
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=inherited | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("BENCH_SHOWS") else subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
