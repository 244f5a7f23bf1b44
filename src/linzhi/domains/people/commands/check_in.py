"""A courier, rider or driver checks in of their own will. JS-20, CM-50."""

from __future__ import annotations

from secrets import token_hex
from typing import Annotated, Literal

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.register_person import PersonName, locate
from linzhi.domains.people.models import CheckIn as CheckedIn
from linzhi.domains.people.rules import OCCUPATIONS
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

Wish = Literal["volunteer", "report", "rest", "charge", "training"]


class CheckIn(Input):
    """`place` is the code of a community or estate. Only the occupation is needed; no employer or platform is asked."""

    place: str
    occupation: str
    name: Annotated[PersonName | Literal[""], Private] = ""
    phone: Annotated[str, Private] = ""
    wishes: tuple[Wish, ...] = ()


def _load(cmd: CheckIn) -> Territory:
    return locate(cmd.place)


@command("people.check_in", on=_load, place=lambda made: made.path)
def check_in(ctx: Context, cmd: CheckIn, where: Territory) -> CheckedIn:
    """Keep a check-in and give its receipt's number; the same phone at the same place renews it. Nobody but the place's workers sees it.

    Refused with an unknown occupation, above a community, or when the phone isn't a mobile number.
    """
    if where.level not in ("community", "estate"):
        raise Refused("people.place", _("报到要选社区或小区。"), status=422, field="place")
    if cmd.occupation not in OCCUPATIONS:
        raise Refused("people.unknown_word", _("请从列表里选职业。"), status=422, field="occupation")
    phone = normal_phone(cmd.phone) if cmd.phone else ""
    index = blind_index(phone) if phone else ""
    one = CheckedIn.objects.filter(path=where.path, phone_index__in=blind_indexes(phone)).first() if phone else None
    if one is None:
        number = f"BD{day_of(ctx.at):%y%m%d}-{token_hex(4).upper()}"
        one = CheckedIn(path=where.path, number=number)
    one.account_id = ctx.actor.account_id if ctx.actor.kind == "person" else None
    one.phone_index, one.occupation, one.wishes, one.at = index, cmd.occupation, list(dict.fromkeys(cmd.wishes)), ctx.at
    one.name, one.phone = Sealed.of(cmd.name, "name"), Sealed.of(phone, "phone")
    one.save()
    return one
