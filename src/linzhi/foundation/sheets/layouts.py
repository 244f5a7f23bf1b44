"""Which layout of headings means what at a place: mapped once by somebody, remembered there and below."""

from __future__ import annotations

from collections.abc import Mapping

from linzhi.foundation.sheets.models import SheetLayout
from linzhi.foundation.territory.paths import ancestors


def remembered(register: str, signature: str, path: str) -> Mapping[str, str]:
    """The mapping (heading -> column's code, empty: not imported) of the nearest place on the way up; empty when nobody made one."""
    rows = SheetLayout.objects.filter(register=register, signature=signature, path__in=ancestors(path)).order_by("-path")
    found = rows.values_list("mapping", flat=True).first()
    return dict(found) if found else {}
