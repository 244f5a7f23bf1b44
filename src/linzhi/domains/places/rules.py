"""Plain values and functions of the ground: the words it uses, labels, overlaps of grids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.territory.paths import covers

# The national list; a jurisdiction's pack narrows or renames it.
ESTATE_KINDS = {
    "commercial": _("商品房小区"),
    "old": _("老旧小区"),
    "resettlement": _("安置小区"),
    "affordable": _("保障房小区"),
    "mixed": _("商住小区"),
    "compound": _("单位家属院"),
}
SELF_GOVERNMENTS = {"none": _("还没有"), "owners_committee": _("业主委员会"), "management_committee": _("物业管理委员会")}
PROPERTY_ARRANGEMENTS = {
    "none": _("没有物业"),
    "company": _("物业服务企业"),
    "self": _("业主自管"),
    "community_trust": _("社区托管"),
}
AREA_SOURCES = {"registered": _("不动产登记"), "surveyed": _("测绘"), "contract": _("购房合同")}
DWELLING_USES = {"residential": _("住宅"), "shop": _("商铺"), "office": _("办公"), "parking": _("车位"), "other": _("其他")}
GRID_KINDS = {"residential": _("居民小区网格"), "commercial": _("商务楼宇网格"), "micro": _("微网格")}
FACILITY_KINDS = {
    "elevator": _("电梯"),
    "lamp": _("路灯"),
    "gate": _("门禁"),
    "garage": _("车库"),
    "bin": _("垃圾投放点"),
    "fire": _("消防设施"),
    "playground": _("活动场地"),
    "charger": _("充电设施"),
    "other": _("其他"),
}


def dwelling_label(building: str, unit: str, room: str) -> str:
    """How a dwelling is called on the spot: 3幢2单元502."""
    return f"{building}{unit}单元{room}" if unit else f"{building}{room}"


def overlapping(paths: Iterable[str], taken: Mapping[str, str]) -> tuple[str, str] | None:
    """The first of `paths` that lies in, or contains, a path of `taken` (path to owner): (path, owner), or None."""
    for path in paths:
        for other, owner in taken.items():
            if covers(path, other) or covers(other, path):
                return path, owner
    return None
