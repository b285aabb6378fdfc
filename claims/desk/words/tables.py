"""Words for stages, states, people, ways and papers, as the desk reads them."""

from flask_babel import lazy_gettext as _

from claims.casefile import CLAIM_STAGES

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
    "under_way": _("办理中"),
}
DUTIES = {
    "contract": _("保险合同信息"),
    "risk_plan": _("初步风险分析报告和风险管理计划"),
    "final_report": _("最终评估报告"),
    "owners_guide": _("用户告知书和责任范围说明书"),
    "household_acceptance": _("分户验收"),
    "preview": _("质量预看房"),
}
"""What an upload or an acceptance is of."""
RELATIONS = {
    "owner": _("业主本人"),
    "family": _("业主的家人"),
    "tenant": _("租客"),
    "property_company": _("物业公司"),
    "other": _("其他"),
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
REASONS = {
    "paid in full": _("款项付清"),
    "warranty ended": _("保修期届满"),
    "a further finding": _("又查出新的问题"),
    "hung up": _("电话中途挂断"),
    "voicemail": _("来电留了言"),
    "progress withheld": _("来电问进度，号码不是报案时用的"),
    "nothing said": _("来电没有说明情况"),
    "said more": _("挂断以后又收到来电人的话"),
    "recording": _("来电留下了录音"),
    "recording lost": _("来电录音没有取到"),
}
"""What the service itself gives as a reason; people give theirs in their own words."""
GATES = {
    "in_force": _("在保险责任期限内"),
    "builder_period": _("在施工单位保修的两年内"),
    "out_of_term": _("不在保险责任期限内"),
    "not_covered": _("保单没有这一部位"),
    "no_policy": _("登记库里没有保单"),
    "no_home": _("房屋未确认"),
}
LETTERS = {
    "acknowledgement": _("报案受理回执"),
    "referral": _("转施工单位保修告知书"),
    "supplement_notice": _("补充资料一次性告知书"),
    "coverage_notice": _("核定结果通知书"),
    "denial_notice": _("不予赔偿通知书"),
    "settlement_agreement": _("赔偿协议"),
    "payment_notice": _("付款通知书"),
    "work_order": _("维修委托书"),
    "completion_record": _("维修完工验收单"),
    "appraisal_proposal": _("争议鉴定提议书"),
    "complaint_decision": _("投诉处理决定告知书"),
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
    "complaint": {
        "received": _("处理中"),
        "extended": _("已延期"),
        "prolonged": _("已再次延期"),
        "decided": _("已答复"),
    },
    "letter": {"drafted": _("待制作"), "issued": _("待寄出"), "dispatched": _("已发出")},
}
"""Record → state → words."""
MESSAGES = {
    "report_received": _("报案受理"),
    "claim_referred": _("转施工单位保修"),
    "survey_booked": _("查勘约定"),
    "supplement_notice": _("要求补充资料"),
    "coverage_notice": _("核定结果通知"),
    "denial_notice": _("不予赔偿通知"),
    "settlement_agreement": _("赔偿协议"),
    "settlement_reached": _("协议达成通知"),
    "payment_notice": _("付款通知"),
    "completion_record": _("验收单"),
    "complaint_decision": _("投诉处理决定"),
    "rung": _("期限提醒"),
    "assigned": _("交接提醒"),
    "day_moved": _("告知过的日期有变"),
    "letter_not_reached": _("函件没有送到"),
    "hotline_silent": _("热线可能不通"),
    "ask_home": _("问房屋地址"),
    "ask_which_home": _("问是哪一处房屋"),
    "ask_what": _("问哪里坏了"),
    "ask_danger": _("问有没有危险"),
    "make_safe": _("告知怎样避险"),
    "text_noted": _("告知短信已记下"),
    "text_joined": _("告知短信归入哪一件"),
    "text_added": _("告知短信已记入报案"),
    "text_progress": _("答复进度"),
    "progress_withheld": _("答复不能告知进度"),
    "nothing_reported": _("答复没有报过案"),
    "opted_out": _("确认停发短信"),
    "opted_in": _("确认恢复短信"),
    "track_code": _("查进度的验证码"),
}
SENT = {
    "queued": _("待发"),
    "sending": _("正在发"),
    "handed over": _("已交运营商"),
    "delivered": _("已送达"),
    "failed": _("没有送到"),
    "returned": _("被退回"),
    "dropped": _("不用再发"),
    "lost": _("没有送到"),
    "waiting": _("待发"),
    "out": _("已交运营商"),
}
"""States of a message, and the filters of the outbox."""

FILTERS = (
    ("due", _("期限"), (("", _("全部")), ("today", _("今天到期")), ("soon", _("三天内到期")), ("late", _("已超期")))),
    (
        "waiting",
        _("等待"),
        (("", _("全部")), ("safety", _("排除险情")), ("call-back", _("回电")), ("signature", _("复核签字"))),
    ),
    ("assignee", _("经办"), (("", _("全部")), ("me", _("我的")), ("nobody", _("未分派")))),
    ("stage", _("阶段"), (("", _("未结")), *((stage.value, STAGES[stage]) for stage in CLAIM_STAGES))),
)
"""The queue's filters: name in its address, heading, and its values with what they are called; "" is no filter."""
