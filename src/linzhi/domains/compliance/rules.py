"""The kinds of findings: what each is called, who has to mend it, within how many days, who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FindingKind:
    """One kind. `owner` is the role that mends it in its place; `days` a local setting, from the day it is found.

    `door` names the page on which it is mended. `room` is `party` for what only the party line may see. `source` cites why it is asked.
    """

    title: Any
    remedy: Any
    owner: str
    days: int
    door: str
    source: str
    room: str = ""


KINDS = {
    "grid_gap": FindingKind(_("没有划进网格"), _("划进网格"), "community_worker", 10, "places:grids", "若干措施 二（3）"),
    "grid_overlap": FindingKind(_("网格重叠"), _("调整网格范围"), "community_worker", 10, "places:grids", "若干措施 二（3）"),
    "grid_fault": FindingKind(_("网格范围有误"), _("调整网格范围"), "community_worker", 10, "places:grids", "若干措施 二（3）"),
    "profile_missing": FindingKind(_("小区资料不全"), _("补齐资料"), "community_worker", 20, "places:home", "苏社〔2025〕4号 一、1"),
    "profile_due": FindingKind(_("小区资料该复核了"), _("核对后确认"), "community_worker", 20, "places:home", "苏社〔2025〕4号 一、1"),
    "self_government_none": FindingKind(
        _("没有业委会也没有物管会"), _("登记组织，或写明安排"), "community_worker", 60, "bodies:home", "苏社〔2025〕4号 二、4"
    ),
    "post_vacant": FindingKind(_("岗位空缺"), _("任职登记"), "community_worker", 30, "bodies:home", "本地设定"),
    "term_over": FindingKind(_("届期已满"), _("换届，或登记新一届"), "community_worker", 30, "bodies:home", "本地设定"),
    "term_soon": FindingKind(_("届期快满"), _("准备换届"), "community_worker", 60, "bodies:home", "本地设定"),
    "branch_due": FindingKind(
        _("该建支部还没建"), _("启动组建"), "party_officer", 30, "bodies:formations", "柳东发〔2021〕11号 二（二）", "party"
    ),
    "group_due": FindingKind(
        _("该建党小组还没建"), _("启动组建"), "party_officer", 30, "bodies:formations", "柳东发〔2021〕11号 二（二）", "party"
    ),
    "instructor_due": FindingKind(
        _("没有党员，也没有指导员"),
        _("选派指导员或结对单位"),
        "party_officer",
        30,
        "bodies:formations",
        "柳东发〔2021〕11号 二（二）",
        "party",
    ),
    "branch_twice": FindingKind(
        _("一个小区两个支部"), _("理顺设置，或写明理由"), "party_officer", 30, "bodies:formations", "苏社〔2025〕4号 一、2", "party"
    ),
    "secretary_unfiled": FindingKind(_("书记还没备案"), _("报送备案"), "party_officer", 15, "bodies:filings", "若干措施 四（19）", "party"),
    "persons_alike": FindingKind(_("可能是同一个人"), _("核对后合并，或确认不是"), "community_worker", 30, "people:alike", "本地设定"),
    "homes_without_owner": FindingKind(
        _("房屋没有登记业主"), _("导入业主台账"), "community_worker", 60, "people:home", "苏社〔2025〕4号 一、1"
    ),
    "survey_late": FindingKind(
        _("摸排过期没走完"), _("走完剩下的户，或写明情况"), "grid_worker", 10, "people:surveys", "柳东发〔2021〕11号 三"
    ),
}
PARTY_ROLES = ("party_officer", "street_party_officer", "county_party_officer", "branch_secretary")
GENERAL_ROLES = ("grid_worker", "community_worker", "street_dispatcher", "county_officer")
