"""Every personal datum that is held: what for, on what ground, who sees it, how long. Each part declares its own beside its actions.

    declare("people.Person", {"name": _("姓名"), "phone": _("电话")}, purpose=_("…"), basis=DUTY, seen_by=_("…"), kept=_("…"))

`undeclared()` walks all models for what nobody has declared; docs/privacy.md shows the table, and a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhi.foundation.privacy.fields import SealedField
from linzhi.foundation.privacy.sealing import blind_index

CONSENT = _("本人同意（个人信息保护法第十三条第一项）")
DUTY = _("履行法定职责（个人信息保护法第十三条第三项）")
CONTRACT = _("本人要办的事所必需（个人信息保护法第十三条第二项）")
RECORD = _("处理情况记录至少保存三年（个人信息保护法第五十六条）")
ACCOUNTABLE = _("留下谁做了什么，供核查和追责（个人信息保护法第九条、第五十一条）")
UNTIL_CLOSED = _("到注销账号为止")


@dataclass(frozen=True)
class Declared:
    """One personal column. `rule` names the retention rule that removes it, if a job does."""

    model: str
    field: str
    what: Any
    purpose: Any
    basis: Any
    seen_by: Any
    kept: Any
    rule: str = ""

    @property
    def key(self) -> str:
        """`people.Person.phone`."""
        return f"{self.model}.{self.field}"


@dataclass(frozen=True)
class Index:
    """A column that holds a blind index, and the columns (`person__name` too) from whose clear values `make` computes it anew."""

    model: str
    field: str
    sources: tuple[str, ...]
    make: Callable[..., str]


@dataclass(frozen=True)
class Section:
    """One kind of record in a person's own data: a heading and rows of (label, value); moments stay moments."""

    title: str
    rows: tuple[tuple[tuple[str, str | datetime], ...], ...]


Show = Callable[[models.Model, str], str]
"""Gives a sealed field of a row to its owner: masked on the page, in clear (and logged) in the export."""
Exporter = Callable[[int, Show], Iterable[Section]]


@dataclass(frozen=True)
class Eraser:
    """How one part forgets a person: `find` names the rows of an account, `erase` empties or deletes them and says how many.

    Both work again on a restored older copy: what isn't there any more is passed over. `keeps` says what stays and by which law.
    """

    area: str
    find: Callable[[int], Sequence[str]]
    erase: Callable[[Sequence[str], datetime], int]
    removes: Any
    keeps: Any = ""


@dataclass
class _Registry:
    declared: dict[str, Declared] = field(default_factory=dict)
    plain: dict[str, Any] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    exporters: dict[str, Exporter] = field(default_factory=dict)
    erasers: dict[str, Eraser] = field(default_factory=dict)


_all = _Registry()


def declare(model: str, fields: dict[str, Any], *, purpose: Any, basis: Any, seen_by: Any, kept: Any, rule: str = "") -> None:
    """Declare personal columns of a model with what they are. Raises ValueError when one is declared twice."""
    for name, what in fields.items():
        entry = Declared(model, name, what, purpose, basis, seen_by, kept, rule)
        if entry.key in _all.declared:
            raise ValueError(f"{entry.key} is declared twice")
        _all.declared[entry.key] = entry


def not_personal(model: str, fields: dict[str, Any]) -> None:
    """Say of columns that look personal why they aren't."""
    for name, why in fields.items():
        _all.plain[f"{model}.{name}"] = why


def indexed(model: str, field: str, *sources: str, make: Callable[..., str] = blind_index) -> None:
    """Declare how a blind index is computed from other columns, so that a change of the index key can compute it anew.

    `make` is given their values, sealed ones in clear; one that holds nothing stays empty.
    """
    _all.indexes[f"{model}.{field}"] = Index(model, field, sources, make)


def exporter(area: str, collect: Exporter) -> None:
    """Register what a part holds about an account, for its owner."""
    _all.exporters[area] = collect


