"""Who changes what applies: the county office for its county and below, and an estate for its own rules of procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, Rule, declare, for_signed_in, open_to
from linzhi.foundation.access.scopes import Both, Mine, Where, Within
from linzhi.foundation.privacy import personal

COUNTY = open_to("county_officer")
_AN_ESTATE = Both(Within(), Where("level", "estate"))
# An estate's rules of procedure are the owners' own: their committee enters them, or the community where there is none.
OWN_RULES = tuple(Rule(role, _AN_ESTATE) for role in ("committee_member", "community_worker"))
STREET = (Rule("street_dispatcher", _AN_ESTATE),)
READERS = open_to("county_officer", "street_dispatcher", "community_worker", "committee_member", "branch_secretary", "grid_worker")

declare(
    Action("policy.propose_value", _("提出规定"), COUNTY + OWN_RULES),
    Action("policy.end_value", _("提出停用规定"), COUNTY + OWN_RULES),
    Action("policy.approve_value", _("批准规定"), COUNTY + STREET),
    Action("policy.reject_value", _("不批准规定"), COUNTY + STREET),
    Action("policy.withdraw_value", _("收回规定"), COUNTY + for_signed_in(Mine("proposed_by"))),
    Action("policy.view_value", _("查看本地规定"), READERS),
)

personal.declare(
    "policy.EnteredValue",
    {
        "reason": _("为什么要改，可能提到人"), "proposed_by": _("谁提出的（账号编号）"), "approved_by": _("谁批准的（账号编号）"),
        "answered_by": _("谁退回或收回的（账号编号）"), "answer": _("退回或收回的理由，可能提到人"),
    },
    purpose=_("规定是谁提、谁批的，有据可查"), basis=personal.ACCOUNTABLE, seen_by=_("当地的工作人员和业委会"), kept=_("随规定存档"),
)  # fmt: skip
personal.not_personal(
    "policy.EnteredValue",
    {
        "value": _("规定的值"), "title": _("文件名"), "issuer": _("发文机关"), "before": _("原来的规定"),
        "stopped_by": _("由哪一条规定接上"), "key": _("规定的编码"),
    },
)  # fmt: skip
