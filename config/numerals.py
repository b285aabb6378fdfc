"""Chinese numerals, as addresses and articles write them."""


def arabic(numeral: str) -> str:
    """`十二` → `12`, `一百零五` → `105`, `一二〇一` → `1201`."""
    digits = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
    if not set(numeral) & set("十百"):
        return "".join(digits[sign] for sign in numeral)
    total, count = 0, 0
    for sign in numeral:
        if sign in "十百":
            total += (count or 1) * (10 if sign == "十" else 100)
            count = 0
        else:
            count = int(digits[sign])
    return str(total + count)
