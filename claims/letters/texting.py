"""The letter as a text message: outcome, reasons and rights in full, so that its hand-over can count as 发出."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from claims.decision.supplement import numbered
from claims.letters.model import Letter
from claims.letters.rights import briefs_of
from claims.letters.table import LETTERS
from config.settings import Settings
from notifications.rendering import Content

LONGEST_LIST = 600
LONGEST_WORDS = 400
"""Characters of a list and of somebody's words: a carrier takes 1600 in all."""


def text_of(letter: Letter, content: dict[str, Any], settings: Settings) -> Content:
    """The message contract of this letter's text, from the letter's own content: the same names, or OWN's.

    Chinese, as the letter is, whatever language the claim was reported in.
    """
    contract = LETTERS[letter.kind].text
    assert contract is not None
    own = OWN[letter.kind](content) if letter.kind in OWN else {}
    head = {"insurer_short": settings.insurer_short, "letter_number": letter.number, "language": "zh"}
    offered = content | head | own
    return contract(**{field.name: offered[field.name] for field in fields(contract)})


def _decided(content: dict[str, Any]) -> dict[str, Any]:
    step = content["next_steps"][0] if "next_steps" in content else {"act": "", "by": ""}
    items = tuple(f"{f['part']}：{f['item']}" for f in content["findings"])
    return {"items": items, "next_act": step["act"], "next_by": step["by"]}


def _denied(content: dict[str, Any]) -> dict[str, Any]:
    return _decided(content) | briefs_of("complaint_period", "lawsuit")


def _missing(content: dict[str, Any]) -> dict[str, Any]:
    """All of them, whatever their length: 保险法 22 knows one complete list. Its request keeps it within a text."""
    return {"items": tuple(numbered(item["what"] for item in content["items"]))}


def _offered(content: dict[str, Any]) -> dict[str, Any]:
    works = content["works"]
    return {
        "items": _listed([f"{it['part']}“{it['item']}”{it['remedy']}" for it in content["offers"]]),
        "works": f"{works['starts_on']}开工，{works['finishes_on']}完工" if works else None,
    }


def _completed(content: dict[str, Any]) -> dict[str, Any]:
    terms = [f"{it['part']}“{it['item']}”自{it['first_day']}至{it['last_day']}" for it in content["warranties"] or ()]
    return {
        "items": _listed([f"{it['part']}“{it['item']}”{it['word']}" for it in content["items"]]),
        "warranties": _listed(terms) if terms else None,
    }


def _complained(content: dict[str, Any]) -> dict[str, Any]:
    said = {name: _cut(content[name]) for name in ("decision", "reasons")}
    return said | briefs_of("review", "mediation", "lawsuit")


OWN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "denial_notice": _denied,
    "coverage_notice": _decided,
    "supplement_notice": _missing,
    "settlement_agreement": _offered,
    "completion_record": _completed,
    "complaint_decision": _complained,
}
"""What a text says in other words than its letter."""


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    """As many as fit, and how many there are."""
    kept, length = list[str](), 0
    for item in items:
        length += min(len(item), LONGEST_WORDS) + 1
        if length > LONGEST_LIST and kept:
            return (*kept, f"等共{len(items)}项，全部内容见书面文件")
        kept.append(_cut(item))
    return tuple(kept)


def _cut(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST_WORDS else f"{flat[:LONGEST_WORDS]}……（全文见书面文件）"
