"""An article as our own words cite it, in the reader's language: 《实施细则》第七条（八） is Rules, art. 7 (8)."""

import re

from claims.web.language import language
from config.numerals import arabic

LAWS = {
    "实施细则": "Rules",
    "保险法": "Insurance Law",
    "保险法解释（二）": "Supreme Court Interpretation (II)",
    "保险法解释（四）": "Supreme Court Interpretation (IV)",
    "民法典": "Civil Code",
    "银行业保险业消费投诉处理管理办法": "Measures on Handling Consumer Complaints in Banking and Insurance",
}
"""Of each law its name on English pages, the one that config/clocks.toml uses."""
AGREED = {"保险合同约定": "As agreed in the policy"}
"""What is no law."""
_LAW = re.compile(r"《([^》]+)》")
_SEVERAL = re.compile(r"第[^第《；，]+(?:[、至]第[^第《；，]+)+")
_ARTICLE = re.compile(r"第([一二三四五六七八九十百]+)条")
_PARAGRAPH = re.compile(r"第([一二三四五六七八九十]+)款")
_ITEM = re.compile(r"（([一二三四五六七八九十]+)）")


def cited(articles: str) -> str:
    """As it stands on a Chinese page; on an English one in English. A law without an English name keeps its own."""
    return articles if language() == "zh" else in_english(articles)


def in_english(articles: str) -> str:
    """`《实施细则》第十三条、第十五条；《保险法》第二十三条` → `Rules, arts. 13 and 15; Insurance Law, art. 23`."""
    if articles in AGREED:
        return AGREED[articles]
    said = _LAW.sub(lambda law: f"{LAWS.get(law[1], law[0])}, ", articles)
    said = _SEVERAL.sub(lambda several: "arts. " + _ARTICLE.sub(r"\1条", several[0]), said)
    said = _ARTICLE.sub(lambda article: f"art. {arabic(article[1])}", said)
    said = re.sub(r"([一二三四五六七八九十百]+)条", lambda article: arabic(article[1]), said)
    said = _PARAGRAPH.sub(lambda paragraph: f" para. {arabic(paragraph[1])}", said)
    said = _ITEM.sub(lambda item: f" ({arabic(item[1])})", said).replace("；", "; ").replace("，", ", ")
    return re.sub(r"\)(?=\d)", ") ", said).replace("、", " and ").replace("至", " to ").strip(" ,").replace(", ;", ";")
