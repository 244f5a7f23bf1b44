"""A finding is excused: a reason is on file until a day; the finding stays open and shows amber."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.compliance.models import Finding
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused

LONGEST = timedelta(days=366)


class ExcuseFinding(Input):
    """Which finding, why it can't or needn't be mended now, and until which day that holds."""

    finding_id: int
    reason: Annotated[SafeText, Field(min_length=4, max_length=300)]
    until: date


def _load(cmd: ExcuseFinding) -> Finding:
    finding = Finding.objects.select_for_update().filter(pk=cmd.finding_id, closed__isnull=True).first()
    if finding is None:
        raise NotFound(_("没有这条，或者它已经补好了。"))
    return finding


@command("compliance.excuse_finding", on=_load)
def excuse_finding(ctx: Context, cmd: ExcuseFinding, finding: Finding) -> Finding:
    """File the reason. Refused for a day that is past or more than a year ahead; saying it again replaces the reason."""
    today = day_of(ctx.at)
    if not today <= cmd.until <= today + LONGEST:
        raise Refused("compliance.excused_too_long", _("说明的有效期从今天起，最长一年：到期要重新说明。"), status=422, field="until")
    finding.excused_until, finding.excused_reason, finding.excused_by = cmd.until, cmd.reason, ctx.actor.key
    finding.save(update_fields=["excused_until", "excused_reason", "excused_by"])
    return finding
