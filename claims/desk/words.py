"""Words for stages, facts and states, as the desk and the homeowner read them."""

from flask_babel import lazy_gettext as _

STAGES = {
    "reported": _("已报案"),
    "surveyed": _("已查勘"),
    "covered": _("属于保险责任"),
    "denied": _("不予赔偿"),
    "settled": _("已达成协议"),
    "repairing": _("维修中"),
    "paying": _("待付款"),
    "warranty": _("保修期内"),
    "closed": _("已结案"),
    "referred": _("由施工单位负责"),
    "withdrawn": _("已撤回"),
}
RELATIONS = {
    "owner": _("业主本人"),
    "family": _("业主的家人"),
    "tenant": _("租客"),
    "property_company": _("物业公司"),
    "other": _("其他"),
}
FACTS: dict[str, object] = {
    "ReportReceived": _("收到报案"),
    "HomeIdentified": _("确认房屋"),
    "ClaimReferred": _("转施工单位保修"),
    "ContactMade": _("联系上报案人"),
    "ContactTried": _("联系报案人，没有接通"),
    "TextReceived": _("收到短信"),
    "ClaimAssigned": _("分派经办人"),
    "SurveyBooked": _("约定查勘"),
    "SiteSurveyed": _("完成现场查勘"),
    "FindingRecorded": _("记录查勘发现"),
    "FurtherFindingRecorded": _("又查出新的问题，待核定"),
    "SupplementRequested": _("一次性要求补充资料"),
    "FurtherQuestionAsked": _("再次询问资料，期限不停"),
    "SupplementNoticeArrived": _("补充资料告知书送达"),
    "SupplementReceived": _("收到补充资料"),
    "CoverageConfirmed": _("核定属于保险责任"),
    "DenialProposed": _("提出不予赔偿，交复核"),
    "DenialReturned": _("复核退回，重新核定"),
    "CoverageDenied": _("复核同意，核定不予赔偿"),
    "EveryFindingDecided": _("全部问题核定完毕"),
    "EveryFindingDenied": _("全部问题核定不予赔偿"),
    "DecisionReopened": _("重新核定"),
    "SettlementProposed": _("提出赔偿协议"),
    "SettlementConsented": _("同意赔偿协议"),
    "SettlementRefused": _("不同意赔偿协议"),
    "SettlementReached": _("达成赔偿协议"),
    "AdvancePaid": _("先予支付"),
    "PaymentOrdered": _("待付款"),
    "PaymentMade": _("付款"),
    "PaidInFull": _("款项付清"),
    "ObligationPerformed": _("履行赔偿义务"),
    "ObligationFulfilled": _("赔付和维修全部完成"),
    "RepairOrdered": _("派工"),
    "EveryRepairOrdered": _("全部维修已派工"),
    "QuoteGiven": _("维修报价"),
    "QuoteAnswered": _("答复报价"),
    "WorksStarted": _("开工"),
    "WorksCompleted": _("完工"),
    "RepairAccepted": _("验收：全部修好"),
    "RepairNotFixed": _("验收：没有全部修好"),
    "EveryRepairAccepted": _("全部维修验收，进入保修期"),
    "WarrantyStarted": _("保修期开始"),
    "WarrantyReanchored": _("保修期改从验收算起"),
    "WarrantyReplaced": _("同一项目重新维修，保修期另算"),
    "WarrantyRecognised": _("认定在保修期内，直接维修"),
    "WarrantyEnded": _("保修期届满"),
    "AppraisalRaised": _("提起争议鉴定"),
    "AppraiserProposed": _("提名鉴定机构"),
    "AppraiserChosen": _("选定鉴定机构"),
    "AppraiserAppointed": _("共同委托鉴定机构"),
    "OtherSideSilent": _("对方十五日内没有答复"),
    "AppraisalOpinionReceived": _("收到鉴定意见"),
    "DisputeReopened": _("依鉴定意见重新核定"),
    "ComplaintReceived": _("收到投诉"),
    "ComplaintExtended": _("投诉延期"),
    "ComplaintDecided": _("作出投诉处理决定"),
    "LetterIssued": _("函件制成"),
    "CoverageNoticeDispatched": _("发出核定结果通知书"),
    "DenialNoticeDispatched": _("发出不予赔偿通知书"),
    "ClockBreached": _("期限超期"),
    "BreachWithdrawn": _("补证期限内已履行，超期不计"),
    "DetailsErased": _("删除个人信息"),
    "ClaimWithdrawn": _("撤回报案"),
    "ClaimClosed": _("结案"),
}
CHANNELS = {"web": _("网页"), "sms": _("短信"), "api": _("渠道接口"), "voice": _("电话"), "email": _("电子邮件"),
            "post": _("邮政快递"), "courier": _("专人送达")}  # fmt: skip
