"""The registers of venues, idle spaces and facilities as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places import commands as do
from linzhi.domains.places.models import Facility, Space, Venue
from linzhi.domains.places.queries import as_of, in_force
from linzhi.domains.places.registers.frame import Book, batches
from linzhi.domains.places.rules import FACILITY_KINDS, PREMISES_OWNERS, SPACE_STATES, VENUE_KINDS, VENUE_LEVELS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row, Rows
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory

WHERE = Column(
    "where",
    _("所在地编码"),
    Kind.CODE,
    key=True,
    note=_("街道、社区、小区或楼栋的编码；导入那个地方的表时可以空着。"),
    aliases=("所在小区编码", "地点编码"),
)
NAME = Column("name", _("名称"), required=True, key=True, longest=80)
AREA = Column("area", _("面积（平方米）"), Kind.HUNDREDTHS, least=1, most=100_000_000, aliases=("面积", "建筑面积"))
PREMISES = Column("premises", _("用房来源"), Kind.CHOICE, choices=PREMISES_OWNERS)
OWNER = Column("owner", _("产权单位"), longest=80)
_LISTS = ("functions", "equipment", "signs")
VENUE_COLUMNS = (
    WHERE,
    NAME,
    Column("level", _("级别"), Kind.CHOICE, choices=VENUE_LEVELS),
    Column("kind", _("类型"), Kind.CHOICE, choices=VENUE_KINDS),
    AREA,
    Column("functions", _("功能"), longest=2000, note=_("几项用顿号隔开。"), example="协商议事、便民服务"),
    Column("equipment", _("配备"), longest=2000, note=_("几项用顿号隔开。"), example="急救药箱"),
    Column("signs", _("标牌"), longest=2000, note=_("几项用顿号隔开。")),
    Column("hours", _("开放时间"), longest=120, example="周一至周日 8:30-17:30"),
    PREMISES,
    OWNER,
)
SPACE_COLUMNS = (
    WHERE, NAME, AREA, PREMISES, OWNER,
    Column("state", _("现状"), Kind.CHOICE, choices=SPACE_STATES, note=_("不写按闲置。")),
    Column("wanted", _("想怎么用"), longest=200),
)  # fmt: skip
FACILITY_COLUMNS = (WHERE, NAME, Column("kind", _("类型"), Kind.CHOICE, choices=FACILITY_KINDS))


def _rows(model: Any, what: str, codes: tuple[str, ...]) -> Rows:
    def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
        """The rows inside a place as they were on a day; they are public facts."""
        found = model.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
        for part in batches(found):
            where = dict(Territory.objects.filter(path__in={row.path for row in part}).values_list("path", "code"))
            for row in as_of(what, part, on):
                said = {name: getattr(row, name) for name in codes}
                yield {"where": where[row.path], **{name: _cell(value) for name, value in said.items()}}

    return rows


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(value) or None
    return None if value == "" else value


class _Listed(Book):
    """A register whose lists of words stand in one cell each."""

    def _input(self, row: Row) -> Any:
        split = {name: tuple(word.strip() for word in row[name].split("、") if word.strip()) for name in _LISTS if row.get(name)}
        return super()._input({**row, **split})


_VENUES = _Listed(do.VenueRow, do.compare_venues, do.record_venues, do.RecordVenues, do.withdraw_venues, do.WithdrawVenues)
_SPACES = Book(do.SpaceRow, do.compare_spaces, do.record_spaces, do.RecordSpaces, do.withdraw_spaces, do.WithdrawSpaces)
_FACILITIES = Book(
    do.FacilityRow, do.compare_facilities, do.record_facilities, do.RecordFacilities, do.withdraw_facilities, do.WithdrawFacilities
)
LEVELS = ("county", "street", "community", "estate", "building")
VENUES = Register(
    "venues", _("阵地"), _("每行一处，按所在地和名称对上。"), VENUE_COLUMNS, "places.record_venues", "places.view_register", LEVELS,
    _VENUES.judge, _VENUES.take, _VENUES.undo, _rows(Venue, "venue", tuple(one.code for one in VENUE_COLUMNS[1:])), after=("estates",),
)  # fmt: skip
SPACES = Register(
    "spaces", _("闲置空间"), _("每行一处，按所在地和名称对上。"), SPACE_COLUMNS, "places.record_spaces", "places.view_register", LEVELS,
    _SPACES.judge, _SPACES.take, _SPACES.undo, _rows(Space, "space", tuple(one.code for one in SPACE_COLUMNS[1:])), after=("estates",),
)  # fmt: skip
FACILITIES = Register(
    "facilities", _("设施"), _("每行一件，按所在小区或楼栋和名称对上；新的由系统编码，印二维码用。"), FACILITY_COLUMNS, "places.record_facilities",
    "places.view_register", LEVELS, _FACILITIES.judge, _FACILITIES.take, _FACILITIES.undo, _rows(Facility, "facility", ("name", "kind")),
    after=("buildings",),
)  # fmt: skip
