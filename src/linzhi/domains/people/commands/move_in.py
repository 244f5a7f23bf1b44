"""Somebody begins to live in a dwelling."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.dwellings import load_dwelling, must_stand, seen_person
from linzhi.domains.people.models import Residence
from linzhi.domains.people.rules import RESIDENCE_KINDS
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class MoveIn(Input):
    """`kind`: owner_occupier, tenant, lodger or family."""

    person_id: int
    dwelling_id: int
    kind: str
    begin: date | None = None


@command("people.move_in", on=load_dwelling)
def move_in(ctx: Context, cmd: MoveIn, dwelling: Dwelling) -> Residence:
    """Begin a residence. Refused when the person lives there already, the kind is unknown, or the dwelling isn't in the register then."""
    if cmd.kind not in RESIDENCE_KINDS:
        raise Refused("people.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    begin = cmd.begin or day_of(ctx.at)
    must_stand(dwelling, begin)
    person = seen_person(ctx, cmd.person_id, dwelling)
    if Residence.objects.filter(person=person, dwelling=dwelling).exclude(end__lte=begin).exists():
        raise Refused("people.lives_there", _("这个人已经登记住在这里了。"))
    return Residence.objects.create(person=person, dwelling=dwelling, path=dwelling.path, kind=cmd.kind, begin=begin)
