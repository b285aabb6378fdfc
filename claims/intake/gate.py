"""The liability gate: what the policy says of a part on the day of the report (第七条(七), 第十二条). Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol


class Term(Protocol):
    """The dates printed on the policy for one part; both days belong to it."""

    starts_on: date
    ends_on: date


class Gate(StrEnum):
    """Only BUILDER_PERIOD sends a report elsewhere; every other is surveyed and decided by people."""

    IN_FORCE = "in_force"
    BUILDER_PERIOD = "builder_period"
    OUT_OF_TERM = "out_of_term"
    NOT_COVERED = "not_covered"
    NO_POLICY = "no_policy"
    NO_HOME = "no_home"


def liability(cover: Mapping[str, Term] | None, part: str | None, on: date) -> Gate:
    """Where a report of `part` on the Shanghai day `on` stands. `cover` by part, None without a policy.

    Without a part the most favourable part speaks: in force if any is, the builder's only if all are still his.
    """
    if not cover:
        return Gate.NO_POLICY
    if part is None:
        gates = [_of(term, on) for term in cover.values()]
        return next((gate for gate in (Gate.IN_FORCE, Gate.OUT_OF_TERM) if gate in gates), Gate.BUILDER_PERIOD)
    return _of(cover[part], on) if part in cover else Gate.NOT_COVERED


def _of(term: Term, on: date) -> Gate:
    if on < term.starts_on:
        return Gate.BUILDER_PERIOD
    return Gate.IN_FORCE if on <= term.ends_on else Gate.OUT_OF_TERM
