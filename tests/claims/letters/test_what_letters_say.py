"""What each letter of the journey must tell its reader, and what it must not tell others."""

from __future__ import annotations

import re

import pytest

from claims.letters.contracts import Party
from tests.claims.letters import dispute_samples as dispute
from tests.claims.letters import repair_samples as repair
from tests.claims.letters import report_samples as report
from tests.claims.letters import settlement_samples as settlement
from tests.claims.letters.every_letter import EVERY_LETTER
from tests.claims.letters.samples import LONG_HEAD, a_coverage, a_denial
from tests.claims.letters.test_letters import printed

MUST_SAY = {
    report.an_acknowledgement(): [
        "报案受理回执", "报案号260300000017", "收到报案时间2026年3月2日（周一）14:05:33",
        "派人到现场查勘", "2026年3月4日（周三）", "24小时保险服务电话021-0000-0000",
        "必要、合理的费用，由我公司承担", "不要向开发、施工等责任单位表示放弃索赔", "《个人信息保护法》第十七条",
        "不是对是否属于保险责任的认定",
    ],
    report.a_rare_acknowledgement(): ["仍在前次报案（报案号260100000021）维修后的180天理赔保修期内", "不再重新核定"],
    report.a_referral(): [
        "转施工单位保修告知书", "现阶段由施工单位负责维修", "负责维修的单位示例建设",
        "最后一日2026年5月20日（周三）（含当日）", "保险责任开始2026年5月21日（周四）", "第七条第（七）项",
        "书面报修", "施工单位不修或者拖延的", "建设单位应当另行委托其他单位维修", "人民法院",
        "第四十条承担的保修责任，不因本告知书而减少",
    ],
    report.a_long_supplement(): [
        "补充资料一次性告知书", "需要什么", "为什么需要", "怎样提供", "共20项", "只作这一次补充资料告知",
        "应当在20个工作日内作出核定", "最迟为2027年1月12日（周二）",
        "自本告知书到达您之日起，至您补充的资料到达我公司之日止，这段时间不计入上述期间", "解释（二）》第十五条",
        "也只是询问，期间不因此再次停止计算", "只需要提供您能够提供的", "不要求您提供",
    ],
    settlement.a_long_settlement(): [
        "赔偿协议（维修方案确认书）", "提出方案的日期2026年3月5日（周四）", "由我公司维修",
        "支付赔款人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分（¥99,999,999.99）", "赔款合计人民币玖亿",
        "开工日期2026年3月9日（周一）", "完工日期2026年3月20日（周五）", "工程技术标准", "切实修复",
        "最后一方签署之日达成", "10日内履行赔偿义务", "保修180天", "第十四条",
        "签署本协议不表示您放弃任何权利", "房屋所有权人", "被保险人", "保险公司", "签名或者盖章",
    ],
    settlement.a_cash_settlement(): ["赔款合计人民币壹仟贰佰元整（¥1,200.00）", "赔款全部支付"],
    settlement.a_payment(): [
        "赔款支付通知书", "金额人民币壹仟贰佰元整（¥1,200.00）", "依据2026年3月6日（周五）达成的赔偿协议",
        "尚未支付人民币零元整（¥0.00）", "不表示您同意这就是全部赔款",
    ],
    settlement.a_long_payment(): ["先予支付通知书", "《保险法》第二十五条", "应付的差额"],
    repair.a_work_order(): [
        "维修委托书（派工单）", "卫生间渗水", "开工日期2026年3月9日（周一）", "完工日期2026年3月20日（周五）",
        "不得拆改房屋主体和承重结构", "立即停工", "开工前、施工中、完工后三组照片", "《个人信息保护法》第二十一条",
        "目的", "期限", "处理方式", "信息种类", "保护措施", "转委托", "交还我公司或者删除，不得保留", "监督、检查",
        "不得要求业主签署任何放弃权利的文件",
    ],
    repair.a_long_work_order(): [
        "险情提示", "还没有险情已经排除的证明", "不要合闸通电", "漏水有没有靠近电线", "可能倒塌",
    ],
    repair.a_rare_work_order(): ["险情提示", "排除时间是2026年3月4日（周三）16:00", "进场仍要当心"],
    repair.a_record(): [
        "维修完工验收单", "开工日期2026年3月9日（周一）", "完工日期2026年3月19日（周四）",
        "您确认的日期2026年3月20日（周五）", "已修复", "第一日", "2026年3月21日（周六）", "最后一日",
        "2026年9月16日（周三）", "180天", "保修期不受保单到期终止的影响", "签署本单不表示您放弃任何权利",
        "不免除我公司和责任单位的责任", "备注", "房屋所有权人", "维修单位", "保险公司",
    ],
    repair.a_rare_record(): ["未修复", "没有经您确认已经修复的项目", "我公司继续维修"],
    dispute.a_proposal(): [
        "争议鉴定提议书", "不同意。", "不属于保险责任", "示例鉴定", "甲级", "2027年12月31日（周五）", "共同委托",
        "没有利益关联", "2026年3月25日（周三）之前（含当日）", "按自然日计算，不是法定期限",
        "由我公司承担（《保险法》第六十四条）", "双方另有约定的，从其约定", "其他期限照常计算",
    ],
    dispute.a_long_complaint_decision(): [
        "投诉处理决定告知书", "投诉不成立", "处理决定", "理由", "没有直接利益关系", "延长至收到投诉之日起30日",
        "上级机构书面申请核查", "申请调解", "订有仲裁条款的，依照该条款申请仲裁", "仲裁或者起诉",
        "人民法院", "第二十六条",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "said"),
    [pytest.param(letter, said, id=f"{letter.folder} {said}") for letter, each in MUST_SAY.items() for said in each],
)
def test_a_letter_tells_what_it_must(letter, said):
    assert said in printed(letter)


