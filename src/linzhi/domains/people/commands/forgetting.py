"""What taking an import back does with the owners' and residents' records that the import made."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from linzhi.domains.people.models import Firm, Membership, Person
from linzhi.domains.people.queries.members import member_indexes
from linzhi.kernel.refused import Refused


def forget(persons: Collection[int], firms: Collection[int] = ()) -> None:
    """Delete records that nothing rests on. Refused when one has an account, a home, a title, a post or a place in the closed room."""
    try:
        found = Person.objects.filter(pk__in=persons)
        if found.filter(account_id__isnull=False).exists():
            raise Refused("people.undo_used", _("登记的人员已经和本人账号对上，不能撤销。"))
        # The closed room names nobody, so no foreign key would hold the record back.
        rooms = {index for pk, county in found.values_list("pk", "county") for index in member_indexes(county, pk)}
        used = Membership.objects.filter(person_index__in=rooms).exists()
        if not used:
            found.delete()
            Firm.objects.filter(pk__in=firms).delete()
    except ProtectedError:
        used = True
    if used:
        # One sentence for all reasons: that somebody is in the closed room isn't for everybody to learn.
        raise Refused("people.undo_used", _("登记的人员或单位后来又用在了别处（居住、产权、岗位等），不能撤销。"))
