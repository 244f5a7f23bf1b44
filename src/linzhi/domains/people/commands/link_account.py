"""It becomes known which account is a person's own."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.matching import phone_indexes
from linzhi.domains.people.events import AccountLinked
from linzhi.domains.people.models import Person
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import NotFound, Refused


class LinkAccount(Input):
    """`how`: the account proved the person's phone, or a worker checked it face to face."""

    person_id: int
    account_id: int
    how: Literal["phone", "in_person"]


def _load(cmd: LinkAccount) -> Person:
    person = Person.objects.select_for_update().filter(pk=cmd.person_id).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.link_account", on=_load)
def link_account(ctx: Context, cmd: LinkAccount, person: Person) -> Person:
    """Link the account; doing it again changes nothing. Refused when either belongs to another, or the actor links itself by hand."""
    if person.account_id == cmd.account_id:
        return person
    account = accounts.by_id(cmd.account_id)
    if account is None or account.kind != "person":
        raise NotFound(_("没有这个账号。"))
    if person.account_id is not None or Person.objects.filter(account_id=cmd.account_id, county=person.county).exists():
        raise Refused("people.already_linked", _("这个账号或这个人员已经和别的对上了。请先核对。"))
    if cmd.how == "in_person" and ctx.actor.account_id == cmd.account_id:
        raise Refused("people.links_itself", _("自己的账号要请另一位工作人员当面核对。"))
    if cmd.how == "phone" and (
        not account.phone_verified or not person.phone_index or account.phone_index not in phone_indexes(person.phone)
    ):
        raise Refused("people.phone_differs", _("账号验证过的手机号和台账上的不一样。请当面核对。"))
    person.account_id = cmd.account_id
    person.save(update_fields=["account_id"])
    ctx.emit(AccountLinked(person.pk, cmd.account_id))
    return person
