"""What the rows of the packs' tables are called on the screen; a row that isn't here is shown by the name that the pack gives it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.desk.queries import NATURE_TITLES

ROWS: dict[str, Any] = {
    **NATURE_TITLES,
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
