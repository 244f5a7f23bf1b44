"""What bulk commands about people share: dwellings of a place, persons found again, values that are left as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linzhi.domains.people.models import Person
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.sms import normal_phone
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of, covers
from linzhi.kernel.refused import Refused

LEVELS = ("county", "street", "community", "estate", "building")
MASK = "*"


def named_index(dwelling_id: int, name: str) -> str:
    """By what a row about a person at a dwelling is found again: what a new row keeps."""
    return blind_index(f"at:{dwelling_id}:{name}")


def named_indexes(dwelling_id: int, name: str) -> tuple[str, ...]:
    """What a look-up asks for: the index that a new row keeps, and while the index key is being changed also the older one."""
    return blind_indexes(f"at:{dwelling_id}:{name}")


def of_now(indexes: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Each index of some look-ups to the one that a new row keeps, so that rows under either key meet."""
    return {index: one[0] for one in indexes for index in one}


def phone_indexes(kept: Sealed) -> tuple[str, ...]:
    """The indexes under which a kept phone may be found; none where there is no phone."""
    return blind_indexes(kept.open_value()) if kept else ()


def masked_as(kept: str, given: str, kind: str) -> bool:
    """Whether a cell shows the mask of what is kept, as an export without purpose writes it: then it says nothing new."""
    return MASK in given and given == mask(kept, kind)


def dwellings_in(where: Territory, ids: Iterable[int]) -> dict[int, Dwelling]:
    """The dwellings with these ids that lie in a place."""
    return {pk: row for pk, row in places.dwellings_by_id(ids).items() if covers(where.path, row.path)}


def dwelling_fault(dwelling: Dwelling | None, begin: date) -> list[Fault]:
    """Why a dwelling can't be the one: not in the place, gone by the day, or built only later.

    The register may have got to know of a home after somebody moved in, so its own first day is no bound.
    """
    if dwelling is None:
        return [Fault("room", _("这里没有这套房屋。"), _("请核对楼栋编码、单元和室号，或先在房屋台账里登记。"))]
    if dwelling.end is not None and dwelling.end <= begin:
        return [Fault("begin", _("这套房屋在 %(day)s 已经不在册。") % {"day": begin}, _("请核对日期。"))]
    built = dwelling.building.estate.built_year
    if built is not None and begin.year < built:
        return [Fault("begin", _("小区 %(year)d 年才建成。") % {"year": built}, _("请核对日期。"))]
    return []


def word_fault(column: str, value: str, known: Iterable[str]) -> list[Fault]:
    """Why a code can't be taken: it isn't one of those known."""
    return [] if value in known else [Fault(column, _("“%(value)s”不在可选的范围里。") % {"value": value}, _("请从下拉列表里选。"))]


def phone_of(text: str) -> tuple[str, list[Fault]]:
    """A phone as it is kept, or why it isn't one. An empty one is fine."""
    if not text:
        return "", []
    try:
        return normal_phone(text), []
    except Refused as refused:
        return "", [Fault("phone", refused.message, _("没有手机号可以留空。"))]


def changed_phone(person: Person, given: str) -> tuple[str, str, list[Fault]]:
    """The kept phone, the one a row says (the kept one where it says nothing or shows its mask), and why it can't be one."""
    kept = person.phone.open_value()
    if not given or masked_as(kept, given, "phone"):
        return kept, kept, []
    return kept, *phone_of(given)


class Neighbours:
    """The persons of a county who have one of some phones: who is meant, and who only looks alike."""

    def __init__(self, county: str, phones: Sequence[str]) -> None:
        wanted = of_now(blind_indexes(phone) for phone in phones if phone)
        rows = (
            Person.objects.filter(county=county, phone_index__in=list(wanted), merged_into__isnull=True)
            if wanted
            else Person.objects.none()
        )
        self._by_phone: dict[str, list[tuple[Person, str]]] = {}
        for person in rows.order_by("pk"):
            self._by_phone.setdefault(wanted[person.phone_index], []).append((person, person.name.open_value()))

    def same(self, name: str, phone: str) -> Person | None:
        """The one record with this phone and this name; none where several have both."""
        found = [person for person, known in self._with(phone) if known == name]
        return found[0] if len(found) == 1 else None

    def alike(self, name: str, phone: str) -> tuple[str, ...]:
        """Others with this phone, masked, for a person to decide: a family that shares a phone, or one person written in two ways."""
        return tuple(
            _("同一手机号还登记着 %(name)s（登记号 %(number)d）") % {"name": mask(known, "name"), "number": person.pk}
            for person, known in self._with(phone)
            if known != name
        )

    def add(self, person: Person, name: str) -> None:
        """Make a new record known to the rows that follow."""
        if person.phone_index:
            self._by_phone.setdefault(person.phone_index, []).append((person, name))

    def _with(self, phone: str) -> list[tuple[Person, str]]:
        return self._by_phone.get(blind_index(phone), []) if phone else []


def refuse_bad(number: int, faults: Sequence[Fault]) -> None:
    """Refused with the number of the row and its first fault, where there is one."""
    if faults:
        message = _("第 %(row)d 行：%(why)s%(remedy)s") % {"row": number, "why": faults[0].why, "remedy": faults[0].remedy}
        raise Refused("people.bad_row", message, status=422, field="rows", row=number, column=faults[0].column)


def must_be_a_place(where: Territory) -> None:
    """Refused where no dwellings can lie."""
    if where.level not in LEVELS:
        raise Refused("people.place", _("请选择县（区）以下的地方。"), status=422, field="place")


def rows_found(model: Any, ids: Iterable[int], named: Iterable[tuple[str, ...]], where: Territory) -> list[Any]:
    """Rows of a dated table that have one of the ids or of the blind indexes, inside a place, with their persons."""
    wanted = Q(pk__in=set(ids)) | Q(named__in=list(of_now(named)))
    return [row for row in model.objects.filter(wanted).select_related("person").order_by("pk") if covers(where.path, row.path)]


def by_name_of(rows: Iterable[Any], named: Iterable[tuple[str, ...]]) -> dict[tuple[int, str], list[Any]]:
    """Rows of a dated table by dwelling and the blind index that a new row would keep."""
    found: dict[tuple[int, str], list[Any]] = {}
    now = of_now(named)
    for row in rows:
        found.setdefault((row.dwelling_id, now.get(row.named, row.named)), []).append(row)
    return found


def the_one(rows: Sequence[Any], begin: date | None) -> Any:
    """The row that a sheet means: the one that began on the day it names, else the one in force; None for somebody who returns."""
    same_day = [row for row in rows if row.begin == begin]
    in_force = [row for row in rows if row.end is None]
    return next(iter([*same_day, *in_force]), None)


def known_at(model: Any, named: Iterable[tuple[str, ...]]) -> dict[str, Person]:
    """Blind index of dwelling and name to the one person that the rows of a table know by it: same name, same home, same person."""
    found: dict[str, dict[int, Person]] = {}
    now = of_now(named)
    rows = model.objects.filter(named__in=list(now), person__isnull=False, person__merged_into__isnull=True)
    for row in rows.select_related("person"):
        found.setdefault(now[row.named], {})[row.person_id] = row.person
    return {index: next(iter(persons.values())) for index, persons in found.items() if len(persons) == 1}


def county_here(where: Territory) -> str:
    """The county of a place."""
    return county_of(where.path)
