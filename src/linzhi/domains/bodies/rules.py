"""Kinds of bodies and posts, and competences. What a post may do hangs on its role alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class BodyKind:
    """A kind of body: the levels of territory at which it may sit, and whether a place has only one of it at a time.

    `serves` says that its reach is its service areas (a firm), not the territory at which it sits.
    """

    title: Any
    levels: tuple[str, ...]
    single: bool = False
    serves: bool = False


BODY_KINDS = {
    "county_office": BodyKind(_("区治理办"), ("county",), single=True),
    "department": BodyKind(_("部门"), ("county", "street")),
    "street_office": BodyKind(_("街道办事处"), ("street",), single=True),
    "residents_committee": BodyKind(_("社区居委会"), ("community",), single=True),
    "party_branch": BodyKind(_("小区党支部"), ("community", "estate")),
    "owners_committee": BodyKind(_("业主委员会"), ("estate",), single=True),
    "management_committee": BodyKind(_("物业管理委员会"), ("estate",), single=True),
    "supervision_committee": BodyKind(_("小区治理监督委员会"), ("estate",), single=True),
    "property_company": BodyKind(_("物业服务企业"), ("county", "street", "community", "estate"), serves=True),
}
# At one moment an estate has one of these serving it.
SERVES_ALONE = ("property_company",)

COMPETENCES = {
    "urban_management": _("城市管理"),
    "housing": _("住房和物业"),
    "police": _("公安"),
    "traffic_police": _("交警"),
    "fire": _("消防"),
    "market_supervision": _("市场监管"),
    "utilities": _("水电气"),
    "sanitation": _("环境卫生"),
    "civil_affairs": _("民政"),
    "health": _("卫生健康"),
    "environment": _("生态环境"),
    "education": _("教育"),
    "human_resources": _("人力资源和社会保障"),
    "emergency": _("应急管理"),
    "transport": _("交通运输"),
}
# What a category of requests calls a department, where it means a kind of body.
ANSWERING_KINDS = {
    "property": "property_company",
    "community": "residents_committee",
    "street": "street_office",
    "owners_committee": "owners_committee",
}


@dataclass(frozen=True)
class PostKind:
    """A kind of post: the role it gives (empty: none), the kinds of body that have it, and where its power reaches.

    Reach: `own` the place where the body sits; `service` the body's service areas; `grid` the ground of a grid; `named` places
    named with the post. `public` posts stand on the contact cards of their place. `owners_only`: its holder must own there.
    """

    title: Any
    role: str
    bodies: tuple[str, ...]
    reach: str = "own"
    public: bool = False
    owners_only: bool = False


POST_KINDS = {
    "administrator": PostKind(_("系统管理员"), "administrator", ("county_office",)),
    "county_officer": PostKind(_("区级主管"), "county_officer", ("county_office",)),
    "department_handler": PostKind(_("部门经办人"), "department_handler", ("department",)),
    "street_dispatcher": PostKind(_("街道派单员"), "street_dispatcher", ("street_office",)),
    "community_worker": PostKind(_("社区受理岗"), "community_worker", ("residents_committee",), public=True),
    "grid_worker": PostKind(_("网格员"), "grid_worker", ("residents_committee",), reach="grid", public=True),
    "building_head": PostKind(_("楼栋长"), "building_head", ("residents_committee", "party_branch"), reach="named", public=True),
    "branch_secretary": PostKind(_("党支部书记"), "branch_secretary", ("party_branch",), public=True),
    "property_handler": PostKind(_("物业经办人"), "property_handler", ("property_company",), reach="service", public=True),
    "committee_chair": PostKind(_("业委会主任"), "committee_member", ("owners_committee",), public=True, owners_only=True),
    "committee_member": PostKind(_("业委会委员"), "committee_member", ("owners_committee",), owners_only=True),
    "management_member": PostKind(_("物管会委员"), "committee_member", ("management_committee",), public=True),
    "supervisor": PostKind(_("监督委员"), "", ("supervision_committee",)),
}
# Posts that a community makes and fills by itself.
COMMUNITY_FILLS = ("building_head", "grid_worker")
# Order of the contact cards.
CARD_ORDER = (
    "branch_secretary", "grid_worker", "property_handler", "building_head", "committee_chair", "management_member", "community_worker",
)  # fmt: skip
ENDED_REASONS = {
    "term": _("任期届满"),
    "resigned": _("本人辞任"),
    "removed": _("免职或罢免"),
    "moved": _("调离"),
    "condition": _("不再符合任职条件"),
    "dissolved": _("组织撤销"),
    "other": _("其他"),
}


def span_label(numbers: Sequence[str]) -> str:
    """Buildings as people say them: 1–6幢 for a run of the same ending, 1幢、3幢 otherwise."""
    parsed = [re.fullmatch(r"(\d+)(\D*)", number) for number in numbers]
    if len(numbers) < 3 or any(match is None for match in parsed):
        return "、".join(numbers)
    values = sorted(int(match[1]) for match in parsed if match)
    endings = {match[2] for match in parsed if match}
    if len(endings) == 1 and values == list(range(values[0], values[0] + len(values))):
        return f"{values[0]}–{values[-1]}{endings.pop()}"
    return "、".join(numbers)
