"""Amounts as a Chinese document writes them: 人民币壹仟贰佰元整（¥1,200.00）.

支付结算办法 附一《正确填写票据和结算凭证的基本规定》. Of the forms it allows, ours writes 零
before 角 where 元 is nought (壹拾元零伍角), and none after 万 where 千 isn't (壹拾万柒仟).
"""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_LIMIT_FEN = 10 ** (4 * len(_GROUPS) + 2)


def spelled_amount(fen: int) -> str:
    """人民币壹仟贰佰元整（¥1,200.00）, of whole 分. Raises ValueError below nothing or from 10000 亿元 up."""
    if not 0 <= fen < _LIMIT_FEN:
        raise ValueError(f"{fen} 分 can't be written in words")
    return f"人民币{_in_words(fen)}（{in_figures(fen)}）"


def in_figures(fen: int) -> str:
    """¥1,200.00. Never by way of a float: 分 are exact."""
    return f"¥{fen // 100:,}.{fen % 100:02d}"


def _in_words(fen: int) -> str:
    yuan, jiao, last = fen // 100, fen // 10 % 10, fen % 10
    whole = _whole(yuan) + "元" if yuan else ""
    if not jiao and not last:
        return (whole or "零元") + "整"
    gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    return whole + gap + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[last]}分" if last else "")


def _whole(yuan: int) -> str:
    """Groups of four digits, each with its name; one 零 for whatever noughts stand between two of them."""
    words, gap = "", False
    for power in reversed(range(len(_GROUPS))):
        group = yuan // 10000**power % 10000
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + _four(group) + _GROUPS[power]
        gap = not group
    return words


def _four(number: int) -> str:
    words, gap = "", False
    for power in reversed(range(len(_PLACES))):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if words and gap else "") + _DIGITS[digit] + _PLACES[power]
        gap = not digit
    return words
