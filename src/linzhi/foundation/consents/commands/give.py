"""同意: a person says yes to a purpose, in the words of its current text."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.consents import queries
from linzhi.foundation.consents.commands.subject import Subject, subject_of
from linzhi.foundation.consents.events import ConsentGiven
from linzhi.foundation.consents.models import Consent
from linzhi.kernel.refused import Refused


class Give(Input):
    """`subject` is whose consent (`accounts.account:5`, `people.person:17`); `version` is the one that was read out or shown."""

    subject: str = Field(max_length=80)
    purpose: str = Field(max_length=60)
    version: int
    how: Literal["own", "in_person", "paper"] = "own"


def _load(cmd: Give) -> Subject:
    return subject_of(cmd.subject)


@command("consents.give", on=_load)
def give(ctx: Context, cmd: Give, subject: Subject) -> Consent:
    """Keep the consent. Giving it again changes nothing.

    Refused for another version than the current, and when somebody else's consent is said to be their own doing.
    """
    own = subject.account_id is not None and ctx.actor.account_id == subject.account_id
    if own != (cmd.how == "own"):
        raise Refused("consents.how", _("请写明是本人自己点的，还是当面说的、纸上签的。"), status=422, field="how")
    text = queries.current_text(cmd.purpose, ctx.at)
    if text is None:
        raise Refused("consents.no_text", _("这件事还没有同意书，现在不能同意。"), status=422, field="purpose")
    if text.version != cmd.version:
        raise Refused("consents.old_text", _("同意书刚刚换了新的。请先看新的，再决定。"), field="version")
    standing = Consent.objects.select_for_update().filter(subject=subject.key, purpose=cmd.purpose, withdrawn_at__isnull=True).first()
    if standing is not None:
        if queries.holds(subject.key, cmd.purpose, ctx.at):
            return standing
        standing.withdrawn_at, standing.withdrawn_by = max(ctx.at, standing.given_at), ctx.actor.key
        standing.save(update_fields=["withdrawn_at", "withdrawn_by"])
    made = Consent.objects.create(
        subject=subject.key, account_id=subject.account_id, purpose=cmd.purpose, text=text, path=subject.path, given_at=ctx.at, how=cmd.how,
        given_by=ctx.actor.key,
    )  # fmt: skip
    ctx.emit(ConsentGiven(made.pk, subject.key, cmd.purpose))
    return made
