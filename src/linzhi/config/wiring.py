"""Who reacts to what, and what the shells link to: the two tables that tie the parts together. Nothing is wired elsewhere.

An event reaches its handlers through the outbox, after commit and at least once; a handler is an idempotent command
run as System("<handler name>").
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies import handlers as bodies
from linzhi.domains.desk import queries as desk
from linzhi.domains.people import handlers as people
from linzhi.domains.people.events import AccountLinked, OwnershipEnded
from linzhi.domains.places.events import GridRedrawn
from linzhi.domains.requests import handlers as requests
from linzhi.flow.events import LimitNear, MatterMoved
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.outbox.events import Fact, Handler, Wants, subscribe
from linzhi.web import navigation, shell
from linzhi.web.navigation import Doors, NavItem

# (event, name of the handler, handler, which of these events it wants: None for all)
SUBSCRIPTIONS: tuple[tuple[type[Fact], str, Handler, Wants | None], ...] = (
    (PhoneLinked, "people.link_by_phone", people.link_by_phone, None),
    (GridRedrawn, "bodies.follow_grid", bodies.follow_borders, None),
    (AccountLinked, "bodies.follow_account", bodies.give_power, None),
    (OwnershipEnded, "bodies.owner_left", bodies.end_for_lack_of_ownership, None),
    (MatterMoved, "requests.tell_moves", requests.tell_moves, requests.is_told),
    (LimitNear, "requests.tell_limits", requests.tell_limits, None),
)

# In the order in which they stand.
NAVIGATION: tuple[NavItem, ...] = (
    NavItem("home", _("工作台"), "layout-dashboard", "desk:home", "desk.view_home"),
    NavItem("today", _("今天"), "checklist", "desk:today", "desk.view_home"),
    NavItem("requests", _("诉求"), "message-report", "requests:list", "requests.view"),
    NavItem("sheets", _("热线工单"), "table-import", "requests:import", "requests.take_sheet"),
    NavItem("board", _("看板"), "map", "desk:board", "requests.view_figures", group=_("看全局")),
    NavItem("methods", _("工作方法"), "route", "desk:methods", "desk.view_home", group=_("看全局")),
    NavItem("access", _("权限解释"), "key", "desk:access", "desk.explain_access", group=_("管理")),
    NavItem("health", _("后台运行"), "tools", "desk:health", "desk.view_health", group=_("管理")),
)

DOORS = Doors(
    home="desk:start", search="desk:search", notices="desk:inbox", account="", sign_in="account_login", sign_out="account_logout",
    switch="desk:demo",
)  # fmt: skip


def wire() -> None:
    """Subscribe every handler and register the navigation. Safe to repeat; refused when a name is taken."""
    for event, name, handler, wants in SUBSCRIPTIONS:
        subscribe(event, name, handler, wants)
    navigation.register(NAVIGATION)
    navigation.open_doors(DOORS)
    shell.provider = desk.shell_of
