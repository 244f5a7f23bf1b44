"""What anyone may read: the public requests of a place."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from linzhi.domains.places import queries as places
from linzhi.domains.requests import queries, rules
from linzhi.domains.requests.api import shapes
from linzhi.domains.requests.api.lists import after, next_of
from linzhi.domains.requests.api.routes import router
from linzhi.domains.requests.models import Request
from linzhi.flow import queries as flow
from linzhi.web.api import CURSOR, LIMIT, NEXT, Code, Moment, Out, path_of, powers_of


class PublicOut(shapes.StandingOut):
    """A request as strangers may see it: phone numbers, identity numbers and plates in the text are masked; nobody is named."""

    title: str
    nature: str
    category: str
    place: str
    reported_at: Moment
    replied_at: Moment | None


class PublicPage(Out):
    """A page of public requests."""

    items: list[PublicOut]
    next: str = Field(description=str(NEXT))


class PublicDetailOut(PublicOut):
    """One public request with what was said in public."""

    text: str
    history: list[shapes.LineOut]


@router.get("/requests/public", response=PublicPage, operation_id="requests.list_public", summary="公开的诉求")
def list_public(request: HttpRequest, place: Query[Code], cursor: str = CURSOR, limit: int = LIMIT) -> PublicPage:
    """The public requests of a place, newest first."""
    rows = queries.public_in(powers_of(request), path_of(place)).order_by("-reported_at", "-pk")
    found = list((rows.filter(after(cursor)) if cursor else rows)[: limit + 1])
    kept = found[:limit]
    labels = places.place_labels(row.path for row in kept)
    items = [PublicOut(**_facts(row, labels)) for row in kept]
    return PublicPage(items=items, next=next_of(found, limit))


@router.get("/requests/public/{int:request_id}", response=PublicDetailOut, operation_id="requests.view_public", summary="看一件公开的诉求")
def view_public(request: HttpRequest, request_id: int) -> PublicDetailOut:
    """One public request. 404 also when it exists but isn't public."""
    row = queries.get_public(powers_of(request), request_id)
    facts = _facts(row, places.place_labels([row.path]))
    lines = shapes.history(row, flow.history(row.matter), internal=False)
    return PublicDetailOut(**facts, text=rules.public_text(row.text), history=lines)


def _facts(row: Request, labels: dict[str, str]) -> dict[str, object]:
    return shapes.standing(row).model_dump() | {
        "title": rules.public_text(row.title),
        "nature": row.nature,
        "category": row.category,
        "place": labels.get(row.path, ""),
        "reported_at": row.reported_at,
        "replied_at": row.replied_at,
    }
