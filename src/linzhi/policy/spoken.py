"""Values of parameters as people say them: 2 个工作小时, 2/3, 是; on the pages, in the manual, in a difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linzhi.kernel.limits import Limit
from linzhi.policy.pack import Cited, Parameter

ROWS: dict[str, Any] = {
    # natures of a request
    "consult": _("咨询"), "help": _("求助"), "complaint": _("投诉"), "tip_off": _("举报"), "suggestion": _("建议"), "praise": _("表扬"),
    "urgent": _("紧急"),
    # who answers for a category
    "property": _("物业"), "owners_committee": _("业委会"), "community": _("社区"), "street": _("街道"), "department": _("部门"),
    "urban_management": _("城管"), "housing": _("住建"), "police": _("公安"), "traffic_police": _("交警"), "emergency": _("应急"),
    "market_supervision": _("市场监管"), "health": _("卫健"), "environment": _("生态环境"), "parks": _("园林绿化"), "transport": _("交通"),
    "civil_affairs": _("民政"), "human_resources": _("人社"), "education": _("教育"), "utilities": _("水电气热通信"),
    # who to call
    "fire": _("消防"), "crime": _("报警"), "medical": _("急救"), "traffic": _("交通事故"),
    # levels, moments and ends of a request
    "estate": _("小区"), "response": _("响应"), "feedback": _("反馈"),
    "solved": _("解决了"), "not_done": _("没办成"), "not_ours": _("不归本平台管"), "duplicate": _("并入另一件"), "withdrawn": _("撤回"),
    "beyond_power": _("超出权限"),
    # votes
    "participation_area": _("参与：专有面积"), "participation_heads": _("参与：人数"), "ordinary_more_than": _("一般事项：同意超过"),
    "special_at_least": _("特别事项：同意至少"),
    # companies, managers, secretaries
    "service_score": _("服务评分"), "satisfaction_pct": _("满意度"), "disputes_per_1000_households": _("每千户纠纷"),
    "fixed_pct": _("固定部分"), "chief": _("正职"), "deputy": _("副职"), "staff": _("工作人员"),
    # disclosure, party life, programme
    "party": _("党务"), "residents": _("居务"), "finance": _("财务"), "members_meeting": _("党员大会"), "committee_meeting": _("支委会"),
    "group_meeting": _("党小组会"), "lecture": _("党课"), "pilot": _("试点"), "full_coverage": _("全面铺开"), "consolidation": _("巩固提升"),
}  # fmt: skip
"""What the rows of the packs' tables are called; a row that isn't here is shown by the name that the pack gives it."""


def spoken(parameter: Parameter, value: Any) -> str:
    """The whole value in one line; a table row by row."""
    if isinstance(value, Mapping):
        return "；".join(f"{name}：{said}" for name, said in rows(parameter, value)) or gettext("没有")
    if isinstance(value, tuple):
        return "、".join(one(parameter, item) for item in value) or gettext("没有")
    return one(parameter, value)


def rows(parameter: Parameter, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A table as pairs of words."""
    return [(row_name(parameter, key), one(parameter, item)) for key, item in value.items()]


def row_name(parameter: Parameter, key: str) -> str:
    """What a row of a table, or the code of a choice, is called."""
    return str((parameter.shape.options or {}).get(key) or ROWS.get(key, key))


def one(parameter: Parameter, value: Any) -> str:
    """One number, limit, choice ... in words."""
    kind = parameter.shape.of or parameter.shape.type
    if kind == "bool":
        return gettext("是") if value else gettext("否")
    if kind == "limit":
        return Limit.parse(value).words()
    if kind == "fraction" and isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if kind == "choice":
        return str((parameter.shape.options or {}).get(value, value))
    if kind == "date" and isinstance(value, date):
        return day(value)
    return f"{value} {parameter.unit}" if kind == "int" and parameter.unit else str(value)


def day(value: date) -> str:
    """A day with its year, for paper: 2026年11月20日."""
    return gettext("%(y)d年%(m)d月%(d)d日") % {"y": value.year, "m": value.month, "d": value.day}


def cited(source: Cited | None, local: bool) -> str:
    """On what a value rests, with the document's number where it has one."""
    if source is None:
        return gettext("本地设定") if local else ""
    number = f"（{source.source.number}）" if source.source.number else ""
    return f"《{source.source.title}》{number}{source.place}"
