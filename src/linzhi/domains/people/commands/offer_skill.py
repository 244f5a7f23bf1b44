"""Somebody offers a skill to the neighbours (能人库). JS-04, AQ-17."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.agreeing import standing, write_down
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.models import Ownership, Person, Residence, SkillOffer
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve


class OfferSkill(Input):
    """`field` is one of the place's list; `agreed` is the person's own word that neighbours may find the offer, never their phone.

    `how` says in which way a worker was told so; of somebody's own account it isn't asked.
    """

    person_id: int
    estate: str
    field: str
    words: Annotated[SafeText, Field(max_length=200)] = ""
    hours: Annotated[SafeText, Field(max_length=80)] = ""
    source: Literal["visit", "self", "neighbour"] = "self"
    agreed: bool = False
    how: Literal["in_person", "paper"] = "in_person"


def _load(cmd: OfferSkill) -> Person:
    person = Person.objects.select_for_update().filter(pk=cmd.person_id).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.offer_skill", on=_load, place=lambda offer: offer.path)
def offer_skill(ctx: Context, cmd: OfferSkill, person: Person) -> SkillOffer:
    """Put a skill on offer in an estate where the person lives or owns; saying it again changes the words.

    The consent it rests on is kept with it, to the text that is in force. Refused without the person's own agreement, while no text is
    published, for a field that isn't on the place's list (`talent.fields`), or elsewhere.
    """
    estate, today = locate(cmd.estate), day_of(ctx.at)
    if not cmd.agreed:
        raise Refused("people.not_agreed", _("能人库只登记本人愿意的。请先征得本人同意。"), status=422, field="agreed")
    answer = resolve("talent.fields", on=today, pack=pack_for(estate.path))
    if cmd.field not in answer.value:
        raise Refused("people.unknown_word", _("“%(value)s”不在本地的能人领域里。") % {"value": cmd.field}, status=422, field="field")
    here = within("path", estate.path)
    if estate.level != "estate" or not any(
        model.objects.filter(here, person=person, end__isnull=True).exists() for model in (Residence, Ownership)
    ):
        raise Refused("people.not_at_home", _("本人没有登记住在这个小区，也不是这里的业主。"), status=422, field="estate")
    words = {"words": cmd.words, "hours": cmd.hours}
    own = person.account_id is not None and ctx.actor.account_id == person.account_id
    consents = standing([person], ctx.at) or write_down(ctx, {person: "own" if own else cmd.how})
    consent_id = consents[person.pk]
    offer, created = SkillOffer.objects.get_or_create(
        person=person, path=estate.path, field=cmd.field, end=None,
        defaults={**words, "source": cmd.source, "begin": today, "consent_id": consent_id},
    )  # fmt: skip
    if not created:
        offer.words, offer.hours, offer.consent_id = cmd.words, cmd.hours, consent_id
        offer.save(update_fields=[*words, "consent_id"])
    ctx.note(rule={"key": "talent.fields", "pack": answer.pack})
    return offer
