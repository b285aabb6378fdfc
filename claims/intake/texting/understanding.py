"""What somebody means who texts us: a few words known by heart, in Chinese and English. Pure."""

import re
import unicodedata

from claims.casefile import is_reference

STOP = frozenset(("stop", "stopall", "unsubscribe", "quit", "退订", "回复退订", "td", "t", "停止发送"))
START = frozenset(("start", "unstop", "恢复", "恢复短信", "重新订阅"))
YES = frozenset(("1", "有", "是", "是的", "对", "有危险", "yes", "y"))
NO = frozenset(("2", "没有", "没", "无", "不是", "没有危险", "没危险", "no", "n", "none"))
_PROGRESS = re.compile(
    r"(请问|查询|查|我的|报案|理赔|维修)*进度(查询|如何|怎么样|呢|吗)*|(claim )?(progress|status)( please)?"
)
_DANGER = re.compile(
    r"着火|起火|冒烟|火花|短路|烧焦|焦味|触电|漏电|电线|插座|插排|插线板|接线板|配电箱|电箱|电闸|跳闸|坍塌|倒塌|塌了|快塌|砸到|砸伤|砸中|坠落|掉下来|脱落|燃气|煤气|有危险"
    r"|[滴漏流渗淋][到进在入][^，。；！]{0,4}(开关|灯|电)"
    r"|\b(fire|smoke|sparks?|sockets?|power outlets?|fuse ?box|electric\w*|collaps\w*|falling|gas leak|danger\w*)\b"
)
_NOT_DANGER = re.compile(r"(没有?|无|不)(什么)?危险|no danger|not dangerous")
_GREETING = re.compile(r"(你好|您好|在吗|有人吗|喂|报案|报修|我要报案|我要报修|hello|hi|help|report|test|测试)*")
_SIGNS = re.compile(r"[\s\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")


def language_of(words: str, otherwise: str = "zh") -> str:
    """`zh` where there is any Chinese, `en` where there are only letters, else as before."""
    if _HAN.search(words):
        return "zh"
    return "en" if _LATIN.search(words) else otherwise


def plain(words: str) -> str:
    """Half width, lower case, without signs at either end or twice in between."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", words).lower()).strip()


def references_in(words: str) -> list[str]:
    """Every whole number in it that can be a claim's."""
    return [digits for digits in re.findall(r"[0-9]+", unicodedata.normalize("NFKC", words)) if is_reference(digits)]


def asks_for_progress(words: str) -> bool:
    """`进度`, `进度 260300000011`, or a reference and nothing else. A longer text that mentions progress is a text."""
    left = plain(re.sub(r"[0-9]+", " ", unicodedata.normalize("NFKC", words)))
    return bool(_PROGRESS.fullmatch(left)) or (not left and bool(references_in(words)))


def is_dangerous(words: str) -> bool:
    """Better one too many: a person rings back."""
    said = unicodedata.normalize("NFKC", words).lower()
    return bool(_DANGER.search(_NOT_DANGER.sub(" ", said)))


def says_nothing(words: str) -> bool:
    """A greeting, or a word that only says that something is to be reported."""
    return len(plain(words)) < 2 or bool(_GREETING.fullmatch(plain(words).replace(" ", "")))


def yes_or_no(words: str) -> bool | None:
    said = plain(words)
    return True if said in YES else False if said in NO else None
