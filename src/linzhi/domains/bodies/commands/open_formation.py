"""The founding of an estate's party organisation begins. LD-02, LD-03, LD-22."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies import metrics
from linzhi.domains.bodies.commands.courses import begin, new_number
from linzhi.domains.bodies.commands.reach import place
from linzhi.domains.bodies.models import Body, Formation
from linzhi.domains.bodies.rules import BODY_KINDS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ESTATE_LENGTH, SEGMENT
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import pack_for


class OpenFormation(Input):
    """`estate` is the estate's code. `exception` says why, where the rule alone doesn't lead to it."""

    estate: str
    kind: Literal["party_branch", "party_group"] = "party_branch"
    name: Annotated[SafeText, Field(max_length=80)] = ""
    exception: Annotated[SafeText, Field(max_length=200)] = ""


def _load(cmd: OpenFormation) -> Territory:
    return place(cmd.estate)


@command("bodies.open_formation", on=_load)
def open_formation(ctx: Context, cmd: OpenFormation, estate: Territory) -> Formation:
    """Begin a formation with the verdict of the register as of today, which is kept with it.

    Refused while one is under way, without a party organisation of the community above, for a branch under a branch, for a second
    branch of the estate or one with too few members unless an exception gives the reason.
    """
    today = day_of(ctx.at)
    verdicts = metrics.branch_verdicts(estate.path, today) if estate.level == "estate" else []
    if not verdicts:
        raise Refused("bodies.level", _("请选择一个在册的小区。"), status=422, field="estate")
    verdict = verdicts[0]
    above = Body.objects.filter(in_force(today), kind="community_party", path=estate.path[: ESTATE_LENGTH - SEGMENT]).first()
    if above is None:
        raise Refused("bodies.no_parent", _("社区还没有登记党组织。请先登记社区党组织。"))
    if Formation.objects.filter(path=estate.path, kind=cmd.kind, closed__isnull=True).exists():
        raise Refused("bodies.formation_open", _("这个小区正在组建，不用再启动。"))
    if cmd.kind == "party_branch" and above.form == "branch":
        raise Refused("bodies.branch_under_branch", _("“%(parent)s”本身是党支部，小区里设党小组。") % {"parent": above.name}, field="kind")
    if not cmd.exception and (verdict.branches if cmd.kind == "party_branch" else verdict.groups):
        raise Refused("bodies.second_branch", _("这个小区已经有了。确需再设，请写明理由。"), field="exception")
    if not cmd.exception and cmd.kind == "party_branch" and verdict.due != "branch":
        raise Refused("bodies.not_eligible", _("计入人数的正式党员不到规定数。确需设支部，请写明理由。"), field="exception")
    rule = metrics.branch_rule(pack_for(estate.path), today)
    kept = {"counted": verdict.counted, "due": verdict.due, "why": verdict.why, "on": today.isoformat(), "rule": asdict(rule)}
    formation = Formation.objects.create(
        number=new_number(ctx, "ZJ"), kind=cmd.kind, name=cmd.name or f"{estate.name}{BODY_KINDS[cmd.kind].title}".replace("小区小区", "小区"),
        path=estate.path, parent=above, eligibility={**kept, "exception": cmd.exception}, opened=ctx.at,
    )  # fmt: skip
    begin(ctx, "formation", formation, _("组建%(name)s") % {"name": formation.name}, "bodies.open_formation")
    return formation
