"""Loading the place that a command is about."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound, Refused


def place(code: str) -> Territory:
    """The place with this code. Raises NotFound."""
    found = Territory.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return found


def must_be(where: Territory, *levels: str) -> None:
    """Refused when the place is of another level."""
    if where.level not in levels:
        raise Refused(
            "places.level", _("“%(name)s”不是这一步要的层级。") % {"name": where.name}, status=422, field="code", level=where.level
        )


def must_exist_on(where: Territory, day: date) -> None:
    """Refused when the place hasn't begun on the day, or has ended."""
    if where.begin > day or (where.end is not None and where.end <= day):
        raise Refused("places.not_in_force", _("“%(name)s”在 %(day)s 不在册。") % {"name": where.name, "day": day})
