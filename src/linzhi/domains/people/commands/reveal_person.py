"""打开人员登记: a sealed value of a person's record is opened for a purpose, and the person finds it under 谁看过我的信息."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from linzhi.domains.people.models import Ownership, Person
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.privacy.opening import open_for, open_many
from linzhi.kernel.refused import NotFound, Refused

PURPOSES = {
    "contact": gettext_lazy("联系本人"), "visit": gettext_lazy("上门走访"), "check": gettext_lazy("核对登记"),
    "emergency": gettext_lazy("紧急情况"),
}  # fmt: skip
FIELDS = {"name": gettext_lazy("姓名"), "phone": gettext_lazy("手机号"), "certificate": gettext_lazy("不动产权证号")}


class RevealPerson(Input):
    """One field and one purpose, each from a short list; `note` says more. `certificate`: of the titles in the asker's own places."""

    person_id: int
    field: Literal["name", "phone", "certificate"]
    purpose: Literal["contact", "visit", "check", "emergency"]
    note: Annotated[SafeText, Field(max_length=100)] = ""


@dataclass(frozen=True)
class Revealed:
    """What was opened: one value, or one of each title."""

    field: str
    values: tuple[str, ...]


def _load(cmd: RevealPerson) -> Person:
    person = Person.objects.filter(pk=cmd.person_id).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.reveal_person", on=_load)
def reveal_person(ctx: Context, cmd: RevealPerson, person: Person) -> Revealed:
    """Open a field of a record; each value is logged for the account that is the person's own.

    Refused when nothing is kept. Certificates are for those who keep the owners' roll of the place (Civil Code 278), not for grid workers.
    """
    purpose = str(PURPOSES[cmd.purpose]) + (f"：{cmd.note}" if cmd.note else "")
    if cmd.field == "certificate":
        rows = Ownership.objects.filter(ctx.powers.visible("people.record_owners"), person=person, end__isnull=True).order_by("pk")
        opened = open_many(ctx, rows, ["certificate"], purpose=purpose, concerns=lambda _row: person.account_id)
        values = tuple(one["certificate"] for one in opened if one["certificate"])
    else:
        value = open_for(ctx, person, cmd.field, purpose=purpose, concerns=person.account_id)
        values = (value,) if value else ()
    if not values:
        raise Refused("people.nothing_kept", _("这里没有登记%(what)s，或者不归您看。") % {"what": FIELDS[cmd.field]}, field="field")
    return Revealed(cmd.field, values)
