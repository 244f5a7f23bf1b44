"""What the bulk commands of bodies and posts share: who may write which row, and taking an import back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from linzhi.domains.places.commands.bulk import Compared
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import in_beijing
from linzhi.kernel.refused import Refused

LEVELS = ("county", "street", "community", "estate", "building")
Trace = dict[str, Any]


class Deciding:
    """Whether the asker may do something to a kind of row at a place, asked once for each kind and place."""

    def __init__(self, powers: Powers) -> None:
        self._powers = powers
        self._known: dict[tuple[str, str, str], bool] = {}

    def may(self, code: str, obj: Any) -> bool:
        """As if the single act were asked."""
        key = (code, obj.kind, obj.path)
        if key not in self._known:
            self._known[key] = bool(self._powers.decide(code, obj))
        return self._known[key]


def places_of(top: Territory, codes: Iterable[str]) -> dict[str, Territory]:
    """Code to place inside `top`; an empty code means `top` itself."""
    found = Territory.objects.filter(within("path", top.path), code__in=set(codes), level__in=LEVELS, end=None)
    return {"": top, **{row.code: row for row in found}}


def no_place(line: Compared, code: str) -> None:
    """Write down that there is no such place here."""
    line.wrong("where", _("没有编码为 %(code)s 的地方，或者它不在这次导入的范围里。") % {"code": code or "—"}, _("请核对编码。"))


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime):
        return in_beijing(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def change(row: Model, changes: Mapping[str, Any]) -> Trace:
    """Give a row new values, not yet saved; what it was and is."""
    before = {name: plain(getattr(row, name)) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    return {"id": row.pk, "before": before, "after": {name: plain(value) for name, value in changes.items()}}


def restore(model: type[Model], traces: Iterable[Trace], what: Any) -> list[Any]:
    """Put back what rows were before an import. Refused when one was changed again since; `what` names a row."""
    by_id = {trace["id"]: trace for trace in traces}
    columns = {column.attname: column for column in model._meta.concrete_fields}
    rows: list[Any] = list(model._default_manager.select_for_update().filter(pk__in=by_id).order_by("pk"))
    for row in rows:
        trace = by_id[row.pk]
        if any(plain(getattr(row, name)) != value for name, value in trace["after"].items()):
            raise Refused("bodies.changed_since", _("“%(row)s”后来又改过，不能撤回这次导入。") % {"row": what(row)}, row=row.pk)
        for name, value in trace["before"].items():
            setattr(row, name, None if value is None else columns[name].to_python(value))
        row.save(update_fields=[columns[name].name for name in trace["before"]])
    return rows


def refuse_used(model: type[Model], names: Mapping[int, str], own: Iterable[type[Model]] = ()) -> None:
    """Refused when anything of another table than `own` refers to one of these rows."""
    for other in apps.get_models():
        if other in tuple(own):
            continue
        for column in other._meta.concrete_fields:
            if column.related_model is not model:
                continue
            found = other._default_manager.filter(**{f"{column.name}__in": list(names)}).values_list(column.attname, flat=True).first()
            if found is not None:
                raise Refused("bodies.in_use", _("“%(row)s”已经用上了，不能撤回这次导入。") % {"row": names[found]}, row=found)
