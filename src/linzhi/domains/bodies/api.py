"""Bodies in the API, open to anyone: bodies.list_bodies under the action bodies.view_body. Who dispatches finds the ids here."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from linzhi.domains.bodies import queries
from linzhi.web.api import Code, Out, path_of, powers_of

router = Router(tags=["单位"])


class BodyOut(Out):
    """A body; `kind` is a word of the register, such as property_company."""

    id: int
    kind: str
    name: str
    phone: str


@router.get("/bodies", response=list[BodyOut], operation_id="bodies.list_bodies", summary="管这个地方的单位")
def list_bodies(request: HttpRequest, place: Query[Code], kind: Annotated[str, Field(pattern="^[a-z_]{0,40}$")] = "") -> list[BodyOut]:
    """The bodies that serve a place now, nearest first."""
    powers = powers_of(request)
    found = queries.bodies_for(path_of(place), kind or None, powers.at)
    return [
        BodyOut(id=body.pk, kind=body.kind, name=body.name, phone=body.phone) for body in found if powers.decide("bodies.view_body", body)
    ]
