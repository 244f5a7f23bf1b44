"""Limits of a method as lengths of time, from the matter's snapshot of the packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linzhi.flow.method import Within
from linzhi.kernel.limits import Limit

_UNITS = {"分钟": "minutes", "小时": "hours", "天": "days", "工作日": "working days"}


@dataclass(frozen=True)
class Length:
    """A limit with where it comes from, in words for the page."""

    limit: Limit
    source: str
    key: str = ""
    local: bool = False


class Snapshot:
    """The resolved parameters of one matter: look-ups for limits and plain values."""

    def __init__(self, body: Mapping[str, Any], facts: Mapping[str, str]) -> None:
        self._values: Mapping[str, Any] = body.get("values", {})
        self._facts = facts

    def value(self, within: Within) -> Any:
        """The plain value a `Within` points at; a table gives the row of the fact, or its `default` row."""
        if within.param is None:
            return within.limit
        entry = self._values.get(within.param)
        if entry is None:
            raise LookupError(f"parameter {within.param} isn't in the snapshot")
        value = entry["value"]
        if isinstance(value, dict):
            row = within.row or self._facts.get(within.by or "", "")
            return value.get(row, value.get("default"))
        return value

    def plain(self, key: str) -> object:
        """A parameter's value as the pack has it, tables whole; None for one the method doesn't read."""
        entry = self._values.get(key)
        return entry["value"] if entry else None

    def text(self, text: str) -> str:
        """`param:KEY` or `param:KEY#row` as the parameter's value, anything else as it stands."""
        if not text.startswith("param:"):
            return text
        key, _, row = text[6:].partition("#")
        value = self._values[key]["value"]
        return str(value[row] if row else value)

    def length(self, within: Within) -> Length | None:
        """The limit a `Within` points at; None when the pack sets none for these facts."""
        value = self.value(within)
        if value is None:
            return None
        if within.param is None:
            return Length(Limit.parse(str(value)), within.source or "")
        entry = self._values[within.param]
        text = f"{value} {_UNITS[entry['unit']]}" if isinstance(value, int) else str(value)
        return Length(Limit.parse(text), _origin(entry), within.param, bool(entry.get("local")))


def _origin(entry: Mapping[str, Any]) -> str:
    source = entry.get("source")
    if source:
        return " ".join(str(source.get(part) or "") for part in ("title", "article")).strip()[:200]
    return _("本地设定")
