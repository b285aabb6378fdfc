"""The worker of a recount, in a process of its own: takes the database's URL, then an instant; says when it is done."""

from __future__ import annotations

import sys

from app import open_database
from bench.ground import settings
from claims.sweeping import count_clocks_anew
from config.ticker import drain
from config.time import instant


def main() -> None:
    database = open_database(settings(sys.stdin.readline().strip()))
    with database.session(reading=True):
        print("ready", flush=True)
    print(drain(database, count_clocks_anew, instant(sys.stdin.readline().strip())), flush=True)
    database.dispose()


if __name__ == "__main__":
    main()
