"""注销并删除我的信息: what no law keeps goes at once, and stays gone when a backup is restored (PIPL article 47)."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linzhi.foundation.access.models import Grant
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Context, command
from linzhi.foundation.rights import tombstones
from linzhi.foundation.rights.commands.forgetting import forget, subjects_of
from linzhi.foundation.rights.commands.own import OnAccount, load_account
from linzhi.foundation.rights.models import Erasure, Hold, holding
from linzhi.kernel.refused import Refused


class Erase(OnAccount):
    """Whose account: one's own. `confirmed` says that the person read what goes and what stays."""

    confirmed: bool


@command("rights.erase", on=load_account)
def erase(ctx: Context, cmd: Erase, account: Account) -> Erasure:
    """Erase. Refused unconfirmed, for a work account or while a post is held, and under a legal hold."""
    if not cmd.confirmed:
        raise Refused("rights.unconfirmed", _("请先确认：删了就找不回来。"), status=422, field="confirmed")
    in_force = Q(begin__lte=ctx.at) & (Q(end__isnull=True) | Q(end__gt=ctx.at))
    if account.staff or Grant.objects.filter(in_force, account_id=account.pk).exists():
        raise Refused("rights.holds_post", _("您还担任着岗位，或者这是工作账号。请先办离任，再来注销。"))
    subjects = subjects_of(account.pk)
    if Hold.objects.filter(holding(ctx.at), subject__in=subjects).exists():
        raise Refused("rights.held", _("有关部门依法要求暂时保留您的信息，现在不能删除。解除以后可以再来。"))
    made = forget(uuid.uuid4(), account.pk, subjects, ctx.at)
    ctx.note(counts=made.counts)
    transaction.on_commit(lambda: tombstones.append(made))
    return made
