"""Many who act at the same instant, and what one of them has to wait for."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from operator import itemgetter
from threading import Barrier, Event
from typing import TypeVar

Result = TypeVar("Result")
THREADS = 16
LOOKS, BETWEEN = 6_000, 0.05
"""How often `until` looks, seconds apart: five minutes, for it ends as soon as it can. No clock: it may stand still."""


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Each act in a thread of its own, let go together; answers their results in the order of the acts."""
    gate = Barrier(len(acts))

    def begin(act: Callable[[], Result]) -> Result:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def repeated(act: Callable[[int], Result], times: int, *, threads: int = THREADS) -> list[Result]:
    """`act(0)` … `act(times - 1)` by `threads` hands that begin together."""
    hands: Sequence[range] = [range(hand, times, threads) for hand in range(threads)]
    done = at_once(*(lambda mine=mine: [(n, act(n)) for n in mine] for mine in hands))  # type: ignore[misc]
    return [result for _, result in sorted(chain.from_iterable(done), key=itemgetter(0))]


def until(happened: Callable[[], object]) -> None:
    """Wait for it; what doesn't come is an error."""
    for _ in range(LOOKS):
        if happened():
            return
        Event().wait(BETWEEN)
    raise AssertionError("it never came")
