"""Figures: rates with what they are made of, and how soon replies came."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import AwareDatetime, Field

from linzhi.domains.requests import metrics
from linzhi.domains.requests.api.routes import router
from linzhi.foundation.commands import SafeText
from linzhi.kernel.exact import Ratio
from linzhi.web.api import Code, Out, path_of, powers_of, require


class FigureOut(Out):
    """A rate as `part` of `whole`, with how many were left out of both and why; `text` is what the board shows."""

    key: str
    title: str
    part: int
    whole: int
    left_out: int
    left_out_why: str
    formula: str
    text: str


class RepliesOut(Out):
    """First replies: how many, the median time to them, and how many came within so many working days."""

    count: int
    median: timedelta | None
    within: dict[int, int]


@router.get("/requests/figures", response=list[FigureOut], operation_id="requests.figures", summary="诉求数字")
def figures(request: HttpRequest, place: Query[Code], begin: AwareDatetime, end: AwareDatetime) -> list[FigureOut]:
    """The rates of a place for [begin, end), as of now, by the definitions that the desk and the board use."""
    powers = powers_of(request)
    require(powers, "requests.view_figures")
    return [_figure(one) for one in metrics.figures(powers, path_of(place), begin, end, powers.at)]


def _figure(one: metrics.Figure) -> FigureOut:
    return FigureOut(
        key=one.key,
        title=str(one.title),
        part=one.part,
        whole=one.whole,
        left_out=one.left_out,
        left_out_why=str(one.left_out_why),
        formula=str(one.formula),
        text=Ratio(one.part, one.whole, one.left_out).percent(),
    )


@router.get("/requests/replies", response=RepliesOut, operation_id="requests.replies", summary="首次答复的快慢")
def replies(
    request: HttpRequest,
    place: Query[Code],
    begin: AwareDatetime | None = None,
    end: AwareDatetime | None = None,
    source: Annotated[SafeText, Field(max_length=40)] = "",
) -> RepliesOut:
    """For requests reported in [begin, end), of one source if it is named. Days are working days, begun ones counted."""
    powers = powers_of(request)
    require(powers, "requests.view_figures")
    found = metrics.replies(powers, path_of(place), begin, end, source)
    return RepliesOut(count=found.count, median=found.median, within=found.within)
