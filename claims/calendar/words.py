"""Why a calendar file is refused, in Chinese. The reasons themselves are English (claims/casefile/year.py)."""

import re

from claims.calendar.reading import BadFile
from claims.web.language import language

_DAY = r"\d{4}-\d{2}-\d{2}"
CHINESE = (
    (r"the file is larger than (?P<most>\d+) KB", "文件超过{most}KB，不是放假安排"),
    (r"the file isn't UTF-8", "文件编码不是UTF-8，请另存为UTF-8再传"),
    (rf"(?P<year>\d+): rest (?P<first>{_DAY}) to (?P<last>{_DAY}) overlaps the break ending on (?P<end>{_DAY})",
     "假期{first}至{last}与到{end}为止的上一个假期重叠"),
    (rf"\d+: rest (?P<first>{_DAY}) to (?P<last>{_DAY}) ends before it begins", "假期{first}至{last}的止日早于起日"),
    (rf"\d+: rest (?P<first>{_DAY}) to (?P<last>{_DAY}) leaves (?P<year>\d+); .*",
     "假期{first}至{last}超出了{year}年；每一天写进它自己那一年的文件"),
    (rf"\d+: rest (?P<first>{_DAY}) to (?P<last>{_DAY}) is longer than (?P<most>\d+) days",
     "假期{first}至{last}超过{most}天，请核对"),
    (rf"\d+: work (?P<day>{_DAY}) is outside (?P<year>\d+); .*",
     "上班日{day}不在{year}年；每一天写进它自己那一年的文件"),
    (rf"\d+: work (?P<day>{_DAY}) is a \w+; .*", "上班日{day}不是周六、周日；调休上班日只能是周六或者周日"),
    (rf"\d+: work (?P<day>{_DAY}) is a day of rest as well", "{day}既写成休息日又写成上班日"),
    (rf"\d+: work (?P<day>{_DAY}) is named twice", "上班日{day}写了两次"),
    (r"\d+: notice is empty", "没有写通知文号（notice）"),
    (r"(?P<later>\d+) follows (?P<earlier>\d+): .*", "{earlier}年之后直接是{later}年，中间缺一年：请先导入中间那一年"),
    (rf"\d+: (?P<day>{_DAY}) works, but is a holiday by statute", "{day}是法定节假日，文件里却要上班：请核对休息日"),
    (r"(?P<key>\w+) is missing", "缺少{key}这一项"),
    (r"(?P<key>\w+) is not known here", "不认识{key}这一项，请检查拼写"),
    (r"(?P<key>\w+): .* is not a pair of dates", "{key}里有一项不是“起日、止日”两个日期"),
    (r"(?P<key>\w+): .* is not a date", "{key}里有一项不是日期；日期写成2027-02-06，不加引号"),
    (r"(?P<key>\w+): .* is no \w+", "{key}的写法不对"),
    (r".*\(at .*\)", "写法不合TOML格式，请核对括号、逗号和引号"),
)  # fmt: skip


def refusal(error: BadFile) -> str:
    """What is wrong, in the language of the request."""
    if language() != "zh":
        return str(error)
    return f"第{error.line}行：{_chinese(error.reason)}。" if error.line else f"{_chinese(error.reason)}。"


def _chinese(reason: str) -> str:
    for pattern, sentence in CHINESE:
        if found := re.fullmatch(pattern, reason, re.DOTALL):
            return sentence.format(**found.groupdict())
    return reason
