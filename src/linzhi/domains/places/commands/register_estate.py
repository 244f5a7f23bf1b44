"""A new estate in a community."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.places import must_be, must_exist_on, place
from linzhi.domains.places.commands.profile import fill
from linzhi.domains.places.events import EstateRegistered
from linzhi.domains.places.models import Estate
from linzhi.domains.places.queries import estate_kinds
from linzhi.domains.places.rules import PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class RegisterEstate(Input):
    """`community` is the code of the community; `code` may stay empty, then the next free one below it is taken."""

    community: str
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    kind: str
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")] = ""
    built_year: Year | None = None
    address: Annotated[SafeText, Field(max_length=200)] = ""
    households: Annotated[int, Field(ge=0)] | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    self_government: str = "none"
    property_arrangement: str = "none"
    pack: Annotated[str, Field(max_length=80)] = ""
    begin: date | None = None


def check_words(path: str, on: date, kind: str | None, self_government: str | None, property_arrangement: str | None) -> None:
    """Refused when one of the three isn't in its list on the day (kinds: `estate.types` of the place's pack); None is let through."""
    for field, value, known in (
        ("kind", kind, estate_kinds(path, on) if kind is not None else {}),
        ("self_government", self_government, SELF_GOVERNMENTS),
        ("property_arrangement", property_arrangement, PROPERTY_ARRANGEMENTS),
    ):
        if value is not None and value not in known:
            words = "、".join(str(title) for title in known.values())
            message = _("“%(value)s”不在可选的范围里。可以选：%(words)s。") % {"value": value, "words": words}
            raise Refused("places.unknown_word", message, status=422, field=field)


def next_code(parent: Territory, width: int, separator: str = "") -> str:
    """The next code below a place: the parent's code and a running number."""
    number = Territory.objects.filter(parent=parent).count() + 1
    while Territory.objects.filter(code=f"{parent.code}{separator}{number:0{width}d}").exists():
        number += 1
    return f"{parent.code}{separator}{number:0{width}d}"


def _load(cmd: RegisterEstate) -> Territory:
    return place(cmd.community)


@command("places.register_estate", on=_load)
def register_estate(ctx: Context, cmd: RegisterEstate, community: Territory) -> Estate:
    """Put an estate into the register. Refused outside a community, with an unknown kind, a taken code, or a name already there."""
    must_be(community, "community")
    check_words(community.path, day_of(ctx.at), cmd.kind, cmd.self_government, cmd.property_arrangement)
    begin = cmd.begin or day_of(ctx.at)
    must_exist_on(community, begin)
    if Territory.objects.filter(parent=community, name=cmd.name, end__isnull=True).exists():
        message = _("%(community)s已经有“%(name)s”了。") % {"community": community.name, "name": cmd.name}
        raise Refused("places.name_taken", message, field="name")
    code = cmd.code or next_code(community, 3)
    territory = growth.add(community, level="estate", code=code, name=cmd.name, begin=begin, pack=cmd.pack)
    estate = Estate.objects.create(
        territory=territory,
        path=territory.path,
        code=code,
        begin=begin,
        **cmd.model_dump(exclude={"community", "code", "pack", "begin"}),
    )
    fill([estate], {estate.pk: cmd.model_fields_set}, ctx.actor.key, begin)
    ctx.emit(EstateRegistered(estate.pk, estate.path))
    return estate
