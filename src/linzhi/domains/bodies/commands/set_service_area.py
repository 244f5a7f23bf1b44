"""Which places a body serves, from today on. The power of its posts follows at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import follow, load_body, place
from linzhi.domains.bodies.events import ServiceAreaSet
from linzhi.domains.bodies.models import Body, Post, ServiceArea
from linzhi.domains.bodies.rules import POST_KINDS, SERVES_ALONE
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.territory.paths import county_of, covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class SetServiceArea(Input):
    """`places` is the whole new list of codes."""

    body_id: int
    places: Annotated[tuple[str, ...], Field(max_length=2000)]


@command("bodies.set_service_area", on=load_body)
def set_service_area(ctx: Context, cmd: SetServiceArea, body: Body) -> Body:
    """Change the places served. Refused across counties, for a dissolved body, or where another firm of the kind serves already."""
    today = day_of(ctx.at)
    if body.end is not None and body.end <= today:
        raise Refused("bodies.dissolved", _("这个组织已经撤销了。"))
    wanted = [place(code) for code in cmd.places]
    if any(county_of(where.path) != county_of(body.path) for where in wanted):
        raise Refused("bodies.other_county", _("服务范围不能跨区县。"), status=422, field="places")
    if body.kind in SERVES_ALONE:
        _check_alone(body, [(where.path, where.name) for where in wanted], today)
    paths = {where.path for where in wanted}
    current = ServiceArea.objects.filter(body=body, end__isnull=True)
    kept = set(current.values_list("path", flat=True))
    current.exclude(path__in=paths).update(end=today)
    ServiceArea.objects.bulk_create(ServiceArea(body=body, path=path, begin=today) for path in sorted(paths - kept))
    following = [code for code, kind in POST_KINDS.items() if kind.reach == "service"]
    for post in Post.objects.select_for_update().filter(body=body, kind__in=following, end__isnull=True):
        follow(post, ctx.at)
    ctx.emit(ServiceAreaSet(body.pk))
    return body


def _check_alone(body: Body, wanted: list[tuple[str, str]], today: date) -> None:
    rivals = ServiceArea.objects.filter(in_force(today), body__kind=body.kind).exclude(body=body)
    taken = list(rivals.values_list("path", "body__name"))
    for path, name in wanted:
        for other, firm in taken:
            if covers(path, other) or covers(other, path):
                raise Refused(
                    "bodies.served_by_another", _("“%(place)s”现在由%(firm)s服务。请先结束那边的服务。") % {"place": name, "firm": firm}
                )
