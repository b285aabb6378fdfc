"""Letters by Typst, messages by Jinja2. Nothing printed blank, nothing missing, nothing run as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_type_hints

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from config.settings import ROOT

if TYPE_CHECKING:
    import typst

LETTERS = ROOT / "templates" / "letters"
MESSAGES = ROOT / "templates" / "messages"
FONT_FAMILY = "Noto Sans CJK SC"
STANDARDS = ["a-2a", "ua-1"]
"""PDF/A-2a: readable as long as the policy is kept (保险法 87). PDF/UA-1: read aloud to who can't see it."""

_SHANGHAI = timezone(timedelta(hours=8))  # Typst takes fixed offsets only
_one_at_a_time = Lock()


class Blank(ValueError):
    """A letter or message was to be made without something that it must say."""

    def __init__(self, letter: str, field: str) -> None:
        super().__init__(f"{letter}.{field} is blank")
        self.letter = letter
        self.field = field


class MissingGlyph(ValueError):
    """The letters' font can't draw this character; Typst alone would print an empty box."""

    def __init__(self, character: str) -> None:
        super().__init__(f"{character!r} (U+{ord(character):04X}) is not in {FONT_FAMILY}")
        self.character = character


@dataclass(frozen=True)
class Content:
    """What a template is given, as a frozen dataclass: construction refuses a blank in any field.

    Blank is what holds no letter and no digit ("??" and "—" say nothing), an empty tuple, and None where the
    type doesn't name it. `folder`: the class's name as templates/ writes it.
    """

    folder: ClassVar[str]

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.folder = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __post_init__(self) -> None:
        for name, may_lack in _fields(type(self)):  # type: ignore[arg-type]  # mypy: a class isn't hashable
            value = getattr(self, name)
            if not (value is None and may_lack) and not _says_something(value):
                raise Blank(type(self).__name__, name)


def render_letter(template: str, content: Mapping[str, Any], *, issued_at: datetime) -> bytes:
    """The letter as a PDF; the same arguments give the same bytes.

    content: strings, and lists and mappings of them. Raises MissingGlyph, and TypstError where the template
    asks for what `content` lacks.
    """
    [pdf] = _compiled(template, content, issued_at, format="pdf", pdf_standards=STANDARDS)
    return pdf


def draw_letter(template: str, content: Mapping[str, Any], *, issued_at: datetime, ppi: float = 96) -> list[bytes]:
    """The letter's pages as PNG, to be looked at. Raises as render_letter does."""
    return _compiled(template, content, issued_at, format="png", ppi=ppi)


def render_message(folder: str, channel: str, content: Mapping[str, Any]) -> str:
    """The text of templates/messages/<folder>/<channel>.txt.

    Raises UndefinedError for what `content` lacks, Blank for a None that is printed, TemplateNotFound.
    """
    return _messages().get_template(f"{folder}/{channel}.txt").render(content).strip()


def placeholders(template: str) -> frozenset[str]:
    """The names that a message's template (`report_received/sms.txt`) asks for."""
    source = (MESSAGES / template).read_text(encoding="utf-8")
    return frozenset(meta.find_undeclared_variables(_messages().parse(source)))


@cache
def letter_glyphs() -> frozenset[int]:
    """The code points that the letters' font can draw. A quarter of a second, once."""
    from fontTools.ttLib import TTCollection

    [path] = _font_folder().glob("*.ttc")
    with TTCollection(path, lazy=True) as faces:
        face = next(face for face in faces if face["name"].getDebugName(1) == FONT_FAMILY)
        return frozenset(face.getBestCmap())


def _compiled(template: str, content: Mapping[str, Any], issued_at: datetime, **output: Any) -> list[bytes]:
    """Data goes in as JSON beside the template, never into it: markup in a name is printed, not run."""
    if issued_at.utcoffset() is None:
        raise ValueError(f"{issued_at.isoformat()} has no time zone")
    with _one_at_a_time:
        made, warnings = _compiler().compile_with_warnings(
            input=str(LETTERS / f"{template}.typ"),
            sys_inputs={"content": json.dumps(_drawable(content), sort_keys=True)},
            timestamp=issued_at.astimezone(_SHANGHAI).replace(microsecond=0),
            **output,
        )
    if warnings:
        raise warnings[0]
    return made if isinstance(made, list) else [made or b""]


@cache
def _compiler() -> typst.Compiler:
    """One per process: it keeps the font and the parsed templates. Imported late: web workers write none."""
    import typst

    return typst.Compiler(root=LETTERS, font_paths=[_font_folder()], ignore_system_fonts=True)


@cache
def _messages() -> Environment:
    return Environment(
        loader=FileSystemLoader(MESSAGES),
        undefined=StrictUndefined,
        autoescape=False,  # plain text
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printed(value: Any) -> Any:
    if value is None:
        raise Blank("message", "(a value printed without asking whether it is there)")
    return value


@cache
def _fields(kind: type[Content]) -> tuple[tuple[str, bool], ...]:
    """Each field's name, and whether it may be None."""
    hints = get_type_hints(kind)
    return tuple((field.name, type(None) in get_args(hints[field.name])) for field in fields(kind))


def _says_something(value: Any) -> bool:
    if isinstance(value, str):
        return any(map(str.isalnum, value))
    if isinstance(value, tuple):
        return bool(value) and all(_says_something(item) for item in value)
    return isinstance(value, Content)


def _font_folder() -> Path:
    """Where the wheel manimgx-fonts-cjk keeps Noto Sans CJK (OFL-1.1)."""
    spec = find_spec("manimgx_fonts_cjk")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the font wheel manimgx-fonts-cjk is not installed")
    return Path(spec.origin).parent


def _drawable(value: Any) -> Any:
    """The value with line ends made plain. Raises MissingGlyph for what the font lacks."""
    if isinstance(value, Mapping):
        return {key: _drawable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_drawable(item) for item in value]
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    for character in text.replace("\n", ""):
        if ord(character) not in letter_glyphs():
            raise MissingGlyph(character)
    return text
