"""核定: cover, or deny with a second person."""

from flask_babel import lazy_gettext as _

from claims.decision.api import create_approval, create_coverage, create_denial
from claims.decision.schema import ApprovalIn, CoverageIn, DenialIn
from claims.desk.choices import denial_grounds, files_of, proposed_decisions, undecided_findings
from claims.desk.sheet import Sheet

SHEETS = (
    Sheet(
        act="coverage",
        preview="coverage_notice",
        view=create_coverage,
        schema=CoverageIn,
        title=_("核定属于保险责任"),
        says=_("选中的问题由我公司负责赔付或维修。系统起草《核定结果通知书》，写明接下来的安排，发给房屋所有权人。"),
        basis="《实施细则》第十一条；《保险法》第二十三条",
        labels={"findings": _("哪些问题")},
        choices={"findings": undecided_findings},
        button=_("核定属于保险责任"),
        done=_("已核定属于保险责任，通知书正在起草。"),
    ),
    Sheet(
        act="denial",
        preview="denial_notice",
        view=create_denial,
        schema=DenialIn,
        title=_("提出不予赔偿"),
        says=_(
            "交另一位同事复核；复核签字以前什么也不寄出。签字之日起3日内，须发出写明理由、附证据的《不予赔偿通知书》。"
        ),
        basis="《实施细则》第十一条、第十三条；《保险法》第二十四条",
        labels={
            "findings": _("哪些问题"),
            "ground": _("不予赔偿的事由"),
            "evidence": _("证据"),
            "shows": _("证明内容"),
            "shows.file": _("哪份证据"),
            "shows.words": _("证明什么"),
            "clause": _("保险合同条款"),
            "loss": _("损失金额（元）"),
            "compensated": _("已收到的赔偿（元）"),
            "reasons": _("理由"),
        },
        hints={
            "evidence": _("没有证据就应当赔偿。从已有的材料中选，或者上传新的。"),
            "shows": _("会印在通知书的证据清单里；没有写的，只印“照片”或者“文件”。"),
            "loss": _("只在依据“已由责任主体赔偿”时填写。"),
            "compensated": _(
                "少于损失的，只能扣减，不能不予赔偿（保险法第六十条）：请核定属于保险责任，在商定赔款时扣减。"
            ),
            "clause": _("写到条、款、项，例如：第八条第（二）项。"),
            "reasons": _("用房屋所有权人看得懂的话写：查到了什么，为什么不属于保险责任。全文会写进通知书和短信。"),
        },
        choices={
            "findings": undecided_findings,
            "ground": denial_grounds,
            "evidence": files_of,
            "shows.file": files_of,
        },
        files=frozenset({"evidence"}),
        adds=frozenset({"shows"}),
        button=_("提出，交复核"),
        done=_("已提出，等另一位同事复核。"),
    ),
    Sheet(
        act="decision/approval",
        preview="denial_notice",
        view=create_approval,
        schema=ApprovalIn,
        title=_("复核不予赔偿"),
        says=_("同意：从现在起3日内须发出《不予赔偿通知书》。不同意：退回，重新核定。提出的人不能自己复核。"),
        basis="《实施细则》第十三条；《保险法》第二十四条",
        labels={
            "decision": _("哪一项核定"),
            "approve": _("您的意见"),
            "approve=true": _("同意不予赔偿"),
            "approve=false": _("不同意，退回"),
            "comment": _("说明"),
        },
        choices={"decision": proposed_decisions},
        button=_("签字"),
        done=_("已签字。"),
    ),
)
