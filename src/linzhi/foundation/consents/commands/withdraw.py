"""撤回同意: a person takes their yes back; it works from this moment."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.consents.commands.subject import Subject, subject_of
from linzhi.foundation.consents.events import ConsentWithdrawn
from linzhi.foundation.consents.models import Consent
from linzhi.kernel.refused import NotFound


class Withdraw(Input):
    """Whose consent to which purpose."""

    subject: str = Field(max_length=80)
    purpose: str = Field(max_length=60)


def _load(cmd: Withdraw) -> Subject:
    return subject_of(cmd.subject)


@command("consents.withdraw", on=_load)
def withdraw(ctx: Context, cmd: Withdraw, subject: Subject) -> Consent:
    """End the consent at once; what was done before stays lawful (PIPL article 15). Twice changes nothing; NotFound without one."""
    rows = Consent.objects.select_for_update().filter(subject=subject.key, purpose=cmd.purpose)
    consent = rows.order_by("-given_at", "-pk").first()
    if consent is None:
        raise NotFound(_("没有这一项同意。"))
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = max(ctx.at, consent.given_at), ctx.actor.key
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        ctx.emit(ConsentWithdrawn(consent.pk, subject.key, cmd.purpose))
    return consent
