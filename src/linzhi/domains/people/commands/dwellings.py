"""What commands about homes share: loading and locking the dwelling, checking the person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.people.models import Person
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Context
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.refused import NotFound, Refused


def load_dwelling(cmd: Any) -> Dwelling:
    """The dwelling that `cmd.dwelling_id` names, locked. Raises NotFound."""
    dwelling = places.dwelling(cmd.dwelling_id, lock=True)
    if dwelling is None:
        raise NotFound(_("没有这套房屋。"))
    return dwelling


def seen_person(ctx: Context, person_id: int, dwelling: Dwelling) -> Person:
    """The person, if the actor may see the record and it is of the dwelling's county.

    Raises NotFound otherwise: naming a number must not tell whether somebody is in the register, nor open the record.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None or person.county != county_of(dwelling.path) or not ctx.powers.decide("people.view_person", person):
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    return person


def must_stand(dwelling: Dwelling, day: date) -> None:
    """Refused when the dwelling isn't in the register on the day."""
    if dwelling.begin > day or (dwelling.end is not None and dwelling.end <= day):
        raise Refused("people.dwelling_not_in_force", _("这套房屋在 %(day)s 不在册。") % {"day": day})


def must_follow(begin: date, end: date) -> None:
    """Refused when an end lies before its begin."""
    if end < begin:
        raise Refused("people.ends_before_begin", _("结束日期不能早于开始日期。"), status=422, field="end")
