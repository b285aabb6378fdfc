"""When each act of each claim happens, so that the last one lies as many days back as its part says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from claims.demo.case import Case, Crew, Resident
from claims.demo.casting import CLUSTER, SPECIAL, Part, cast
from claims.demo.deciding import post_the_rest
from claims.demo.defects import DEFECTS, DENIALS, OUT_OF_TERM, Defect, Denial
from claims.demo.paths import Act
from claims.demo.town import ESTATES, home_codes, owner_of_home
from config.time import day_start, shanghai_day

SEED = "the demo world"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    at: datetime
    case: Case
    act: Act

    def play(self) -> None:
        self.act(self.case, self.at)
        if self.case.key is not None:
            post_the_rest(self.case, self.at)


@dataclass(frozen=True)
class Aside:
    """What happens beside the journeys of the claims; the act is told when."""

    at: datetime
    act: Callable[[datetime], object]

    def play(self) -> None:
        self.act(self.at)


def every_step(crew: Crew, at: datetime, not_before: date) -> list[Step]:
    """All that has happened by `at`, in the order of time."""
    homes, steps = _Homes(), list[Step]()
    for number, part in enumerate(cast(Random(SEED)), start=1):
        steps += _steps(number, part, crew, homes, at, not_before)
    return sorted(steps, key=lambda step: (step.at, step.case.number))


def _steps(number: int, part: Part, crew: Crew, homes: "_Homes", at: datetime, not_before: date) -> Iterator[Step]:
    dice = Random(f"{SEED} {number}")
    channel = part.channel or dice.choice(("web", "web", "api"))
    case = Case(number, crew, homes.take(part, dice), dice, key=part.key and f"demo {part.key}", channel=channel)
    acts = list(_until(part.last, part.path(case)))
    instants = _instants([days for days, _ in acts], part.ago, dice, at, not_before)
    case.plan = {act.__name__: instant for instant, (_, act) in zip(instants, acts, strict=True)}
    case.defects, case.denials = _defects(part, case, crew, shanghai_day(instants[0]))
    for instant, (_, act) in zip(instants, acts, strict=True):
        if instant <= at:
            yield Step(instant, case, act)


def _until(last: str, steps: Iterable[tuple[int, Act]]) -> Iterator[tuple[int, Act]]:
    for days, act in steps:
        yield days, act
        if act.__name__ == last:
            return
    raise ValueError(f"no act {last} on this path")


def _instants(days: list[int], ago: int, dice: Random, at: datetime, not_before: date) -> list[datetime]:
    """The report at any hour, acts on later days in office hours; whole days earlier until the last fits."""
    today = day_start(shanghai_day(at))
    instants = [today + timedelta(minutes=dice.randint(7 * 60, 22 * 60), seconds=dice.randint(0, 59))]
    for gap in days[1:]:
        before = instants[-1]
        soon = before + timedelta(seconds=dice.randint(6 * 60, 24 * 60))
        nine = day_start(shanghai_day(before) + timedelta(days=gap)) + timedelta(hours=9)
        instants.append(nine + timedelta(seconds=dice.randint(0, 8 * 3600)) if gap else soon)
    back = (shanghai_day(instants[-1]) - shanghai_day(at)).days + ago
    back = min(back, (shanghai_day(instants[0]) - not_before).days)
    if instants[-1] - back * _ONE_DAY > at:
        back += 1
    return [instant - back * _ONE_DAY for instant in instants]


def _defects(part: Part, case: Case, crew: Crew, day: date) -> tuple[list[Defect], list[Denial | None]]:
    """One defect for each finding, with what speaks against it where it is to be denied."""
    defects: list[Defect] = []
    denials: list[Denial | None] = []
    for place, is_denied in enumerate(part.denied if len(part.denied) > 1 else part.denied * max(len(part.parts), 1)):
        able = [
            (defect, denial)
            for defect in part.defects or DEFECTS
            for denial in _reasons(defect, case, crew, day, is_denied)
            if defect not in defects and (not part.parts or defect.part == part.parts[place])
        ]
        defect, denial = case.dice.choice(able)
        defects.append(defect)
        denials.append(denial)
    return defects, denials


def _reasons(defect: Defect, case: Case, crew: Crew, day: date, is_denied: bool) -> list[Denial | None]:
    """What may be said of this defect on this day: nothing against it, or one of these; empty: it doesn't fit."""
    covered = crew.is_covered(case.resident.estate, defect.part, day)
    if not is_denied:
        return [None] if covered or case.resident.estate.days < 0 else []
    return [d for d in DENIALS if defect.part in d.parts] if covered else [OUT_OF_TERM]


class _Homes:
    """Each home reports once, unless a part names it; the first is left to whoever tries the service out."""

    def __init__(self) -> None:
        numbered = enumerate((estate, code) for estate in ESTATES for _, _, _, code in home_codes(estate))
        self._residents = {code: Resident(estate, code, *owner_of_home(n)) for n, (estate, code) in numbered}
        named = {part.home for part in (*SPECIAL, *CLUSTER)}
        self._free: dict[str, list[Resident]] = {estate.code: [] for estate in ESTATES}
        for code, resident in list(self._residents.items())[1:]:
            if code not in named:
                self._free[resident.estate.code].append(resident)

    def take(self, part: Part, dice: Random) -> Resident:
        if part.home is not None:
            return self._residents[part.home]
        free = self._free[part.estate]
        return free.pop(dice.randrange(len(free)))
