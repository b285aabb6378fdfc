"""Every branch of the call, walked as a caller would: whatever is pressed, said or left unsaid, nobody is lost.

The walk starts at the greeting and tries at every new place everything that a caller can do there, and hanging up.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.casefile.files import reference_for
from config.time import now
from tests.claims.intake.calling import Telephone
from tests.claims.intake.ledger import Ledger
from tests.makers import OWNERS_PHONE, a_claim

Act = tuple[str, Callable[[Telephone], object]]


def press(keys: str) -> Act:
    return f"presses {keys}", lambda phone: phone.presses(keys)


SILENCE: Act = ("is silent", lambda phone: phone.is_silent())
SPEECH: Act = ("speaks", lambda phone: phone.says("客厅漏水"))


@pytest.fixture
def walk(app, session, world, ledger):
    """Walks everything that calls from this number can come to; answers path → what the ledger says of the call."""
    reported = a_claim(session, world, reported_at=now(), phone="+8613800000077")
    session.commit()
    known, unknown = reported.file.reference, reference_for(9_999_999, now())

    def acts(phone: Telephone) -> list[Act]:
        verb = phone.verb
        if verb.tag == "Gather":
            if verb.get("numDigits") == "12":
                return [SILENCE, *(press(keys) for keys in ("0", "123", known, unknown))]
            spoken = [SPEECH] if "speech" in verb.get("input") else []
            keys = "012589#" if "请按9" in phone.heard or "请按8" in phone.heard else "015"
            return [SILENCE, *spoken, *(press(key) for key in keys)]
        if verb.tag == "Record":
            return [
                SILENCE,
                ("speaks after the tone", lambda p: p.records(f"RE-{p.sid}-{len(p.requests)}")),
                ("presses 0 after the tone", lambda p: p.records(f"RE-{p.sid}-{len(p.requests)}", keys="0")),
            ]
        if verb.tag == "Dial":
            return [
                ("is put through", lambda p: p.is_put_through(answered=True)),
                ("is not put through", lambda p: p.is_put_through(answered=False)),
            ]
        assert verb.tag == "Redirect"
        return [("goes on", lambda p: p.goes_on())]

    def walks(number: str) -> dict[tuple[str, ...], str]:
        paths: list[list[Act]] = [[]]
        called: dict[str, tuple[str, ...]] = {}
        seen: set[tuple[str, ...]] = set()
        while paths:
            path = paths.pop(0)
            phone = Telephone(app, sid=f"CA{len(called)}", number=number).rings()
            for _, act in path:
                act(phone)
            if not phone.over and where(phone) not in seen:
                seen.add(where(phone))
                paths += [[*path, act] for act in acts(phone)]
            if not phone.over:
                phone.hangs_up()
            called[phone.sid] = tuple(name for name, _ in path)
        return {called[sid]: ending for sid, ending in endings(ledger).items()}

    return walks


def endings(ledger: Ledger) -> dict[str, str]:
    """What became of each call: nothing where the caller was lost."""
    owed = {clock.file_id for clock in ledger.clocks("contact") if clock.state == "running"}
    reached = {arrival.provider_id for arrival in ledger.arrivals() if arrival.kind == "voice accept"}
    recorded = {recording.call_id for recording in ledger.recordings()}
    return {
        call.sid: "lost" if call.ended_at is None
        else "call back" if call.file_id in owed
        else "recording" if call.file_id and call.id in recorded
        else "person" if call.sid in reached
        else "lost"
        for call in ledger.calls()
    }  # fmt: skip


def where(phone: Telephone) -> tuple[str, ...]:
    """Which place of the call this is: what it waits for, and where its answer goes. English is the same call."""
    url = urlsplit(phone.verb.get("action") or phone.verb.text)
    asked = parse_qs(url.query)
    return phone.verb.tag, url.path, asked.get("misses", [""])[0]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "on_duty"), [
    pytest.param(OWNERS_PHONE,     True,  id="an owner, somebody on duty"),
    pytest.param("+8613800000077", True,  id="who has reported, somebody on duty"),
    pytest.param("+8613900000009", False, id="a stranger, nobody on duty"),
    pytest.param("anonymous",      False, id="a hidden number, nobody on duty"),
])  # fmt: skip
def test_every_branch_ends_in_a_call_back_a_recording_or_a_person(request, walk, ledger, number, on_duty):
    if on_duty:
        request.getfixturevalue("staffed")
    ends = walk(number)

    assert len(ends) > 40
    assert not [path for path, end in ends.items() if end == "lost"]
    assert set(ends.values()) >= ({"call back", "person"} if on_duty else {"call back"})
    assert ledger.is_whole()


@pytest.mark.slow
@pytest.mark.sqlite
def test_and_so_it_is_on_the_small_database(walk, ledger):
    ends = walk(OWNERS_PHONE)

    assert not [path for path, end in ends.items() if end == "lost"]
    assert ledger.is_whole()
