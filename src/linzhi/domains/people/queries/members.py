"""Reads of the closed room: its rows for the party line, suppressed figures for everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from linzhi.domains.people.models import Membership, Ownership, Person, Residence
from linzhi.domains.people.rules import MEMBERSHIP_KINDS
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

VIEW = "people.view_memberships"
MOST_FOUND = 20


@dataclass(frozen=True)
class Member:
    """A row of the closed room as its keepers see it; the name is a `Sealed`, opened only with a purpose."""

    membership: Membership
    person: Person | None


def members_of(powers: Powers, path: str, on: date | None = None) -> list[Member]:
    """The members of the estates inside `path` that the asker may see on a day (the asker's), by estate. For the closed room alone."""
    day = on or day_of(powers.at)
    in_force = places.in_force(day)
    rows = list(Membership.objects.filter(powers.visible(VIEW), in_force, inside("path", path, day)).order_by("path", "pk"))
    numbers = {row.pk: _person_id(row) for row in rows}
    persons = Person.objects.in_bulk(set(numbers.values()))
    return [Member(row, persons.get(numbers[row.pk])) for row in rows]


def member(powers: Powers, membership_id: int) -> Member | None:
    """One row of the closed room, if the asker may see it."""
    row = Membership.objects.filter(powers.visible(VIEW), pk=membership_id).first()
    return Member(row, person_behind(row)) if row else None


def person_behind(row: Membership) -> Person | None:
    """The record that a membership is about. For the closed room alone; the name in it stays sealed."""
    return Person.objects.filter(pk=_person_id(row)).first()


def persons_behind(path: str, membership_ids: Iterable[int]) -> dict[int, Person]:
    """Membership to the record it is about, for rows of one estate. For the closed room alone."""
    numbers = {row.pk: _person_id(row) for row in Membership.objects.filter(path=path, pk__in=set(membership_ids))}
    persons = Person.objects.in_bulk(set(numbers.values()))
    return {pk: persons[number] for pk, number in numbers.items() if number in persons}


def _person_id(row: Membership) -> int:
    # The link itself is the secret; whoever is in the room may follow it. Some time after its end a row counts and names nobody.
    return int(row.person.open_value() or 0)


def member_index(county: str, person_id: int) -> str:
    """By what a person's row in the closed room is found, without the room naming the person: what a new row keeps."""
    return blind_index(f"member:{county}:{person_id}")


def member_indexes(county: str, person_id: int) -> tuple[str, ...]:
    """What a look-up asks for: that index, and while the index key is being changed also the older one."""
    return blind_indexes(f"member:{county}:{person_id}")


def own_subjects(account_id: int) -> list[str]:
    """The memberships of an account's own persons as the log of openings names them, found by the blind index."""
    mine = Person.objects.filter(Q(account_id=account_id) | Q(merged_into__account_id=account_id))
    indexes = [index for county, pk in mine.values_list("county", "pk") for index in member_indexes(county, pk)]
    found = Membership.objects.filter(person_index__in=indexes).values_list("pk", flat=True)
    return [f"people.membership:{pk}" for pk in found]


def persons_of_estate(powers: Powers, estate: Territory, *, phone: str = "", address: str = "") -> list[tuple[Person, str]]:
    """The persons of an estate with this phone, or of this address, with where they live or own: to find whom a declaration is about.

    For the party line of the estate, nothing for others; a whole list isn't given. Refused for a phone that isn't one.
    """
    if not powers.decide("people.record_memberships", estate) or not (phone or address.strip()):
        return []
    here = places.in_force(day_of(powers.at)) & within("path", estate.path)
    if address.strip():
        rooms = Dwelling.objects.filter(here).filter(pk__in=places.reading_like(Dwelling.objects.filter(here), address).values("pk"))
        here &= Q(dwelling__in=rooms.values("pk"))
    if phone:
        here &= Q(person__phone_index__in=blind_indexes(normal_phone(phone)))
    found: dict[int, tuple[Person, str]] = {}
    for model in (Residence, Ownership):
        rows = model.objects.filter(here, person__isnull=False).select_related("person", "dwelling__building")
        for row in rows.order_by("path", "pk")[:MOST_FOUND]:
            if row.person is not None:
                found.setdefault(row.person.pk, (row.person, places.label_of(row.dwelling)))
    return list(found.values())[:MOST_FOUND]


@dataclass(frozen=True)
class MemberCounts:
    """Members of a place on the asker's day. `total` is None where it is too small to be told, `kinds` where one of them is.

    `least` is the smallest number that is told (`privacy.min_cell`); `exact` says that the asker is of the party line.
    """

    total: int | None
    kinds: Mapping[str, int] | None
    least: int
    exact: bool


def member_counts(powers: Powers, path: str) -> MemberCounts:
    """How many members the estates inside `path` have: exact for the party line of the place, for everybody else without small cells.

    Nothing that is hidden can be computed from what is shown: the kinds are told all or not at all, and above an estate the sum
    only where no single estate's small number is the difference to the estates that are told.
    """
    today = day_of(powers.at)
    by_estate: dict[str, dict[str, int]] = {}
    rows = Membership.objects.filter(places.in_force(today), within("path", path)).values_list("path", "kind")
    for estate, kind, n in rows.annotate(n=Count("pk")).order_by():
        by_estate.setdefault(estate, {})[kind] = n
    kinds = {kind: sum(row.get(kind, 0) for row in by_estate.values()) for kind in MEMBERSHIP_KINDS}
    total = sum(kinds.values())
    least = int(resolve("privacy.min_cell", on=today, pack=pack_for(path)).value)
    if powers.decide(VIEW, Territory(path=path)):
        return MemberCounts(total, kinds, least, exact=True)
    small = [n for n in (sum(row.values()) for row in by_estate.values()) if 0 < n < least]
    hidden = 0 < total < least or (small and len(by_estate) > 1 and (len(small) == 1 or sum(small) < least))
    if hidden:
        return MemberCounts(None, None, least, exact=False)
    # Above an estate the kinds of a hidden estate would be the difference again, so they are told for estates only.
    told = len(by_estate) <= 1 and not any(0 < n < least for n in kinds.values())
    return MemberCounts(total, kinds if told else None, least, exact=False)
