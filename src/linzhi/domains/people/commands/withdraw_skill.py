"""Somebody takes a skill back; from that moment nobody finds it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.people.models import SkillOffer
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound


class WithdrawSkill(Input):
    """The offer's id."""

    offer_id: int


def _load(cmd: WithdrawSkill) -> SkillOffer:
    offer = SkillOffer.objects.select_for_update(of=("self",)).select_related("person").filter(pk=cmd.offer_id).first()
    if offer is None:
        raise NotFound(_("没有这条技能。"))
    return offer


@command("people.withdraw_skill", on=_load)
def withdraw_skill(ctx: Context, cmd: WithdrawSkill, offer: SkillOffer) -> SkillOffer:
    """End an offer and forget its words; twice changes nothing. No reason is asked. It is also done where the consent is taken back."""
    if offer.end is None:
        offer.end, offer.words, offer.hours = max(day_of(ctx.at), offer.begin), "", ""
        offer.save(update_fields=["end", "words", "hours"])
    return offer
