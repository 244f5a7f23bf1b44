"""Plain values and functions of the ground: the words it uses, labels, overlaps of grids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.territory.paths import covers

# What estates were called before the jurisdiction's own list (`estate.types` of the packs) was used; kept so that old rows can be read.
FORMER_KINDS = {"commercial": _("商品房小区"), "affordable": _("保障房小区"), "compound": _("单位家属院")}
SELF_GOVERNMENTS = {"none": _("还没有"), "owners_committee": _("业主委员会"), "management_committee": _("物业管理委员会")}
PROPERTY_ARRANGEMENTS = {
    "none": _("没有物业"),
    "company": _("物业服务企业"),
    "self": _("业主自管"),
    "community_trust": _("社区托管"),
}
AREA_SOURCES = {"registered": _("不动产登记"), "surveyed": _("测绘"), "contract": _("购房合同")}
DWELLING_KINDS = {"home": _("房屋"), "parking": _("车位"), "shop": _("商铺")}
DWELLING_USES = {"residential": _("住宅"), "shop": _("商铺"), "office": _("办公"), "parking": _("车位"), "other": _("其他")}
USUAL_USE = {"home": "residential", "parking": "parking", "shop": "shop"}
OCCUPANCIES = {
    "owner_occupied": _("业主自住"),
    "let": _("出租"),
    "vacant": _("空置"),
    "undelivered": _("还没交付"),
    "unknown": _("不清楚"),
}
BUILDING_KINDS = {
    "residential": _("住宅楼"),
    "mixed": _("商住楼"),
    "commercial": _("商务楼"),
    "garage": _("车库"),
    "other": _("其他"),
}
CONDITIONS = {
    "no_property": _("没有物业服务"),
    "no_committee": _("没有自治组织"),
    "no_gate": _("没有围墙门卫"),
    "scattered": _("散居楼院"),
    "undelivered": _("还没交付完"),
    "renewal": _("列入改造"),
}
GRID_KINDS = {
    "residential": _("居民小区网格"),
    "commercial": _("商务楼宇网格"),
    "special": _("专门网格"),
    "micro": _("微网格"),
}
PARTITION = ("residential", "commercial", "special")
"""Kinds of grids that together cover a community's ground once. A micro-grid lies inside one of them."""
VENUE_LEVELS = {
    "county": _("区县"),
    "street": _("街道"),
    "community": _("社区"),
    "estate": _("小区"),
    "grid": _("网格"),
    "unit": _("楼宇、企业"),
}
VENUE_KINDS = {
    "centre": _("党群服务中心"),
    "station": _("党群服务驿站"),
    "consultation": _("议事亭（议事处）"),
    "mediation": _("调解室"),
    "canteen": _("老年食堂"),
    "culture": _("文体活动室"),
    "rest": _("户外劳动者歇脚点"),
    "other": _("其他"),
}
PREMISES_OWNERS = {
    "community": _("社区用房"),
    "property": _("物业用房"),
    "public": _("公共闲置用房"),
    "owners": _("全体业主共有"),
    "resident_unit": _("驻区单位"),
    "rented": _("租用"),
    "other": _("其他"),
}
SPACE_STATES = {"idle": _("闲置"), "planned": _("已有打算"), "in_use": _("已经用上"), "disputed": _("权属有争议")}
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


# The facts of an estate's profile (JS-01): the field, its name, who owes it (a role). Packs say which are needed (`profile.fields`).
PROFILE_FIELDS = {
    "address": (_("地址"), "community_worker"),
    "built_year": (_("建成年份"), "community_worker"),
    "boundary": (_("四至范围"), "community_worker"),
    "declared_buildings": (_("楼栋数"), "grid_worker"),
    "households": (_("户数"), "grid_worker"),
    "residents": (_("登记居民数"), "grid_worker"),
    "population": (_("常住人口"), "community_worker"),
    "self_government": (_("自治组织"), "community_worker"),
    "property_arrangement": (_("物业管理方式"), "community_worker"),
    "conditions": (_("小区状况"), "community_worker"),
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


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of a row (empty: with the row), and what to do."""

    field: str
    why: str
    remedy: str = ""


def boundary_fault(boundary: Mapping[str, Any]) -> str:
    """Why a boundary isn't a simple GeoJSON polygon of longitude and latitude, or an empty string.

    One closed ring of at least four positions, inside the range of degrees, that doesn't cross itself. Holes aren't taken.
    """
    rings = boundary.get("coordinates")
    if boundary.get("type") != "Polygon" or set(boundary) - {"type", "coordinates"} or not isinstance(rings, list) or len(rings) != 1:
        return str(_("范围要是一个 GeoJSON 多边形（Polygon），只有一圈。"))
    ring = rings[0]
    if not isinstance(ring, list) or not all(_is_position(point) for point in ring):
        return str(_("每个点要写成 [经度, 纬度]。"))
    points = [(Decimal(str(x)), Decimal(str(y))) for x, y in ring]
    if len(points) < 4 or points[0] != points[-1] or len(points) > 2000:
        return str(_("一圈至少四个点，最后一个点要和第一个相同。"))
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        return str(_("经度在 -180 到 180 之间，纬度在 -90 到 90 之间。"))
    if len(set(points)) != len(points) - 1 or _crosses(points):
        return str(_("边界线自己交叉了，请沿着边界按顺序标点。"))
    return ""


def _is_position(point: object) -> bool:
    return isinstance(point, list) and len(point) == 2 and all(isinstance(x, int | float | str | Decimal) and _number(x) for x in point)


def _number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except ArithmeticError:
        return False


Point = tuple[Decimal, Decimal]


def _crosses(points: list[Point]) -> bool:
    """Whether two sides of a closed ring meet that aren't neighbours. Sides are compared in order of their west end."""
    sides = sorted((min(a, b), max(a, b), number) for number, (a, b) in enumerate(pairwise(points)))
    last = len(sides) - 1
    for place, (a, b, one) in enumerate(sides):
        for c, d, other in sides[place + 1 :]:
            if c[0] > b[0]:
                break
            if abs(one - other) not in (1, last) and _meet(a, b, c, d):
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> int:
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (area > 0) - (area < 0)


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    if _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0:
        return True
    return any(_turn(x, y, p) == 0 and min(x, y) <= p <= max(x, y) for x, y, p in ((a, b, c), (a, b, d), (c, d, a), (c, d, b)))


LEVEL_WORDS = {"county": _("区县"), "street": _("街道"), "community": _("社区"), "estate": _("小区"), "building": _("楼栋")}
DIVISION_DIGITS = {"province": 2, "city": 4, "county": 6, "street": 9, "community": 12}


def code_fault(level: str, code: str, parent: str | None) -> str:
    """Why a division code of a real province (11 to 82) isn't built 2+2+2+3 digits under its parent's, or an empty string.

    A made-up county begins with 90 or more and is free. Shorter levels may be filled up with noughts: 320000 is 32.
    """
    if level not in DIVISION_DIGITS or not code[:2].isdigit() or not 11 <= int(code[:2]) <= 82:
        return ""
    digits = DIVISION_DIGITS[level]
    filled = digits < 6 and code == code[:digits].ljust(6, "0")
    if not code.isdigit() or (len(code) != digits and not filled):
        return str(_("这一级的区划代码是 %(n)d 位数字。")) % {"n": digits}
    above = {"city": 2, "county": 4, "street": 6, "community": 9}.get(level)
    if above and parent and parent[:2] == code[:2] and code[:above] != parent[:above]:
        return str(_("代码的前 %(n)d 位要和上级一样（%(parent)s）。")) % {"n": above, "parent": parent[:above]}
    return ""
