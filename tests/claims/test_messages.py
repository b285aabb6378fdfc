"""Every message by its contract: what it asks for, what it says, how long it is."""

from __future__ import annotations

import re
from dataclasses import asdict, fields, replace

import pytest

from claims.letters.amounts import spelled_amount
from claims.letters.rights import briefs_of
from claims.messages import (
    Assigned,
    ClaimReferred,
    ComplaintDecision,
    CompletionRecord,
    CoverageNotice,
    DayMoved,
    DenialNotice,
    HotlineSilent,
    InTheirLanguage,
    LetterNotReached,
    Message,
    PaymentNotice,
    ReportReceived,
    Rung,
    SettlementAgreement,
    SettlementReached,
    SupplementNotice,
    SurveyBooked,
    TrackCode,
)
from claims.replies import (
    AskDanger,
    AskHome,
    AskWhat,
    AskWhichHome,
    MakeSafe,
    NothingReported,
    OptedIn,
    OptedOut,
    ProgressWithheld,
    TextAdded,
    TextJoined,
    TextNoted,
    TextProgress,
    TextReply,
)
from config.spelling import PROVISIONAL, PROVISIONAL_IN_ENGLISH
from notifications.rendering import MESSAGES, Blank, placeholders, render_message

SEGMENT = 67  # characters of one part of a long text in UCS-2
LONGEST_TEXT = 1600  # characters that Twilio takes in one message
HOME = "浦东新区临港新片区泥城镇示例新市镇云端路1999弄示例云锦东方雅苑三期（北区）128支弄36号甲单元2704室"
WHO = {"insurer_short": "示例财险", "reference": "260300000017"}
HOTLINE = {"hotline": "021-0000-0000"}
THEIRS = WHO | HOTLINE | {"language": "zh"}
LETTER = WHO | HOTLINE | {
    "letter_number": "示保不赔〔2026〕0000123号", "home_address": HOME, "decided_on": "2026年3月3日（周二）",
    "items": tuple(f"外墙第{n}处渗水" for n in range(1, 9)),
}  # fmt: skip
SAID = {"insurer_short": "示例财险", "language": "zh"} | HOTLINE
TEXT_REPLIES = (AskHome, AskWhat, AskDanger, MakeSafe, TextNoted, TextJoined, TextAdded, ProgressWithheld)
LIST = ("外墙第一处渗水" * 85 + "等", "等共20项，全部内容见书面文件")
"""As long as claims/letters/texting.py lets a list become."""
LONGEST = {
    "sms": [
        ReportReceived(
            **THEIRS, received_at="2026年12月22日（周二）14:05:33", track_code="K7WQ2M",
            next_act="保修期内直接安排维修", next_by="2027年1月4日（周一）" + PROVISIONAL,
        ),
        ClaimReferred(
            **THEIRS, builder="示例建筑工程（集团）股份有限公司",
            builder_until="2026年12月20日（周日）",
        ),
        SurveyBooked(
            **THEIRS, home_address=HOME, surveyor="欧阳𠮷䶮（工号B2002）",
            visit_at="2026年12月24日（周四）14:30:00"
        ),
        DenialNotice(
            **LETTER, ground="该部位保险责任期限开始之前或者届满之后报案",
            clause="住宅工程质量潜在缺陷保险条款（2024版）第八条第二款第（三）项", reasons="理由" * 300,
            complaint_number="021-0000-0001", **briefs_of("complaint_period", "lawsuit"),
        ),
        CoverageNotice(
            **LETTER, next_act="提出维修方案或者赔偿数额，与您商定", next_by="2027年1月4日（周一）" + PROVISIONAL,
            contact="欧阳𠮷䶮（理赔员，工号B2002）"
        ),
        SupplementNotice(
            **WHO, **HOTLINE, letter_number="260300000017-02", decision_period="20个工作日", items=(*LIST, "墙" * 399),
            insurer_address="中国（上海）自由贸易试验区临港新片区示例环湖西二路888号示例国际金融中心C座28层2801—2806室",
        ),
        SettlementAgreement(
            **WHO, **HOTLINE, letter_number="260300000017-04", home_address=HOME, items=LIST,
            works="2026年12月23日（周三）开工，2026年12月30日（周三）完工", cash=spelled_amount(99_999_999_99),
        ),
        CompletionRecord(
            **WHO, **HOTLINE, letter_number="260300000017-07", home_address=HOME, items=LIST,
            warranties=("防水工程“卧室天花板渗水”自2026年12月30日（周三）至2027年6月28日（周一）",) * 10,
        ),
        PaymentNotice(
            **WHO, **HOTLINE, letter_number="260300000017-06", title="先予支付通知书",
            amount=spelled_amount(99_999_999_99), paid_at="2026年12月30日（周三）23:59:59",
            bank_reference="ICBK" + "0" * 76, left="最终确定赔偿数额以后应付的差额",
        ),
        SettlementReached(
            **THEIRS, works="2026年12月23日（周三）开工，2026年12月30日（周三）完工",
            cash=spelled_amount(99_999_999_99), perform_by="2027年1月4日（周一）" + PROVISIONAL,
        ),
        ComplaintDecision(
            **WHO, **HOTLINE, **briefs_of("review", "mediation", "lawsuit"),
            letter_number="260300000017-09", received_at="2026年12月9日（周三）09:00:00",
            outcome="投诉不成立", decision="定" * 412, reasons="因" * 412, complaint_number="021-0000-0001",
        ),
        TrackCode(**THEIRS, code="000000", minutes="10"),
        DayMoved(
            **THEIRS, clock="发出核定结果通知书", before="2026年12月30日（周三）", after="2027年1月4日（周一）",
            notice="国办发明电〔2026〕12号",
        ),
        *(kind(**SAID, reference="260300000017") for kind in TEXT_REPLIES),
        AskWhichHome(
            **SAID, reference="260300000017", choices=tuple(f"{n} 128支弄36号甲单元270{n}室" for n in range(1, 6))
        ),
        TextProgress(
            **SAID, reference="260300000017", stage="现在的阶段是：已报案，等待现场查勘",
            next_by="下一步最迟" + "2027年1月4日（周一）" + PROVISIONAL,
        ),
        *(kind(**SAID) for kind in (NothingReported, OptedOut, OptedIn)),
    ],
    "team": [
        Rung(
            **WHO, called="报案号", clock="不予赔偿通知书", state="临近",
            safe_on="2026年2月16日（周一）", legal_on="2026年2月24日（周二）", told="理赔组长",
        ),
        Assigned(
            **WHO, told="欧阳示甲",
            duties=("现场查勘（临近）最迟2026年3月4日（周三）", "核定最迟2026年4月1日（周三）"),
        ),
        HotlineSilent(
            **WHO | {"reference": "#1234567"}, **HOTLINE, what="电话", sent_at="2026年12月30日（周三）23:00:00"
        ),
        LetterNotReached(**WHO, letter="赔款支付通知书、先予支付通知书", letter_number="260300000017-06"),
    ],
}  # fmt: skip
EVERY_MESSAGE = pytest.mark.parametrize(
    ("channel", "message"),
    [pytest.param(channel, each, id=type(each).__name__) for channel in LONGEST for each in LONGEST[channel]],
)


