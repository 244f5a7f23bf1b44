"""Plain values and functions of people: kinds of residence, ownership and membership, sums of shares, days of eligibility."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

RESIDENCE_KINDS = {"owner_occupier": _("业主自住"), "tenant": _("租户"), "lodger": _("借住"), "family": _("家属")}
OWNERSHIP_BASES = {
    "registered": _("不动产登记"),
    "delivered": _("已交付未登记"),
    "inherited": _("继承"),
    "judgment": _("法院判决"),
    "developer": _("开发建设单位未售"),
    "undelivered": _("已售未交付"),
}
# Who has the unit in these cases is the developer, whatever has been sold: it counts as one owner (Supreme Court, 2009 No. 8, art. 9).
DEVELOPERS_OWN = ("developer", "undelivered")
FIRM_KINDS = {"developer": _("开发建设单位"), "company": _("企业"), "public": _("国有或集体单位"), "other": _("其他组织")}
IDENTITY_PURPOSES = {"owners_roll": _("业主名册"), "proxy": _("委托表决"), "protection": _("困难救助")}
# Where the membership sits and how the estate's branch has to do with it.
MEMBERSHIP_KINDS = {
    "seated": _("在册"),
    "living": _("非在册"),
    "in_service": _("在职双报到"),
    "floating": _("流动"),
}
STANDINGS = {"full": _("正式"), "probationary": _("预备")}
# Rules may ask for a fixed residence of up to so many months before the membership was recorded.
HORIZON_MONTHS = 24
OFFER_SOURCES = {"visit": _("走访"), "self": _("自荐"), "neighbour": _("互荐")}
OCCUPATIONS = {"courier": _("快递员"), "rider": _("外卖骑手"), "driver": _("网约车司机"), "trucker": _("货车司机"), "other": _("其他")}
WISHES = {
    "volunteer": _("一起做志愿服务"), "report": _("路上看到问题随手报"), "rest": _("歇脚、喝水"), "charge": _("充电、热饭"), "training": _("培训、学习"),
}  # fmt: skip
VISIT_RESULTS = {
    "done": _("已登记"),
    "absent": _("没人在家"),
    "refused": _("不愿登记"),
    "vacant": _("空置"),
    "wrong": _("房屋信息有误"),
}
# The door needs no further visit after these; a refusal is an answer and isn't asked about again in the same survey.
VISITS_ENOUGH = ("done", "refused", "vacant")
LINKED_BY = {"phone": _("手机号验证"), "in_person": _("当面核对")}


def share_left(shares: Iterable[tuple[int, int]]) -> Fraction:
    """What of a dwelling has no owner yet, given the shares (numerator, denominator) in force; negative when they exceed the whole."""
    return 1 - sum((Fraction(top, bottom) for top, bottom in shares), Fraction(0))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter. Months may be negative."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def settled_to_keep(settled: date | None, begin: date) -> date | None:
    """The day of settling as the closed room keeps it: no earlier than `HORIZON_MONTHS` before the membership was recorded."""
    return max(settled, months_later(begin, -HORIZON_MONTHS)) if settled else None


# 能人库. The words are shipped; whoever runs the platform may publish others by `consents.publish_text`.
SKILLS = "people.skills"
SKILLS_TITLE = _("能人库同意书")
SKILLS_TEXT = _(
    "我自愿把自己的特长登记在小区的能人库里。\n"
    "会用到：我会什么、什么时候有空、在哪个小区。登录的邻居看得到这些，看不到我的姓名和电话；社区的工作人员看得到是谁，姓名打码，"
    "要联系我时写明用途才能打开，打开一次记一次，我查得到。\n"
    "用来做什么：邻居有事时，由社区先来问我愿不愿意帮忙。每一次帮不帮由我决定。不排名、不打分，不给别的单位。\n"
    "留多久：到我撤回为止。撤回不用说理由，在“我的特长”里点一下，或者告诉社区，马上就查不到了，一个月后连记录一起删除。撤回以前做过的不受影响。"
)
SKILLS_FIELDS = ("people.SkillOffer.person", "people.SkillOffer.words")
AGREED_HOW = {"own": _("本人在手机上"), "in_person": _("当面说的"), "paper": _("纸上签的")}
