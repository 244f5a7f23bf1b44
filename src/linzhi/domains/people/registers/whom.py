"""Whom a row of a sheet means: somebody who lives or owns at its address, found by the name there, never by the name alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linzhi.domains.people.commands.matching import named_indexes, of_now
from linzhi.domains.people.models import Ownership, Residence
from linzhi.foundation.privacy.sealing import blind_indexes
from linzhi.foundation.sheets.columns import Masked
from linzhi.foundation.sheets.register import Fault, Row
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within


def is_masked(row: Row, code: str) -> bool:
    """Whether a cell still shows the mask of an export."""
    return isinstance(row.get(code), Masked)


def persons_at(place: Territory, rows: Sequence[Row], homes: Sequence[int | Fault], missing: Fault) -> list[int | Fault]:
    """The id of the person whom each row means, or why there is none (`missing` where nobody of the name is there). Two statements."""
    names = [
        named_indexes(home, row["name"]) if isinstance(home, int) and row.get("name") and not is_masked(row, "name") else ()
        for row, home in zip(rows, homes, strict=True)
    ]
    now = of_now(name for name in names if name)
    there: dict[str, dict[int, str]] = {}
    for model in (Residence, Ownership):
        found = model.objects.filter(within("path", place.path), named__in=list(now), end__isnull=True, person__isnull=False)
        for index, person_id, phone in found.values_list("named", "person_id", "person__phone_index"):
            there.setdefault(now[index], {})[person_id] = phone
    return [
        home if isinstance(home, Fault) else _one(row, there.get(name[0], {}) if name else None, missing)
        for row, home, name in zip(rows, homes, names, strict=True)
    ]


def _one(row: Row, there: dict[int, str] | None, missing: Fault) -> int | Fault:
    if there is None:
        return Fault("name", _("带星号的姓名认不出是谁。"), _("请填写完整姓名，或保留导出时的登记号。"))
    if len(there) > 1 and row.get("phone") and not is_masked(row, "phone"):
        wanted = blind_indexes(row["phone"])
        there = {pk: phone for pk, phone in there.items() if phone in wanted}
    if len(there) > 1:
        return Fault("phone", _("这套房屋里有同名的人。"), _("请填上手机号，好认出是哪一位。"))
    return next(iter(there), missing)
