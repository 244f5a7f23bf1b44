"""Reads of people's records. Lists show only those the actor may see; what returns ids or counts names nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from linzhi.domains.people.models import CheckIn, Ownership, Residence, SkillOffer, Survey, SurveyDoor
from linzhi.domains.people.models import Person as Person  # the row type is part of what higher domains may use
from linzhi.domains.people.queries.members import Member as Member
from linzhi.domains.people.queries.members import MemberCounts as MemberCounts
from linzhi.domains.people.queries.members import member_counts as member_counts
from linzhi.domains.people.queries.members import members_of as members_of
from linzhi.domains.people.queries.offers import addresses_of as addresses_of
from linzhi.domains.people.queries.offers import offers_on as offers_on
from linzhi.domains.people.queries.offers import ways_agreed as ways_agreed
from linzhi.domains.people.rules import SKILLS, VISITS_ENOUGH
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.consents.queries import account_subject, holding
from linzhi.foundation.privacy.sealing import blind_indexes
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import ESTATE_LENGTH, ancestors, county_of, estate_of, within
from linzhi.kernel.clock import day_of
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

OWNER = "owner"


@dataclass(frozen=True)
class Home:
    """A dwelling that is somebody's: `kinds` holds kinds of residence, and `owner`."""

    dwelling_id: int
    path: str
    label: str
    estate_id: int
    estate_code: str
    estate_path: str
    estate_name: str
    kinds: tuple[str, ...]

    @property
    def owned(self) -> bool:
        """Whether the person owns a share of it."""
        return OWNER in self.kinds


@dataclass(frozen=True)
class Counts:
    """Of one estate on a day: dwellings with anybody registered, registered residents, persons who own a dwelling."""

    households: int
    residents: int
    owners: int


def homes_of(account_id: int, at: datetime) -> list[Home]:
    """The dwellings in which the account's person lives or owns at a moment. For the account itself and for commands above."""
    on = places.in_force(day_of(at))
    kinds: dict[int, list[str]] = {}
    for dwelling_id, kind in Residence.objects.filter(on, person__account_id=account_id).values_list("dwelling_id", "kind"):
        kinds.setdefault(dwelling_id, []).append(kind)
    for dwelling_id in Ownership.objects.filter(on, person__account_id=account_id).values_list("dwelling_id", flat=True):
        kinds.setdefault(dwelling_id, []).append(OWNER)
    rows = places.dwellings_by_id(kinds)
    homes = []
    for row in sorted(rows.values(), key=lambda row: (row.path, row.unit, row.room)):
        estate = row.building.estate
        homes.append(
            Home(row.pk, row.path, places.label_of(row), estate.pk, estate.code, estate.path, estate.name, tuple(sorted(kinds[row.pk])))
        )
    return homes


def belongs_to(account_id: int, path: str, at: datetime) -> bool:
    """Whether the account's person lives or owns inside `path` at a moment. For commands above."""
    mine = places.in_force(day_of(at)) & inside("path", path, day_of(at)) & Q(person__account_id=account_id)
    return Residence.objects.filter(mine).exists() or Ownership.objects.filter(mine).exists()


def owns_in(person_id: int, path: str, at: datetime) -> bool:
    """Whether the person owns a dwelling inside `path` at a moment. For commands above."""
    there = inside("path", path, day_of(at))
    return Ownership.objects.filter(places.in_force(day_of(at)), there, person_id=person_id).exists()


def accounts_in(path: str, at: datetime) -> list[int]:
    """The accounts of those who live or own inside `path` at a moment: whom a notice reaches. For commands above."""
    on = places.in_force(day_of(at)) & inside("path", path, day_of(at)) & Q(person__account_id__isnull=False)
    found: set[int | None] = set()
    for model in (Residence, Ownership):
        found.update(model.objects.filter(on).values_list("person__account_id", flat=True))
    return sorted(account_id for account_id in found if account_id is not None)


def people(powers: Powers, path: str, limit: int = 100) -> list[Person]:
    """The persons the actor may see who live or own inside `path`, or whose record is kept there; at most `limit`."""
    on = places.in_force(day_of(powers.at)) & within("path", path)
    here = within("path", path)
    for model in (Residence, Ownership):
        here |= Q(pk__in=model.objects.filter(on).values("person_id"))
    return list(Person.objects.filter(powers.visible("people.view_person"), here).order_by("pk")[:limit])


def by_phone(powers: Powers, phone: str) -> list[Person]:
    """The persons with this phone among those the actor may see. Refused when it isn't a mobile number."""
    rows = Person.objects.filter(powers.visible("people.view_person"), phone_index__in=blind_indexes(normal_phone(phone)))
    return list(rows.order_by("pk"))


def unlinked_with_phone(phone_indexes: Collection[str]) -> dict[str, list[int]]:
    """County to the ids of its persons with a phone, by its blind indexes, who have no account yet. For the handler that links them."""
    found: dict[str, list[int]] = {}
    rows = Person.objects.filter(phone_index__in=set(phone_indexes) - {""}, account_id__isnull=True).order_by("pk")
    for county, pk in rows.values_list("county", "pk"):
        found.setdefault(county, []).append(pk)
    return found


