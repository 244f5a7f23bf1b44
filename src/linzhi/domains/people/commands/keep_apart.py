"""Two records look alike, and somebody found that they are two persons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.people.models import Apart, Person
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.commands.execution import subject_key
from linzhi.kernel.refused import NotFound, Refused


class KeepApart(Input):
    """The numbers of the two records."""

    one_id: int
    other_id: int


def _load(cmd: KeepApart) -> Person:
    person = Person.objects.filter(pk=cmd.one_id).first()
    if person is None:
        raise NotFound(_("没有这个人员。"))
    return person


@command("people.keep_apart", on=_load, place=lambda apart: apart.path)
def keep_apart(ctx: Context, cmd: KeepApart, one: Person) -> Apart:
    """Keep that they are two persons, so that nobody is asked again; twice changes nothing. Refused for a record and itself."""
    other = Person.objects.filter(pk=cmd.other_id, county=one.county).exclude(pk=one.pk).first()
    if other is None or not ctx.powers.decide("people.view_person", other):
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    first, second = sorted((one.pk, other.pk))
    if Person.objects.filter(pk__in=(first, second), merged_into__isnull=False).exists():
        raise Refused("people.merged", _("其中一条已经合并了。"))
    ctx.note(persons=[subject_key(one), subject_key(other)])
    apart, _created = Apart.objects.get_or_create(one_id=first, other_id=second, defaults={"path": one.path, "at": ctx.at})
    return apart
