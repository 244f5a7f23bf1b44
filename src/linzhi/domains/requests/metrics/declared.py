"""What can be asked of requests by name: 30 and 90 days back from the day, by estate, community, street and county.

Every share is two figures, the part and the whole. A past day is told from what carries a time; who a request was handed to since isn't.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.queries import Body
from linzhi.domains.places.metrics.grouping import Query, by_level, counts, here
from linzhi.domains.requests.metrics import RESPONSE_CLOCKS, SATISFIED
from linzhi.domains.requests.models import Dispatch, Rating, Request
from linzhi.flow.models import Happening
from linzhi.policy.metrics import Rows, Scope

REQUESTS = _("诉求台账")
WINDOWS = (30, 90)
OF_THE_ESTATE = (
    "property_company", "manager_team", "owners_committee", "management_committee", "owners_assembly", "supervision_committee",
    "party_branch", "party_group", "building_party_group", "party_household", "firm_party_branch", "volunteer_team",
)  # fmt: skip
"""What these handle is settled inside the estate (小事不出小区)."""
HANDED_UP = ("requests.escalate", "requests.assign_finally")
Stretch = tuple[datetime, datetime]
Read = Callable[[Scope, Stretch], tuple[Query, Any]]


def _requests(scope: Scope) -> Query:
    return Request.objects.filter(here(scope))


def _declare(name: str, read: Read, title: Any, formula: Any, field: str = "path", unit: Any = _("件")) -> None:
    for days in WINDOWS:

        def counted(scope: Scope, level: str, days: int = days) -> Rows:
            rows, value = read(scope, (scope.at - timedelta(days=days), scope.at))
            return by_level(level, rows, value, field)

        window = _("近 %(n)d 天：%(title)s") % {"n": days, "title": title}
        counts(f"{name}_{days}", counted, title=window, unit=unit, formula=formula, needs=REQUESTS)


def _received(only: Q | None = None) -> Read:
    def read(scope: Scope, stretch: Stretch) -> tuple[Query, Any]:
        rows = _requests(scope).filter(reported_at__gt=stretch[0], reported_at__lte=stretch[1])
        return (rows.filter(only) if only is not None else rows), Count("pk")

    return read


def _clocks(keys: tuple[str, ...], *, kept: bool, this_round: bool = False) -> Read:
    """Limits of some kinds that fell due in the stretch; what was found to be beyond anyone's power is left out."""

    def read(scope: Scope, stretch: Stretch) -> tuple[Query, Any]:
        due = Q(matter__clocks__key__in=keys, matter__clocks__due_at__gt=stretch[0], matter__clocks__due_at__lte=stretch[1])
        rows = _requests(scope).exclude(matter__outcome="beyond_power").filter(due)
        good = Q(matter__clocks__kept=True) & (Q(matter__clocks__round=F("matter__round")) if this_round else Q())
        return rows, Count("matter__clocks", filter=good) if kept else Count("matter__clocks")

    return read


def _ended(*, done: bool = False, inside_estate: bool = False) -> Read:
    def read(scope: Scope, stretch: Stretch) -> tuple[Query, Any]:
        rows = _requests(scope).filter(matter__settled_at__gt=stretch[0], matter__settled_at__lte=stretch[1])
        rows = rows.exclude(matter__outcome__in=("withdrawn", "duplicate", "not_ours", "beyond_power"))
        rows = rows.filter(matter__family="done") if done else rows
        if inside_estate:
            beyond = Dispatch.objects.filter(request_id=OuterRef("pk")).exclude(
                body_id__in=Body.objects.filter(kind__in=OF_THE_ESTATE).values("pk")
            )
            up = Happening.objects.filter(matter_id=OuterRef("matter_id"), act__in=HANDED_UP)
            rows = rows.filter(~Exists(beyond), ~Exists(up))
        return rows, Count("pk")

    return read


def _handed(*, returned: bool) -> Read:
    def read(scope: Scope, stretch: Stretch) -> tuple[Query, Any]:
        rows = Dispatch.objects.filter(here(scope, "request__path"), kind="lead", at__gt=stretch[0], at__lte=stretch[1])
        return (rows.filter(returned_at__lte=scope.at) if returned else rows), Count("pk")

    return read


