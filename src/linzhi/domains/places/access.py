"""Who may change and read the ground. Estates, buildings, grids and facilities are public facts; the roll of dwellings is for staff."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, open_to
from linzhi.foundation.privacy import personal

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
    Action("places.record_estates", _("登记和修改小区"), KEEPERS),
    Action("places.record_buildings", _("登记和修改楼栋"), KEEPERS),
    Action("places.record_units", _("登记和修改单元"), KEEPERS),
    Action("places.record_dwellings", _("登记和修改房屋"), KEEPERS),
    Action("places.record_grids", _("登记和修改网格"), KEEPERS),
    Action("places.record_venues", _("登记和修改阵地"), KEEPERS),
    Action("places.record_spaces", _("登记和修改闲置空间"), KEEPERS),
    Action("places.record_facilities", _("登记和修改设施"), KEEPERS),
    Action("places.withdraw_estates", _("撤回导入的小区"), KEEPERS),
    Action("places.withdraw_buildings", _("撤回导入的楼栋"), KEEPERS),
    Action("places.withdraw_units", _("撤回导入的单元"), KEEPERS),
    Action("places.withdraw_dwellings", _("撤回导入的房屋"), KEEPERS),
    Action("places.withdraw_grids", _("撤回导入的网格"), KEEPERS),
    Action("places.withdraw_venues", _("撤回导入的阵地"), KEEPERS),
    Action("places.withdraw_spaces", _("撤回导入的闲置空间"), KEEPERS),
    Action("places.withdraw_facilities", _("撤回导入的设施"), KEEPERS),
    Action(
        "places.verify_profile",
        _("复核小区底数"),
        open_to("grid_worker", "community_worker", "street_dispatcher", "county_officer") + SETUP,
    ),
    Action("places.move_division", _("移动小区或社区"), open_to("county_officer") + SETUP),
    Action("places.merge_divisions", _("合并街道或社区"), open_to("county_officer") + SETUP),
    Action("places.split_division", _("拆分街道或社区"), open_to("county_officer") + SETUP),
    Action("places.settle_move", _("理顺调整中的登记"), for_job("places.settle_move")),
    Action("places.view_register", _("查看底数"), STAFF),
    Action("places.create_grid", _("设立网格"), KEEPERS),
    Action("places.redraw_grid", _("调整网格范围"), KEEPERS),
    Action("places.add_facility", _("登记设施"), KEEPERS + open_to("property_handler", "grid_worker")),
    Action("places.view_estate", _("查看小区"), for_anyone()),
    Action("places.view_dwelling", _("查看房屋台账"), STAFF),
)

personal.not_personal("places.Estate", {"name": _("小区的名称"), "address": _("小区的地址")})
personal.not_personal("places.Grid", {"name": _("网格的名称")})
personal.not_personal("places.Facility", {"name": _("设施的名称")})
personal.not_personal("places.Estate", {"conditions": _("小区的情况"), "boundary": _("小区的边界")})
personal.not_personal(
    "places.Venue",
    {
        "name": _("场所的名称"), "functions": _("场所的用处"), "equipment": _("场所的设备"), "signs": _("场所的标牌"), "hours": _("开放时间"),
        "owner": _("场地归哪个单位"),
    },
)  # fmt: skip
personal.not_personal("places.Space", {"name": _("闲置空间的名称"), "owner": _("归哪个单位"), "wanted": _("居民想拿它做什么")})
personal.not_personal("places.FormerFacts", {"facts": _("以前的小区资料")})
personal.declare(
    "places.ProfileField",
    {"filled_by": _("谁填的（账号编号）")},
    purpose=_("小区资料有据可查"), basis=personal.ACCOUNTABLE, seen_by=_("当地的工作人员"), kept=_("随小区资料"),
)  # fmt: skip
personal.declare(
    "places.Verification",
    {"by": _("谁核实的（账号编号）"), "note": _("核实的话")},
    purpose=_("小区资料有据可查"), basis=personal.ACCOUNTABLE, seen_by=_("当地的工作人员"), kept=_("随小区资料"),
)  # fmt: skip