def eraser(made: Eraser) -> None:
    """Register how a part forgets a person."""
    _all.erasers[made.area] = made


def entries() -> list[Declared]:
    """Every declared column, by model and in the order of the model's columns."""
    order = {
        f"{model._meta.label}.{column.name}": place
        for place, (model, column) in enumerate((m, c) for m in _models() for c in m._meta.concrete_fields)
    }
    return sorted(_all.declared.values(), key=lambda entry: (order.get(entry.key, len(order)), entry.key))


def what(label: str, field: str) -> str:
    """What a column is, by the model's label in any case; the column's name where nothing is declared. Without "加密" and such remarks."""
    for entry in _all.declared.values():
        if entry.model.lower() == label.lower() and entry.field == field:
            return str(entry.what).partition("，")[0]
    return field


def plain() -> dict[str, Any]:
    """Columns that look personal and aren't, with the reason."""
    return dict(sorted(_all.plain.items()))


def indexes() -> list[Index]:
    """Every blind index."""
    return [_all.indexes[key] for key in sorted(_all.indexes)]


def exporters() -> list[Exporter]:
    """Every exporter, by area."""
    return [_all.exporters[area] for area in sorted(_all.exporters)]


def erasers() -> list[Eraser]:
    """Every eraser, by area."""
    return [_all.erasers[area] for area in sorted(_all.erasers)]


WORDS = re.compile(
    r"(^|_)(name|names|phone|mobile|tel|address|email|mail|contact|birth|born|birthday|sex|gender|identity|card|certificate|ethnic|party"
    r"|member|membership|health|income|skill|skills|person|account|reporter|helper|holder|actor|actors|by|who|voter|owner|resident|user"
    r"|applicant|guardian|carer|session|ip)(_|$)"
)
LONG = 100
"""From this length on, a text column is taken for free text that may name people."""
WITHOUT = {"contenttypes", "auth"}
"""Django's own tables of constants."""


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in WITHOUT and model._meta.managed]


def looks_personal(column: models.Field[Any, Any]) -> bool:
    """Whether a column is sealed, named after people, refers to them, or holds free text."""
    if isinstance(column, SealedField) or WORDS.search(column.name):
        return True
    if column.related_model is not None:
        return column.related_model._meta.label in ("people.Person", "accounts.Account")
    if column.choices:
        return False
    return isinstance(column, models.TextField | models.JSONField) or (
        type(column) is models.CharField and (column.max_length or LONG) >= LONG
    )


def undeclared() -> list[str]:
    """Columns that look personal and are neither declared nor said to be plain; and declarations of columns that don't exist."""
    there, wanted = set(), []
    for model in _models():
        for column in model._meta.concrete_fields:
            key = f"{model._meta.label}.{column.name}"
            there.add(key)
            if looks_personal(column) and key not in _all.declared and key not in _all.plain:
                wanted.append(key)
    said = [*_all.declared, *_all.plain, *_all.indexes]
    return wanted + [f"{key} doesn't exist" for key in said if key not in there]


def unindexed() -> list[str]:
    """Columns that are blind indexes by their name or help text, and that no change of the index key would compute anew."""
    return [
        f"{model._meta.label}.{column.name}"
        for model in _models()
        for column in model._meta.concrete_fields
        if (column.name.endswith("_index") or "blind index" in column.help_text)
        and f"{model._meta.label}.{column.name}" not in _all.indexes
    ]


def sealed_columns() -> list[tuple[type[models.Model], str]]:
    """Every sealed column of every model."""
    return [(model, column.name) for model in _models() for column in model._meta.concrete_fields if isinstance(column, SealedField)]


def markdown() -> str:
    """The table of docs/privacy.md."""
    lines = ["| 字段 | 是什么 | 目的 | 依据 | 谁看得到 | 留多久 |", "|---|---|---|---|---|---|"]
    lines += [f"| `{e.key}` | {e.what} | {e.purpose} | {e.basis} | {e.seen_by} | {e.kept} |" for e in entries()]
    return "\n".join(lines) + "\n"