OUTCOMES = {
    "undecided": _("待核定"),
    "proposed": _("不予赔偿，待复核"),
    "covered": _("属于保险责任"),
    "denied": _("不予赔偿"),
    "not_covered": _("不属于保险责任"),
}
ACTORS = {"homeowner": _("房屋所有权人"), "system": _("系统"), "sms": _("短信"), "hotline": _("热线")}
SIDES = {"owner": _("房屋所有权人"), "insured": _("被保险人"), "developer": _("建设单位"), "insurer": _("本公司")}
MODES = {"repair": _("维修"), "cash": _("付款")}
WORDS_ON_WORKS = {"": _("待验收"), "fixed": _("修好了"), "partly": _("修好了一部分"), "not_fixed": _("没有修好")}
PAYMENTS = {"advance": _("先予支付"), "payment": _("赔款")}
LINKS = {"warranty": _("保修期内同一项目"), "same_part": _("同一部位，请人工判断")}
GATES = {
    "in_force": _("在保险责任期限内"),
    "builder_period": _("在施工单位保修的两年内"),
    "out_of_term": _("不在保险责任期限内"),
    "not_covered": _("保单没有这一部位"),
    "no_policy": _("登记库里没有保单"),
    "no_home": _("房屋未确认"),
}
STATES: dict[str, dict[str, object]] = {
    "decision": {"proposed": _("待复核"), "made": _("已核定"), "returned": _("已退回")},
    "settlement": {
        "proposed": _("待同意"),
        "reached": _("已达成"),
        "refused": _("未被同意"),
        "replaced": _("已被新协议代替"),
    },
    "order": {
        "ordered": _("已派工，待开工"),
        "started": _("施工中"),
        "completed": _("已完工，待验收"),
        "accepted": _("已验收"),
        "not_fixed": _("没有全部修好"),
    },
    "quote": {"given": _("报价待答复"), "approved": _("已同意报价"), "returned": _("报价已退回")},
    "warranty": {"running": _("保修中"), "replaced": _("重新维修，另行计算"), "ended": _("已届满")},
    "appraisal": {
        "raised": _("待提名鉴定机构"),
        "proposed": _("待双方选定"),
        "appointed": _("鉴定中"),
        "opined": _("已出意见"),
    },
    "complaint": {"received": _("处理中"), "extended": _("已延期"), "decided": _("已答复")},
    "letter": {"drafted": _("待制作"), "issued": _("待寄出"), "dispatched": _("已发出")},
}
"""Record → state → words."""


def fact(name: str) -> str:
    """A fact as people call it."""
    return str(FACTS.get(name, name))


def actor(by: str) -> str:
    """Who did it: a person's name as it is, anybody else in words."""
    return str(ACTORS.get(by, by))


def outcome(of: str) -> str:
    return str(OUTCOMES.get(of, of))


def side(of: str) -> str:
    return str(SIDES.get(of, of))


def way(name: str) -> str:
    """Of a report or a letter."""
    return str(CHANNELS.get(name, name))


def state(record: str, name: str) -> str:
    return str(STATES[record].get(name, name))


def stage(name: str) -> str:
    return str(STAGES.get(name, name))
