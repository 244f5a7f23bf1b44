"""Parameters in the API, open to anyone: policy.resolve. The rules by which people are governed are public."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.policy.queries import resolve_at
from linzhi.policy.resolve import resolve

router = Router(tags=["规则"])

Key = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,120}$")]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")]


class ParameterOut(BaseModel):
    """A value with whose it is, on what it rests, and what each level from the nation down says. `local` marks a local setting."""

    key: str
    title: str
    value: Any
    unit: str
    type: str
    level: str
    pack: str
    source: dict[str, Any] | None
    local: bool
    note: str
    begin: date = Field(alias="from")
    end: date | None = Field(alias="to")
    chain: list[dict[str, Any]]


@router.get(
    "/policy/parameters/{key}", response=ParameterOut, by_alias=True, operation_id="policy.resolve", summary="一条规则在某地某天的取值"
)
def parameter(request: HttpRequest, key: Path[Key], place: Code = Query(""), date: date | None = None) -> ParameterOut:
    """The value at a place (its code; empty for the nation) on a day (today). 404 for an unknown key, 409 where nothing is set."""
    on = date or clock.now().date()
    found = Territory.objects.filter(code=place).first() if place else None
    answer = resolve_at(key, found.path, on) if found else resolve(key, on=on, place=place or None)
    return ParameterOut(**answer.plain())
