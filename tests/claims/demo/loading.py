"""The demo world on a SQLite database of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from claims.demo import load_demo
from config.settings import Settings
from tests.makers import at

TODAY = at("Wed 2026-11-18 10:00")


def a_demo_app(migrated: Path, folder: Path) -> Iterator[Flask]:
    """The app with the demo world of TODAY in `folder`, given a migrated database to copy."""
    from app import create_app

    shutil.copy(migrated, folder / "claims.db")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'claims.db'}",
        files_url=(folder / "files").as_uri(),
        secret_key="a secret for tests and for nothing else",
        demo=True,
    )
    made = create_app(settings)
    made.testing = True
    assert load_demo(made.extensions["database"], TODAY)
    yield made
    made.extensions["database"].dispose()
