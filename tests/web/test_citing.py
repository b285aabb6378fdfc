"""Articles on an English page are English, by the same name as in the clocks."""

from __future__ import annotations

import re

import pytest

from claims.desk.sheets import SHEETS
from claims.registry import grounds
from claims.web.citing import LAWS, in_english


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("《实施细则》第十三条", "Rules, art. 13"),
        ("《实施细则》第十三条、第十五条", "Rules, arts. 13 and 15"),
        ("《实施细则》第六条至第八条", "Rules, arts. 6 to 8"),
        ("《实施细则》第七条（八）", "Rules, art. 7 (8)"),
        ("《实施细则》第九条（五）2", "Rules, art. 9 (5) 2"),
        ("《实施细则》第七条（七）、第十二条", "Rules, arts. 7 (7) and 12"),
        ("《实施细则》第五条、第十三条；《保险法》第二十五条", "Rules, arts. 5 and 13; Insurance Law, art. 25"),
        ("《保险法》第六十条第二款", "Insurance Law, art. 60 para. 2"),
        ("《实施细则》第十六条、《保险法》第六十一条", "Rules, art. 16 and Insurance Law, art. 61"),
        ("《保险法解释（二）》第十五条", "Supreme Court Interpretation (II), art. 15"),
        ("《民法典》第一百八十八条", "Civil Code, art. 188"),
        (
            "《银行业保险业消费投诉处理管理办法》",
            "Measures on Handling Consumer Complaints in Banking and Insurance",
        ),
    ],
)
def test_an_article_is_cited_in_english(chinese: str, english: str) -> None:
    assert in_english(chinese) == english


def test_no_act_and_no_ground_cites_a_law_that_has_no_english() -> None:
    cited = {sheet.basis for sheet in SHEETS.values()} | {ground.source for ground in grounds().values()}

    assert len(cited) > 20 and "保险合同约定" in cited
    assert not [each for each in cited if re.search(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", in_english(each))]


def test_clocks_call_the_laws_by_the_same_names() -> None:
    from config.settings import ROOT

    clocks = (ROOT / "config" / "clocks.toml").read_text(encoding="utf-8")
    assert not [law for law in LAWS.values() if law not in clocks]
