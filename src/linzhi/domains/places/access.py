"""Who may change and read the ground. Estates, buildings, grids and facilities are public facts; the roll of dwellings is for staff."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, open_to

SETUP = for_job("setup")
KEEPERS = open_to("community_worker", "county_officer", "administrator") + SETUP
STAFF = open_to(
    "grid_worker", "building_head", "property_handler", "branch_secretary", "community_worker", "street_dispatcher", "county_officer",
    "administrator",
)  # fmt: skip

declare(
    Action("places.add_division", _("新增行政区划"), open_to("county_officer", "administrator") + SETUP),
    Action("places.register_estate", _("登记小区"), KEEPERS),
    Action("places.revise_estate", _("修改小区资料"), KEEPERS),
    Action("places.add_building", _("登记楼栋"), KEEPERS),
    Action("places.register_dwellings", _("登记房屋"), KEEPERS),
    Action("places.create_grid", _("设立网格"), KEEPERS),
    Action("places.redraw_grid", _("调整网格范围"), KEEPERS),
    Action("places.add_facility", _("登记设施"), KEEPERS + open_to("property_handler", "grid_worker")),
    Action("places.view_estate", _("查看小区"), for_anyone()),
    Action("places.view_dwelling", _("查看房屋台账"), STAFF),
)
