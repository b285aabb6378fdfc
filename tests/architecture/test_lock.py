"""requirements.lock: everything by its hash, nothing by an address, and just what pyproject.toml leads to."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "requirements.lock").read_text().splitlines()
PINS = {pin.name: pin for pin in (Requirement(line.rstrip("\\")) for line in LINES if re.match(r"\w", line))}


def asked_for() -> list[Requirement]:
    """What pyproject.toml names, with every extra of its own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = sum(project["optional-dependencies"].values(), project["dependencies"])
    return [one for one in map(Requirement, lines) if not one.marker or one.marker.evaluate()]


def needed_by(package: Requirement) -> list[Requirement]:
    """What it needs on this machine with the extras that are asked of it."""
    try:
        lines = map(Requirement, requires(package.name) or ())
    except PackageNotFoundError as missing:
        raise AssertionError(f"{package} isn't installed: run `make install`") from missing
    wanted = [{"extra": extra} for extra in package.extras | {""}]
    return [one for one in lines if not one.marker or any(map(one.marker.evaluate, wanted))]


def is_locked(package: Requirement) -> bool:
    pin = PINS.get(canonicalize_name(package.name))
    return pin is not None and package.specifier.contains(version(pin), prereleases=True)


def version(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


def test_the_file_holds_pins_hashes_and_remarks_and_nothing_else() -> None:
    known = re.compile(r"\w|    --hash=sha256:[0-9a-f]{64}( \\)?$|    #")
    assert not [line for line in LINES if not known.match(line)]
    assert not [line for line in LINES if re.search(r"://| @ |file:", line)]


def test_every_package_is_pinned_once_to_one_version_and_hashed() -> None:
    for line, following in zip(LINES, [*LINES[1:], ""], strict=True):
        assert not re.match(r"\w", line) or following.startswith("    --hash=sha256:"), f"{line} has no hash"
    assert all(re.fullmatch(r"==[^*,]+", str(pin.specifier)) for pin in PINS.values())
    assert len(PINS) == sum(bool(re.match(r"\w", line)) for line in LINES)


def test_what_pyproject_leads_to_is_locked_and_nothing_more() -> None:
    reached: dict[str, Requirement] = {}
    ahead = asked_for()
    while ahead:
        package = ahead.pop()
        assert is_locked(package), f"{package} isn't locked: run `make lock`"
        if str(package) not in reached:
            reached[str(package)] = package
            ahead += needed_by(package)
    only_elsewhere = {name for name, pin in PINS.items() if pin.marker and not pin.marker.evaluate()}
    unasked = PINS.keys() - only_elsewhere - {canonicalize_name(package.name) for package in reached.values()}
    assert not unasked, f"{unasked} are locked though nothing needs them: run `make lock`"
