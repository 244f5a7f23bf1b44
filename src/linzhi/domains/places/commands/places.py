"""Loading the place that a command is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from linzhi.foundation.territory import history
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import NotFound, Refused


def place(code: str) -> Territory:
    """The place with this code, or that had it before it was hung elsewhere. Raises NotFound."""
    found = history.find(code)
    if found is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return found


def places_in(top: Territory, codes: Iterable[str], *levels: str) -> dict[str, Territory]:
    """Code to place, of those that lie inside `top` and have one of the levels; one statement."""
    rows = Territory.objects.filter(within("path", top.path), code__in=set(codes), level__in=levels)
    return {row.code: row for row in rows}


def in_force_on(where: Territory, day: date) -> bool:
    """Whether a place has begun on the day and not ended."""
    return where.begin <= day and (where.end is None or where.end > day)


def must_be(where: Territory, *levels: str) -> None:
    """Refused when the place is of another level."""
    if where.level not in levels:
        raise Refused(
            "places.level", _("“%(name)s”不是这一步要的层级。") % {"name": where.name}, status=422, field="code", level=where.level
        )


def must_exist_on(where: Territory, day: date) -> None:
    """Refused when the place hasn't begun on the day, or has ended."""
    if not in_force_on(where, day):
        raise Refused("places.not_in_force", _("“%(name)s”在 %(day)s 不在册。") % {"name": where.name, "day": day})
