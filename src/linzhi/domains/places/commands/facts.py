"""Changing facts that are dated: what they were until a day goes to FormerFacts, in one statement for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from linzhi.domains.places.models import FormerFacts
from linzhi.domains.places.queries import DATED
from linzhi.kernel.refused import Refused

Trace = dict[str, Any]


def plain(value: Any) -> Any:
    """A value of a column as JSON holds it."""
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def change(what: str, changed: Iterable[tuple[Any, Mapping[str, Any]]], day: date) -> list[Trace]:
    """Give rows new facts from a day on; returns what each was and is. Refused for a day before a row's last change."""
    rows, former, traces, names = [], [], [], set()
    for row, changes in changed:
        before = {name: plain(getattr(row, name)) for name in changes}
        trace: Trace = {"id": row.pk, "before": before, "after": {name: plain(value) for name, value in changes.items()}}
        if set(changes) & set(DATED[what]):
            since = row.since or row.begin
            if day < since:
                message = _("“%(row)s”的资料在 %(day)s 改过，生效日期不能比它早。") % {"row": row, "day": since}
                raise Refused("places.before_last_change", message, status=422, field="begin")
            trace["since"] = plain(row.since)
            if day > since:
                facts = {name: plain(getattr(row, name)) for name in DATED[what]}
                former.append(FormerFacts(what=what, row_id=row.pk, path=row.path, facts=facts, begin=since, end=day))
                trace["former"] = str(day)
            row.since = day
            names.add("since")
        for name, value in changes.items():
            setattr(row, name, value)
        names |= set(changes)
        rows.append(row)
        traces.append(trace)
    FormerFacts.objects.bulk_create(former, batch_size=1000)
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, sorted(names), batch_size=200)
    return traces


def restore(what: str, model: type[Model], traces: Mapping[int, Trace]) -> None:
    """Undo `change`: put back what each row was. Refused when a row was changed again since."""
    rows: list[Any] = list(model._default_manager.select_for_update().filter(pk__in=traces).order_by("pk"))
    columns: dict[str, Any] = {column.name: column for column in model._meta.concrete_fields}
    names: set[str] = set()
    for row in rows:
        trace = traces[row.pk]
        if any(plain(getattr(row, name)) != value for name, value in trace["after"].items()):
            raise Refused("places.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": row}, row=row.pk)
        for name, value in trace["before"].items():
            setattr(row, name, columns[name].to_python(value))
        if "since" in trace:
            since = trace["since"]
            row.since = date.fromisoformat(since) if since else None
            names.add("since")
        names |= set(trace["before"])
    ends: dict[str, list[int]] = {}
    for pk, trace in traces.items():
        if "former" in trace:
            ends.setdefault(trace["former"], []).append(pk)
    for end, ids in ends.items():
        FormerFacts.objects.filter(what=what, row_id__in=ids, end=end).delete()
    if rows:
        model._default_manager.bulk_update(rows, sorted(names), batch_size=200)
