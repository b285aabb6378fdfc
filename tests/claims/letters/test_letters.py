"""Every letter as its reader gets it: whole, inside the page, the same every time."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from claims.letters import LETTERS
from claims.letters.contracts import Letter
from config.time import SHANGHAI
from notifications.rendering import LETTERS as LETTERS_FOLDER
from notifications.rendering import MissingGlyph, draw_letter, render_letter
from tests.claims.letters.every_letter import EVERY_LETTER
from tests.claims.letters.samples import a_coverage, a_denial, a_long_denial

AT = datetime(2026, 3, 4, 10, 12, 9, tzinfo=SHANGHAI)
EVERY_SAMPLE = pytest.mark.parametrize(
    "letter",
    [
        pytest.param(sample, id=f"{name} {size}")
        for name, samples in EVERY_LETTER.items()
        for size, sample in zip(("shortest", "longest", "rarest", "other"), samples, strict=False)
    ],
)
PAPER_MM, LEFT_MM, RIGHT_MM, BELOW_FOOTER_MM = (210, 297), 28, 26, 20
MAY_BREAK = 600
"""Characters of a cell that may break over pages, so that its halves are printed apart."""
CLOSINGS = (
    "不减少您依法享有的任何权利",
    "发出本通知书的期限",
    "由业主逐项验收",
    "签署各方各执一份",
    "签署本单不表示您放弃任何权利",
)


def pdf(letter: Letter) -> bytes:
    return render_letter(letter.folder, asdict(letter), issued_at=AT)


def words(text: str) -> str:
    """Without what setting adds: line breaks, and the space between Chinese and Latin."""
    return re.sub(r"\s", "", text)


@cache
def printed(letter: Letter) -> str:
    return words("".join(page.extract_text() for page in PdfReader(BytesIO(pdf(letter))).pages))


def every_string(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value is not None:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from every_string(item)


@EVERY_SAMPLE
def test_everything_that_the_contract_calls_for_is_printed(letter):
    footer = rf"24小时保险服务电话{letter.hotline}报案号{letter.reference}第\d+页共\d+页"
    over_pages = re.sub(f"{footer}|{re.escape(letter.number)}", "", printed(letter))

    said = {words(each) for each in every_string(asdict(letter))}
    missing = {each for each in said if each not in printed(letter) and each not in over_pages}
    assert not {each for each in missing if len(each) <= MAY_BREAK}
    assert not [each for each in missing if Counter(each) - Counter(over_pages)]


@pytest.mark.parametrize(
    "said",
    [
        "不予赔偿通知书",
        "第十五条", "共同委托", "鉴定", "投诉电话021-0000-0001", "15日内", "人民法院",
        "不减少您依法享有的任何权利",
        "3日内", "第十三条", "最迟应当于2026年3月6日（周五）发出",
        "核定人：甲经办（工号A1001）", "复核人：乙复核（工号B2002）", "本件为电子原件，编号示保不赔〔2026〕0000123号",
        "24小时保险服务电话021-0000-0000", "第1页共2页",
    ],
)  # fmt: skip
def test_a_denial_tells_the_owner_what_the_law_wants_told(said):
    assert said in printed(a_denial())


@pytest.mark.parametrize(
    "said",
    [
        "属于保险责任",
        "5年：2024年5月21日起至2029年5月20日止",
        "与您联系的人：甲经办",
        "同一部位的同一维修项目",
        "180天",
        "第十四条",
    ],
)
def test_a_coverage_notice_says_what_is_covered_and_what_comes_next(said):
    assert said in printed(a_coverage())


@EVERY_SAMPLE
def test_no_letter_takes_a_right_from_the_owner(letter):
    waivers = ("不再主张", "不得再", "视为同意", "视为放弃", "自愿放弃", "一次性了结", "最终决定", "概不")

    assert not [waiver for waiver in waivers if waiver in printed(letter)]


def test_the_reckoning_of_a_term_is_printed_only_where_there_is_one():
    assert "期限计算如下" not in printed(a_denial())
    assert "期限计算如下" in printed(a_long_denial())


@EVERY_SAMPLE
def test_the_same_content_gives_the_same_bytes(letter):
    twice = {hashlib.sha256(pdf(letter)).hexdigest() for _ in range(2)}

    assert len(twice) == 1


def test_another_instant_of_issue_gives_other_bytes():
    later = render_letter("denial_notice", asdict(a_denial()), issued_at=AT.replace(second=10))

    assert later != pdf(a_denial())


def test_the_document_says_what_it_is_and_when_it_was_made():
    reader = PdfReader(BytesIO(pdf(a_denial())))

    assert reader.metadata.title == "不予赔偿通知书 示保不赔〔2026〕0000123号"
    assert reader.metadata.author == "示例财产保险股份有限公司上海分公司"
    assert reader.metadata.creation_date == AT
    assert reader.root_object["/Lang"] == "zh-CN"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"<pdfaid:part>2" in reader.root_object["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("name", ["𠮷䶮", '#read("/etc/passwd")', "*丁* $x$ `一` <label> @ref \\ //", "{{ 7 * 7 }}"])
def test_a_name_is_printed_as_it_stands(name):
    assert words(name) in printed(a_denial(owner_name=name))


def test_a_name_that_no_font_has_is_refused():
    with pytest.raises(MissingGlyph, match=r"U\+323B0"):
        pdf(a_denial(owner_name="丁\U000323b0"))


def test_each_line_of_the_reasons_is_a_paragraph():
    reader = PdfReader(BytesIO(pdf(a_denial(reasons="其一。\r\n\r\n其二。\n其三。"))))
    lines = "".join(page.extract_text() for page in reader.pages).splitlines()

    assert [line for line in lines if line.startswith("其")] == ["其一。", "其二。", "其三。"]


@EVERY_SAMPLE
def test_nothing_runs_into_the_margins(letter):
    for page in draw_letter(letter.folder, asdict(letter), issued_at=AT, ppi=72):
        image = Image.open(BytesIO(page)).convert("L")
        left, _, right, bottom = ImageChops.invert(image).getbbox()
        per_mm = image.width / PAPER_MM[0]
        assert left >= (LEFT_MM - 1) * per_mm
        assert right <= (PAPER_MM[0] - RIGHT_MM + 1) * per_mm
        assert bottom <= (PAPER_MM[1] - BELOW_FOOTER_MM) * per_mm


@EVERY_SAMPLE
def test_the_signature_never_stands_alone(letter):
    last = words(PdfReader(BytesIO(pdf(letter))).pages[-1].extract_text())

    assert "本件为电子原件" in last or "（盖章处）" in last
    assert any(closing in last for closing in CLOSINGS)


@EVERY_SAMPLE
def test_no_letter_shows_a_seal_that_it_does_not_bear(letter):
    """ADR 0018: a place to be stamped only on what is signed on paper; elsewhere the electronic original is named."""
    signed_on_paper = "签名或者盖章" in printed(letter)

    assert "公章" not in printed(letter)
    assert ("（盖章处）" in printed(letter)) == signed_on_paper
    assert (f"本件为电子原件，编号{words(letter.number)}" in printed(letter)) == (not signed_on_paper)


@pytest.mark.parametrize("rule", LETTERS.values(), ids=LETTERS)
def test_a_template_asks_for_nothing_that_its_contract_lacks(rule):
    source = "".join((LETTERS_FOLDER / name).read_text() for name in ("letterhead.typ", f"{rule.name}.typ"))

    assert set(re.findall(r"content\.(?:at\(\")?([a-z_]+)", source)) == {field.name for field in fields(rule.contract)}
