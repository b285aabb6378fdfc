"""Prints the tables of bench/README.md, measured here and now."""

from __future__ import annotations

import sys
from time import perf_counter

from bench import desk, intake, recount, sweep, webhook

TABLES = {
    "intake": intake.measure,
    "webhook": webhook.measure,
    "sweep": sweep.measure,
    "recount": recount.measure,
    "desk": desk.measure,
}


def main(names: list[str]) -> int:
    """Measure what is named, or everything."""
    if unknown := set(names) - TABLES.keys():
        print(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}", file=sys.stderr)
        return 2
    for name in names or TABLES:
        began = perf_counter()
        print(f"\n## {name}\n\n{TABLES[name]()}\n\n{perf_counter() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