def test_the_firm_is_told_no_name_no_policy_and_no_story_of_the_claim():
    said = printed(repair.a_long_work_order())

    assert LONG_HEAD["owner_name"] not in said
    assert LONG_HEAD["policy_number"] not in said
    assert LONG_HEAD["reported_at"] not in said


def test_a_firm_is_not_warned_of_a_danger_that_nobody_told_of():
    assert "险情提示" not in printed(repair.a_work_order())


def test_what_is_not_agreed_is_not_promised():
    only_cash, only_repair = printed(settlement.a_cash_settlement()), printed(settlement.a_settlement())

    assert "保修180天" not in only_cash
    assert "维修开工" not in only_cash
    assert "赔款合计" not in only_repair
    assert "赔款全部支付" not in only_repair


def test_a_warranty_is_printed_only_for_what_is_fixed():
    assert "最后一日的24时" in printed(repair.a_record())
    assert "最后一日的24时" not in printed(repair.a_rare_record())


def test_an_extension_is_spoken_of_only_where_there_was_one():
    assert "处理期限延长" not in printed(dispute.a_complaint_decision())


@pytest.mark.parametrize(
    ("letter", "opens"),
    [
        (report.an_acknowledgement(owner_name=None), "房屋所有权人：您好。"),
        (a_denial(owner_name=None), "房屋所有权人：您好。"),
        (dispute.a_proposal(addressee=None), "房屋所有权人：您好。"),
        (dispute.a_complaint_decision(complainant_name=None), "投诉人：您好。"),
        (a_denial(), "房屋所有权人丁一：您好。"),
    ],
)
def test_a_letter_to_nobody_known_goes_to_whoever_holds_the_role(letter, opens):
    assert opens in printed(letter)


def test_who_signs_without_a_name_on_record_writes_it_in():
    parties = (Party(role="房屋所有权人", name=None), settlement.INSURER)

    assert "房屋所有权人年月日保险公司" in printed(settlement.a_settlement(owner_name=None, parties=parties))


@pytest.mark.parametrize("letter", [a_denial(), a_coverage(), report.a_referral()], ids=lambda letter: letter.folder)
def test_an_owner_who_may_not_have_reported_is_not_told_of_a_report_of_theirs(letter):
    said = printed(letter)

    assert "下述房屋的报案" in said
    assert not [claim for claim in ("您的报案", "您报案", "您就下述房屋", "您向我公司报案") if claim in said]


@pytest.mark.parametrize("letter", [samples[0] for samples in EVERY_LETTER.values()], ids=EVERY_LETTER)
def test_a_law_is_named_in_title_marks_and_its_short_name_explained(letter):
    said = printed(letter)

    assert "《实施细则》是指《上海市住宅工程质量潜在缺陷保险实施细则》（沪建规范联〔2025〕2号）" in said
    unmarked = re.findall(r"(?<![《〈国险])(?:实施细则|保险法|个人信息保护法|中华人民共和国保险法)(?![》〉解])", said)
    assert not unmarked
