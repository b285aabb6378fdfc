"""The same message in the reader's language. Schemas and errors speak English; Chinese readers are told in Chinese."""

import re
from typing import Any

from flask import has_request_context, request
from flask_babel import gettext

from claims.web.language import language

CHINESE: dict[str, str] = {
    "Missing data for required field.": "请填写这一项。",
    "Field may not be null.": "这一项不能为空。",
    "Unknown field.": "没有这一项，请检查拼写。",
    "Invalid input type.": "格式不对。",
    "Invalid type.": "格式不对。",
    "Not a valid string.": "请填写文字。",
    "Not a valid utf-8 string.": "请填写文字。",
    "Not a valid integer.": "请填写整数。",
    "Not a valid boolean.": "请填写是或否。",
    "Not a valid list.": "请填写列表。",
    "Not a valid datetime.": "请填写时间，例如 2026-03-02T09:30:00+08:00。",
    "Not a valid aware datetime.": "时间须带时区，例如 2026-03-02T09:30:00+08:00。",
    "Not a valid date.": "请填写日期，例如 2026-03-02。",
    "Invalid value.": "这个值不在可选范围内。",
    "Not a telephone number; write it like 13800000000 or 021-12345678": "电话号码不对，请写成13800000000或021-12345678。",
    "Give the home's code or its address.": "请填写房屋编号或地址。",
    "No claim has this reference.": "没有这个报案号，请核对。",
    "At most as many days as the round has.": "不能多于一轮的天数。",
    "Must not lie before the first day.": "不能早于第一天。",
    "A substitute needs a last day.": "替班要写最后一天。",
    "Not a time of day; write it like 09:00.": "请写一天里的时间，例如09:00。",
    "No home has this code.": "没有这个房屋编号，请核对；不清楚就留空，只填地址。",
    "This day hasn't come yet.": "日期不能晚于今天。",
    "The file is empty.": "这个文件是空的。",
    "Send a photo (JPEG, PNG, WebP, HEIC), a PDF, a video (MP4) or a recording (MP3, WAV).": "这种文件收不了，请选照片（JPEG、PNG、WebP、HEIC）、PDF、视频（MP4）或录音（MP3、WAV）。",
    "Shorter than minimum length 1.": "请填写这一项。",
    "The input can't be used": "提交的内容有误",
    "see errors by field": "请按各栏提示修改后再提交",
    "No such claim": "没有找到这件报案",
    "check the reference; it has 12 digits": "请核对报案号（12 位数字）",
    "Not possible at this stage": "目前阶段不能这样做",
    "Somebody decided meanwhile": "其他人员刚刚作出了处理",
    "read the claim again, then decide": "请重新打开这件报案，看过后再处理",
    "Who are you?": "请先表明身份",
    "Not for your role": "您的岗位不能进行此操作",
    "Internal Server Error": "系统出错",
    "Already decided": "已经有人处理过了",
    "Too many requests": "请求太频繁",
    "A late entry needs proof": "补记需要附上证明",
    "A lead must confirm this late entry": "这条补记须由主管确认",
    "This can't be": "这样不行",
    "No such file": "没有找到这个文件",
    "No such breach": "没有找到这次超期",
    "Choose one of the causes.": "请选一个原因。",
    "Write no telephone or identity numbers: the register goes to the regulator.": "请不要写电话或证件号码：这份登记要交给监管部门。",
    "No arrival is on record that could be corrected.": "还没有记过送达，没有可以更正的。",
    "Must lie between the request and what came back, or now.": "时间须在要求补充之后、收到补充资料之前；还没有收到的，须在现在之前。",
    "No such act on this file": "这份档案没有这一项",
    "No project has this code.": "没有这个项目编号，请核对。",
    "This day is over.": "这一天已经过了。",
    "No such survey on this claim": "这件报案没有这次查勘",
    "No such decision on this claim": "这件报案没有这项核定",
    "No such letter on this claim": "这件报案没有这份函件",
    "No such order on this claim": "这件报案没有这张派工单",
    "No such appraisal on this claim": "这件报案没有这次鉴定",
    "No such complaint on this claim": "这件报案没有这次投诉",
    "Idempotency-Key is not usable": "Idempotency-Key不能使用",
    "Idempotency-Key was used for another request": "这个Idempotency-Key已用于另一次请求",
    "use a new key for a new request": "新的请求请换用新的Idempotency-Key",
    "If-Match is not a version": "If-Match不是版本号",
    "Without evidence the loss is covered (第十一条): attach at least one file.": "没有证据就应当赔偿（第十一条）：请至少附一份证据。",
    "A denial needs this, in words.": "不予赔偿必须写明这一项。",
    "The person who proposed a denial can't approve it.": "提出不予赔偿的人不能自己复核。",
    "With this ground say the loss and what was received, in yuan.": "依据这一项时，请填写损失金额和已收到的赔偿（元）。",
    "Less than the loss: cover these findings, and deduct what was received from the cash agreed.": "少于损失：请核定属于保险责任，在商定赔款时扣减已收到的部分。",
    "Together too long for the text, which must name all of them: at most 1000 characters.": "合起来太长：短信须列全每一项，合计最多1000个字。",
    "Say what is missing.": "请写明还缺什么。",
    "Name at least one finding.": "请至少选一项查勘发现。",
    "Identify the home first: without it there is no policy, clause or owner.": "请先确认是哪一套房屋：否则没有保单、条款和业主。",
    "This home has no policy in the registry.": "登记库里这套房屋没有保单。",
    "The visit must lie between the report and now.": "查勘时间须在报案之后、现在之前。",
    "Show it: attach at least one file.": "请至少附一份证明。",
    "Must lie between the report and now.": "时间须在报案之后、现在之前。",
    "Must lie between the danger and now.": "时间须在发现险情之后、现在之前。",
    "Must lie between what this is about and now.": "时间须在所涉及的事情发生之后、现在之前。",
    "Must lie between the payment and now.": "时间须在付款之后、现在之前。",
    "Must lie between the works' completion and now.": "时间须在竣工备案之后、现在之前。",
    "Must lie after the works' completion.": "须在竣工备案之后。",
    "Must not lie in the future.": "时间不能晚于现在。",
    "read it again: `stage` says where it stands, `allowed` what can be done now": "请重新读取：stage是现在的阶段，allowed是现在可以办的",
    "it is earlier than what is on record: say in `proof` what shows it": "早于已经记下的事：请在proof里写明凭据",
    "it would move a due date later or remove a breach: a lead has to enter it": "这样补记会推迟期限或者消去一次超期，须由主管来记",
    "what hasn't come yet can't be on record as past": "还没到的时间不能记作已经发生",
    "nothing of this kind waits on this file": "这项义务已经办完，或者已经有人记过",
    "this has its file already": "已经有一份档案，不再另立；请在列表里打开它",
    "a danger is open already": "已经记有险情，还没有排除；请先排除",
    "no danger is open": "现在没有未排除的险情",
    "no settlement has been proposed": "还没有提出协议；请先提出",
    "everything agreed is in work or accepted": "约定维修的都已经派工或者验收",
    "no quote waits for an answer": "没有等待答复的报价",
    "the quote must be approved first": "报价还没有同意；请先答复报价",
    "something is still to be decided, settled or performed": "还有要核定、约定或者履行的；办完再结案",
    "an appraisal is under way": "鉴定还在进行；有了意见再结案",
    "no appraiser has been proposed yet": "还没有提出鉴定机构",
    "appraisers are proposed, and both sides have to choose one": "鉴定机构已经提出，等双方选定同一家",
    "the appraiser is appointed, and the opinion hasn't come yet": "鉴定机构已经选定，还没有鉴定意见",
    "the opinion has come already": "鉴定意见已经收到",
    "the works haven't begun yet": "这张派工单还没有开工",
    "the works have begun, and aren't finished yet": "这张派工单已经开工，还没有完工",
    "the works are finished, and wait for the owner's word": "这张派工单已经完工，等业主验收",
    "the owner has accepted the works already": "业主已经验收",
    "the owner has said that it isn't fixed: it needs another order": "业主已经说没有修好；须另派一张工单",
    "an offer waits for an answer already": "已经提出协议，在等答复",
    "this offer has been agreed to already": "这份协议已经达成",
    "this offer has been refused: propose another": "这份协议已经被拒绝；请另提一份",
    "another offer has taken the place of this one": "这份协议已经由新的协议代替",
    "it has been extended already: once more is for a manager": "已经延长过一次；再延长须由部门经理决定",
    "it has been extended twice already": "已经延长过两次，不能再延长",
    "the complaint has been decided already": "这次投诉已经作出处理决定",
    "this arrival is on record already": "送达时间已经记过",
    "what was asked for has come already": "要求补充的资料已经收到",
    "nobody else is there to sign": "没有别人可以复核签字",
    "somebody has settled this arrival meanwhile": "已经有人处理过这条来信",
    "somebody has withdrawn this shift meanwhile": "已经有人撤下这一班",
    "this clock has no breach on record that stands": "这个期限没有有效的超期记录",
    "its days are over": "办理期限已过，不能再延长",
    "Must lie between the proposal and now.": "时间须在提出协议之后、现在之前。",
    "No clock has this name.": "没有这个期限。",
    "Give a clock or a length, such as 3 days.": "请选一个期限，或者填写长度，例如 3 days。",
    "Not a cursor of this list; start again without it.": "这一页的位置已经失效，请从头看起。",
    "Not an amount of yuan; write it like 1200.00": "请按元填写金额，例如1200.00。",
    "Only decided findings can be disputed.": "只能对已经核定的问题提出异议。",
    "Not among the candidates.": "这家机构没有被提名。",
    "Must lie between the appointment and now.": "时间须在共同委托之后、现在之前。",
    "Say why nothing is left to do.": "请写明为什么没有要办的了。",
    "Say what makes it complex.": "请写明为什么复杂。",
    "You have acted on this claim; somebody else must decide the complaint.": "您办过这件报案，须由没有办过的同事来决定。",
    "Name at least one thing that is missing.": "请至少写一项缺少的资料。",
    "Only a proven arrival stops the 30 days.": "有凭证证明送达，三十日才暂停。",
    "Must lie between the request and now.": "时间须在要求补充之后、现在之前。",
    "Must lie between the notice's arrival and now.": "时间须在告知书送达之后、现在之前。",
    "Nothing has been asked for yet.": "还没有要求过补充资料。",
    "No adjuster has this e-mail address.": "没有使用这个邮箱的理赔员。",
    "No surveyor has this e-mail address.": "没有使用这个邮箱的查勘员。",
    "The letter hasn't been issued yet.": "这份函件还没有制成。",
    "Must lie between the letter's issue and now.": "时间须在函件制成之后、现在之前。",
    "The days must lie in the future, first day first.": "日期不能早于今天，开工日不能晚于完工日。",
    "Must be more than nothing.": "金额须大于零。",
    "Say of each item whether it is fixed, partly or not_fixed.": "每一项都要选：修好了、修好了一部分，还是没有修好。",
    "Must lie between the step before and now.": "时间须在上一步之后、现在之前。",
    "One part for each finding.": "每一项问题约定一种办法。",
    "Cash needs an amount, a repair has none.": "选付款的要填金额，选维修的不填。",
    "An amount must be more than nothing.": "金额须大于零。",
    "A repair needs the agreed first and last day.": "有维修的，要填约定的开工日和完工日。",
    "Not a valid email address.": "邮箱地址不对。",
}
PATTERNS = (
    (re.compile(r"Longer than maximum length (?P<most>\d+)\."), "最多%(most)s个字。"),
    (re.compile(r"At most (?P<most>\d+) photos\."), "照片最多%(most)s张。"),
    (re.compile(r"Must be one of: (?P<choices>.+)\."), "请从以下选项中选择：%(choices)s。"),
    (re.compile(r"The file is larger than (?P<most>\d+) MB\."), "这个文件超过了%(most)sMB。"),
    (re.compile(r"try again in (?P<seconds>\d+) seconds"), "请在%(seconds)s秒后再试"),
    (re.compile(r"quote error (?P<number>\w+)"), "请报错误编号%(number)s"),
    (re.compile(r"(?P<file>\S+) is no file of this claim; upload it first"), "文件%(file)s不属于这件报案，请先上传。"),
    (re.compile(r"(?P<file>.+): not among the evidence"), "%(file)s不在所附的证据之中。"),
    (
        re.compile(r"(?P<firm>.+) is the developer or builder of this home: it can't appraise it\."),
        "%(firm)s是这套房屋的建设或施工单位，不能鉴定。",
    ),
    (
        re.compile(r"[\d, ]+: the policy doesn't cover this part on the day of the report"),
        "选中的问题里，有报案之日不在保险责任期限内的部位。",
    ),
    (
        re.compile(r"[\d, ]+: the policy covers this part on the day of the report"),
        "选中的问题里，有报案之日在保险责任期限内的部位，不能用这一项事由。",
    ),
    (re.compile(r"[\d, ]+: no finding of this claim"), "选中的问题里，有不属于这件报案的。"),
    (re.compile(r"(?P<channel>\w+) doesn't count as dispatch; see DISPATCH_CHANNELS"), "这种方式不算发出，请换一种。"),
    (re.compile(r"(?P<title>.+) can't be written without it\."), "缺少这一项，%(title)s写不出来。"),
    (re.compile(r"No \w+ firm has this code\."), "没有这个单位。"),
    (
        re.compile(r"Its qualification ends on (?P<day>[\d-]+), before (?P<until>[\d-]+)\."),
        "这家单位的资质%(day)s到期，早于%(until)s。",
    ),
    (re.compile(r"Its trades don't include: .+\."), "这家单位没有这一专业。"),
    (re.compile(r"It doesn't work in (?P<district>.+)\."), "这家单位不在%(district)s服务。"),
    (re.compile(r"(?P<items>.+): not agreed to be repaired"), "%(items)s：没有约定维修。"),
    (
        re.compile(r"[\d, ]+: no covered finding that waits for a settlement"),
        "约定里有不等待赔偿协议的问题，请重新打开这一页。",
    ),
    (
        re.compile(r"[\d, ]+: covered, but nothing is offered for it"),
        "有属于保险责任的问题没有写进约定，请重新打开这一页。",
    ),
    (re.compile(r"Must be at most what is left: (?P<left>[\d.]+)\."), "不能超过还要付的%(left)s元。"),
    (re.compile(r"the (?P<who>\w+) has agreed already"), "这一方已经同意过，不用再记"),
    (re.compile(r"(?P<items>.+): in work or accepted"), "%(items)s：已经派工或者验收"),
    (re.compile(r".+ looks after it already"), "已经由这位同事经办"),
    (re.compile(r"still owed: .+"), "还有没办完的期限；办完再结案"),
    (
        re.compile(r"the bank reference (?P<number>.+) stands in the ledger already"),
        "流水号%(number)s已经入账，没有再记",
    ),
    (re.compile(r"Shorter than minimum length \d+\."), "请填写这一项，不能太短。"),
)
"""Messages that carry a number or a name."""


