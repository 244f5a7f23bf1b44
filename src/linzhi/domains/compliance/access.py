"""Who sees how places stand and what is amiss: the staff of the place; what the closed room shows, only the party line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.compliance.rules import GENERAL_ROLES, PARTY_ROLES
from linzhi.foundation.access.actions import Action, Rule, declare, for_job, open_to
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.scopes import NOTHING, Both, OwnBody, Scope, Where, Within, value_of
from linzhi.foundation.privacy import personal
from linzhi.foundation.territory.paths import ancestors, covers, within
from linzhi.kernel.actor import Actor

JOBS = ("compliance.refresh", "compliance.follow")


@dataclass(frozen=True)
class Touching(Scope):
    """The object lies in a territory of the grant, or its place holds that territory: a county's campaign concerns each community of it."""

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        place = value_of(obj, "path")
        if not place:
            return False
        return next((grant for grant in grants if covers(grant.path, place) or covers(place, grant.path)), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        result = NOTHING
        for path in {grant.path for grant in grants}:
            result |= within("path", path) | Q(path__in=ancestors(path))
        return result


def _by_room(scope: Scope, general: tuple[str, ...], party: tuple[str, ...]) -> tuple[Rule, ...]:
    """The general room for some roles, the closed one for those of the party line."""
    return open_to(*general, scope=Both(scope, Where("room", ""))) + open_to(*party, scope=Both(scope, Where("room", "party")))


def _all_rooms(scope: Scope) -> tuple[Rule, ...]:
    """The general room for everybody who may, and both for the party line."""
    return open_to(*GENERAL_ROLES, scope=Both(scope, Where("room", ""))) + open_to(*PARTY_ROLES, scope=scope)


COUNTY = _by_room(Within(), ("county_officer",), ("county_party_officer",))
STREETS = _by_room(Within(), ("street_dispatcher", "county_officer"), ("street_party_officer", "county_party_officer"))
LEADING = open_to("street_dispatcher", "county_officer", "street_party_officer", "county_party_officer")

declare(
    Action("compliance.evaluate", _("对照检查"), for_job(*JOBS) + open_to("county_officer")),
    Action("compliance.note_followed", _("记下看到哪里"), for_job(*JOBS)),
    Action("compliance.view_finding", _("查看查缺补漏"), _by_room(Within(), GENERAL_ROLES, PARTY_ROLES)),
    Action("compliance.view_standing", _("查看对照情况"), open_to(*GENERAL_ROLES, *PARTY_ROLES)),
    Action("compliance.view_party_standing", _("查看党务对照情况"), open_to(*PARTY_ROLES)),
    Action("compliance.excuse_finding", _("说明情况"), STREETS),
    Action("compliance.view_campaign", _("查看销号行动"), _all_rooms(Touching())),
    Action("compliance.open_campaign", _("发起销号行动"), COUNTY),
    Action("compliance.close_campaign", _("结束销号行动"), COUNTY),
    Action("compliance.note_scheduling", _("记录调度"), COUNTY),
    Action("compliance.link_leader", _("登记挂包领导"), LEADING),
    Action("compliance.unlink_leader", _("结束挂包"), LEADING),
    Action("compliance.view_leader_links", _("查看挂包领导"), open_to(*GENERAL_ROLES, *PARTY_ROLES, scope=Touching())),
    Action("compliance.set_department_task", _("交办部门"), STREETS),
    Action(
        "compliance.finish_department_task",
        _("报交办结果"),
        open_to("department_handler", scope=OwnBody("body_id")) + COUNTY,
    ),
    Action(
        "compliance.view_department_task",
        _("查看交办事项"),
        open_to("department_handler", scope=OwnBody("body_id")) + _all_rooms(Within()),
    ),
)

personal.not_personal("compliance.Layout", {"figures": _("指标的名称"), "checks": _("检查项的名称")})
personal.not_personal("compliance.Standing", {"name": _("小区、网格或地方的名称"), "figures": _("指标的数值"), "states": _("达到没有")})
personal.not_personal("compliance.Tally", {"counts": _("个数")})
personal.not_personal("compliance.Finding", {"owner": _("哪个岗位去改"), "words": _("缺了什么，没有人的姓名")})
personal.declare(
    "compliance.Finding",
    {"excused_reason": _("一时补不了的理由，可能提到人"), "excused_by": _("写理由的工作人员（账号编号）")},
    purpose=_("没补的要有理由，查得到是谁说明的"), basis=personal.DUTY, seen_by=_("那个地方的工作人员"), kept=_("随这一条长期保存"),
)  # fmt: skip
personal.not_personal(
    "compliance.Campaign",
    {
        "checks": _("检查项的名称"), "milestones": _("阶段和日期"), "basis": _("文件名"), "outcome": _("行动的结果，没有人的姓名"),
    },
)  # fmt: skip
personal.not_personal(
    "compliance.Scheduling", {"note": _("调度的要点，写事不写人"), "counts": _("各处的个数"), "moved": _("个数的变化")}
)  # fmt: skip
personal.not_personal(
    "compliance.DepartmentTask",
    {"what": _("交办什么"), "done": _("办了什么"), "checks": _("检查项的名称"), "session": _("哪一次调度")},
)  # fmt: skip
personal.declare(
    "compliance.LeaderLink",
    {"name": _("挂包领导公开的姓名")},
    purpose=_("哪位领导负责哪一片，查得到"), basis=personal.DUTY, seen_by=_("那一片的工作人员"), kept=_("长期：职责记录要查得到"),
)  # fmt: skip
