"""What the head and foot of every letter say, and the small parts that several letters share."""

from __future__ import annotations

from dataclasses import dataclass

from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class Letter(Content):
    """`number` is the letter's own, `reference` the claim's."""

    number: str
    reference: str
    issued_at: str
    insurer_name: str
    insurer_address: str
    hotline: str
    complaint_number: str


@dataclass(frozen=True, kw_only=True)
class AboutHome(Letter):
    """A letter about a reported home. `reported_at` is to the second (S13: every clock starts there).

    `policy_number` may be unknown while nobody knows which home it is. Where nobody's name is on record, the letter
    goes to whoever holds the role (房屋所有权人：), by no name.
    """

    reported_at: str
    home_address: str
    policy_number: str | None


@dataclass(frozen=True, kw_only=True)
class Signer(Content):
    name: str
    staff_number: str


@dataclass(frozen=True, kw_only=True)
class Party(Content):
    """Whoever signs, and as what: 房屋所有权人 丁一. Without a name, its place is left to be filled in by hand."""

    role: str
    name: str | None


@dataclass(frozen=True, kw_only=True)
class Evidence(Content):
    """`digest`: the first 16 hexadecimal digits of the file's SHA-256. `shows`: what it proves (证明内容)."""

    file_name: str
    digest: str
    shows: str


@dataclass(frozen=True, kw_only=True)
class NextStep(Content):
    """What we do next, and by when."""

    act: str
    by: str
