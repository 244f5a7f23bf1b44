"""A campaign ends, with what came of it; its numbers and sessions stay."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.compliance.models import Campaign
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.refused import NotFound


class CloseCampaign(Input):
    """Which campaign, and what came of it in a sentence."""

    campaign_id: int
    outcome: Annotated[SafeText, Field(min_length=4, max_length=300)]


def load(campaign_id: int) -> Campaign:
    """An open campaign, locked. Raises NotFound."""
    found = Campaign.objects.select_for_update().filter(pk=campaign_id, closed__isnull=True).first()
    if found is None:
        raise NotFound(_("没有这个行动，或者它已经结束了。"))
    return found


def _load(cmd: CloseCampaign) -> Campaign:
    return load(cmd.campaign_id)


@command("compliance.close_campaign", on=_load)
def close_campaign(ctx: Context, cmd: CloseCampaign, campaign: Campaign) -> Campaign:
    """End it now. What isn't struck off stays open as findings: a campaign ends, a gap doesn't."""
    campaign.closed, campaign.outcome = ctx.at, cmd.outcome
    campaign.save(update_fields=["closed", "outcome"])
    return campaign
