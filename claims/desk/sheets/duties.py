"""义务: what happens on a project, an upload or a recovery (ADR 0026)."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from claims.desk.choices import files_of
from claims.desk.sheet import Sheet, Words
from claims.duties.acts import ACTS, Act
from claims.duties.api import VIEWS

_LABELS: Mapping[str, Words] = {
    "at": _("什么时候"),
    "proof": _("凭据"),
    "files": _("附件"),
    "what": _("什么"),
    "planned_on": _("定在哪一天"),
    "liability_starts_on": _("理赔责任从哪一天开始"),
    "amount": _("金额（元）"),
    "reason": _("原因"),
    "what=contract": _("保险合同信息"),
    "what=risk_plan": _("初步风险分析报告和风险管理计划"),
    "what=final_report": _("最终评估报告"),
    "what=owners_guide": _("用户告知书和责任范围说明书"),
    "what=household_acceptance": _("分户验收"),
    "what=preview": _("质量预看房"),
}
_TITLES: Mapping[str, Words] = {
    "briefing": _("记录理赔交底会"),
    "joint-inspection": _("记录共同查验"),
    "notice": _("记录业主公告"),
    "return-visit": _("记录首次回访"),
    "liability-start": _("更正理赔责任开始日"),
    "acceptance": _("登记分户验收、预看房"),
    "acceptance-notice": _("记录收到验收、预看房的通知"),
    "acceptance-off": _("验收、预看房改期或者取消"),
    "test-passed": _("登记检测合格"),
    "test-failed": _("登记检测不合格"),
    "client-told": _("记录已通知委托方"),
    "emergency": _("登记应急事件"),
    "attendance": _("记录到场处置"),
    "authority-told": _("记录已报告监管部门"),
    "upload": _("登记一份要上传的材料"),
    "inspection-report": _("登记专项检查报告"),
    "uploaded": _("记录已上传监管平台"),
    "closing": _("结束这份档案"),
    "claim-uploaded": _("记录理赔信息已上传"),
    "demand": _("记录追偿通知送达"),
    "developer-asked": _("记录请建设单位协助"),
    "parties-told": _("记录责任主体已告知"),
    "suit": _("记录起诉或者申请仲裁"),
    "received": _("记录追回的款"),
    "recovery-closing": _("结束追偿"),
}
_SAYS: Mapping[str, Words] = {
    "briefing": _("在责任开始前两个月以前召开，说明责任、范围、期限和申请流程。"),
    "joint-inspection": _("建设单位组织施工单位，会同保险公司，在责任开始前两个月以前查验。"),
    "notice": _("公告写明保险公司、联系方式，责任、范围、期限和申请流程。"),
    "return-visit": _("与建设单位、施工单位、物业单位签署回访工作告知书。"),
    "liability-start": _("还没有办的，按新的日子重新倒推；已经办的不变。"),
    "acceptance": _("建设单位至少提前十个工作日通知，从定下的日子往前数。"),
    "acceptance-notice": _("建设单位的通知到了保险公司或者风险管理机构。"),
    "acceptance-off": _("这一次不办了，期限不再计算；改期的，另外登记新的日子。"),
    "test-passed": _("检测单位获得结果后二十四小时内通知委托方，从那一刻算起。"),
    "test-failed": _("检测单位获得结果后十二小时内通知委托方，从那一刻算起。"),
    "client-told": _("检测单位把结果通知了委托方。"),
    "emergency": _("立即到达现场了解情况、取证、落实措施，并及时上报。"),
    "attendance": _("到场了解情况、取证，落实应急处置措施。"),
    "authority-told": _("应急事件已报告监管部门。"),
    "upload": _("三个工作日内上传监管平台，起算的当天不计入。"),
    "inspection-report": _("检查报告完成后，三个工作日内上传监管平台。"),
    "uploaded": _("监管平台已收下。"),
    "closing": _("没有办完的期限不再计算。"),
    "claim-uploaded": _("到现在为止发生的一并上传；以后再有新的情况，重新起算。"),
    "demand": _("通知连同清偿要求送达责任方；诉讼时效从这时起重新计算。"),
    "developer-asked": _("请建设单位通知可能的责任主体，配合联合查勘和证据保全。"),
    "parties-told": _("可能的责任主体知道了保险事故和可能的追偿。"),
    "suit": _("时效期间内提起，时效不再继续计算。"),
    "received": _("责任方支付了款项。"),
    "recovery-closing": _("没有办完的期限不再计算。"),
}
_BASES = {
    "briefing": "《实施细则》第七条（七）",
    "joint-inspection": "《实施细则》第九条（一）6",
    "notice": "《实施细则》第九条（一）7",
    "return-visit": "《实施细则》第七条（六）",
    "liability-start": "《实施细则》第七条（七）",
    "acceptance": "《实施细则》第九条（一）4",
    "acceptance-notice": "《实施细则》第九条（一）4",
    "test-passed": "《实施细则》第九条（五）2",
    "test-failed": "《实施细则》第九条（五）2",
    "client-told": "《实施细则》第九条（五）2",
    "emergency": "《实施细则》第七条（八）",
    "attendance": "《实施细则》第七条（八）",
    "authority-told": "《实施细则》第七条（八）",
    "upload": "《实施细则》第六条、第七条",
    "inspection-report": "《实施细则》第八条（三）",
    "uploaded": "《实施细则》第六条至第八条",
    "claim-uploaded": "《实施细则》第十七条",
    "demand": "《保险法解释（四）》第十条；《民法典》第一百九十五条",
    "developer-asked": "《实施细则》第十六条",
    "parties-told": "《实施细则》第十六条",
    "suit": "《民法典》第一百八十八条",
    "received": "《保险法》第六十条",
}
_PROOFS: Mapping[str, Words] = {
    "briefing": _("例如：会议纪要编号、参加单位；纪要和照片作为附件上传。"),
    "joint-inspection": _("例如：查验记录编号、参加单位；记录和照片作为附件上传。"),
    "notice": _("例如：公告张贴的地点；照片作为附件上传。"),
    "liability-start": _("例如：保险单写明的日期。"),
    "acceptance-notice": _("例如：来函编号、收件人。"),
    "client-told": _("例如：通知的方式和收到的人。"),
    "attendance": _("例如：到场的人、采取的措施；照片作为附件上传。"),
    "authority-told": _("例如：报告的编号和接收的人。"),
    "uploaded": _("例如：监管平台的回执编号。"),
    "claim-uploaded": _("例如：监管平台的回执编号。"),
    "demand": _("例如：邮政快递单号和签收人。"),
    "suit": _("例如：法院或者仲裁机构的收件凭证、案号。"),
    "received": _("例如：银行流水号。"),
}
_WHEN: Mapping[str, Words] = {
    "test-passed": _("获得结果的时间"),
    "test-failed": _("获得结果的时间"),
    "emergency": _("得知的时间"),
    "upload": _("保单签发、交底会、盖章或者交付的时间"),
    "inspection-report": _("报告完成的时间"),
}


def _sheet(act: Act) -> Sheet:
    asked = act.schema().fields
    labels = {key: words for key, words in _LABELS.items() if _is_asked(asked, key)}
    if act.name in _WHEN:
        labels["at"] = _WHEN[act.name]
    return Sheet(
        act=act.path,
        view=VIEWS[act.name],
        schema=act.schema,
        title=_TITLES[act.name],
        says=_SAYS[act.name],
        basis=_BASES.get(act.name, ""),
        button=_("记下"),
        done=_("已记下。"),
        labels=labels,
        hints={"proof": _PROOFS.get(act.name, _("补记以前的事，要写明凭据。"))} if "proof" in asked else {},
        files=frozenset({"files"} & asked.keys()),
        choices={"files": files_of} if "files" in asked else {},
        since_now=frozenset({"at"} & asked.keys()),
        not_now=_("现在不能这样记：这项义务已经办完，或者已经有人记过。"),
    )


def _is_asked(asked: Mapping[str, Any], key: str) -> bool:
    """Whether the schema asks for this field, or allows this choice (`what=preview`)."""
    name, _equals, value = key.partition("=")
    checks = asked[name].validators if name in asked else ()
    allowed = {choice for check in checks for choice in getattr(check, "choices", ())}
    return name in asked and (not value or value in allowed)


DUTY_SHEETS: dict[str, Sheet] = {act.name: _sheet(act) for act in ACTS}
"""Act → sheet."""
