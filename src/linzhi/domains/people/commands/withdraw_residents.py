"""An import of residents is taken back, as long as nothing rests on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.forgetting import forget
from linzhi.domains.people.commands.matching import named_index
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.models import Person, Residence
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sheets.register import CHUNK
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.refused import Refused


class WithdrawResidents(Input):
    """`trace` is what `people.record_residents` returned, whole."""

    place: str
    trace: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: WithdrawResidents) -> Territory:
    return locate(cmd.place)


@command("people.withdraw_residents", on=_load)
def withdraw_residents(ctx: Context, cmd: WithdrawResidents, where: Territory) -> None:
    """Undo one call of `people.record_residents`: what it made goes, what it changed becomes as it was.

    Refused with the first row in the way: it was changed since, or something else rests on the person (a post, an account, a home).
    """
    done = {row["residence"]: row for row in cmd.trace if row["state"] != "same"}
    kept = {row.pk: row for row in Residence.objects.select_related("person").filter(pk__in=done) if covers(where.path, row.path)}
    for number, row in enumerate(cmd.trace, start=1):
        if row["state"] != "same":
            _must_stand(number, row, kept.get(row["residence"]))
    created = [pk for pk, row in done.items() if row["state"] == "created"]
    Residence.objects.filter(pk__in=created).delete()
    forget([row["person"] for row in done.values() if row["new_person"]])
    _restore([(kept[pk], row["changes"]) for pk, row in done.items() if row["state"] == "changed"])
    ctx.note(deleted=len(created), restored=len(done) - len(created))


def _must_stand(number: int, row: dict[str, Any], residence: Residence | None) -> None:
    if residence is None:
        raise Refused("people.undo_gone", _("第 %(row)d 行登记的住户已经不在了，不能撤销。") % {"row": number}, row=number)
    now = {name: _now(residence, name) for name in row["changes"]}
    if any(now[name] != new for name, (_old, new) in row["changes"].items()):
        raise Refused("people.undo_changed", _("第 %(row)d 行的住户后来又改过，不能撤销。") % {"row": number}, row=number)


def _now(residence: Residence, name: str) -> str | None:
    value = getattr(residence.person, name).open_value() if name in ("name", "phone") else getattr(residence, name)
    return None if value is None else str(value)


def _restore(rows: list[tuple[Residence, dict[str, Any]]]) -> None:
    for residence, changes in rows:
        for name, (old, _new) in changes.items():
            if name == "name":
                residence.person.name = Sealed.of(old, "name")
                residence.named = named_index(residence.dwelling_id, old)
            elif name == "phone":
                residence.person.phone, residence.person.phone_index = Sealed.of(old, "phone"), blind_index(old) if old else ""
            elif name in ("begin", "end"):
                setattr(residence, name, date.fromisoformat(old) if old else None)
            else:
                setattr(residence, name, int(old) if name == "household" else old)
    Residence.objects.bulk_update([row for row, _changes in rows], ["kind", "household", "begin", "end", "named"])
    Person.objects.bulk_update([row.person for row, _changes in rows], ["name", "phone", "phone_index"])
