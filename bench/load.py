"""Eight clients in a process of their own, over HTTP or SQL. Each keeps its connection and waits for its answer.

Jobs come in by pickle on stdin and samples go out on stdout, so that making requests costs nothing while it counts.
"""

from __future__ import annotations

import pickle
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

Shoot = Callable[[Any], None]


@dataclass(frozen=True)
class Job:
    """`to`: a port of 127.0.0.1 or a PostgreSQL address. A shot is a whole HTTP request, or the values of `sql`."""

    to: int | str
    shots: list[Any]
    seconds: float
    clients: int = 8
    sql: str = ""


@dataclass(frozen=True)
class Sample:
    """What the clients saw: acknowledged per second, and sorted waits in milliseconds."""

    per_second: float
    waits: list[float]

    def percentile(self, share: float) -> float:
        return self.waits[min(int(len(self.waits) * share), len(self.waits) - 1)]


class BadAnswer(RuntimeError):
    """An answer that isn't a success: a fast refusal mustn't count as speed."""


def main() -> None:
    while True:
        try:
            job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer: Any = _fire(job)
        except Exception as error:  # noqa: BLE001  told to the bench, which ends on it
            answer = BadAnswer(f"{type(error).__name__}: {error}")
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _fire(job: Job) -> Sample:
    shots, waits, faults, began = iter(job.shots), list[float](), list[Exception](), list[float]()
    together = threading.Barrier(job.clients, action=lambda: began.append(perf_counter()))
    clients = [threading.Thread(target=_client, args=(job, shots, waits, faults, together)) for _ in range(job.clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if faults:
        raise faults[0]
    return Sample(len(waits) / (perf_counter() - began[0]), sorted(waits))


def _client(
    job: Job, shots: Iterator[Any], waits: list[float], faults: list[Exception], together: threading.Barrier
) -> None:
    try:
        shoot = _by_sql(str(job.to), job.sql) if job.sql else _by_http(int(job.to))
        together.wait(10)
        last_moment = perf_counter() + job.seconds
        for shot in shots:
            began = perf_counter()
            shoot(shot)
            ended = perf_counter()
            waits.append((ended - began) * 1000)
            if ended > last_moment:
                break
    except Exception as error:  # noqa: BLE001
        faults.append(error)


def _by_sql(address: str, statement: str) -> Shoot:
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    return lambda values: connection.execute(statement, values).fetchone()


def _by_http(port: int) -> Shoot:
    line = socket.create_connection(("127.0.0.1", port), 30)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def shoot(request: bytes) -> None:
        line.sendall(request)
        answer = line.recv(65536)
        while b"\r\n\r\n" not in answer:
            answer += _more(line)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = next((int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += _more(line)
        if head[9:10] != b"2" and head[9:12] != b"303":
            raise BadAnswer((head.split(b"\r\n")[0] + b" " + body[:400]).decode(errors="replace"))

    return shoot


def _more(line: socket.socket) -> bytes:
    more = line.recv(65536)
    if not more:
        raise BadAnswer("the server hung up")
    return more


if __name__ == "__main__":
    from bench import load  # under its own name, which the pickles bear

    load.main()
