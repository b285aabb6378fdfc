"""Content in, text or pages out: nothing blank, nothing missing, nothing run."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from config.settings import ROOT
from notifications import rendering
from notifications.rendering import Blank, Content, MissingGlyph, letter_glyphs, render_letter, render_message

AT = datetime(2026, 3, 4, 2, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize("character", "丁𠮷䶮𬭎㛃鿍·—…①㎡")
def test_rare_characters_of_names_are_in_the_font(character):
    assert ord(character) in letter_glyphs()


@pytest.mark.parametrize("character", ["\U0001f600", "\U000323b0", "\U000e0100", "\ue000", "\x00", "\u0e01", "\ud800"])
def test_a_character_that_the_font_lacks_is_refused_however_deep_it_stands(character):
    with pytest.raises(MissingGlyph) as refused:
        render_letter("denial_notice", {"findings": ({"part": f"墙{character}"},)}, issued_at=AT)

    assert refused.value.character == character


def test_a_letter_refuses_a_naive_instant():
    with pytest.raises(ValueError, match="no time zone"):
        render_letter("denial_notice", {}, issued_at=datetime(2026, 3, 4))  # noqa: DTZ001


def test_a_message_without_what_it_asks_for_is_refused():
    with pytest.raises(UndefinedError, match="insurer_short"):
        render_message("rung", "team", {"reference": "260300000017"})


def test_a_message_prints_no_none():
    with pytest.raises(Blank):
        render_message("rung", "team", {"insurer_short": None})


def test_a_channel_without_a_template_is_refused():
    with pytest.raises(TemplateNotFound):
        render_message("rung", "carrier_pigeon", {})


def test_a_message_prints_markup_as_it_stands():
    words = dict.fromkeys(rendering.placeholders("rung/team.txt"), "{{ 7 * 7 }}<b>")

    assert render_message("rung", "team", words).startswith("【{{ 7 * 7 }}<b>】")


@dataclass(frozen=True, kw_only=True)
class TwoWords(Content):
    said: str
    listed: tuple[str, ...] = ("甲",)
    unsaid: str | None = None


def test_the_folder_is_the_name_of_the_class():
    assert TwoWords.folder == "two_words"


@pytest.mark.parametrize("blank", ["", " \n\u3000", "\u200b", "??", "—", None, 5])
def test_what_says_nothing_is_blank(blank):
    with pytest.raises(Blank, match=r"TwoWords\.said"):
        TwoWords(said=blank)


@pytest.mark.parametrize("blank", [(), ("",), ("甲", " "), None, ["甲"]])
def test_a_list_is_blank_where_it_or_anything_in_it_is(blank):
    with pytest.raises(Blank, match=r"TwoWords\.listed"):
        TwoWords(said="甲", listed=blank)


def test_what_may_be_left_out_may_still_not_be_blank():
    assert TwoWords(said="甲").unsaid is None
    with pytest.raises(Blank, match=r"TwoWords\.unsaid"):
        TwoWords(said="甲", unsaid="")


def test_a_web_worker_that_sends_messages_loads_no_typesetter():
    program = (
        "import sys, claims.messages, claims.letters.contracts\n"
        "from notifications.rendering import placeholders, render_message\n"
        "render_message('rung', 'team', dict.fromkeys(placeholders('rung/team.txt'), '甲'))\n"
        "sys.exit(' '.join({'typst', 'fontTools'} & set(sys.modules)) or 0)"
    )

    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
