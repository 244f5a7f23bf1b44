"""An import of skills is taken back, with the consents that it wrote down."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.models import SkillOffer
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.sheets.register import CHUNK
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import Refused


class WithdrawSkills(Input):
    """`trace` is what `people.record_skills` returned, whole."""

    place: str
    trace: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: WithdrawSkills) -> Territory:
    return locate(cmd.place)


@command("people.withdraw_skills", on=_load)
def withdraw_skills(ctx: Context, cmd: WithdrawSkills, where: Territory) -> None:
    """Undo one call of `people.record_skills`: what it made goes, what it changed becomes as it was, its consents end.

    Refused with the first row that isn't as that call left it, and when another offer rests on a consent that it wrote down.
    """
    done = {row["offer"]: row for row in cmd.trace if row["state"] != "same"}
    kept = {one.pk: one for one in SkillOffer.objects.select_for_update().filter(within("path", where.path), pk__in=done)}
    for number, row in enumerate(cmd.trace, start=1):
        if row["state"] != "same":
            _must_stand(number, row, kept.get(row["offer"]))
    created = [pk for pk, row in done.items() if row["state"] == "created"]
    consents = {row["consent"] for row in cmd.trace if row["consent"]}
    if SkillOffer.objects.filter(consent_id__in=consents, end__isnull=True).exclude(pk__in=done).exists():
        raise Refused("people.undo_used", _("其中有人后来又凭同一份同意登记了别的特长，不能撤销。"))
    SkillOffer.objects.filter(pk__in=created).delete()
    rows = [kept[pk] for pk, row in done.items() if row["state"] == "changed"]
    for one in rows:
        for name, (old, _new) in done[one.pk]["changes"].items():
            setattr(one, name, (date.fromisoformat(old) if old else None) if name == "end" else old)
    SkillOffer.objects.bulk_update(rows, ["words", "hours", "source", "end"])
    given = list(Consent.objects.filter(pk__in=consents, withdrawn_at__isnull=True))
    for consent in given:
        consent.withdrawn_at, consent.withdrawn_by = max(ctx.at, consent.given_at), ctx.actor.key
    Consent.objects.bulk_update(given, ["withdrawn_at", "withdrawn_by"])
    ctx.note(deleted=len(created), restored=len(rows), consents=len(given))


def _must_stand(number: int, row: dict[str, Any], offer: SkillOffer | None) -> None:
    if offer is None:
        raise Refused("people.undo_gone", _("第 %(row)d 行登记的特长已经不在了，不能撤销。") % {"row": number}, row=number)
    now = {name: getattr(offer, name) for name in row["changes"]}
    moved = any((None if value is None else str(value)) != row["changes"][name][1] for name, value in now.items())
    if moved or (row["state"] == "created" and offer.end is not None):
        raise Refused("people.undo_changed", _("第 %(row)d 行的特长后来又改过，不能撤销。") % {"row": number}, row=number)
