"""What can be asked of the registers of people by name; counts only, what is small is suppressed where it is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, FilteredRelation, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.models import CheckIn, Membership, Ownership, Residence, SkillOffer, SurveyDoor
from linzhi.domains.people.rules import VISITS_ENOUGH
from linzhi.domains.places.metrics.grouping import Query, by_level, counts, here
from linzhi.domains.places.queries import Dwelling, in_force
from linzhi.foundation.territory.paths import ESTATE_LENGTH
from linzhi.policy.metrics import Rows, Scope, metric

PEOPLE, OWNERS, SKILLS, SURVEYS = _("居民台账"), _("业主台账"), _("能人库"), _("摸排任务")


def memberships(scope: Scope) -> Query:
    """The memberships in force on the day inside the place: for figures of the closed room above, which count and name nobody."""
    return Membership.objects.filter(in_force(scope.on), here(scope))


def _owned(scope: Scope) -> Query:
    rows = Dwelling.objects.filter(in_force(scope.on), here(scope), use="residential")
    now = Q(ownerships__begin__lte=scope.on) & (Q(ownerships__end__isnull=True) | Q(ownerships__end__gt=scope.on))
    return rows.annotate(owned=FilteredRelation("ownerships", condition=now))


counts("homes_without_owner", lambda scope, level: by_level(level, _owned(scope).filter(owned__isnull=True)), title=_("没有登记业主的住宅"),
       unit=_("套"), formula=_("住宅中当天没有任何业主登记的套数"), needs=OWNERS)  # fmt: skip
counts("homes_owned", lambda scope, level: by_level(level, _owned(scope).filter(owned__isnull=False), Count("pk", distinct=True)),
       title=_("登记了业主的住宅"), unit=_("套"), formula=_("住宅中当天有业主登记的套数"), needs=OWNERS)  # fmt: skip


def _owners(scope: Scope, level: str) -> Rows:
    rows = Ownership.objects.filter(in_force(scope.on), here(scope))
    return by_level(level, rows, Count("person", distinct=True))


def _residents(*kinds: str) -> Any:
    def read(scope: Scope, level: str) -> Rows:
        rows = Residence.objects.filter(in_force(scope.on), here(scope))
        return by_level(level, rows.filter(kind__in=kinds) if kinds else rows, Count("person", distinct=True))

    return read


counts("owners", _owners, title=_("登记的业主"), unit=_("人"), formula=_("业主台账里的自然人，一人几套算一人"), needs=OWNERS)
counts("residents", _residents(), title=_("登记的居民"), unit=_("人"), formula=_("居民台账里当天在住的人"), needs=PEOPLE)
counts("tenants", _residents("tenant", "lodger"), title=_("租住的居民"), unit=_("人"), formula=_("居民台账里当天租住、借住的人"), needs=PEOPLE)


def _offers(value: Any) -> Any:
    def read(scope: Scope, level: str) -> Rows:
        return by_level(level, SkillOffer.objects.filter(in_force(scope.on), here(scope)), value)

    return read


counts("skill_offers", _offers(Count("pk")), title=_("登记的特长"), unit=_("项"), formula=_("能人库里有效的登记"), needs=SKILLS)
counts("skilled_people", _offers(Count("person", distinct=True)), title=_("能人"), unit=_("人"), formula=_("能人库里登记了特长的人"), needs=SKILLS)
counts("skill_fields", _offers(Count("field", distinct=True)), title=_("能人库的领域"), unit=_("个"), formula=_("能人库里有人登记的领域数"),
       needs=SKILLS)  # fmt: skip


def _check_ins(scope: Scope, level: str) -> Rows:
    return by_level(level, CheckIn.objects.filter(here(scope), at__lte=scope.at))


counts("check_ins", _check_ins, title=_("报到的新就业群体"), unit=_("人"), formula=_("快递员、骑手、司机自愿报到、没有要求删除的登记"),
       needs=_("报到登记"))  # fmt: skip


# Surveys: doors of those that had begun, visited by the last moment that is known.
def _doors(scope: Scope) -> Query:
    return SurveyDoor.objects.filter(here(scope), survey__begin__lte=scope.on)


VISITED = ~Q(result="")


def _survey(value: Any) -> Any:
    return lambda scope, level: by_level(level, _doors(scope), value(scope))


counts("survey_doors", _survey(lambda scope: Count("pk")), title=_("要摸排的户"), unit=_("户"), formula=_("已开始的摸排任务里的户数之和"),
       needs=SURVEYS)  # fmt: skip
counts("survey_visited", _survey(lambda scope: Count("pk", filter=VISITED & Q(visited__lte=scope.at))), title=_("走到的户"), unit=_("户"),
       formula=_("摸排任务里至少上过一次门的户数"), needs=SURVEYS)  # fmt: skip
counts("survey_answered", _survey(lambda scope: Count("pk", filter=Q(result__in=VISITS_ENOUGH, visited__lte=scope.at))),
       title=_("摸排有结果的户"), unit=_("户"), formula=_("摸排任务里已登记、不愿登记或空置的户数"), needs=SURVEYS)  # fmt: skip


@metric(
    "estate.surveyed", title=_("摸排完成"), kind="flag", needs=SURVEYS, absent=0, formula=_("至少有一次摸排把这个小区的每一户都走到了"),
)  # fmt: skip
def surveyed(scope: Scope) -> Rows:
    """Whether a survey has been to every door of an estate (LD-19)."""
    left = Count("pk", filter=Q(result="") | Q(visited__gt=scope.at))
    rows = _doors(scope).values_list(Substr("path", 1, ESTATE_LENGTH), "survey_id").annotate(left=left).order_by()
    found: dict[Any, Any] = {}
    for path, _survey_id, doors in rows:
        found[path] = max(found.get(path, 0), int(doors == 0))
    return found


