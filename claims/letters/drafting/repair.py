"""派工与维修: the order to the firm, and the record of what was done."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from claims.attachments import Attachment
from claims.danger import danger_at_home
from claims.letters import contracts as c
from claims.letters.amounts import spelled_amount
from claims.letters.drafting.matter import Draft, Matter, due_of, evidence, kind_of, part_name, worded
from claims.letters.drafting.settlement import insurer, owner
from claims.registry import Firm
from claims.repair import RepairItem, RepairOrder, RepairPhoto, items_of
from claims.warranty import Warranty, item_key
from config.spelling import spelled_day, spelled_instant
from config.time import shanghai_day

OWN_CREW = "本公司维修组"
WORDS = {"fixed": "已修复", "partly": "部分修复", "not_fixed": "未修复"}
TAKEN = {"start": "开工时的", "completion": "完工时的"}
LIVES_THERE = ("owner", "family", "tenant")
PLACES = {(True, False): "这套房屋", (False, True): "这套房屋所在的小区", (True, True): "这套房屋和所在的小区"}
"""Whether the home's danger is open, and the project's → where. Of what is over only the home's is told."""
ASK_US = "请通过我公司24小时保险服务电话约定"


def work_order(m: Matter) -> Draft:
    """维修委托书. Tells the firm where, what, when and whom to call, and nothing else (个人信息保护法 6, 21)."""
    order = m.session.get_one(RepairOrder, m.subject)
    firm = _firm(m, order)
    content = c.WorkOrder(
        **m.head(),
        firm_name=firm.name if firm else OWN_CREW,
        order_number=_number(m, order),
        occasion="履行赔偿协议" if order.settlement_id else "理赔保修期内再次维修",
        home_address=m.about_home()["home_address"],
        danger=_danger(m),
        contact=_contact(m),
        scope=worded(order.scope, "按下列项目维修，做到切实修复"),
        items=tuple(c.WorkItem(part=part_name(i.part), item=i.item) for i in items_of(m.session, order.id or 0)),
        starts_on=spelled_day(order.starts_on),
        finishes_on=spelled_day(order.finishes_on),
        ordered_by=m.signer(order.ordered_by),
    )
    return Draft(content, firm.phone if firm else "")


def completion_record(m: Matter) -> Draft:
    """维修完工验收单, with the owner's word on each item. Must hear its fact after the warranty has."""
    order = m.session.get_one(RepairOrder, m.subject)
    items, firm = items_of(m.session, order.id or 0), _firm(m, order)
    approved = order.quote_fen is not None and order.quote_state == "approved"
    name = firm.name if firm else OWN_CREW
    content = c.CompletionRecord(
        **m.about_home(),
        owner_name=m.owner.name,
        firm_name=name,
        order_number=_number(m, order),
        scope=worded(order.scope, "按派工单所列项目维修"),
        started_on=_day(order.started_at),
        completed_on=_day(order.completed_at),
        answered_on=_day(order.answered_at),
        items=tuple(_repaired(item) for item in items),
        warranties=_warranties(m, order, [item for item in items if item.word == "fixed"]) or None,
        photos=_photos(m, order) or None,
        cost=spelled_amount(order.quote_fen or 0) if approved else None,
        parties=(owner(m), c.Party(role="维修单位", name=name), insurer(m)),
    )
    return Draft(content, m.owner.phone)


def _firm(m: Matter, order: RepairOrder) -> Firm | None:
    return m.session.get(Firm, order.firm_id) if order.firm_id else None


def _number(m: Matter, order: RepairOrder) -> str:
    return f"{m.file.reference}-W{order.id}"


def _danger(m: Matter) -> c.KnownDanger | None:
    known = danger_at_home(m.session, m.claim)
    if known is None:
        return None
    place = PLACES[known.home_is_open or not known.in_project, known.in_project]
    over_at = None if known.is_open else known.made_safe_at
    return c.KnownDanger(place=place, made_safe_at=spelled_instant(over_at) if over_at else None)


def _contact(m: Matter) -> str:
    """One number: of whoever reported and lives there, else the owner's."""
    lives_there = m.claim.relation in LIVES_THERE and m.reporter.phone
    phone = m.reporter.phone if lives_there else m.owner.phone
    return f"{phone.removeprefix('+86')}（上门之前请先打电话约定）" if phone else ASK_US


def _repaired(item: RepairItem) -> c.RepairedItem:
    remark = worded(item.note, "") or None
    return c.RepairedItem(part=part_name(item.part), item=item.item, word=WORDS[item.word], remark=remark)


def _warranties(m: Matter, order: RepairOrder, fixed: list[RepairItem]) -> tuple[c.WarrantyTerm, ...]:
    query = (
        select(Warranty).where(Warranty.order_id == order.id, Warranty.state == "running").order_by(col(Warranty.id))
    )
    rows = m.session.exec(query.execution_options(populate_existing=True))
    wanted = {(item.part, item_key(item.item)) for item in fixed}
    return tuple(_term(m, warranty) for warranty in rows if (warranty.part, warranty.item_key) in wanted)


def _term(m: Matter, warranty: Warranty) -> c.WarrantyTerm:
    """The first day that counts is the one after the works, or after the owner's yes if later (民法典 201)."""
    return c.WarrantyTerm(
        part=part_name(warranty.part),
        item=warranty.item,
        first_day=spelled_day(shanghai_day(warranty.starts_at) + timedelta(days=1)),
        last_day=due_of(m.clock("repair_warranty", f"warranty:{warranty.id}")),
    )


def _photos(m: Matter, order: RepairOrder) -> tuple[c.Evidence, ...]:
    query = select(Attachment, RepairPhoto.when).join(RepairPhoto).where(RepairPhoto.order_id == order.id)
    return tuple(
        evidence(photo, TAKEN[when] + kind_of(photo))
        for photo, when in m.session.exec(query.order_by(col(Attachment.id)))
    )


def _day(at: datetime | None) -> str:
    assert at is not None
    return spelled_day(shanghai_day(at))
