"""An import of owners is taken back, as long as nothing rests on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.forgetting import forget
from linzhi.domains.people.commands.record_owners import FIELDS
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.models import Ownership, Person
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sheets.register import CHUNK
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.refused import Refused

NUMBERS, FLAGS, DAYS = ("numerator", "denominator"), ("joint", "representative"), ("begin", "end")


class WithdrawOwners(Input):
    """`trace` is what `people.record_owners` returned, whole."""

    place: str
    trace: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: WithdrawOwners) -> Territory:
    return locate(cmd.place)


@command("people.withdraw_owners", on=_load)
def withdraw_owners(ctx: Context, cmd: WithdrawOwners, where: Territory) -> None:
    """Undo one call of `people.record_owners`: what it made goes, what it changed becomes as it was.

    Refused with the first row in the way: it was changed since, or something else rests on the owner (a post, an account, a home).
    """
    done = {row["ownership"]: row for row in cmd.trace if row["state"] != "same"}
    rows = Ownership.objects.select_related("person").filter(pk__in=done)
    kept = {row.pk: row for row in rows if covers(where.path, row.path)}
    for number, row in enumerate(cmd.trace, start=1):
        if row["state"] != "same":
            _must_stand(number, row, kept.get(row["ownership"]))
    created = [pk for pk, row in done.items() if row["state"] == "created"]
    Ownership.objects.filter(pk__in=created).delete()
    forget([row["new_person"] for row in done.values() if row["new_person"]], [row["new_firm"] for row in done.values() if row["new_firm"]])
    _restore([(kept[pk], row["changes"]) for pk, row in done.items() if row["state"] == "changed"])
    ctx.note(deleted=len(created), restored=len(done) - len(created))


def _must_stand(number: int, row: dict[str, Any], ownership: Ownership | None) -> None:
    if ownership is None:
        raise Refused("people.undo_gone", _("第 %(row)d 行登记的业主已经不在了，不能撤销。") % {"row": number}, row=number)
    if any(_now(ownership, name) != new for name, (_old, new) in row["changes"].items()):
        raise Refused("people.undo_changed", _("第 %(row)d 行的业主后来又改过，不能撤销。") % {"row": number}, row=number)


def _now(ownership: Ownership, name: str) -> str | None:
    if name == "phone":
        return ownership.person.phone.open_value() if ownership.person else ""
    value = ownership.certificate.open_value() if name == "certificate" else getattr(ownership, name)
    return None if value is None else str(value)


def _restore(rows: list[tuple[Ownership, dict[str, Any]]]) -> None:
    persons = []
    for ownership, changes in rows:
        for name, (old, _new) in changes.items():
            if name == "phone" and ownership.person is not None:
                ownership.person.phone, ownership.person.phone_index = Sealed.of(old, "phone"), blind_index(old) if old else ""
                persons.append(ownership.person)
            elif name == "certificate":
                ownership.certificate, ownership.certificate_index = Sealed.of(old, "code"), blind_index(old) if old else ""
            elif name in DAYS:
                setattr(ownership, name, date.fromisoformat(old) if old else None)
            else:
                setattr(ownership, name, int(old) if name in NUMBERS else old == "True" if name in FLAGS else old)
    Ownership.objects.bulk_update([row for row, _changes in rows], FIELDS)
    Person.objects.bulk_update(persons, ["phone", "phone_index"])
