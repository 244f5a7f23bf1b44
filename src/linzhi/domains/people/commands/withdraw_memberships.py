"""Entries of the closed room are taken back: an import that was wrong, or a member who withdraws the own declaration."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.events import MembersChanged
from linzhi.domains.people.models import Membership
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.register import CHUNK
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import Refused


class WithdrawMemberships(Input):
    """`trace` is what `people.record_memberships` returned, whole."""

    estate: str
    trace: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: WithdrawMemberships) -> Territory:
    return locate(cmd.estate)


@command("people.withdraw_memberships", on=_load)
def withdraw_memberships(ctx: Context, cmd: WithdrawMemberships, estate: Territory) -> None:
    """Undo one call of `people.record_memberships`. Refused with the first row that isn't as that call left it."""
    kept = {one.pk: one for one in Membership.objects.filter(path=estate.path, pk__in=[row["membership"] for row in cmd.trace])}
    for number, row in enumerate(cmd.trace, start=1):
        one = kept.get(row["membership"])
        if row["state"] == "same":
            continue
        if one is None or any(_now(one, name) != new for name, (_old, new) in row["changes"].items()):
            raise Refused("people.undo_changed", _("第 %(row)d 行后来又改过，不能撤销。") % {"row": number}, row=number)
        if row["state"] == "created":
            one.delete()
            continue
        for name, (old, _new) in row["changes"].items():
            setattr(one, name, _value(name, old))
        one.save()
    ctx.emit(MembersChanged(estate.path))


def _now(one: Membership, name: str) -> str | None:
    value = one.seat.open_value() if name == "seat" else getattr(one, name)
    return None if value is None else str(value)


def _value(name: str, text: str | None) -> Any:
    if name in ("settled", "full_since", "end"):
        return date.fromisoformat(text) if text else None
    if name == "seat":
        return Sealed.of(text or "")
    return text == "True" if name == "willing" else text
