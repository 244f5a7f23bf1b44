"""Who may see and change people's records: the workers of the place where they live, and the persons themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.models import Ownership, Residence
from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, for_signed_in, open_to
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
ITSELF = for_signed_in(Mine("account_id"))
# The closed room: only the party line of the place; not the workers, not the county office, not the administrator.
BRANCH_LINE = open_to("branch_secretary", "party_officer")

declare(
    Action("people.register_person", _("登记人员"), WORKERS),
    Action("people.record_residents", _("登记住户"), WORKERS),
    Action("people.withdraw_residents", _("撤销住户导入"), WORKERS),
    Action("people.record_owners", _("登记业主"), COMMUNITY),
    Action("people.withdraw_owners", _("撤销业主导入"), COMMUNITY),
    Action("people.record_memberships", _("登记党员"), BRANCH_LINE),
    Action("people.withdraw_memberships", _("撤销党员登记"), BRANCH_LINE),
    Action("people.view_memberships", _("查看党员名册"), BRANCH_LINE),
    Action("people.move_in", _("登记入住"), WORKERS),
    Action("people.move_out", _("登记搬离"), WORKERS),
    Action("people.record_ownership", _("登记产权"), COMMUNITY),
    Action("people.end_ownership", _("注销产权登记"), COMMUNITY),
    Action("people.offer_skill", _("登记能人"), open_to("community_worker", "grid_worker", scope=LivesOrOwnsWithin()) + ITSELF),
    Action("people.withdraw_skill", _("撤回能人登记"), open_to("community_worker", "grid_worker") + for_signed_in(Mine("person__account_id"))),
    Action("people.check_in", _("新就业群体报到"), for_anyone()),
    Action("people.check_out", _("删除报到登记"), for_anyone()),
    Action("people.view_check_ins", _("查看报到登记"), COMMUNITY),
    Action("people.open_survey", _("发起摸排"), open_to("community_worker", "street_dispatcher", "county_officer")),
    Action("people.record_visit", _("登记走访结果"), WORKERS),
    Action("people.close_survey", _("结束摸排"), open_to("community_worker", "street_dispatcher", "county_officer")),
    Action("people.view_survey", _("查看摸排"), open_to("grid_worker", "community_worker", "street_dispatcher", "county_officer")),
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