def _rated(*, satisfied: bool) -> Read:
    def read(scope: Scope, stretch: Stretch) -> tuple[Query, Any]:
        rows = Rating.objects.filter(here(scope, "request__path"), at__gt=stretch[0], at__lte=stretch[1])
        return (rows.filter(stars__gte=SATISFIED) if satisfied else rows), Count("pk")

    return read


_declare("received", _received(), _("收到的诉求"), _("期内收到的诉求"))
_declare("complaints", _received(Q(nature="complaint")), _("收到的投诉"), _("期内收到的性质为投诉的"))
_declare("repeated", _received(Q(matter__outcome="duplicate") | Q(earlier__isnull=False)), _("重复的诉求"), _("期内收到的，并入另一件或说以前没办好的"))
_declare("reopened", _received(Q(matter__round__gt=1)), _("重办的诉求"), _("期内收到的，后来重新打开或重办过的"))
_declare("handed", _handed(returned=False), _("派出的单"), _("期内派给主办单位的次数"), "request__path")
_declare("returned", _handed(returned=True), _("退回的单"), _("期内派给主办单位、又被退回的次数"), "request__path")
_declare("responses_due", _clocks(RESPONSE_CLOCKS, kept=False), _("到期的响应时限"), _("期内到期的响应时限，超出权限的不算"))
_declare("responses_kept", _clocks(RESPONSE_CLOCKS, kept=True), _("按时的响应"), _("期内到期的响应时限中按时响应的"))
_declare("feedbacks_due", _clocks(("first_feedback",), kept=False), _("到期的反馈时限"), _("期内到期的反馈时限，超出权限的不算"))
_declare("feedbacks_kept", _clocks(("first_feedback",), kept=True), _("按时的反馈"), _("期内到期的反馈时限中按时反馈的"))
_declare("handling_due", _clocks(("step:handle",), kept=False), _("到期的办理时限"), _("期内到期的办理时限，超出权限的不算"))
_declare("handling_kept", _clocks(("step:handle",), kept=True, this_round=True), _("按时办结的"), _("期内到期的办理时限中按时办结、没有重办的"))
_declare("ended", _ended(), _("有了结果的诉求"), _("期内有结果的，撤回、重复、不受理、超出权限的不算"))
_declare("solved", _ended(done=True), _("办成的诉求"), _("期内有结果的诉求中办成的"))
_declare("settled_inside", _ended(done=True, inside_estate=True), _("小区内办成的诉求"), _("期内办成，没有派给小区以外的单位、也没有交上一级的"))
_declare("rated", _rated(satisfied=False), _("收到的评价"), _("期内收到的诉求评价"), "request__path", _("次"))
_declare("satisfied", _rated(satisfied=True), _("满意的评价"), _("期内收到的四星和五星评价"), "request__path", _("次"))


def _open(scope: Scope) -> Query:
    rows = _requests(scope).filter(matter__opened_at__lte=scope.at)
    return rows.filter(Q(matter__closed_at__isnull=True) | Q(matter__closed_at__gt=scope.at))


def _overdue(scope: Scope, level: str) -> Rows:
    running = Q(matter__clocks__stopped_at__isnull=True) | Q(matter__clocks__stopped_at__gt=scope.at)
    late = running & Q(matter__clocks__due_at__lt=scope.at, matter__clocks__started_at__lte=scope.at)
    return by_level(level, _open(scope).filter(late), Count("pk", distinct=True))


counts("requests_open", lambda scope, level: by_level(level, _open(scope)), title=_("没有办完的诉求"), unit=_("件"), formula=_("当天还没有结案的诉求"),
       needs=REQUESTS)  # fmt: skip
counts("requests_overdue", _overdue, title=_("超期的诉求"), unit=_("件"), formula=_("没有结案、有一个在走的时限已经过了的诉求"),
       needs=REQUESTS)  # fmt: skip
