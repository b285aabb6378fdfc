"""One claim on its way, told through the API: each act at its instant, by its person."""

from dataclasses import dataclass
from typing import Any

from freezegun import freeze_time

from claims.access import Person
from claims.registry import Firm
from tests.journeys.telling import Telling
from tests.later_makers import a_firm, an_appraiser
from tests.makers import World, a_person, at


@dataclass(frozen=True)
class Others:
    """Who comes in after cover: a repair firm and its person, finance, a manager, an appraiser."""

    firm: Firm
    foreman: Person
    finance: Person
    manager: Person
    appraiser: Firm


def the_others(telling: Telling) -> Others:
    with telling.app.extensions["database"].session() as session:
        firm, appraiser = a_firm(session, "RF01", districts="浦东新区"), an_appraiser(session, "AP01")
        foreman = a_person(session, "firm", email="foreman@firm.example")
        foreman.firm_id = firm.id
        made = Others(firm, foreman, a_person(session, "finance"), a_person(session, "manager"), appraiser)
        session.commit()
        return made


@dataclass
class Journey:
    """`reference` is empty until there is a claim."""

    telling: Telling
    world: World
    reference: str = ""

    def post(self, when: str, person: Person, act: str, body: Any = None) -> Any:
        """An act on the claim that must succeed."""
        with freeze_time(at(when)):
            return self.telling.does(person, "POST", f"/claims/{self.reference}/{act}", body or {})

    def refused(self, when: str, person: Person, act: str, body: Any = None) -> Any:
        """An act that mustn't; answers (status, problem)."""
        with freeze_time(at(when)):
            answer = self.telling.tries(person, "POST", f"/claims/{self.reference}/{act}", body or {})
            assert answer.status_code >= 400, answer.get_data(as_text=True)
            return answer.status_code, answer.json

    def seen(self, when: str, person: Person) -> Any:
        """The claim as `person` sees it."""
        with freeze_time(at(when)):
            return self.telling.does(person, "GET", f"/claims/{self.reference}")

    def timeline(self, person: Person) -> Any:
        return self.telling.does(person, "GET", f"/claims/{self.reference}/timeline")

    def facts(self) -> list[str]:
        return [entry["fact"] for entry in self.timeline(self.world.lead)]

    def clock(self, when: str, name: str) -> Any:
        """The newest clock of this name."""
        return [c for c in self.seen(when, self.world.adjuster)["clocks"] if c["clock"] == name][-1]

    def worker_looks(self, when: str) -> None:
        with freeze_time(at(when)):
            self.telling.worker_looks()

    def reported(self, when: str, **told: Any) -> "Journey":
        """By a partner's channel, for a home that is known."""
        report = {
            "home": "H-1201", "part": "waterproofing", "item": "卧室天花板渗水", "description": "下雨后滴水",
            "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
        }  # fmt: skip
        with freeze_time(at(when)):
            self.reference = self.telling.does(self.world.channel, "POST", "/claims", report | told)["reference"]
        return self

    def found(self, when: str, part: str = "waterproofing", item: str = "卧室天花板渗水", **told: Any) -> int:
        """A survey that takes place on the spot; answers the finding's number."""
        instant = at(when).isoformat()
        finding = {
            "visited_at": instant,
            "part": part,
            "item": item,
            "cause": "防水层施工缺陷",
            "opinion": "属于保险责任",
        }
        survey = self.post(when, self.world.adjuster, "surveys", {"visit_at": instant})["id"]
        return self.post(when, self.world.adjuster, f"surveys/{survey}/findings", finding | told)["id"]

    def covered(self, when: str, *findings: int) -> None:
        self.post(when, self.world.adjuster, "coverage", {"findings": list(findings)})

    def denied(self, when: str, finding: int) -> int:
        """Proposed by the adjuster, approved by the lead at the same instant; answers the decision's number."""
        with freeze_time(at(when)):
            proof = self.telling.uploads(self.world.adjuster, "水源检测.jpg")
        denial = {
            "findings": [finding], "ground": "owner_cause", "evidence": [proof], "clause": "保险条款第七条第（二）项",
            "reasons": "装修时改动了地漏，漏水点在改动处。",
            "shows": [{"file": proof, "words": "漏水点在改动后的地漏边上"}],
        }  # fmt: skip
        decision = self.post(when, self.world.adjuster, "denial", denial)["id"]
        self.post(when, self.world.lead, "decision/approval", {"decision": decision, "approve": True})
        return decision

    def settled(self, when: str, *parts: dict[str, Any], **days: str) -> Any:
        """Proposed, and agreed by owner and insured at the same instant."""
        self.post(when, self.world.adjuster, "settlement", {"parts": list(parts)} | days)
        for who in ("owner", "insured"):
            word = {"by": who, "agreed_at": at(when).isoformat(), "proof": "签字协议扫描件"}
            settlement = self.post(when, self.world.adjuster, "settlement/acceptance", word)
        return settlement

    def notice_posted(self, when: str, kind: str) -> None:
        """The newest letter of this kind goes out by registered mail."""
        letters = self.seen(when, self.world.adjuster)["letters"]
        number = [letter["number"] for letter in letters if letter["kind"] == kind][-1]
        receipt = {"channel": "post", "handed_over_at": at(when).isoformat(), "evidence": "EMS 1012345678901"}
        self.post(when, self.world.adjuster, f"letters/{number}/dispatch", receipt)
