"""The demo world on a SQLite database of its own."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Flask

from claims.demo import load_demo
from config.settings import Settings
from tests.makers import at

TODAY = at("Wed 2026-11-18 10:00")


def a_demo_app(migrated: Path, folder: Path) -> Iterator[Flask]:
    """The app with the demo world of TODAY in `folder`: a copy of what this process loaded once."""
    shutil.copytree(_loaded(migrated), folder, dirs_exist_ok=True)
    yield from _app(folder)


def a_demo_app_loaded_anew(migrated: Path, folder: Path) -> Iterator[Flask]:
    """The same, loaded into `folder`, given a migrated database to copy."""
    shutil.copy(migrated, folder / "claims.db")
    for made in _app(folder):
        assert load_demo(made.extensions["database"], TODAY)
        yield made


@cache
def _loaded(migrated: Path) -> Path:
    folder = migrated.parent / "demo"
    folder.mkdir()
    for _ in a_demo_app_loaded_anew(migrated, folder):
        pass
    return folder


def _app(folder: Path) -> Iterator[Flask]:
    from app import create_app

    settings = Settings(
        database_url=f"sqlite:///{folder / 'claims.db'}",
        files_url=(folder / "files").as_uri(),
        secret_key="a secret for tests and for nothing else",
        demo=True,
    )
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["database"].dispose()
