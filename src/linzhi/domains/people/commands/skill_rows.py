"""Rows of the directory of skills compared with the register: what each would do. The preview and the command both go by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.agreeing import standing
from linzhi.domains.people.commands.matching import word_fault
from linzhi.domains.people.models import Ownership, Person, Residence, SkillOffer
from linzhi.domains.people.queries import talent_fields
from linzhi.domains.people.rules import OFFER_SOURCES
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers, estate_of, within
from linzhi.kernel.clock import BEIJING

FIELDS = ("words", "hours", "source", "end")


class SkillRow(Input):
    """One skill of one person in one estate (its code). `number` is the offer's, from an export.

    `how` says how the person agreed: `in_person` or `paper`; it isn't asked again while a consent of theirs stands. `own` is only what an
    export says of those who agreed in their account.
    """

    person_id: int
    estate: str
    field: Annotated[SafeText, Field(min_length=1, max_length=24)]
    words: Annotated[SafeText, Field(max_length=200)] = ""
    hours: Annotated[SafeText, Field(max_length=80)] = ""
    source: str = "visit"
    how: Literal["", "own", "in_person", "paper"] = ""
    end: date | None = None
    number: int | None = None


@dataclass
class SkillPlan:
    """What one row would do: `kept` is the offer that it means, `consent` the one in force on which it can rest."""

    row: SkillRow
    person: Person | None
    path: str
    kept: SkillOffer | None = None
    consent: int | None = None
    fresh: bool = False
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    alike: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """`created`, `changed` or `same`, as a trace says it."""
        return "created" if self.fresh else "changed" if self.changes else "same"


def plan_skills(where: Territory, rows: Sequence[SkillRow], today: date) -> list[SkillPlan]:
    """Compare rows with the directory, in a fixed number of statements."""
    persons = Person.objects.in_bulk({row.person_id for row in rows})
    estates = {one.code: one.path for one in Territory.objects.filter(code__in={row.estate for row in rows}, level="estate", end=None)}
    homes = _homes(where, persons)
    meant = Q(end__isnull=True) | Q(pk__in=[row.number for row in rows if row.number]) | Q(end__in={row.end for row in rows if row.end})
    offers = list(SkillOffer.objects.filter(meant, within("path", where.path), person_id__in=persons))
    by_number = {one.pk: one for one in offers}
    kept = {(one.person_id, one.path, one.field, one.end): one for one in offers}
    consents = standing(persons.values(), datetime.combine(today, time.max, BEIJING))
    fields = {path: talent_fields(path, today) for path in set(estates.values())}
    plans = []
    for row in rows:
        path = estates.get(row.estate, "")
        plan = SkillPlan(row, persons.get(row.person_id), path if path and covers(where.path, path) else "")
        key = (row.person_id, plan.path, row.field)
        plan.kept = by_number.get(row.number) if row.number else kept.get((*key, row.end)) or kept.get((*key, None))
        plan.consent = consents.get(row.person_id)
        plan.faults = _faults(plan, homes, fields.get(path, ()))
        if not plan.faults:
            plan.fresh = plan.kept is None
            _compare(plan)
        plans.append(plan)
    return plans


def _homes(where: Territory, ids: Any) -> set[tuple[int | None, str]]:
    here = within("path", where.path)
    return {
        (person_id, estate_of(path))
        for model in (Residence, Ownership)
        for person_id, path in model.objects.filter(here, person_id__in=ids, end__isnull=True).values_list("person_id", "path")
    }


def _faults(plan: SkillPlan, homes: set[tuple[int | None, str]], known: Sequence[str]) -> list[Fault]:
    row = plan.row
    if plan.person is None or not plan.path:
        return [Fault("name", _("这里没有这个人。"), _("请先在住户台账里登记。"))]
    if (row.person_id, plan.path) not in homes:
        return [Fault("name", _("本人没有登记住在这个小区，也不是这里的业主。"), _("请先在住户台账里登记。"))]
    faults = word_fault("source", row.source, OFFER_SOURCES)
    if row.number is not None and (plan.kept is None or plan.kept.person_id != row.person_id or plan.kept.path != plan.path):
        faults.append(Fault("number", _("登记号对不上这个人。"), _("新登记的请把登记号留空。")))
    elif plan.kept is not None and plan.kept.field != row.field:
        faults.append(Fault("field", _("登记过的不能改成另一方面。"), _("请另起一行，登记号留空。")))
    elif plan.kept is None and row.field not in known:
        faults.append(Fault("field", _("“%(value)s”不在本地的能人领域里。") % {"value": row.field}, _("请从下拉列表里选。")))
    elif plan.kept is not None and plan.kept.end is not None and row.end is None:
        faults.append(Fault("end", _("这一条已经撤回了。"), _("本人又愿意的，请另起一行，登记号留空。")))
    if plan.consent is None and row.end is None and row.how not in ("in_person", "paper"):
        why = _("没有写本人怎样同意的。") if not row.how else _("本人没有在手机上同意，或者已经撤回了。")
        faults.append(Fault("how", why, _("请先征得本人同意，再写“当面说的”或“纸上签的”。")))
    if plan.kept is None and row.end is not None:
        faults.append(Fault("end", _("新登记的不能已经撤回。"), _("请把这一格留空，或者删掉这一行。")))
    elif plan.kept is not None and row.end is not None and row.end < plan.kept.begin:
        faults.append(Fault("end", _("撤回日期早于登记日期。"), _("请核对这两个日期。")))
    return faults


def _compare(plan: SkillPlan) -> None:
    for name in FIELDS if plan.kept is not None else ():
        forgotten = plan.row.end is not None and name in ("words", "hours")
        old, new = getattr(plan.kept, name), "" if forgotten else getattr(plan.row, name)
        if old != new:
            plan.changes[name] = (old, new)
