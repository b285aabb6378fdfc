"""Stylesheets, scripts and pictures: bundled, compressed, named after their content, so browsers keep them for good.

`asset("homeowner.css")` in a template gives `/static/homeowner.3fa2b1c4d5.css`. The files are made from
`templates/static/` when one is first asked for; WhiteNoise serves them.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import flask_bootstrap
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from config.settings import ROOT

SOURCES = ROOT / "templates" / "static"
MADE = ROOT / "var" / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
READERS = ("homeowner", "staff")
"""Each has one stylesheet: theme, Bootstrap, what all share (`css/*.css`), and its own (`css/<reader>/*.css`)."""


class Assets:
    """WSGI middleware in front of `app` for everything under /static/."""

    def __init__(self, app: Flask) -> None:
        self._files = WhiteNoise(app.wsgi_app, immutable_file_test=r"\.[0-9a-f]{10}\.\w+$", add_headers_function=_guard)
        app.wsgi_app = self  # type: ignore[method-assign]
        app.jinja_env.globals["asset"] = self.address

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith("/static/"):
            _ = self._names
        answer: Iterable[bytes] = self._files(environ, start_response)
        return answer

    def address(self, name: str) -> str:
        """Raises KeyError for what isn't there: a page without its stylesheet is a fault of ours."""
        return f"/static/{self._names[name]}"

    @cached_property
    def _names(self) -> dict[str, str]:
        folder = _writable(MADE)
        names = {name: _keep(folder, name, content) for name, content in contents()}
        self._files.add_files(str(folder), prefix="static/")
        return names


def init_app(app: Flask) -> None:
    Assets(app)


def contents() -> Iterator[tuple[str, bytes]]:
    """Each asset's name and bytes."""
    for reader in READERS:
        yield f"{reader}.css", stylesheet(reader)
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file() and path.suffix != ".css":
            yield path.relative_to(SOURCES).as_posix(), path.read_bytes()


def stylesheet(reader: str) -> bytes:
    """The theme names the layers, so it comes first; Bootstrap lies in the lowest, so that every rule of ours wins."""
    css = SOURCES / "css"
    bootstrap = BOOTSTRAP.read_text().removeprefix('@charset "UTF-8";').partition("/*# source")[0]
    shared = [path.read_text() for path in sorted(css.glob("*.css")) if path.name != "theme.css"]
    own = [path.read_text() for path in sorted((css / reader).glob("*.css"))]
    sheets = [(css / "theme.css").read_text(), f"@layer bootstrap {{{bootstrap}}}", *shared, *own]
    return "\n".join(sheets).encode()


def _keep(folder: Path, name: str, content: bytes) -> str:
    """Write once under a name that tells its content; answers that name. Safe in several processes."""
    stem, dot, suffix = name.rpartition(".")
    named = f"{stem}.{sha256(content).hexdigest()[:10]}{dot}{suffix}"
    path = folder / named
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(content)
        for compressed in Compressor(quiet=True, use_brotli=False).compress(str(aside)):
            os.replace(compressed, f"{path}.gz")
        os.replace(aside, path)
    return named


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a house that may not be written to
        return Path(tempfile.mkdtemp(prefix="static-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="static-"))


def _guard(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