def text(channel: str, message: Message) -> str:
    return render_message(message.folder, channel, asdict(message))


def units(text: str) -> int:
    """What a carrier counts: 𠮷 is two."""
    return len(text.encode("utf-16-le")) // 2


def test_every_folder_has_its_contract_and_every_contract_its_folder():
    assert {path.name for path in MESSAGES.iterdir()} == {
        kind.folder
        for kind in (*Message.__subclasses__(), *InTheirLanguage.__subclasses__(), *TextReply.__subclasses__())
        if kind is not InTheirLanguage
    }


@EVERY_MESSAGE
def test_a_template_asks_for_nothing_that_its_contract_lacks(channel, message):
    assert placeholders(f"{message.folder}/{channel}.txt") == {field.name for field in fields(message)}


@EVERY_MESSAGE
def test_a_message_says_first_who_speaks_then_all_that_it_was_given(channel, message):
    said = text(channel, message)

    assert said.startswith("【示例财险】")
    for value in (value for name, value in asdict(message).items() if name != "language"):
        assert all(item in said for item in (value if isinstance(value, tuple) else [value]))


@EVERY_MESSAGE
def test_a_message_carries_no_link(channel, message):
    assert "://" not in text(channel, message)
    assert "www." not in text(channel, message)


@EVERY_MESSAGE
def test_a_blank_is_refused_field_by_field(channel, message):
    for field in fields(message):
        with pytest.raises(Blank, match=field.name):
            replace(message, **{field.name: " "})


@pytest.mark.parametrize("message", LONGEST["sms"][:3], ids=lambda message: type(message).__name__)
def test_a_short_message_fits_three_segments(message):
    assert units(text("sms", message)) <= 3 * SEGMENT


@pytest.mark.parametrize("message", LONGEST["sms"], ids=lambda message: type(message).__name__)
def test_a_text_names_the_number_that_is_answered_day_and_night(message):
    assert f"24小时保险服务电话{HOTLINE['hotline']}" in text("sms", message)


@pytest.mark.parametrize("message", LONGEST["sms"][:3], ids=lambda message: type(message).__name__)
def test_a_short_message_names_one_day_to_act_by(message):
    said = text("sms", message).replace(getattr(message, "received_at", "—"), "")

    assert len(re.findall(r"\d+年\d+月\d+日", said)) == 1


