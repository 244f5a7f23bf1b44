"""补上地点: a request without a place gets one, alone or with many others."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.models import Request
from linzhi.flow.models import Matter, Task
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.refused import Refused


class Locate(OnRequest):
    """The place, by its code: a street, a community, an estate or a building of the same county."""

    place_code: str = Field(max_length=32)


@command("requests.locate", on=load)
def locate(ctx: Context, cmd: Locate, request: Request) -> Request:
    """Move a request and what waits for it to a place. It keeps the method it began with.

    Refused for an unknown place, one outside the county, or one above streets.
    """
    place = Territory.objects.filter(code=cmd.place_code).first()
    if place is None or county_of(place.path) != request.county or place.level not in ("street", "community", "estate", "building"):
        raise Refused("requests.place", _("请选本区的街道、社区、小区或楼栋。"), status=422, field="place_code")
    ctx.note(path_before=request.path)
    request.path, request.located = place.path, place.level in ("estate", "building")
    request.save(update_fields=["path", "located"])
    Matter.objects.filter(pk=request.matter.pk).update(path=place.path)
    Task.objects.filter(matter=request.matter_id, done_at__isnull=True).update(path=place.path)
    return request
