"""Somebody who checked in wants the record gone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.people.models import CheckIn
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import NotFound


class CheckOut(Input):
    """`number` is the receipt's: who has it may delete, signed in or not."""

    number: str


def _load(cmd: CheckOut) -> CheckIn:
    one = CheckIn.objects.select_for_update().filter(number=cmd.number.strip().upper()).first()
    if one is None:
        raise NotFound(_("没有这个报到编号，或者已经删除了。"))
    return one


@command("people.check_out", on=_load, place=lambda path: path)
def check_out(ctx: Context, cmd: CheckOut, one: CheckIn) -> str:
    """Delete a check-in for good, not only end it; returns the place it was at. No reason is asked."""
    path = one.path
    one.delete()
    return path
