"""Who may see and change people's records: the workers of the place where they live, and the persons themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.models import Ownership, Residence
from linzhi.foundation.access.actions import Action, declare, for_job, for_signed_in, open_to
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.scopes import NOTHING, Mine, Scope
from linzhi.foundation.territory.paths import covers, within
from linzhi.kernel.actor import Actor


@dataclass(frozen=True)
class LivesOrOwnsWithin(Scope):
    """The person's record is kept in a territory of the grant, or the person lives or owns a dwelling there."""

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        if obj is None:
            return False
        places = [obj.path]
        for model in (Residence, Ownership):
            places.extend(model.objects.filter(person_id=obj.pk, end__isnull=True).values_list("path", flat=True))
        return next((grant for grant in grants if any(covers(grant.path, place) for place in places)), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        result = NOTHING
        for path in {grant.path for grant in grants}:
            result |= within("path", path)
            for model in (Residence, Ownership):
                result |= Q(pk__in=model.objects.filter(within("path", path), end__isnull=True).values("person_id"))
        return result


WORKERS = open_to("community_worker", "grid_worker")
COMMUNITY = open_to("community_worker")

declare(
    Action("people.register_person", _("登记人员"), WORKERS),
    Action("people.register_household", _("登记住户"), WORKERS),
    Action("people.move_in", _("登记入住"), WORKERS),
    Action("people.move_out", _("登记搬离"), WORKERS),
    Action("people.record_ownership", _("登记产权"), COMMUNITY),
    Action("people.end_ownership", _("注销产权登记"), COMMUNITY),
    Action(
        "people.link_account",
        _("把账号和本人对上"),
        open_to("community_worker", scope=LivesOrOwnsWithin()) + for_job("people.link_by_phone"),
    ),
    Action(
        "people.view_person",
        _("查看人员"),
        open_to("community_worker", "grid_worker", scope=LivesOrOwnsWithin()) + for_signed_in(Mine("account_id")),
    ),
)
