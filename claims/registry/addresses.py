"""One spelling for the many ways of writing where a home is.

`浦东新区示例路８８弄 3号楼 1201室`, `示例路88弄3幢1201` and `示例路88弄三号12楼1201` all become `示例路-88-3-1201`:
words for lane, building and room are only separators, because people mix them up.
"""

import re
import unicodedata
from collections.abc import Iterator

from config.numerals import arabic

DISTRICTS = (
    "黄浦", "徐汇", "长宁", "静安", "普陀", "虹口", "杨浦", "闵行", "宝山", "嘉定", "浦东新", "金山", "松江", "青浦",
    "奉贤", "崇明",
)  # fmt: skip
LONGEST = 200
_MOST_PIECES, _MOST_TOKENS = 6, 12

_MODERN = str.maketrans("號樓棟區內雙滬閔", "号楼栋区内双沪闵")
_CITY = re.compile(r"^(?:上海市?(?!路))*")
_DISTRICT = re.compile(rf"^({'|'.join(DISTRICTS)})区")
_AREA = re.compile(r"^[一-鿿]{2,3}?(?<![小社园校片])区(?=[一-鿿]{2,}.*[0-9])")
_TOWN = re.compile(r"^[一-鿿]{2,4}?(?:街道|镇)(?=[一-鿿]{2,}.*[0-9])")
_LEAD_IN = re.compile(r"^.*?(?:我家住在|我家在|我家住|家住|住在|我住|位于|地址是|地址)")
_NUMERAL = "一二两三四五六七八九十百零〇"
_COUNTED = re.compile(rf"[{_NUMERAL}]+(?=号|弄|幢|栋|座|室|单元)")
_STOREY = re.compile(r"(?<=[号幢栋座楼元])(\d{1,2})[层楼](?=\1\d\d(?!\d))")
_UNIT = re.compile(r"(?<=[0-9a-z])(?:[号幢栋座#]楼?|支?弄|单元|楼|室|户|房)")
_TOKEN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")
_RANGE = re.compile(r"(?<=弄)\d+号?[-~—至]\d+号?$")
_BREAK = re.compile(r"[\s,;:!?。、()\[\]【】\"']+")


def address_key(text: str) -> str:
    """The spelling in which two ways of writing one address are equal; empty where nothing is left."""
    return "-".join(_tokens(_plain(text)))


def road_key(project_address: str) -> str:
    """The key that the homes of a project begin with; `示例路88弄1-20号` is the lane, not twenty numbers of it."""
    return "-".join(_tokens(_RANGE.sub("", _plain(project_address))))


def home_key(project_address: str, building: str, room: str) -> str:
    """The key of a home from what the registry holds."""
    return "-".join(filter(None, (road_key(project_address), address_key(building), address_key(room))))


def full_address(district: str, project_address: str, building: str, room: str) -> str:
    """As it is printed: `上海市浦东新区示例路88弄3号楼1201室`."""
    street = half_width(project_address).replace(" ", "")
    street = street.removeprefix("上海市").removeprefix(district)
    house = half_width(building).replace(" ", "")
    house = f"{house}号楼" if house[-1:].isdecimal() else house
    flat = half_width(room).replace(" ", "")
    flat = f"{flat}室" if flat.isascii() else flat
    return f"上海市{district}{street}{house}{flat}"


def may_lie_in(text: str, district: str) -> bool:
    """False where the words begin with another of Shanghai's districts."""
    told = _DISTRICT.match(_CITY.sub("", _plain(_LEAD_IN.sub("", text[:LONGEST]))))
    return told is None or _plain(district).removeprefix("上海市").startswith(told[1].removesuffix("新"))


def whole_keys(text: str) -> list[str]:
    """The key of the whole text, and of what follows words such as 我家在."""
    text = text[:LONGEST]
    return [key for key in dict.fromkeys((address_key(text), address_key(_LEAD_IN.sub("", text)))) if key]


def keys_within(text: str) -> list[str]:
    """Keys of the addresses that the words might contain: `你好，示例路88弄3号1201室漏水` still names a home."""
    keys = dict.fromkeys(whole_keys(text))
    for tokens in _starts(text):
        for end in range(len(tokens), 1, -1):
            keys.setdefault("-".join(tokens[:end]))
    return list(keys)


def renamings(text: str) -> dict[str, tuple[str, str]]:
    """A project's name perhaps → what stands before it and after it, for every run of tokens in the words."""
    tokens = _tokens(_plain(_LEAD_IN.sub("", text[:LONGEST])))[:_MOST_TOKENS]
    runs = [(first, last) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1)]
    return {"-".join(tokens[a:b]): ("-".join(tokens[:a]), "-".join(tokens[b:])) for a, b in runs}


def half_width(text: str) -> str:
    """Full-width letters, digits and signs in their ASCII form; everything else, rare characters too, as it is."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c == "\u3000" else c for c in text)


def _starts(text: str) -> Iterator[list[str]]:
    words = _LEAD_IN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    pieces = [piece for piece in _BREAK.split(words) if piece][:_MOST_PIECES]
    for first in range(len(pieces)):
        for last in range(len(pieces), first, -1):
            yield _tokens(_plain("".join(pieces[first:last])))[:_MOST_TOKENS]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().translate(_MODERN).split())


def _tokens(plain: str) -> list[str]:
    plain = _DISTRICT.sub("", _CITY.sub("", plain))
    plain = _TOWN.sub("", _AREA.sub("", plain))
    plain = _COUNTED.sub(lambda found: arabic(found[0]), plain)
    plain = _STOREY.sub("", plain)
    return _TOKEN.findall(_UNIT.sub("-", plain))
