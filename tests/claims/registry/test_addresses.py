"""The ways in which one home is written, and the homes that must not be taken for it."""

from __future__ import annotations

import pytest

from claims.registry.addresses import address_key, full_address, home_key, keys_within, may_lie_in

HOME = "示例东路-88-3-1201"


@pytest.mark.parametrize(
    "text",
    [
        "上海市浦东新区示例东路88弄3号楼1201室",
        "浦东新区示例东路88弄3号1201室",
        "上海示例东路88弄3号1201",
        "上海浦东新区示例东路８８弄３号１２０１室",
        "示例东路 88 弄 3 号 1201 室",
        "示例东路88弄3幢1201室",
        "示例东路88弄3栋1201",
        "示例东路88弄3座1201",
        "示例东路88弄3#1201",
        "示例东路88弄3＃楼1201室",
        "示例东路88-3-1201",
        "示例东路88弄3－1201",
        "示例东路88号3号楼1201",
        "示例东路88弄三号楼1201室",
        "示例东路八十八弄3号一二〇一室",
        "示例东路88弄3号12楼1201室",
        "示例东路88弄3号楼12层1201",
        "示例东路88號3號樓1201室",
        "浦东新区三林镇示例东路88弄3号1201室",
        "浦东新区金杨新村街道示例东路88弄3号1201室",
    ],
)
def test_these_are_one_home(text: str) -> None:
    assert address_key(text) == HOME == home_key("示例东路88弄", "3号楼", "1201")


@pytest.mark.parametrize(
    "text",
    [
        "示例东路88弄3号1202室",
        "示例东路88弄13号1201室",
        "示例东路8弄83号1201室",
        "示例西路88弄3号1201室",
        "新示例东路88弄3号1201室",
        "示例东路88弄3号楼2单元1201室",
        "示例东路88弄3号",
        "示例东路88弄3号1201A",
    ],
)
def test_these_are_others(text: str) -> None:
    assert address_key(text) != HOME


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("镇宁路1号", "镇宁路-1"),
        ("浦东南路88弄3号", "浦东南路-88-3"),
        ("钟楼路3号2楼201", "钟楼路-3-201"),
        ("示例小区3号101", "示例小区-3-101"),
        ("上海路1号", "上海路-1"),
        ("示例路1号B座301", "示例路-1-b-301"),
        ("示例路1号东楼301", "示例路-1-东楼-301"),
        ("", ""),
        ("，。 ", ""),
    ],
)
def test_words_that_look_like_others_are_left(text: str, key: str) -> None:
    assert address_key(text) == key


@pytest.mark.parametrize(
    ("project", "building", "room"),
    [
        ("示例东路88弄1-20号", "3", "1201"),
        ("浦东新区示例东路88弄", "3#", "1201室"),
        ("示例东路８８弄", "3号", "１２０１"),
    ],
)
def test_the_registry_may_write_it_in_its_own_way(project: str, building: str, room: str) -> None:
    assert home_key(project, building, room) == HOME


@pytest.mark.parametrize(
    ("project", "building", "room", "printed"),
    [
        ("示例东路88弄", "3号楼", "1201", "上海市浦东新区示例东路88弄3号楼1201室"),
        ("浦东新区示例东路８８弄", "3", "1201A", "上海市浦东新区示例东路88弄3号楼1201A室"),
        ("上海市浦东新区示例东路88弄", "东楼", "阁楼", "上海市浦东新区示例东路88弄东楼阁楼"),
    ],
)
def test_the_address_is_printed_in_full(project: str, building: str, room: str, printed: str) -> None:
    assert full_address("浦东新区", project, building, room) == printed


@pytest.mark.parametrize(
    "text",
    [
        "示例东路88弄3号1201室厨房漏水",
        "你好，我家在示例东路88弄3号1201室漏水",
        "地址：浦东新区示例东路88弄3号1201室。墙裂了",
    ],
)
def test_an_address_is_found_within_other_words(text: str) -> None:
    assert HOME in keys_within(text)


def test_another_road_that_ends_alike_is_not() -> None:
    assert HOME not in keys_within("老示例东路88弄3号1201室漏水")


def test_words_without_end_make_few_keys() -> None:
    assert len(keys_within("1 2 3 4 5 6 7 8 9 a弄" * 5_000)) < 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [("浦东新区示例东路", True), ("示例东路", True), ("上海市闵行区示例东路", False), ("浦东南路", True)],
)
def test_another_district_rules_a_home_out(text: str, expected: bool) -> None:
    assert may_lie_in(text, "浦东新区") is expected
