"""A person enters the register."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.models import Person
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.refused import NotFound, Refused

PersonName = Annotated[SafeText, Field(min_length=1, max_length=40)]


class RegisterPerson(Input):
    """`place` is the code of the place that keeps the record: a community, an estate or a building. The phone may be empty."""

    place: str
    name: Annotated[PersonName, Private]
    phone: Annotated[str, Private] = ""


def locate(code: str) -> Territory:
    """The place with this code. Raises NotFound."""
    found = Territory.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return found


def entry(name: str, phone: str, path: str, at: datetime) -> Person:
    """An unsaved record with its fields sealed. Refused when the phone isn't a mobile number."""
    number = normal_phone(phone) if phone else ""
    sealed: dict[str, Any] = {"name": Sealed.of(name, "name"), "phone": Sealed.of(number, "phone")}
    return Person(phone_index=blind_index(number) if number else "", county=county_of(path), path=path, registered=at, **sealed)


def _load(cmd: RegisterPerson) -> Territory:
    return locate(cmd.place)


@command("people.register_person", on=_load)
def register_person(ctx: Context, cmd: RegisterPerson, where: Territory) -> Person:
    """Register a person. Refused above a community or when the phone isn't a mobile number.

    A record with the same phone in the county isn't a reason to refuse (families share phones); their number is noted.
    """
    if where.level not in ("community", "estate", "building"):
        raise Refused("people.place", _("人员要登记在社区、小区或楼栋下。"), status=422, field="place")
    person = entry(cmd.name, cmd.phone, where.path, ctx.at)
    if person.phone_index:
        ctx.note(same_phone=Person.objects.filter(county=person.county, phone_index=person.phone_index).count())
    person.save()
    return person
