"""A file is read in one sitting (rule 9)."""

from __future__ import annotations

from tests.architecture.house import ROOT, files

LONGEST = 250  # lines
EXEMPT = ("tests/", "config/migrations/")
LONGER: dict[str, str] = {}  # file → why it may be longer


def test_no_file_is_longer_than_one_sitting() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files()}
    long = {name for name, size in sizes.items() if size > LONGEST and not name.startswith(EXEMPT)}
    assert not long - LONGER.keys()
    assert not LONGER.keys() - long, "an excuse that nothing needs"
