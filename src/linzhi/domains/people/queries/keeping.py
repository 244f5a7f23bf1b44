"""How long records of people are kept: what is due to go, by the place's own number of days. The job `rights.retention` removes it.

Counts stay: a row that counts loses what says whom it is about, a row that only names goes. PIPL articles 19, 47.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.queries.members import member_indexes
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.policy.resolve import DEFAULT_PACK, resolve

LEAVING, WITHDRAWAL, CHECK_IN, IDENTITY = (
    "privacy.kept_after_leaving", "privacy.kept_after_withdrawal", "privacy.kept_check_in", "privacy.kept_identity",
)  # fmt: skip


@dataclass(frozen=True)
class LocalRule(Rule):
    """A rule whose number of days is a parameter of policy; `days` is the nation's, which a county may shorten."""

    def moment(self, at: datetime) -> datetime:
        """The moment itself: how long before something must have happened differs between counties."""
        return at


def _due(key: str, since: Callable[[datetime], Q], held: Callable[[datetime], Q]) -> Callable[[datetime], Q]:
    """A rule's `due`: rows that `since(moment)` selects, each county by its own number of days, less those under a legal hold."""

    def due(at: datetime) -> Q:
        days = {path: _days(key, territory.pack_for(path), at) for path in _counties()}
        if len(set(days.values())) < 2:
            return since(at - timedelta(days=next(iter(days.values()), _days(key, DEFAULT_PACK, at)))) & ~held(at)
        wanted = Q(pk__in=())
        for path, count in days.items():
            wanted |= within("path", path) & since(at - timedelta(days=count))
        return wanted & ~held(at)

    return due


def _counties() -> list[str]:
    return list(Territory.objects.filter(level="county").order_by("path").values_list("path", flat=True))


def _days(key: str, pack: str, at: datetime) -> int:
    return int(resolve(key, on=day_of(at), pack=pack).value)


def _held(at: datetime) -> tuple[set[int], set[int]]:
    """The persons and the accounts of which nothing may go at a moment; a person's account holds the person."""
    rows = Hold.objects.filter(Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at)))
    found: dict[str, set[int]] = {"people.person": set(), "accounts.account": set()}
    for subject in rows.values_list("subject", flat=True):
        kind, _colon, number = subject.partition(":")
        if kind in found and number.isdigit():
            found[kind].add(int(number))
    persons, accounts = found["people.person"], found["accounts.account"]
    if accounts:
        persons |= set(Person.objects.filter(account_id__in=accounts).values_list("pk", flat=True))
    return persons, accounts


def _of_person(field: str) -> Callable[[datetime], Q]:
    return lambda at: Q(**{f"{field}__in": _held(at)[0]})


def _held_pairs(at: datetime) -> Q:
    persons = _held(at)[0]
    return Q(one__in=persons) | Q(other__in=persons)


def _held_accounts(at: datetime) -> Q:
    return Q(account_id__in=_held(at)[1])


def _held_members(at: datetime) -> Q:
    persons = Person.objects.filter(pk__in=_held(at)[0]).values_list("county", "pk")
    return Q(person_index__in=[index for county, pk in persons for index in member_indexes(county, pk)])


def _left(moment: datetime) -> Q:
    """Persons who have lived and owned nowhere since a moment, on whose record nothing open rests, and who can still be told."""
    here = Q(registered__lte=moment) & ~Q(name__empty=True, phone__empty=True, account_id__isnull=True)
    tables: list[Any] = [relation.related_model for relation in Person._meta.related_objects]
    for table in {Residence, Ownership, *(one for one in tables if one._meta.app_label != "people")}:
        # A higher domain may keep something open, too: a post that somebody holds.
        columns = {column.name: column for column in table._meta.concrete_fields}
        if {"person", "end"} <= set(columns):
            over = moment if isinstance(columns["end"], DateTimeField) else day_of(moment)
            here &= Q(~Exists(table._default_manager.filter(person=OuterRef("pk")).exclude(end__lte=over)))
    return here


def _used_up(moment: datetime) -> Q:
    owns = Exists(Ownership.objects.filter(person=OuterRef("person"), end__isnull=True))
    return Q(recorded__lte=moment) & ~(Q(purpose="owners_roll") & Q(owns))


_ended: Callable[[datetime], Q] = lambda moment: Q(end__lte=day_of(moment))  # noqa: E731 - one of several conditions in the table below
_LAW = _("留多久由各地在政策包里定，只能更短（个人信息保护法第十九条）")

retention.declare(
    LocalRule(
        "people.left", _("搬离并没有产权的人的姓名和手机号"), 1095, _("搬离、转出"), _LAW, "people.Person",
        _due(LEAVING, _left, _of_person("pk")), clear=("name", "phone", "phone_index", "account_id"),
    ),
    LocalRule(
        "people.residences", _("居住记录上认人的标记"), 1095, _("搬离"), _LAW, "people.Residence",
        _due(LEAVING, lambda moment: _ended(moment) & ~Q(named=""), _of_person("person_id")), clear=("named",),
    ),
    LocalRule(
        "people.ownerships", _("转出的产权的证号"), 1095, _("转出"), _LAW, "people.Ownership",
        _due(
            LEAVING, lambda moment: _ended(moment) & ~Q(named="", certificate__empty=True, certificate_index=""), _of_person("person_id"),
        ),
        clear=("named", "certificate", "certificate_index"),
    ),
    LocalRule(
        "people.identities", _("证件号码"), 180, _("登记"), _LAW, "people.Identity", _due(IDENTITY, _used_up, _of_person("person_id")),
    ),
    LocalRule(
        "people.memberships", _("转出的党员登记是谁"), 30, _("转出"), _LAW, "people.Membership",
        _due(WITHDRAWAL, lambda moment: _ended(moment) & ~Q(person__empty=True), _held_members), clear=("person", "person_index", "seat"),
    ),
    LocalRule(
        "people.skills", _("撤回的能人登记"), 30, _("撤回"), _LAW, "people.SkillOffer",
        _due(WITHDRAWAL, lambda moment: _ended(moment) | Q(person__name__empty=True), _of_person("person_id")),
    ),
    LocalRule(
        "people.check_ins", _("新就业群体的报到登记"), 365, _("最近一次报到"), _LAW, "people.CheckIn",
        _due(CHECK_IN, lambda moment: Q(at__lte=moment), _held_accounts),
    ),
    LocalRule(
        "people.apart", _("“不是同一人”的记录"), 30, _("其中一人的姓名清空"), _LAW, "people.Apart",
        _due(WITHDRAWAL, lambda moment: Q(at__lte=moment) & (Q(one__name__empty=True) | Q(other__name__empty=True)), _held_pairs),
    ),
)  # fmt: skip
