"""更正人员登记: a name or phone was written wrongly. For those who live nowhere in the register, too: an owner who lets."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.matching import MASK, masked_as, named_index
from linzhi.domains.people.commands.register_person import PersonName
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sms import normal_phone
from linzhi.kernel.refused import NotFound, Refused


class CorrectPerson(Input):
    """The right name and phone; an empty phone forgets the one kept, a value that shows the mask of what is kept leaves it."""

    person_id: int
    name: Annotated[PersonName, Private]
    phone: Annotated[str, Private] = ""


def _load(cmd: CorrectPerson) -> Person:
    person = Person.objects.select_for_update().filter(pk=cmd.person_id, merged_into__isnull=True).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.correct_person", on=_load)
def correct_person(ctx: Context, cmd: CorrectPerson, person: Person) -> Person:
    """Correct a record. Refused for another mask than that of what is kept, and for a phone that isn't one.

    Nobody becomes somebody else by it: homes and titles stay, and the log says that it was corrected, by whom, not to what.
    """
    kept = person.name.open_value()
    if not masked_as(kept, cmd.name, "name"):
        if MASK in cmd.name:
            raise Refused("people.masked", _("带星号的姓名和原来的对不上。请填写完整姓名。"), status=422, field="name")
        person.name = Sealed.of(cmd.name, "name")
        for model in (Residence, Ownership):
            rows: list[Any] = list(model.objects.filter(person=person))
            for row in rows:
                row.named = named_index(row.dwelling_id, cmd.name)
            model.objects.bulk_update(rows, ["named"])
    if not masked_as(person.phone.open_value(), cmd.phone, "phone"):
        number = normal_phone(cmd.phone) if cmd.phone else ""
        person.phone, person.phone_index = Sealed.of(number, "phone"), blind_index(number) if number else ""
    person.save(update_fields=["name", "phone", "phone_index"])
    return person
