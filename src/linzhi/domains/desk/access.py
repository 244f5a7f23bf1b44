"""What the desk itself asks for; everything else is decided where it belongs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, open_to
from linzhi.foundation.access.scopes import Everywhere

STAFF = (
    "grid_worker", "building_head", "property_handler", "committee_member", "branch_secretary", "community_worker",
    "street_dispatcher", "department_handler", "county_officer", "administrator", "party_officer", "street_party_officer",
    "county_party_officer",
)  # fmt: skip

declare(
    Action("desk.view_home", _("工作台"), open_to(*STAFF, scope=Everywhere())),
    Action("desk.explain_access", _("为什么能、为什么不能"), open_to("administrator", "county_officer", scope=Everywhere())),
    Action("desk.view_health", _("看后台运行"), open_to("administrator", scope=Everywhere())),
    Action("desk.retry_event", _("再办一次"), open_to("administrator", scope=Everywhere())),
    Action("desk.set_day", _("改日历的一天"), open_to("administrator", scope=Everywhere())),
    Action("desk.view_calendar", _("看工作日历"), open_to("administrator", "county_officer", scope=Everywhere())),
    Action("desk.view_policy", _("看政策包"), open_to(*STAFF, scope=Everywhere())),
    Action("desk.set_office_hours", _("改办公时间"), open_to("administrator", scope=Everywhere())),
    Action("desk.announce_year", _("登记一年的放假安排"), open_to("administrator", scope=Everywhere())),
)