def test_a_receipt_by_text_says_first_what_comes_next_and_whom_not_to_tell_the_code():
    said = text("sms", LONGEST["sms"][0])

    assert said.index("最迟") < said.index("查询码") < said.index("收到时间")
    assert "有人来电索要请勿告知" in said


@pytest.mark.parametrize("message", LONGEST["sms"][3:], ids=lambda message: type(message).__name__)
def test_a_notice_by_text_fits_one_message(message):
    assert units(text("sms", message)) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "said", ["共同委托第三方鉴定机构", "第十五条", "投诉，电话021-0000-0001", "15日内", "人民法院", "PDF"]
)
def test_a_denial_by_text_tells_the_owner_what_can_be_done(said):
    assert said in text("sms", LONGEST["sms"][3])


NOTICES = {type(each).__name__: each for each in LONGEST["sms"][3:]}


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        ("SupplementNotice", "补充资料只告知这一次"), ("SupplementNotice", "不计入20个工作日的核定期间"),
        ("SettlementAgreement", "10日内"), ("SettlementAgreement", "不表示您放弃任何权利"),
        ("SettlementAgreement", "保修180天"),
        ("CompletionRecord", "至2027年6月28日（周一）"), ("CompletionRecord", "不减少您的任何权利"),
        ("PaymentNotice", "不表示您同意这就是全部赔款"),
        ("ComplaintDecision", "核查"), ("ComplaintDecision", "调解"), ("ComplaintDecision", "仲裁"),
        ("ComplaintDecision", "人民法院"),
    ],
)  # fmt: skip
def test_a_notice_by_text_tells_its_reader_what_it_means(notice, said):
    assert said in text("sms", NOTICES[notice])


def test_an_offer_of_cash_alone_speaks_of_no_works():
    assert "维修日期" not in text("sms", replace(NOTICES["SettlementAgreement"], works=None))
    assert "赔款合计" not in text("sms", replace(NOTICES["SettlementAgreement"], cash=None))


def test_works_that_fixed_nothing_start_no_warranty():
    said = text("sms", replace(NOTICES["CompletionRecord"], warranties=None))

    assert "理赔保修期180天：" not in said
    assert "我公司继续维修" in said


def test_a_survey_without_a_name_yet_says_only_that_somebody_comes():
    booked = replace(LONGEST["sms"][2], surveyor=None)

    assert "查勘人员将于2026年12月24日" in text("sms", booked)


def test_a_rung_names_one_day_where_nothing_was_rolled():
    rung = replace(LONGEST["team"][0], safe_on="2026年2月24日（周二）")

    assert "“不予赔偿通知书”最迟2026年2月24日（周二）。" in text("team", rung)


BY_THE_READER = [each for each in LONGEST["sms"] if isinstance(each, TextReply | InTheirLanguage)]


def in_english(message: TextReply | InTheirLanguage) -> TextReply | InTheirLanguage:
    """As announced in English: the longest day, and what has an English word."""
    given = {"next_act": "a repair under warranty", "stage": "the claim is reported", "clock": "Decide on coverage"}
    given |= dict.fromkeys(("next_by", "perform_by"), "Wednesday 30 December 2026" + PROVISIONAL_IN_ENGLISH)
    given |= dict.fromkeys(("before", "after", "builder_until"), "Wednesday 30 December 2026")
    given |= dict.fromkeys(("received_at", "visit_at"), "Wednesday 30 December 2026, 14:05:33")
    given |= {"cash": "¥99,999,999.99", "works": "from Wednesday 23 December 2026 to Wednesday 30 December 2026"}
    return replace(message, language="en", **{name: said for name, said in given.items() if hasattr(message, name)})


@pytest.mark.parametrize("message", BY_THE_READER, ids=lambda message: type(message).__name__)
def test_who_reported_or_wrote_in_english_is_answered_in_english(message):
    english = in_english(message)
    said = text("sms", english).removeprefix("【示例财险】").replace("竣工备案", "")

    for name in ("choices", "home_address", "surveyor", "builder", "notice"):  # names, addresses, a document's number
        for value in [getattr(english, name, "")]:
            for chinese in value if isinstance(value, tuple) else [value]:
                said = said.replace(chinese, "")
    assert not re.search(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]", said)
    assert HOTLINE["hotline"] in said


@pytest.mark.parametrize("message", BY_THE_READER, ids=lambda message: type(message).__name__)
def test_in_english_it_says_all_that_it_was_given_too(message):
    said = text("sms", english := in_english(message))

    for value in (value for name, value in asdict(english).items() if name != "language"):
        assert all(item in said for item in (value if isinstance(value, tuple) else [value]))


@pytest.mark.parametrize("message", LONGEST["sms"][:3], ids=lambda message: type(message).__name__)
def test_a_short_message_in_english_fits_five_segments(message):
    assert units(text("sms", in_english(message))) <= 5 * SEGMENT
