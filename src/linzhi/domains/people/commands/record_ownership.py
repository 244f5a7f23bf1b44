"""Somebody owns a share of a dwelling."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.dwellings import load_dwelling, must_stand, seen_person
from linzhi.domains.people.models import Ownership
from linzhi.domains.people.rules import OWNERSHIP_BASES, share_left
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class RecordOwnership(Input):
    """The share is `numerator`/`denominator`, one whole by default."""

    person_id: int
    dwelling_id: int
    numerator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    denominator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    basis: str = "registered"
    begin: date | None = None


def check_share(dwelling: Dwelling, numerator: int, denominator: int, begin: date) -> None:
    """Refused when the shares from `begin` on would exceed the whole, or the share itself is over one."""
    others = Ownership.objects.filter(dwelling=dwelling).exclude(end__lte=begin).values_list("numerator", "denominator")
    left = share_left([*others, (numerator, denominator)])
    if numerator > denominator or left < 0:
        raise Refused("people.share_over_one", _("产权份额加起来超过了一整套。请先核对或注销原来的产权。"), field="numerator")


@command("people.record_ownership", on=load_dwelling)
def record_ownership(ctx: Context, cmd: RecordOwnership, dwelling: Dwelling) -> Ownership:
    """Record an owner's share. Refused when the shares would exceed the whole, the person owns there already, or the basis is unknown."""
    if cmd.basis not in OWNERSHIP_BASES:
        raise Refused("people.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.basis}, status=422, field="basis")
    begin = cmd.begin or day_of(ctx.at)
    must_stand(dwelling, begin)
    person = seen_person(ctx, cmd.person_id, dwelling)
    if Ownership.objects.filter(person=person, dwelling=dwelling).exclude(end__lte=begin).exists():
        raise Refused("people.owns_there", _("这个人已经登记为业主了。"))
    check_share(dwelling, cmd.numerator, cmd.denominator, begin)
    return Ownership.objects.create(
        person=person,
        dwelling=dwelling,
        path=dwelling.path,
        numerator=cmd.numerator,
        denominator=cmd.denominator,
        basis=cmd.basis,
        begin=begin,
    )
