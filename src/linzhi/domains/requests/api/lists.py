"""What staff and programs in posts read: lists, one request, its history, the counts of saved filters, an export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from linzhi.domains.requests import queries
from linzhi.domains.requests.api import shapes
from linzhi.domains.requests.api.routes import router
from linzhi.domains.requests.commands import Export
from linzhi.domains.requests.commands.report import Nature
from linzhi.domains.requests.jobs import sheet_of
from linzhi.domains.requests.models import Request
from linzhi.flow import queries as flow
from linzhi.foundation.commands import SafeText
from linzhi.web.api import CURSOR, ID, LIMIT, OptionalCode, actor_of, cursor_of, path_of, position_of, powers_of, require

Tab = Literal["open", "overdue", "today", "waiting", "returned", "reopened", "low", "unfixed", "many", "unlocated", "done", "all"]


class Wanted(BaseModel):
    """What narrows a list; the saved filters (`tab`) are those of the desk."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    tab: Tab = "all"
    place: OptionalCode = Field("", description="地方的编码，含它下面的所有地方")
    category: str = Field("", max_length=60)
    nature: Nature | None = None
    body_id: int | None = Field(None, ge=1, le=ID, description="现在由谁办")
    words: SafeText = Field("", max_length=80, description="编号的开头，或标题、地点里的字")
    begin: AwareDatetime | None = Field(None, description="这个时间起报的")
    end: AwareDatetime | None = Field(None, description="这个时间之前报的")


@router.get("/requests", response=shapes.RequestPage, operation_id="requests.list", summary="诉求列表")
def list_requests(request: HttpRequest, wanted: Query[Wanted], cursor: str = CURSOR, limit: int = LIMIT) -> shapes.RequestPage:
    """The newest first. A request that comes in while a client turns pages is not on later pages, and moves none of them."""
    powers = powers_of(request)
    require(powers, "requests.view")
    given = wanted.model_dump(exclude={"place", "nature"})
    chosen = queries.Filter(at=powers.at, path=path_of(wanted.place), nature=wanted.nature or "", **given)
    rows = queries.listed(powers, chosen).order_by("-reported_at", "-pk")
    if cursor:
        rows = rows.filter(after(cursor))
    found = list(rows[: limit + 1])
    return shapes.RequestPage(items=shapes.items(powers, found[:limit]), next=next_of(found, limit))


def after(cursor: str) -> Q:
    """What comes after a cursor in a list that is newest first. Refused (422) for a cursor of something else."""
    reported, pk = position_of(cursor, datetime, int)
    return Q(reported_at__lt=reported) | Q(reported_at=reported, pk__lt=pk)


def next_of(found: Sequence[Request], limit: int) -> str:
    """The cursor after the first `limit` of what was found; empty when there is no more."""
    return cursor_of(found[limit - 1].reported_at, found[limit - 1].pk) if len(found) > limit else ""


@router.get("/requests/tabs", response=dict[str, int], operation_id="requests.tabs", summary="各列表的件数")
def tabs(request: HttpRequest) -> dict[str, int]:
    """How many requests stand behind each saved filter, counted over the same rows as the list."""
    powers = powers_of(request)
    require(powers, "requests.view")
    return queries.tab_counts(powers, powers.at, queries.TABS)


@router.get("/requests/{int:request_id}", response=shapes.DetailOut, operation_id="requests.view", summary="看一件诉求")
def view(request: HttpRequest, request_id: int) -> shapes.DetailOut:
    """One request in full, with what the asker may do to it now. 404 also when it isn't theirs to see."""
    powers = powers_of(request)
    return shapes.detail(powers, queries.get(powers, request_id))


@router.get("/requests/{int:request_id}/history", response=list[shapes.LineOut], operation_id="requests.history", summary="办理经过")
def history(request: HttpRequest, request_id: int) -> list[shapes.LineOut]:
    """Everything that happened, newest first; internal notes only for those who may read them."""
    powers = powers_of(request)
    found = queries.get(powers, request_id)
    internal = bool(powers.decide("requests.view_internal", found))
    return shapes.history(found, flow.history(found.matter), internal=internal)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post(
    "/requests/export",
    operation_id="requests.export",
    summary="导出诉求",
    openapi_extra={"responses": {200: {"description": "Excel 表", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}},
)
def export_list(request: HttpRequest, body: Export) -> HttpResponse:
    """The sheet (.xlsx) that the desk exports: the requests of a list, masked, every cell text, for a purpose that is logged.

    Takes no idempotency key: every export is an entry of its own.
    """
    headers = {"Content-Disposition": 'attachment; filename="requests.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(sheet_of(actor_of(request), body), content_type=XLSX, headers=headers)
