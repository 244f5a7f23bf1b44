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
    # the government line
    "county_office": BodyKind(_("区治理办"), ("county",), single=True),
    "department": BodyKind(_("部门"), ("county", "street")),
    "street_office": BodyKind(_("街道办事处"), ("street",), single=True),
    # the party line, from the county to the building (LD-01, HY-01, AQ-04)
    "party_office": BodyKind(_("党务主管部门"), ("county",)),
    "street_party": BodyKind(_("街道党工委"), ("street",), single=True),
    "community_party": BodyKind(_("社区党组织"), ("community",), single=True),
    "party_branch": BodyKind(_("小区党支部"), ("community", "estate")),
    "party_group": BodyKind(_("党小组"), ("community", "estate")),
    "building_party_group": BodyKind(_("楼栋党小组"), ("building",), single=True),
    "party_household": BodyKind(_("党员中心户"), ("building",)),
    "firm_party_branch": BodyKind(_("物业党支部"), ("county", "street", "community", "estate"), serves=True),
    # self-government
    "residents_committee": BodyKind(_("社区居委会"), ("community",), single=True),
    "owners_assembly": BodyKind(_("业主大会"), ("estate",), single=True),
    "owners_committee": BodyKind(_("业主委员会"), ("estate",), single=True),
    "management_committee": BodyKind(_("物业管理委员会"), ("estate",), single=True),
    "supervision_committee": BodyKind(_("小区治理监督委员会"), ("estate",), single=True),
    # those who serve and help
    "property_company": BodyKind(_("物业服务企业"), ("county", "street", "community", "estate"), serves=True),
    "manager_team": BodyKind(_("职业经理人团队"), ("county", "street", "community", "estate"), serves=True),
    "social_organisation": BodyKind(_("社会组织"), ("county", "street", "community", "estate"), serves=True),
    "volunteer_team": BodyKind(_("志愿服务队"), ("county", "street", "community", "estate")),
    "resident_unit": BodyKind(_("驻区单位"), ("street", "community", "estate")),
    "mass_organisation": BodyKind(_("群团组织"), ("street", "community", "estate")),
    "industry_association": BodyKind(_("行业协会"), ("county",)),
}
# What a community's party organisation is; it decides whether estates get branches or groups (LD-08).
PARTY_FORMS = {"committee": _("党委"), "general_branch": _("党总支"), "branch": _("党支部")}
# The bodies of the party line, whose forms, filings and formation the party line looks after.
PARTY_KINDS = (
    "street_party", "community_party", "party_branch", "party_group", "building_party_group", "party_household", "firm_party_branch",
)  # fmt: skip
# Under whom a party body stands: the kinds of its parent. One parent each (LD-01).
PARTY_PARENTS = {
    "community_party": ("street_party",),
    "party_branch": ("community_party",),
    "party_group": ("party_branch", "community_party"),
    "building_party_group": ("party_branch", "community_party"),
    "party_household": ("building_party_group", "party_group", "party_branch"),
    "firm_party_branch": ("community_party", "street_party", "party_office"),
}
# How one body stands to another beside its parent.
LINK_KINDS = {
    "leads": _("双重领导"),  # a second leader of a firm's branch (HA-19)
    "guides": _("行业指导"),  # the industry guides what the community leads (CM-37)
    "of_firm": _("所在企业"),  # the firm of a firm's branch
}
# What carries a term of office, and for which the election or vote is its basis.
WITH_TERMS = ("owners_committee", "management_committee", "supervision_committee", "party_branch", "community_party", "residents_committee")
# At one moment an estate has one of these serving it.
SERVES_ALONE = ("property_company", "manager_team")

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
    # the party line
    "county_party_affairs": PostKind(_("党务主管"), "county_party_officer", ("party_office",)),
    "street_party_affairs": PostKind(_("街道党务工作者"), "street_party_officer", ("street_party",)),
    "community_party_affairs": PostKind(_("社区党务工作者"), "party_officer", ("community_party",)),
    "community_party_secretary": PostKind(_("社区党组织书记"), "party_officer", ("community_party",), public=True),
    "community_party_member": PostKind(_("社区党组织委员"), "", ("community_party",)),
    "branch_secretary": PostKind(_("党支部书记"), "branch_secretary", ("party_branch",), public=True),
    "branch_member": PostKind(_("党支部委员"), "", ("party_branch",)),
    "branch_associate": PostKind(_("兼职委员"), "", ("party_branch",)),
    "group_leader": PostKind(_("党小组长"), "", ("party_group", "building_party_group")),
    "first_secretary": PostKind(_("第一书记"), "", ("party_branch",), public=True),
    "party_instructor": PostKind(_("党建指导员"), "", ("community_party", "street_party"), reach="named", public=True),
    "firm_branch_secretary": PostKind(_("物业党支部书记"), "", ("firm_party_branch",)),
    # the community and its grids
    "community_chief": PostKind(_("居委会主任"), "", ("residents_committee",), public=True),
    "community_member": PostKind(_("居委会成员"), "", ("residents_committee",)),
    "community_worker": PostKind(_("社区受理岗"), "community_worker", ("residents_committee",), public=True),
    "grid_head": PostKind(_("网格长"), "grid_worker", ("residents_committee", "community_party"), reach="grid", public=True),
    "grid_worker": PostKind(_("网格员"), "grid_worker", ("residents_committee",), reach="grid", public=True),
    "grid_helper": PostKind(_("兼职网格员"), "", ("residents_committee",), reach="grid"),
    "building_head": PostKind(_("楼栋长"), "building_head", ("residents_committee", "party_branch"), reach="named", public=True),
    # self-government
    "committee_chair": PostKind(_("业委会主任"), "committee_member", ("owners_committee",), public=True, owners_only=True),
    "committee_deputy": PostKind(_("业委会副主任"), "committee_member", ("owners_committee",), owners_only=True),
    "committee_member": PostKind(_("业委会委员"), "committee_member", ("owners_committee",), owners_only=True),
    "management_chair": PostKind(_("物管会主任"), "committee_member", ("management_committee",), public=True),
    "management_member": PostKind(_("物管会委员"), "committee_member", ("management_committee",), public=True),
    "supervisor": PostKind(_("监督委员"), "", ("supervision_committee",)),
    "owners_inspector": PostKind(_("业主监督员"), "", ("supervision_committee", "owners_committee"), owners_only=True),
    # those who serve
    "property_head": PostKind(_("物业项目负责人"), "property_handler", ("property_company", "manager_team"), reach="service", public=True),
    "property_handler": PostKind(_("物业经办人"), "property_handler", ("property_company", "manager_team"), reach="service", public=True),
    "team_leader": PostKind(_("负责人"), "", ("social_organisation", "volunteer_team", "resident_unit", "mass_organisation",
                                           "industry_association")),
}  # fmt: skip
# Where a secretary comes from is a word of the parameter `secretary.allowed_sources`, whose options are the vocabulary.
SOURCES_KEY = "secretary.allowed_sources"
SECRETARIES = ("branch_secretary", "first_secretary")
# The chief of the community, who normally isn't also the secretary of an estate (JS-07).
CHIEFS = ("community_party_secretary", "community_chief")
# Whose taking of the post is filed.
FILED_POSTS = ("branch_secretary", "community_party_secretary")
# Whose term is filed by law.
FILED_TERMS = ("owners_committee", "management_committee")
# One person in both posts of one estate (一肩挑); in one of each pair at once (交叉任职). LD-16, HA-08, HY-03.
BOTH_HEADS = ("branch_secretary", "committee_chair")
CROSSING = {
    "branch": ("branch_secretary", "branch_member", "branch_associate"),
    "committee": ("committee_chair", "committee_deputy", "committee_member", "management_chair", "management_member"),
    "property": ("property_head", "property_handler"),
    "community": ("community_party_secretary", "community_party_member", "community_chief", "community_member", "community_worker"),
}
CROSSING_TITLES = {"branch": _("党支部"), "committee": _("业委会或物管会"), "property": _("物业"), "community": _("社区“两委”")}
# Posts that a community makes and fills by itself.
COMMUNITY_FILLS = ("building_head", "grid_worker", "grid_helper")
# Posts that the party line makes and fills by itself.
PARTY_FILLS = (
    "branch_secretary", "branch_member", "branch_associate", "group_leader", "first_secretary", "party_instructor", "firm_branch_secretary",
    "community_party_member",
)  # fmt: skip
# Order of the contact cards.
CARD_ORDER = (
    "branch_secretary", "grid_worker", "grid_head", "property_head", "property_handler", "building_head", "committee_chair",
    "management_chair", "management_member", "community_worker", "community_chief", "community_party_secretary", "first_secretary",
    "party_instructor",
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
FILED = {"secretary": _("书记任职备案"), "term": _("业委会备案")}
REVIEW_RESULTS = {"passed": _("符合条件"), "rejected": _("不符合条件")}
# On what a candidate may be found not to qualify. Nothing else counts: neither party membership nor a street's wish.
LEGAL_GROUNDS = {
    "not_owner": _("不是本小区业主（《物业管理条例》第十六条）"),
    "no_capacity": _("不具有完全民事行为能力（《民法典》第二十一条、第二十二条）"),
    "own_rules": _("不符合本小区业主大会议事规则写明的条件"),
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


def name_key(name: str) -> str:
    """A name without spaces and marks, to find the same person under two posts where neither has a record in the register."""
    return re.sub(r"[\s·・.]", "", name)
