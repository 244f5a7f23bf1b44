"""What can be asked of venues and spaces by name: how many, how large, and what of the jurisdiction's list they lack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.metrics.facts import number, rows_of, then, total
from linzhi.domains.places.metrics.grouping import LENGTHS, counts
from linzhi.policy.metrics import Rows, Scope
from linzhi.policy.queries import pack_for, packs_inside
from linzhi.policy.resolve import find

VENUES, SPACES = _("阵地台账"), _("闲置空间台账")
KINDS = {
    "centres": ("centre", _("党群服务中心")),
    "stations": ("station", _("党群服务驿站")),
    "consultation_venues": ("consultation", _("议事亭（议事处）")),
    "mediation_rooms": ("mediation", _("调解室")),
    "canteens": ("canteen", _("老年食堂")),
    "culture_venues": ("culture", _("文体活动室")),
    "rest_stops": ("rest", _("户外劳动者歇脚点")),
}


def _venues(kind: str) -> Callable[[Scope, str], Rows]:
    return lambda scope, level: number(scope, level, "venue", {"kind": (kind,)})


counts("venues", lambda scope, level: number(scope, level, "venue", {}), title=_("阵地"), unit=_("处"), formula=_("在册的阵地数"),
       needs=VENUES)  # fmt: skip
for _name, (_kind, _title) in KINDS.items():
    counts(_name, _venues(_kind), title=_title, unit=_("处"), formula=_("阵地台账里这一种阵地的处数"), needs=VENUES)

counts("venue_area", lambda scope, level: total(scope, level, "venue", "area", {"level": (level,)}, unit=100), title=_("阵地面积"),
       levels=("estate", "community", "street"), unit=_("平方米"), needs=_("阵地的面积"),
       formula=_("本级阵地面积之和，不足一平方米的舍去；有一处没填面积就说不准"))  # fmt: skip
counts("own_centres", lambda scope, level: number(scope, level, "venue", {"level": (level,), "kind": ("centre",)}),
       levels=("estate", "community", "street"), title=_("本级党群服务中心"), unit=_("处"), needs=VENUES,
       formula=_("阵地台账里级别是本级的党群服务中心"))  # fmt: skip
counts("centre_area", lambda scope, level: total(scope, level, "venue", "area", {"level": (level,), "kind": ("centre",)}, unit=100),
       levels=("estate", "community", "street"), title=_("党群服务中心面积"), unit=_("平方米"), needs=_("党群服务中心的面积"),
       formula=_("本级党群服务中心面积之和，不足一平方米的舍去；有一处没填面积就说不准"))  # fmt: skip
counts("ownerless_venues", lambda scope, level: number(scope, level, "venue", {"owner": ("",)}), title=_("没有写明产权的阵地"), unit=_("处"),
       formula=_("没有填产权单位的阵地数"), needs=VENUES)  # fmt: skip
counts("idle_spaces", lambda scope, level: number(scope, level, "space", {"state": ("idle",)}), title=_("闲置空间"), unit=_("处"),
       formula=_("登记为闲置的空间数"), needs=SPACES)  # fmt: skip
counts("spaces_in_use", lambda scope, level: number(scope, level, "space", {"state": ("in_use",)}), title=_("已盘活的空间"), unit=_("处"),
       formula=_("原来闲置、已经用上的空间数"), needs=SPACES)  # fmt: skip


def _wanted(key: str, scope: Scope) -> Iterator[tuple[str, list[str] | None]]:
    """Where another list begins, the nearest first, with the list that holds from there on; None where nobody set one."""
    starts = {scope.path: pack_for(scope.path), **packs_inside(scope.path)}
    for start in sorted(starts, key=len, reverse=True):
        answer = find(key, on=scope.on, pack=starts[start])
        yield start, list(answer.value) if answer else None


Compare = Callable[[Collection[str], Collection[str]], int]


def _against(picked: Mapping[str, str], field: str, key: str, wrong: Compare) -> Callable[[Scope, str], Rows]:
    """A figure: what the venues picked have in a field, held against the jurisdiction's list; the worst venue of a place counts.

    A venue of which nothing is entered can't be told, and neither can a place where no list is set.
    """

    def read(scope: Scope, level: str) -> Rows:
        rows = rows_of("venue", scope).filter(**picked)
        lists = list(_wanted(key, scope))
        found: dict[Any, int | None] = {}
        for row in then("venue", rows, scope):
            place = row.path[: LENGTHS[level]]
            asked = next((one for start, one in lists if row.path.startswith(start)), None)
            has = getattr(row, field)
            count = None if asked is None or not has else wrong(asked, has)
            before = found.get(place, 0)
            found[place] = None if count is None or before is None else max(before, count)
        return found

    return read


def _lacking(asked: Collection[str], has: Collection[str]) -> int:
    return len(set(asked) - set(has))


def _beyond(asked: Collection[str], has: Collection[str]) -> int:
    return len(set(has) - set(asked))


STATION, CENTRE = {"kind": "station"}, {"kind": "centre", "level": "estate"}
ESTATE = ("estate",)
counts("station_functions_missing", _against(STATION, "functions", "venue.station.functions", _lacking), levels=ESTATE, unit=_("项"),
       title=_("驿站缺的功能"), formula=_("驿站应有的功能里没有登记的项数，几处驿站取缺得最多的"), needs=_("驿站的功能"))  # fmt: skip
counts("station_items_missing", _against(STATION, "equipment", "venue.station.equipment", _lacking), levels=ESTATE, unit=_("项"),
       title=_("驿站缺的配备"), formula=_("驿站应有的配备里没有登记的项数，几处驿站取缺得最多的"), needs=_("驿站的配备"))  # fmt: skip
counts("centre_functions_missing", _against(CENTRE, "functions", "venue.estate.functions", _lacking), levels=ESTATE, unit=_("项"),
       title=_("小区中心缺的功能"), formula=_("小区党群服务中心应有的功能里没有登记的项数"), needs=_("党群服务中心的功能"))  # fmt: skip
counts("signs_beyond", _against({"level": "estate"}, "signs", "venue.allowed_signs", _beyond), levels=ESTATE, unit=_("块"),
       title=_("多挂的标牌"), formula=_("阵地对外悬挂的标牌里不在允许之列的块数"), needs=_("阵地悬挂的标牌"))  # fmt: skip
for _level in ("community", "street"):
    counts("zones_missing", _against({"kind": "centre", "level": _level}, "functions", "venue.zones", _lacking), levels=(_level,),
           unit=_("项"), title=_("党群服务中心缺的功能区"), formula=_("应当划分的功能区里没有登记的项数"),
           needs=_("党群服务中心的功能"))  # fmt: skip
