"""Every slice has the same files, fewer where one would be empty."""

from __future__ import annotations

from tests.architecture.house import ROOT

USUAL = {"__init__.py", "model.py", "actions.py", "queries.py", "schema.py", "views.py", "api.py"}
ALSO: dict[str, set[str]] = {  # slice → what else it holds, by decision
    "access": {"commands.py", "limits.py", "passwords.py", "policy.py", "shares.py", "signing_in.py"},
    "attachments": {"downloads.py", "store.py"},
    "calendar": {"commands.py", "reading.py", "telling.py", "words.py"},
    "decision": {"supplement.py", "supplement_api.py"},
    "desk": {
        "acting.py",
        "acts.py",
        "duties.py",
        "duty_views.py",
        "form.py",
        "homes.py",
        "once.py",
        "page.py",
        "preview.py",
        "reading.py",
        "records.py",
        "search.py",
        "sending.py",
        "sheet.py",
        "sight.py",
        "story.py",
        "talk.py",
        "telling.py",
        "what_if.py",
        "whole.py",
    },
    "duties": {"acts.py", "bounds.py"},
    "firm": {"page.py", "sheets.py"},
    "intake": {"contacts.py", "form.py", "gate.py", "held.py", "people.py", "photos.py", "steps.py", "texts.py"},
    "letters": {"amounts.py", "hearing.py", "legible.py", "printed.py", "rights.py", "table.py", "texting.py"},
    "oversight": {
        "calls.py",
        "cause_form.py",
        "causes.py",
        "export.py",
        "figures.py",
        "hotline.py",
        "page.py",
        "tallies.py",
        "watch.py",
        "words.py",
    },
    "quarantine": {"form.py", "words.py"},
    "repair": {"scope.py"},
    "roster": {"form.py", "reckoning.py", "words.py"},
    "settlement": {"exposure.py", "performing.py"},
    "track": {"acts.py", "entry.py", "page.py", "words.py"},
    "registry": {
        "addresses.py",
        "bad_rows.py",
        "cells.py",
        "checking.py",
        "commands.py",
        "coverage_table.py",
        "importing.py",
        "layouts.py",
        "phones.py",
        "reading.py",
        "sealed_columns.py",
        "standing.py",
        "uscc.py",
        "writing.py",
    },
}
NOT_SLICES = {"casefile", "web", "demo"}  # the spine, what every page needs, and the world of `make run`


def test_a_slice_holds_only_the_usual_files() -> None:
    doors = {door.parent for door in (ROOT / "claims").glob("*/__init__.py")}
    slices = {room.name: {path.name for path in room.glob("*.py")} for room in doors if room.name not in NOT_SLICES}
    strange = {name: found - USUAL - ALSO.get(name, set()) for name, found in slices.items()}
    assert not {name: names for name, names in strange.items() if names}
    gone = {name: names - slices.get(name, set()) for name, names in ALSO.items()}
    assert not {name: names for name, names in gone.items() if names}, "allowed, but no longer there"
