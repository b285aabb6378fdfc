"""Which 150 claims there are: the special ones by name, and a crowd at every stage around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from claims.demo import paths
from claims.demo.case import Case
from claims.demo.defects import DEFECTS, RISER_LEAK, Defect
from claims.demo.paths import Steps


@dataclass(frozen=True)
class Part:
    """A role in the demo: a path, the act that was the last so far, and how many days ago that was.

    `parts`: the part classes of its defects; empty: any that the policy covers on that day, or `defects`.
    `denied`: for each defect, or for all, whether something speaks against it. `key` and `label`: how it is found.
    """

    path: Callable[[Case], Steps]
    last: str
    ago: int = 0
    estate: str = "SL1"
    key: str | None = None
    label: str = ""
    parts: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()
    denied: tuple[bool, ...] = (False,)
    home: str | None = None
    channel: str | None = None

    @property
    def claim_key(self) -> str:
        """What makes its claim single: a text is its own report, whose key the provider gives."""
        return f"twilio:SMdemo {self.key}" if self.channel == "sms" else f"demo {self.key}"


@dataclass(frozen=True)
class Crowd:
    """`count` claims like `part`, whose last act was between `part.ago` and `farthest` days ago."""

    count: int
    part: Part
    farthest: int
    estates: tuple[str, ...] = ("SL1",)


NO, LEAK, TWICE = (True,), ("waterproofing",), "SL1-2-902"
BOTH, MOSTLY_FIRST = ("SL1", "SL2"), ("SL1", "SL1", "SL2")
MINOR = tuple(defect for defect in DEFECTS if defect.part != "structure")

SPECIAL = (
    Part(paths.paid, "agree", 9, defects=MINOR, key="ninth day", label="day 9 of the 10 to pay what was agreed"),
    Part(
        paths.paid,
        "agree",
        23,
        defects=MINOR,
        key="breached",
        label="not paid within the 10 days: the breach is on record",
    ),
    Part(
        paths.denied_late,
        "post",
        40,
        key="late notice",
        label="denial notice after its 3 days, breach on record",
        denied=NO,
    ),
    Part(
        paths.appraised,
        "name_appraisers",
        5,
        key="in appraisal",
        label="denied and in appraisal",
        parts=LEAK,
        denied=NO,
    ),
    Part(
        paths.repaired,
        "accept",
        70,
        key="outlived",
        label="in warranty, the cover of its part has ended",
        parts=("finishes",),
    ),
    Part(paths.referred, "report", 6, estate="SL3", key="builder", label="inside the builder's two years: referred"),
    Part(
        paths.partly_denied,
        "offer_repair",
        1,
        key="half",
        label="one finding covered, one denied",
        parts=LEAK * 2,
        denied=(False, True),
    ),
    Part(paths.repaired, "accept", 30, key="two warranties", label="two warranties", parts=(*LEAK, "insulation")),
    Part(
        paths.denied, "deny", 1, key="second person", label="a proposed denial waits for its second person", denied=NO
    ),
    Part(paths.supplemented, "supplement_arrives", 4, key="paused", label="the 30 days stand still for a supplement"),
    Part(
        paths.repaired,
        "accept",
        64,
        key="first repair",
        label="repaired and in warranty …",
        defects=DEFECTS[:1],
        home=TWICE,
    ),
    Part(
        paths.repaired_under_warranty,
        "start",
        2,
        key="second repair",
        label="… and the same item again: straight to repair",
        defects=DEFECTS[:1],
        home=TWICE,
    ),
    Part(paths.reported, "call", 1, key="danger", label="a danger that nobody has made safe", parts=("structure",)),
    Part(
        paths.texted,
        "book",
        1,
        key="conversation",
        label="reported by text: questions, answers, confirmation",
        defects=DEFECTS[2:3],
        channel="sms",
    ),
)

_LEAKS = ((5, "post", 1), (6, "post", 2), (7, "survey", 2), (8, "survey", 1), (9, "book", 1), (10, "report", 0))
CLUSTER = tuple(
    Part(
        paths.covered,
        last,
        ago,
        key=f"riser {floor}",
        label=f"leaks in one riser: SL1, building 3, riser 02, floor {floor}",
        home=f"SL1-3-{floor}02",
        defects=(RISER_LEAK,),
    )
    for floor, last, ago in _LEAKS
)

CROWDS = (
    Crowd(3, Part(paths.reported, "report"), 0, BOTH),
    Crowd(1, Part(paths.reported, "report", channel="voice"), 0),
    Crowd(3, Part(paths.reported, "call"), 1, BOTH),
    Crowd(1, Part(paths.reported, "call", channel="voice"), 1, BOTH),
    Crowd(2, Part(paths.reported, "call", channel="sms"), 1),
    Crowd(6, Part(paths.surveyed, "book"), 1, BOTH),
    Crowd(8, Part(paths.surveyed, "survey", 1), 9, BOTH),
    Crowd(2, Part(paths.surveyed, "survey", 1, channel="voice"), 9, BOTH),
    Crowd(1, Part(paths.surveyed, "survey", 2, channel="sms"), 6),
    Crowd(1, Part(paths.surveyed_late, "survey", 1), 5),
    Crowd(1, Part(paths.supplemented, "ask_supplement", 1), 1),
    Crowd(6, Part(paths.covered, "post"), 3, BOTH),
    Crowd(6, Part(paths.repaired, "offer_repair"), 8),
    Crowd(1, Part(paths.advanced, "advance", 12), 12),
    Crowd(1, Part(paths.complained, "complain", 4), 4),
    Crowd(10, Part(paths.denied, "post", 1, denied=NO), 28, BOTH),
    Crowd(2, Part(paths.appraised, "choose_together", 3, denied=NO, parts=LEAK), 12),
    Crowd(6, Part(paths.repaired, "agree"), 3, MOSTLY_FIRST),
    Crowd(1, Part(paths.complained, "answer_complaint", 3), 3),
    Crowd(4, Part(paths.repaired, "order"), 1),
    Crowd(5, Part(paths.repaired, "start"), 4, MOSTLY_FIRST),
    Crowd(2, Part(paths.repaired, "finish"), 1),
    Crowd(1, Part(paths.repaired_twice, "complain_of_works", 1), 1),
    Crowd(1, Part(paths.repaired_and_paid, "start", 1, parts=LEAK * 2), 1),
    Crowd(1, Part(paths.refused_then_repaired, "order", 1), 1),
    Crowd(4, Part(paths.paid, "agree", defects=MINOR), 6),
    Crowd(2, Part(paths.paid, "pay_half", 1, defects=MINOR), 3),
    Crowd(12, Part(paths.repaired, "accept", 3), 170, MOSTLY_FIRST),
    Crowd(1, Part(paths.repaired_late, "accept", 20), 90),
    Crowd(2, Part(paths.repaired_twice, "accept", 15), 120),
    Crowd(1, Part(paths.repaired_and_paid, "accept", 40, parts=LEAK * 2), 40),
    Crowd(11, Part(paths.paid, "pay_rest", 5, defects=MINOR), 400),
    Crowd(6, Part(paths.repaired, "accept", 200), 380, MOSTLY_FIRST),
    Crowd(5, Part(paths.denied, "close", 4, denied=NO), 300, BOTH),
    Crowd(1, Part(paths.appraised, "pay_rest", 60, denied=NO, parts=LEAK), 60),
    Crowd(5, Part(paths.referred, "report", 12), 250, ("SL3",)),
    Crowd(4, Part(paths.withdrawn, "give_up", 2), 330, BOTH),
)


def cast(dice: Random) -> Iterator[Part]:
    """Every claim of the demo, the special ones first."""
    yield from (*SPECIAL, *CLUSTER)
    for crowd in CROWDS:
        for _ in range(crowd.count):
            ago = dice.randint(crowd.part.ago, crowd.farthest)
            yield replace(crowd.part, ago=ago, estate=dice.choice(crowd.estates))
