"""The ground in the API: estates, open to anyone (places.view_estate); profiles, dwellings and grid problems, for staff of the place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.queries import rolls
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.web.api import CURSOR, LIMIT, NEXT, Code, Moment, OptionalCode, Out, cursor_of, path_of, position_of, powers_of, require

router = Router(tags=["地方"])
Kind = Annotated[str, Field(pattern=r"^(home|shop|parking)?$")]
ON: Any = Query(None, description="哪一天的情况；不填是今天。")


class EstateOut(Out):
    """An estate; `kind`, `self_government` and `property_arrangement` are words of the register."""

    code: str
    name: str
    kind: str
    address: str
    self_government: str
    property_arrangement: str


class EstatePage(Out):
    """A page of estates in the order of the tree."""

    items: list[EstateOut]
    next: str = Field(description=str(NEXT))


class PlaceOut(Out):
    """A place by its code and name."""

    code: str
    name: str


class EstateDetailOut(EstateOut):
    """An estate with the places above it, from the nation down, and its buildings."""

    line: list[PlaceOut]
    buildings: list[PlaceOut]


class ProfileItemOut(Out):
    """One fact of a profile. `owes` is the role that has to fill it."""

    field: str
    title: str
    filled: bool
    needed: bool
    since: date | None
    owes: str


class ProfileOut(Out):
    """An estate's profile as of a day (JS-01); `check_again` is the day by which it has to be checked again."""

    code: str
    on: date
    filled: int
    needed: int
    items: list[ProfileItemOut]
    verified_at: Moment | None
    check_again: date | None
    counted_buildings: int
    counted_households: int


class DwellingOut(Out):
    """A dwelling, shop or parking space; the exclusive area in 1/100 m², with where it comes from."""

    id: int
    building: str
    label: str
    kind: str
    unit: str
    floor: int | None
    room: str
    exclusive_area: int | None
    area_source: str
    use: str
    occupancy: str


class DwellingPage(Out):
    """A page of the roll, by building, unit, floor and room."""

    items: list[DwellingOut]
    next: str = Field(description=str(NEXT))


class GridProblemOut(Out):
    """Something wrong with the grids of a community; `owner` is the role that has to mend it."""

    kind: str
    words: str
    grids: list[str]
    owner: str


@router.get("/estates", response=EstatePage, operation_id="places.list_estates", summary="小区列表")
def list_estates(
    request: HttpRequest, place: OptionalCode = Query(""), on: date | None = ON, cursor: str = CURSOR, limit: int = LIMIT
) -> EstatePage:
    """The estates in force inside a place, on a day; without a place, all of them, without a day, today's."""
    found = queries.estates(powers_of(request), path_of(place), on)
    if cursor:
        (last,) = position_of(cursor, str)
        found = [estate for estate in found if estate.path > last]
    kept = found[:limit]
    return EstatePage(items=[_estate(estate) for estate in kept], next=cursor_of(kept[-1].path) if len(found) > limit else "")


@router.get("/estates/{code}", response=EstateDetailOut, operation_id="places.view_estate", summary="看一个小区")
def view_estate(request: HttpRequest, code: Path[Code]) -> EstateDetailOut:
    """One estate with its buildings in force today. 404 for an unknown code."""
    powers = powers_of(request)
    estate = queries.estate(code)
    if estate is None or not powers.decide("places.view_estate", estate):
        raise NotFound(_("没有找到这个小区。"))
    return EstateDetailOut(
        **_estate(estate).model_dump(),
        line=[PlaceOut(code=place.code, name=place.name) for place in territory.line(estate.path)[:-1]],
        buildings=[PlaceOut(code=one.code, name=one.number) for one in queries.buildings(estate, day_of(powers.at))],
    )


@router.get("/estates/{code}/profile", response=ProfileOut, operation_id="places.view_profile", summary="看小区底数")
def view_profile(request: HttpRequest, code: Path[Code], on: date | None = ON) -> ProfileOut:
    """What of an estate's profile is filled, what is missing and who owes it. 404 for what isn't the asker's to see."""
    powers = powers_of(request)
    require(powers, "places.view_register")
    estate = queries.estate(code)
    if estate is None or not powers.decide("places.view_register", estate):
        raise NotFound(_("没有找到这个小区。"))
    day = min(on or day_of(powers.at), day_of(powers.at))
    profile = queries.profile_of(estate, day)
    counted = metrics.counted(estate.path, day).get(estate.path, metrics.Counted())
    items = [ProfileItemOut(**{name: getattr(item, name) for name in ProfileItemOut.model_fields}) for item in profile.items]
    return ProfileOut(
        code=estate.code, on=day, filled=profile.filled, needed=profile.needed, items=items, verified_at=profile.verified_at,
        check_again=profile.check_again, counted_buildings=counted.buildings, counted_households=counted.households,
    )  # fmt: skip


@router.get("/dwellings", response=DwellingPage, operation_id="places.list_dwellings", summary="房屋清单")
def list_dwellings(
    request: HttpRequest, place: Code, kind: Kind = "", on: date | None = ON, cursor: str = CURSOR, limit: int = LIMIT
) -> DwellingPage:
    """The dwellings, shops and parking spaces inside a place on a day, for its staff."""
    powers = powers_of(request)
    require(powers, "places.view_dwelling")
    after = tuple(position_of(cursor, str, int, str, int, int, str, int)) if cursor else None
    roll = rolls.dwellings(powers, rolls.Wanted(path_of(place), kind, on=on), after, limit)
    names = ("kind", "unit", "floor", "room", "exclusive_area", "area_source", "use")
    items = [
        DwellingOut(
            id=row.pk, building=row.building.code, label=queries.label_of(row), occupancy=roll.occupancy.get(row.pk, "unknown"),
            **{name: getattr(row, name) for name in names},
        )
        for row in roll.rows
    ]  # fmt: skip
    return DwellingPage(items=items, next=cursor_of(*roll.next) if roll.next else "")


@router.get("/grid-problems", response=list[GridProblemOut], operation_id="places.list_grid_problems", summary="网格要理顺的")
def list_grid_problems(request: HttpRequest, place: Code, on: date | None = ON) -> list[GridProblemOut]:
    """Gaps and overlaps of the grids inside a place on a day, for its staff. 404 for what isn't the asker's to see."""
    powers = powers_of(request)
    require(powers, "places.view_register")
    where = Territory.objects.filter(code=place).first()
    if where is None or not powers.decide("places.view_register", where):
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": place})
    found = grid_problems(where.path, on or day_of(powers.at))
    return [GridProblemOut(kind=one.kind, words=one.words, grids=list(one.grids), owner=one.owner) for one in found]


def _estate(estate: queries.Estate) -> EstateOut:
    return EstateOut(**{name: getattr(estate, name) for name in EstateOut.model_fields})