def prefers_chinese() -> bool:
    """A page speaks the language that its reader chose; programs get English unless they ask for Chinese."""
    if not has_request_context():
        return False
    if not request.path.startswith("/api/"):
        return language() == "zh"
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans"])
    return bool(best and best.startswith("zh"))


def in_words(message: Any, *, chinese: bool | None = None) -> Any:
    """A message, or a nest of them by field, in the reader's language; unknown words stay as they are."""
    chinese = prefers_chinese() if chinese is None else chinese
    if not chinese:
        return message
    if isinstance(message, dict):
        return {name: in_words(value, chinese=True) for name, value in message.items()}
    if isinstance(message, list):
        return [in_words(value, chinese=True) for value in message]
    sentence, carried = _in_chinese(str(message))
    return sentence % carried if carried else sentence


def on_a_page(message: str) -> str:
    """A message beside a field. English pages don't show the schema's words either, but plain ones of the catalogue."""
    sentence, carried = _in_chinese(message)
    return gettext(sentence, **carried)


def _in_chinese(message: str) -> tuple[str, dict[str, str]]:
    if message in CHINESE:
        return CHINESE[message], {}
    for pattern, sentence in PATTERNS:
        if found := pattern.fullmatch(message):
            return sentence, found.groupdict()
    return message, {}
