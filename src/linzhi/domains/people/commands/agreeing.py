"""The consent on which a skill in the directory rests: found for many persons at once, written down where it isn't there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from linzhi.domains.people.models import Person
from linzhi.domains.people.queries import subjects_of
from linzhi.domains.people.rules import SKILLS
from linzhi.foundation.commands import Context
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.consents.events import ConsentGiven
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.consents.queries import account_subject, current_text, holding
from linzhi.kernel.refused import Refused


def standing(persons: Iterable[Person], at: datetime) -> dict[int, int]:
    """Person to the consent in force: of their own account, or written down for their record. Three statements."""
    meant = {subject: person.pk for person in persons for subject in subjects_of(person)}
    held = holding(meant, SKILLS, at) if meant else set()
    rows = Consent.objects.filter(subject__in=held, purpose=SKILLS, given_at__lte=at).exclude(withdrawn_at__lte=at)
    return {meant[subject]: pk for pk, subject in rows.order_by("given_at", "pk").values_list("pk", "subject")}


def write_down(ctx: Context, ways: Mapping[Person, str]) -> dict[int, int]:
    """Keep the consents that persons gave, each in one of the ways (`own` is their account's); returns person to consent.

    Refused while no text of consent is published: there is nothing that anybody could have agreed to.
    """
    if not ways:
        return {}
    text = current_text(SKILLS, ctx.at)
    if text is None:
        raise Refused("people.no_consent_text", _("能人库的同意书还没有发布，现在不能登记。请联系系统管理员。"))
    keys = {person: _subject(person, how) for person, how in ways.items()}
    old = list(Consent.objects.select_for_update().filter(subject__in=keys.values(), purpose=SKILLS, withdrawn_at__isnull=True))
    for consent in old:  # to an earlier text, which counts no more
        consent.withdrawn_at, consent.withdrawn_by = max(ctx.at, consent.given_at), ctx.actor.key
    Consent.objects.bulk_update(old, ["withdrawn_at", "withdrawn_by"])
    made = Consent.objects.bulk_create(
        Consent(
            subject=keys[person], account_id=person.account_id if how == "own" else None, purpose=SKILLS, text=text, path=person.path,
            given_at=ctx.at, how=how, given_by=ctx.actor.key,
        )
        for person, how in ways.items()
    )  # fmt: skip
    for consent in made:
        ctx.emit(ConsentGiven(consent.pk, consent.subject, SKILLS))
    return {person.pk: consent.pk for person, consent in zip(ways, made, strict=True)}


def _subject(person: Person, how: str) -> str:
    return account_subject(person.account_id) if how == "own" and person.account_id is not None else subject_key(person)
