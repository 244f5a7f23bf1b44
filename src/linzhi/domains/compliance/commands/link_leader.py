"""A leader looks after a place from a day on (分片挂包). CM-14, HA-03."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.compliance.models import LeaderLink
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import find

LEVELS = "leader.link.levels"


class LinkLeader(Input):
    """Who (name and duty, as published) of which body looks after which place; `level` is one of those the place's rules name."""

    place: str
    body_id: int
    post: Annotated[SafeText, Field(min_length=2, max_length=40)]
    name: Annotated[SafeText, Field(min_length=2, max_length=40)]
    level: Annotated[SafeText, Field(min_length=2, max_length=60)]
    begin: date | None = None


def _load(cmd: LinkLeader) -> Territory:
    place = Territory.objects.filter(code=cmd.place, end__isnull=True).first()
    if place is None or len(place.path) < COUNTY_LENGTH:
        raise NotFound(_("没有这个地方。"))
    return place


@command("compliance.link_leader", on=_load)
def link_leader(ctx: Context, cmd: LinkLeader, place: Territory) -> LeaderLink:
    """Begin the link; the same again changes nothing. Refused for a level unknown to the place's rules, or a body of another county."""
    begin = cmd.begin or day_of(ctx.at)
    body = bodies.body(cmd.body_id)
    if body is None or county_of(body.path) != county_of(place.path):
        raise Refused("compliance.body_elsewhere", _("没有这个单位，或者它不在本县（市、区）。"), status=422, field="body_id")
    if cmd.level not in levels_at(place.path, begin):
        raise Refused("compliance.unknown_link_level", _("这里没有规定这一种挂包。请从列表里选。"), status=422, field="level")
    key = {"body_id": cmd.body_id, "post": cmd.post, "name": cmd.name, "level": cmd.level, "path": place.path}
    made, _new = LeaderLink.objects.get_or_create(**key, end=None, defaults={"begin": begin})
    return made


def levels_at(path: str, on: date) -> tuple[str, ...]:
    """Which levels of leaders look after which units, by the rules of the place (`leader.link.levels`)."""
    answer = find(LEVELS, on=on, pack=pack_for(path))
    return tuple(answer.value) if answer else ()
