"""The ground itself: no test leaves this machine, and each has a database of its own."""

from __future__ import annotations

import smtplib
import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import ground

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address that is nobody's


def test_another_machine_is_refused_before_a_packet_leaves() -> None:
    with pytest.raises(ground.LeavingTheMachine):
        socket.create_connection((ELSEWHERE, 443), timeout=1)
    with pytest.raises(ground.LeavingTheMachine):
        smtplib.SMTP("mail.example", timeout=1)

    assert len(ground.refused) == 2
    ground.refused.clear()


def test_this_machine_is_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=60).close()


@pytest.mark.both_databases
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_a_database_of_its_own(database_url: str, time: str, tmp_path: Path) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("create table only_here (id integer)"))
    engine.dispose()
