"""Two records turn out to be one person. Proposed by the register, decided by somebody."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.events import PersonsMerged
from linzhi.domains.people.models import Identity, Membership, Ownership, Person, Residence, SkillOffer
from linzhi.domains.people.queries.members import member_index, member_indexes
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.privacy.fields import Sealed
from linzhi.kernel.refused import NotFound, Refused


class MergePersons(Input):
    """`keep_id` stays, `drop_id` is used no more. `reason` says by what they were found to be one."""

    keep_id: int
    drop_id: int
    reason: Annotated[SafeText, Field(min_length=2, max_length=200)]


def _load(cmd: MergePersons) -> Person:
    person = Person.objects.select_for_update().filter(pk=cmd.keep_id).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.merge_persons", on=_load)
def merge_persons(ctx: Context, cmd: MergePersons, keep: Person) -> Person:
    """Give the homes, titles, skills and numbers of one record to the other; the empty one stays as a pointer, so that old links hold.

    Refused for records of two counties, merged before, with two accounts, or that both own a share of one dwelling (end one first).
    """
    drop = Person.objects.select_for_update().filter(pk=cmd.drop_id, county=keep.county).exclude(pk=keep.pk).first()
    if drop is None or not ctx.powers.decide("people.view_person", drop):
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    if keep.merged_into_id is not None or drop.merged_into_id is not None:
        raise Refused("people.merged", _("其中一条已经合并了。"))
    if keep.account_id is not None and drop.account_id is not None:
        raise Refused("people.two_accounts", _("两条都对上了账号。请先弄清哪个账号是本人的。"))
    for model in (Ownership, Residence):
        mine = set(model.objects.filter(person=keep, end__isnull=True).values_list("dwelling_id", flat=True))
        both = model.objects.filter(person=drop, end__isnull=True, dwelling_id__in=mine)
        if model is Ownership and both.exists():
            raise Refused("people.owns_twice", _("两条在同一套房屋都登记了产权。请先注销重复的一条。"))
        both.delete()  # the same life in the same home, entered twice
        _hand_over(model.objects.filter(person=drop), keep)
    _hand_over(SkillOffer.objects.filter(person=drop).exclude(field__in=keep.skills.values("field")), keep)
    _hand_over(Identity.objects.filter(person=drop).exclude(purpose__in=keep.identities.values("purpose")), keep)
    _follow(keep, drop)
    if keep.account_id is None and drop.account_id is not None:
        account, drop.account_id = drop.account_id, None
        drop.save(update_fields=["account_id"])
        keep.account_id = account
    if not keep.phone:
        keep.phone, keep.phone_index = drop.phone, drop.phone_index
    keep.save()
    drop.merged_into = keep
    drop.save(update_fields=["merged_into"])
    ctx.note(dropped=subject_key(drop))
    ctx.emit(PersonsMerged(keep.pk, drop.pk))
    return keep


def _hand_over(rows: QuerySet[Any], keep: Person) -> None:
    rows.update(person=keep)


def _follow(keep: Person, drop: Person) -> None:
    """The closed room names the kept record from now on. Whoever merges learns nothing of it, and the audit log neither."""
    new = member_index(keep.county, keep.pk)
    kept = member_indexes(keep.county, keep.pk)
    known = set(Membership.objects.filter(person_index__in=kept, end__isnull=True).values_list("path", flat=True))
    rows = Membership.objects.filter(person_index__in=member_indexes(drop.county, drop.pk))
    rows.filter(end__isnull=True, path__in=known).delete()  # the same member of the same estate, entered twice
    sealed: dict[str, Any] = {"person": Sealed.of(str(keep.pk))}
    rows.update(person_index=new, **sealed)
