"""The community applies for the estate's organisation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.models import Formation
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve


class ApplyFormation(OnCourse):
    """Which formation."""


def _load(cmd: ApplyFormation) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.apply_formation", on=_load)
def apply_formation(ctx: Context, cmd: ApplyFormation, formation: Formation) -> Formation:
    """Hand the application to whoever approves.

    Refused without a candidate where one comes first (`formation.require_secretary`; LD-22), or at another step.
    """
    answer = resolve("formation.require_secretary", on=day_of(ctx.at), pack=pack_for(formation.path))
    ctx.note(rule={"key": answer.key, "pack": answer.pack, "value": answer.value})
    if answer.value and not formation.secretary:
        raise Refused("bodies.secretary_first", _("本地规定先有合适的书记人选再申请。请先确定书记人选。"))
    perform(ctx, formation.matter, "bodies.apply_formation", cmd.words, given=cmd.given)
    return formation
