"""Who reacts to what, and what the shells link to: the two tables that tie the parts together. Nothing is wired elsewhere.

An event reaches its handlers through the outbox, after commit and at least once; a handler is an idempotent command
run as System("<handler name>").
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies import handlers as bodies
from linzhi.domains.bodies.events import Appointed, TermBegun
from linzhi.domains.desk import handlers as desk_handlers
from linzhi.domains.desk import queries as desk
from linzhi.domains.desk.events import YearAnnounced
from linzhi.domains.people import handlers as people
from linzhi.domains.people.events import AccountLinked, OwnershipEnded
from linzhi.domains.places import handlers as places
from linzhi.domains.places.events import DivisionEnded, GridRedrawn, PlaceMoved
from linzhi.domains.requests import handlers as requests
from linzhi.flow.events import LimitNear, MatterMoved
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.consents.events import ConsentWithdrawn
from linzhi.foundation.outbox.events import Fact, Handler, Wants, subscribe
from linzhi.foundation.territory import carriers
from linzhi.web import navigation, shell
from linzhi.web.navigation import Doors, NavItem

# (event, name of the handler, handler, which of these events it wants: None for all)
SUBSCRIPTIONS: tuple[tuple[type[Fact], str, Handler, Wants | None], ...] = (
    (PhoneLinked, "people.link_by_phone", people.link_by_phone, None),
    (ConsentWithdrawn, "people.end_skills", people.end_skills, people.rests_on_consent),
    (GridRedrawn, "bodies.follow_grid", bodies.follow_borders, None),
    (PlaceMoved, "places.settle_move", places.settle, None),
    (PlaceMoved, "bodies.follow_place", bodies.follow_move, None),
    (DivisionEnded, "bodies.follow_place", bodies.follow_end, None),
    (AccountLinked, "bodies.follow_account", bodies.give_power, None),
    (OwnershipEnded, "bodies.owner_left", bodies.end_for_lack_of_ownership, None),
    (Appointed, "bodies.file_secretary", bodies.file_secretary, bodies.is_filed),
    (TermBegun, "bodies.file_term", bodies.file_term, None),
    (MatterMoved, "requests.tell_moves", requests.tell_moves, requests.is_told),
    (LimitNear, "requests.tell_limits", requests.tell_limits, None),
    (YearAnnounced, "flow.renew_limits", desk_handlers.renew_limits, None),
)

# What follows when a place is hung elsewhere: every column `path`, but for these (see foundation.territory.carriers).
_POWER = "power isn't carried: posts are decided anew, and their past stays readable"
_SEAT = "where a body sits is decided anew when its own place ends"
PATHS_ALSO = (("notify.message", "place", "a message is about a place, and is found by it"),)
PATHS_STAY = (("access.grant", "path", _POWER), ("bodies.postarea", "path", _POWER))
_OWN_RULES = "a place's own rules end with it: its successor decides its own"
PATHS_SIT = (
    ("bodies.body", "path", _SEAT), ("bodies.post", "path", _SEAT), ("bodies.servicearea", "path", _SEAT),
    ("policy.enteredvalue", "path", _OWN_RULES),
)  # fmt: skip

# In the order in which they stand.
NAVIGATION: tuple[NavItem, ...] = (
    NavItem("home", _("工作台"), "layout-dashboard", "desk:home", "desk.view_home"),
    NavItem("today", _("今天"), "checklist", "desk:today", "desk.view_home"),
    NavItem("requests", _("诉求"), "message-report", "requests:list", "requests.view"),
    NavItem("sheets", _("热线工单"), "table-import", "requests:import", "requests.take_sheet"),
    NavItem("registers", _("台账"), "file-spreadsheet", "desk:registers", "sheets.upload"),
    NavItem("places", _("底数"), "building-community", "places:home", "places.view_register"),
    NavItem("bodies", _("组织和岗位"), "users-group", "bodies:home", "bodies.view_register"),
    NavItem("people", _("人员"), "users-group", "people:home", "people.record_residents"),
    NavItem("surveys", _("摸排"), "walk", "people:surveys", "people.view_survey"),
    NavItem("members", _("党员名册"), "star", "people:members", "people.view_memberships"),
    NavItem("findings", _("查缺补漏"), "checklist", "compliance:findings", "compliance.view_finding"),
    NavItem("compliance", _("对照总览"), "map-2", "compliance:board", "compliance.view_standing", group=_("看全局")),
    NavItem("campaigns", _("销号行动"), "flag", "compliance:campaigns", "compliance.view_campaign", group=_("看全局")),
    NavItem("links", _("挂包和交办"), "user-check", "compliance:tasks", "compliance.view_department_task", group=_("看全局")),
    NavItem("board", _("看板"), "map", "desk:board", "requests.view_figures", group=_("看全局")),
    NavItem("methods", _("工作方法"), "route", "desk:methods", "desk.view_home", group=_("看全局")),
    NavItem("policy", _("政策包"), "book", "desk:policy", "desk.view_policy", group=_("看全局")),
    NavItem("rules", _("本地规定"), "gavel", "compliance:rules", "policy.view_value", group=_("看全局")),
    NavItem("accounts", _("账号"), "users", "desk:accounts", "accounts.view_account", group=_("管理")),
    NavItem("apps", _("应用与令牌"), "link", "desk:apps", "accounts.issue_token", group=_("管理")),
    NavItem("calendar", _("工作日历"), "calendar", "desk:calendar", "desk.view_calendar", group=_("管理")),
    NavItem("access", _("权限解释"), "key", "desk:access", "desk.explain_access", group=_("管理")),
    NavItem("corrections", _("更正申请"), "pencil", "desk:corrections", "rights.read_correction", group=_("管理")),
    NavItem("consents", _("同意书"), "contract", "desk:consent_texts", "consents.publish_text", group=_("管理")),
    NavItem("holds", _("依法暂停删除"), "lock", "desk:holds", "rights.place_hold", group=_("管理")),
    NavItem("health", _("后台运行"), "tools", "desk:health", "desk.view_health", group=_("管理")),
)

DOORS = Doors(
    home="desk:start", search="desk:search", notices="desk:inbox", account="desk:me", sign_in="account_login", sign_out="account_logout",
    switch="desk:demo",
)  # fmt: skip


# Which page shows what a matter is about.
SUBJECT_PAGES = {
    "requests.request": "requests:detail",
    "bodies.formation": "bodies:formation",
    "bodies.filing": "bodies:filing",
}


def wire() -> None:
    """Subscribe every handler and register the navigation. Safe to repeat; refused when a name is taken."""
    for declare, columns in ((carriers.also, PATHS_ALSO), (carriers.stays, PATHS_STAY), (carriers.sits, PATHS_SIT)):
        for label, column, why in columns:
            declare(label, column, why)
    for event, name, handler, wants in SUBSCRIPTIONS:
        subscribe(event, name, handler, wants)
    navigation.register(NAVIGATION)
    navigation.open_doors(DOORS)
    navigation.open_subjects(SUBJECT_PAGES)
    shell.provider = desk.shell_of
