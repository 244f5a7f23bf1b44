"""What the bulk commands share: rows held against the register, the first fault as a refusal, and taking an import back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.facts import Trace, restore
from linzhi.domains.places.models import FormerFacts
from linzhi.domains.places.rules import Fault
from linzhi.foundation.commands import Input
from linzhi.foundation.privacy.sealing import digest
from linzhi.foundation.territory import carriers
from linzhi.kernel.refused import Refused

MOST = 2_000
SHOWN = 20
"""So many rows of one call stand in the audit entry word by word; more are counted, with a digest of all."""


class Bulk(Input):
    """Base of bulk inputs: `place` is the code of the place inside which every row must lie, `begin` the day from which it holds."""

    place: str
    begin: date | None = None

    def for_audit(self) -> dict[str, Any]:
        """The input; many rows as their number and digest."""
        many = {name for name in ("rows", "trace") if len(getattr(self, name, ())) > SHOWN}
        if not many:
            return super().for_audit()
        data = self.model_dump(mode="json", exclude_none=True, exclude=many)
        for name in sorted(many):
            data[name] = {"count": len(getattr(self, name)), "digest": digest(self.model_dump_json(include={name}, exclude_none=True))}
        return data


class Withdraw(Bulk):
    """Base of the inputs that take an import back: what it did, as the bulk command told it."""

    trace: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=MOST)]


@dataclass
class Compared:
    """One given row held against the register: the row that is kept, what would change, what is wrong with it."""

    number: int
    given: Any
    kept: Any = None
    parent: Any = None
    changes: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> Literal["new", "changed", "same", "bad"]:
        """What taking the row would do."""
        if self.faults:
            return "bad"
        if self.kept is None:
            return "new"
        return "changed" if self.changes or self.more else "same"

    def wrong(self, name: str, why: str, remedy: str = "") -> None:
        """Write down a fault."""
        self.faults.append(Fault(name, why, remedy))


@dataclass(frozen=True)
class Recorded:
    """What a bulk command did: one trace per row in their order (empty for a row that was the same)."""

    trace: list[Trace]

    @property
    def new(self) -> int:
        """How many rows were added."""
        return sum("new" in one for one in self.trace)

    @property
    def changed(self) -> int:
        """How many rows were changed."""
        return sum(bool(one) and "new" not in one for one in self.trace)


def given_changes(row: Any, kept: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a row says differently from what is kept; None says nothing."""
    said = {name: getattr(row, name) for name in names}
    return {name: value for name, value in said.items() if value is not None and value != getattr(kept, name)}


def check_begin(line: Compared, kept: date | None, above: date | None) -> None:
    """A fault where a row can't be there since the day it says: a known one began on another (`kept`), what it lies in (`above`) later."""
    begin: date | None = line.given.begin
    if begin is None:
        return
    if line.kept is not None:
        if begin != kept:
            line.wrong("begin", _("已经登记为从 %(day)s 起。") % {"day": kept}, _("这一列只看新登记的，请空着，或者照原来的日期写。"))
    elif above is not None and begin < above:
        line.wrong("begin", _("它所在的地方从 %(day)s 才有。") % {"day": above}, _("请核对日期，不写就按导入当天。"))


def refuse_faults(rows: Sequence[Compared], code: str = "places.row") -> None:
    """Refused with the first fault of the rows: its row, its field, why and what to do."""
    for row in rows:
        for fault in row.faults:
            where = _("第 %(n)d 行：") % {"n": row.number} if len(rows) > 1 else ""
            raise Refused(code, f"{where}{fault.why}{fault.remedy}", status=422, field=fault.field or "rows", row=row.number)


def mark_doubles(rows: Sequence[Compared], keys: Sequence[Any], name: str, why: str) -> None:
    """A fault for each row whose key stands in an earlier row already."""
    seen: dict[Any, int] = {}
    for row, key in zip(rows, keys, strict=True):
        if key in seen:
            row.wrong(name, why % {"n": seen[key]}, _("同一项只留一行。"))
        seen.setdefault(key, row.number)


def take_back(what: str, model: type[Model], trace: Iterable[Mapping[str, Any]], *, own: Sequence[type[Model]] = ()) -> list[Any]:
    """Undo what a bulk command did: rows it changed get their old facts, rows it added are deleted and returned.

    Refused when a row was changed since, or when anything of another table than `own` refers to it.
    """
    entries = [dict(one) for one in trace if one]
    restore(what, model, {one["id"]: one for one in entries if "id" in one and one.get("before") is not None})
    added = {one["new"]: one["after"] for one in entries if "new" in one}
    rows = list(model._default_manager.select_for_update().filter(pk__in=added).order_by("pk"))
    for row in rows:
        now = {name: str(getattr(row, name)) for name in added[row.pk]}
        if now != {name: str(value) for name, value in added[row.pk].items()} or getattr(row, "end", None) is not None:
            raise Refused("places.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": row}, row=row.pk)
    if FormerFacts.objects.filter(what=what, row_id__in=added).exists():
        raise Refused("places.changed_since", _("有的行后来又改过，不能撤回这次导入。"))
    _refuse_used(what, model, rows, own)
    for child in own:
        child._default_manager.filter(**{f"{what}_id__in": list(added)}).delete()
    model._default_manager.filter(pk__in=added).delete()
    return rows


def _refuse_used(what: str, model: type[Model], rows: list[Any], own: Sequence[type[Model]]) -> None:
    names = {row.pk: row for row in rows}
    for other in apps.get_models():
        if other in own or other is FormerFacts:
            continue
        for column in other._meta.concrete_fields:
            points = column.related_model is model or (column.name == f"{what}_id" and not column.is_relation)
            if not points:
                continue
            found = other._default_manager.filter(**{f"{column.name}__in": list(names)}).values_list(column.attname, flat=True).first()
            if found is not None:
                raise Refused("places.in_use", _("“%(row)s”已经用上了，不能撤回这次导入。") % {"row": names[found]}, row=found)


def refuse_lived_in(rows: list[Any], leave_out: set[str]) -> None:
    """Refused when anything of another table lies at one of these places: a request, a resident, a post."""
    found = carriers.lying_in([row.path for row in rows], leave_out)
    if found:
        row = next(row for row in rows if row.path == found)
        raise Refused("places.in_use", _("“%(row)s”里已经有别的登记，不能撤回这次导入。") % {"row": row}, row=row.pk)
