"""The pages of 对照总览, 为什么, 销号 and 挂包, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from typing import Any

GRID, COMMUNITY, STREET, COUNTY, DEPARTMENT, PARTY_COUNTY = "林晓梅", "赵文静", "冯建华", "郑国栋", "曾国强", "詹玉兰"
_STREET = "SELECT code FROM territory_territory WHERE name = '望江街道'"
_COMMUNITY = "SELECT code FROM territory_territory WHERE name = '梧桐社区'"
_CAMPAIGN = "SELECT id FROM compliance_campaign ORDER BY id"
_TASK = "SELECT id FROM compliance_departmenttask WHERE finished IS NULL AND what LIKE '清理%' ORDER BY id"
_DONE = "SELECT id FROM compliance_departmenttask WHERE finished IS NOT NULL ORDER BY id"
_GRID = "SELECT ref FROM compliance_standing WHERE subject = 'grid' ORDER BY id"
_ESTATE = "SELECT ref FROM compliance_standing WHERE subject = 'estate' ORDER BY id"
_FINDING = "SELECT id FROM compliance_finding WHERE room = '' AND closed IS NULL AND excused_until IS NULL ORDER BY id"
_EXCUSED = "SELECT id FROM compliance_finding WHERE room = '' AND excused_until IS NOT NULL ORDER BY id"


def _at(name: str, path: str, who: str = COUNTY, statement: str = "", **more: Any) -> dict[str, Any]:
    """One visit; `{}` in the path is the first value of a statement."""
    filled: Any = (lambda found: path.format(found.one(statement))) if statement else path
    return {"name": f"compliance:{name}", "who": who, "path": filled, **more}


VISITS = (
    _at("board", "/desk/compliance/"),
    _at("board", "/desk/compliance/?place={}&check=self-government", STREET, _STREET, also="street"),
    _at("board", "/desk/compliance/", COMMUNITY, also="community"),
    _at("board", "/desk/compliance/", PARTY_COUNTY, also="party"),
    _at("board_list", "/desk/compliance/list/self-government/"),
    _at("board_list", "/desk/compliance/list/grid-gap/", also="listing"),
    _at("board_list", "/desk/compliance/list/self-government/?state=-", GRID, also="none"),
    _at("standing", "/desk/standing/{}/", COMMUNITY, _COMMUNITY),
    _at("standing_estate", "/desk/standing/estate/{estate}/"),
    _at("why", "/desk/why/estate/{}/self-government/", statement=_ESTATE),
    _at("why", "/desk/why/grid/{}/grid-size/", STREET, _GRID, also="range"),
    _at("finding", "/desk/findings/{}/", statement=_FINDING, press="记下理由"),
    _at("finding", "/desk/findings/{}/", COMMUNITY, _EXCUSED, also="excused"),
    _at("campaigns", "/desk/campaigns/"),
    _at("campaigns", "/desk/campaigns/", GRID, also="reader"),
    _at("campaign_new", "/desk/campaigns/new/", press="发起"),
    _at("campaign", "/desk/campaigns/{}/", statement=_CAMPAIGN),
    _at("campaign", "/desk/campaigns/{}/", COMMUNITY, _CAMPAIGN, also="community"),
    _at("campaign_session", "/desk/campaigns/{}/schedule/", statement=_CAMPAIGN, press="记下"),
    _at("campaign_close", "/desk/campaigns/{}/close/", statement=_CAMPAIGN, press="结束行动"),
    _at("links", "/desk/links/"),
    _at("link_new", "/desk/links/new/", STREET, press="登记"),
    _at("tasks", "/desk/tasks/?show=all"),
    _at("tasks", "/desk/tasks/", DEPARTMENT, also="department"),
    _at("task_new", "/desk/tasks/new/", press="交办"),
    _at("task", "/desk/tasks/{}/", statement=_DONE),
    _at("task", "/desk/tasks/{}/", DEPARTMENT, _TASK, press="办结", also="department"),
)