def account_of(person_id: int) -> int | None:
    """The account that is the person's own, or None. For commands above."""
    return Person.objects.filter(pk=person_id).values_list("account_id", flat=True).first()


def person_of(account_id: int, path: str) -> int | None:
    """The person of the county of `path` whose own account this is, or None. For commands above."""
    return Person.objects.filter(account_id=account_id, county=county_of(path)).values_list("pk", flat=True).first()


def person_exists(person_id: int, path: str) -> bool:
    """Whether the person is in the register of the county of `path`. For commands above."""
    return Person.objects.filter(county=county_of(path), pk=person_id).exists()


def counts_by_estate(path: str, on: date) -> dict[str, Counts]:
    """Estate path to counts of registered people on a day, inside `path`; names nobody. Estates without anyone are left out."""
    there = places.in_force(on) & inside("path", path, on)
    totals: dict[str, list[int]] = {}
    at_estate = Substr("path", 1, ESTATE_LENGTH)  # a building's path begins with its estate's, so nothing has to be joined
    lived = Residence.objects.filter(there).values_list(at_estate)
    for estate, homes, persons in lived.annotate(Count("dwelling_id", distinct=True), Count("person_id", distinct=True)).order_by():
        totals.setdefault(estate, [0, 0, 0])[:2] = [homes, persons]
    owned = Ownership.objects.filter(there).values_list(at_estate)
    for estate, persons in owned.annotate(Count("person_id", distinct=True)).order_by():
        totals.setdefault(estate, [0, 0, 0])[2] = persons
    return {estate_of(estate): Counts(*numbers) for estate, numbers in totals.items()}


def check_ins(powers: Powers, path: str) -> list[CheckIn]:
    """The check-ins at places inside `path` that the asker may see, newest first."""
    return list(CheckIn.objects.filter(powers.visible("people.view_check_ins"), within("path", path)).order_by("-at", "-pk"))


def surveys(powers: Powers) -> list[Survey]:
    """The surveys that concern the asker: those of places inside the own posts' reach, or around it; the latest deadline first."""
    reach = {grant.path for grants in powers.grants.values() for grant in grants}
    around = Q(path__in={step for path in reach for step in ancestors(path)})
    return list(Survey.objects.filter(powers.visible("people.view_survey") | around).order_by("-deadline", "-pk"))


def doors(powers: Powers, survey: Survey, *, unanswered: bool = True) -> QuerySet[SurveyDoor]:
    """The doors of a survey that are the asker's to visit, by address; only those that need a visit unless told otherwise."""
    rows = survey.doors.filter(powers.visible("people.record_visit")).select_related("dwelling__building__estate")
    rows = rows.exclude(result__in=VISITS_ENOUGH) if unanswered else rows
    return rows.order_by("path", "dwelling__unit", "dwelling__room", "pk")


def subjects_of(person: Person) -> list[str]:
    """Under what the consents of a person are kept: the record, and the account that is the person's own."""
    return [subject_key(person), *([account_subject(person.account_id)] if person.account_id is not None else [])]


def skills(powers: Powers, path: str, field: str = "") -> list[SkillOffer]:
    """The skills on offer in estates inside `path`; whoever is signed in finds them, and never a phone.

    An offer is gone from the moment the consent that it rests on is withdrawn.
    """
    if not powers.actor.account_id:
        return []
    rows = SkillOffer.objects.filter(places.in_force(day_of(powers.at)), within("path", path)).select_related("person")
    found = list((rows.filter(field=field) if field else rows).order_by("field", "path", "pk"))
    meant = {row.pk: subjects_of(row.person) for row in found}
    held = holding({subject for subjects in meant.values() for subject in subjects}, SKILLS, powers.at) if found else set()
    return [row for row in found if held.intersection(meant[row.pk])]


def offers_resting_on(consent_id: int) -> list[int]:
    """The offers of the persons whose consent this was that were made by the time it ended. For the handler that ends them."""
    consent = Consent.objects.filter(pk=consent_id, withdrawn_at__isnull=False).first()
    if consent is None:
        return []
    kind, _colon, number = consent.subject.partition(":")
    persons = Person.objects.filter(**{"pk" if kind == "people.person" else "account_id": int(number)})
    before = Consent.objects.filter(purpose=consent.purpose, given_at__lte=consent.withdrawn_at).values("pk")
    rows = SkillOffer.objects.filter(person__in=persons, consent_id__in=before, end__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def own_skills(powers: Powers) -> list[SkillOffer]:
    """What the asker's own persons have on offer."""
    rows = SkillOffer.objects.filter(places.in_force(day_of(powers.at)), person__account_id=powers.actor.account_id)
    return list(rows.select_related("person").order_by("path", "field")) if powers.actor.account_id else []


def talent_fields(path: str, on: date) -> tuple[str, ...]:
    """The fields in which skills are offered at a place (`talent.fields`)."""
    return tuple(resolve("talent.fields", on=on, pack=pack_for(path)).value)
