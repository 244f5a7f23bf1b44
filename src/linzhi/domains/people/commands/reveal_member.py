"""打开党员登记: who a row of the closed room is about, opened for a purpose and logged without saying there about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.reveal_person import PURPOSES
from linzhi.domains.people.models import Membership
from linzhi.domains.people.queries import members
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.privacy.models import Opening
from linzhi.kernel.refused import NotFound


class RevealMember(Input):
    """A row of the closed room and a purpose from the list; `note` says more."""

    membership_id: int
    purpose: Literal["contact", "visit", "check", "emergency"]
    note: Annotated[SafeText, Field(max_length=100)] = ""


@dataclass(frozen=True)
class RevealedMember:
    """What was opened; empty where nothing is kept."""

    name: str
    phone: str
    seat: str


def _load(cmd: RevealMember) -> Membership:
    found = Membership.objects.filter(pk=cmd.membership_id).first()
    if found is None:
        raise NotFound(_("没有这条党员登记。"))
    return found


@command("people.reveal_member", on=_load)
def reveal_member(ctx: Context, cmd: RevealMember, row: Membership) -> RevealedMember:
    """Open name, phone and seat of a member. Refused to everybody but the party line of the place.

    The log of openings stands under the membership and names no account: an account beside `people.membership:5` would tell
    whoever carries the database away that this account is a member, which is what the seals are for. The member finds the line
    all the same: `queries.members.own_subjects` goes from the account to the blind index, and by it to the membership.
    """
    purpose = str(PURPOSES[cmd.purpose]) + (f"：{cmd.note}" if cmd.note else "")
    person = members.person_behind(row)
    values = {"name": person.name.open_value() if person else "", "phone": person.phone.open_value() if person else ""}
    values["seat"] = row.seat.open_value()
    who = accounts.name(ctx.actor.account_id) if ctx.actor.account_id is not None else ""
    Opening.objects.bulk_create(
        Opening(
            at=ctx.at, actor=ctx.actor.key, actor_name=who[:120], basis=ctx.decision.basis[:200], purpose=purpose[:200],
            subject=subject_key(row), field=field, concerns=None,
        )
        for field, value in values.items()
        if value
    )  # fmt: skip
    return RevealedMember(**values)
