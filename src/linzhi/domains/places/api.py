"""Estates in the API, open to anyone: places.list_estates and places.view_estate, both under the action places.view_estate."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from linzhi.domains.places import queries
from linzhi.foundation.territory import queries as territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.web.api import CURSOR, LIMIT, NEXT, Code, OptionalCode, Out, cursor_of, path_of, position_of, powers_of

router = Router(tags=["地方"])


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


@router.get("/estates", response=EstatePage, operation_id="places.list_estates", summary="小区列表")
def list_estates(request: HttpRequest, place: OptionalCode = Query(""), cursor: str = CURSOR, limit: int = LIMIT) -> EstatePage:
    """The estates in force inside a place; without one, all of them."""
    found = queries.estates(powers_of(request), path_of(place))
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


def _estate(estate: queries.Estate) -> EstateOut:
    return EstateOut(**{name: getattr(estate, name) for name in EstateOut.model_fields})
