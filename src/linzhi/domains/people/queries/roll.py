"""The register of people by address, a page at a time however long it is, and one person with what the asker may know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from linzhi.domains.people.models import Ownership, Person, Residence, SkillOffer
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.domains.places.queries.rolls import Position, Wanted, dwellings
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.history import inside
from linzhi.kernel.clock import day_of

WHO = ("", "lived", "tenant", "owned", "unowned")
VIEW = "people.view_person"
HERE = "people.record_residents"
"""The workers of a place; what they may know of somebody's homes ends where their place ends."""


@dataclass
class AtHome:
    """A dwelling with who lives there and who owns it on the day; firms among the owners are public."""

    dwelling: Dwelling
    label: str
    residents: list[Residence] = field(default_factory=list)
    owners: list[Ownership] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page of the register; `next` is the position after it, None at the end."""

    rows: list[AtHome]
    next: Position | None


def by_address(powers: Powers, path: str, *, who: str = "", text: str = "", on: date | None = None, after: Position | None = None,
               count: int = 50) -> Page:  # fmt: skip
    """A page of dwellings inside `path` with their people, in the order of addresses; six statements, whatever lies before the page.

    `who` narrows: `lived` in by anybody, by a `tenant`, `owned` by anybody, homes that are `unowned`. Only persons the asker may see.
    """
    on = on or day_of(powers.at)
    roll = dwellings(powers, Wanted(path, text=text, on=on, among=_among(who, on)), after, count)
    rows = {one.pk: AtHome(one, places.label_of(one)) for one in roll.rows}
    in_force = places.in_force(on) & Q(dwelling_id__in=rows)
    lived = list(Residence.objects.filter(in_force).select_related("person").order_by("household", "pk"))
    owned = list(Ownership.objects.filter(in_force).select_related("person", "firm").order_by("pk"))
    wanted = {one.person_id for one in lived} | {one.person_id for one in owned if one.person_id is not None}
    seen = set(Person.objects.filter(powers.visible(VIEW), pk__in=wanted).values_list("pk", flat=True))
    for residence in lived:
        if residence.person_id in seen:
            rows[residence.dwelling_id].residents.append(residence)
    for title in owned:
        if title.person_id is None or title.person_id in seen:
            rows[title.dwelling_id].owners.append(title)
    return Page(list(rows.values()), roll.next)


def _among(who: str, on: date) -> Q:
    lived = Residence.objects.filter(places.in_force(on), dwelling_id=OuterRef("pk"))
    owned = Ownership.objects.filter(places.in_force(on), dwelling_id=OuterRef("pk"))
    if who == "unowned":
        return Q(~Exists(owned), use="residential")
    answers = {"lived": Exists(lived), "tenant": Exists(lived.filter(kind="tenant")), "owned": Exists(owned)}
    return Q(answers[who]) if who in answers else Q()


@dataclass(frozen=True)
class Totals:
    """Of a place on a day: dwellings lived in, residents, owners, homes, and homes without an owner in the register."""

    households: int
    residents: int
    owners: int
    homes: int
    unowned: int


def totals(path: str, on: date) -> Totals:
    """The figures of a place, which name nobody; somebody with a home in two estates counts in each."""
    from linzhi.domains.people.queries import counts_by_estate

    counts = counts_by_estate(path, on).values()
    owned = Ownership.objects.filter(places.in_force(on), dwelling_id=OuterRef("pk"))
    homes = Dwelling.objects.filter(places.in_force(on), inside("path", path, on), use="residential").annotate(owned=Exists(owned))
    found = homes.aggregate(homes=Count("pk"), unowned=Count("pk", filter=Q(owned=False)))
    return Totals(
        sum(one.households for one in counts), sum(one.residents for one in counts), sum(one.owners for one in counts),
        int(found["homes"] or 0), int(found["unowned"] or 0),
    )  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A person as the asker may know them: homes and titles in the asker's own places (all of them for the person themself).

    `elsewhere` says that there are others; `labels` names every dwelling.
    """

    person: Person
    residences: list[Residence]
    ownerships: list[Ownership]
    elsewhere: bool
    skills: list[SkillOffer]
    labels: dict[int, str]


def known(powers: Powers, person_id: int) -> Known | None:
    """One person, or None for somebody the asker may not see; a record merged into another is read as that one."""
    found = Person.objects.filter(powers.visible(VIEW), pk=person_id).select_related("merged_into").first()
    if found is None:
        return None
    person = found.merged_into or found
    if found.merged_into is not None and not Person.objects.filter(powers.visible(VIEW), pk=person.pk).exists():
        return None
    own = person.account_id is not None and powers.actor.account_id == person.account_id
    here = Q() if own else powers.visible(HERE)
    residences = list(person.residences.filter(here).order_by("end", "-begin", "pk"))
    ownerships = list(person.ownerships.filter(here).order_by("end", "-begin", "pk"))
    every = person.residences.filter(end=None).count() + person.ownerships.filter(end=None).count()
    every_row: list[Residence | Ownership] = [*residences, *ownerships]
    shown = sum(row.end is None for row in every_row)
    rooms = places.dwellings_by_id(row.dwelling_id for row in every_row)
    labels = {pk: f"{room.building.estate.name} {places.label_of(room)}" for pk, room in rooms.items()}
    skills = list(person.skills.filter(here, end=None).order_by("field"))
    return Known(person, residences, ownerships, every > shown, skills, labels)


def homes_in(powers: Powers, ids: set[int]) -> dict[int, list[str]]:
    """Person to the labels of the homes in force in the asker's own places, for a few persons in a fixed number of statements."""
    on = places.in_force(day_of(powers.at)) & powers.visible(HERE) & Q(person_id__in=ids)
    pairs = {*Residence.objects.filter(on).values_list("person_id", "dwelling_id")}
    pairs |= {(person or 0, dwelling) for person, dwelling in Ownership.objects.filter(on).values_list("person_id", "dwelling_id")}
    rooms = places.dwellings_by_id(dwelling for _person, dwelling in pairs)
    found: dict[int, list[str]] = {}
    for person, dwelling in sorted(pairs, key=lambda pair: pair[1]):
        if dwelling in rooms:
            found.setdefault(person, []).append(f"{rooms[dwelling].building.estate.name} {places.label_of(rooms[dwelling])}")
    return found


def residence(powers: Powers, pk: int) -> Residence | None:
    """One residence of the asker's own places, with person and dwelling."""
    return Residence.objects.filter(powers.visible(HERE), pk=pk).select_related("person", "dwelling__building__estate").first()


def ownership(powers: Powers, pk: int) -> Ownership | None:
    """One title of the asker's own places, with owner and dwelling."""
    rows = Ownership.objects.filter(powers.visible("people.record_owners"), pk=pk)
    return rows.select_related("person", "firm", "dwelling__building__estate").first()


def persons(powers: Powers, ids: set[int]) -> dict[int, Person]:
    """The persons with these ids that the asker may see."""
    return Person.objects.filter(powers.visible(VIEW)).in_bulk(ids)
