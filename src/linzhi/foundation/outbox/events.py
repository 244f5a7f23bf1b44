"""Events as frozen values, and who listens to them. `config/wiring.py` is the only place that subscribes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fact:
    """Base of every event: a frozen dataclass of plain values with a `name` like `requests.RequestReported`."""

    name: ClassVar[str]


Handler = Callable[[Any, datetime], None]
Wants = Callable[[Any], bool]

_types: dict[str, type[Fact]] = {}
_handlers: dict[str, dict[str, Handler]] = {}
_wants: dict[tuple[str, str], Wants] = {}


def subscribe(event: type[Fact], handler_name: str, handler: Handler, wants: Wants | None = None) -> None:
    """Let `handler(event, at)` be called once for every such event, or only for those it `wants`. Refused when the name is taken.

    `wants` is asked when the event is stored, so that what nobody waits for costs nothing; it must be pure.
    """
    _types[event.name] = event
    named = _handlers.setdefault(event.name, {})
    if handler_name in named and named[handler_name] is not handler:
        raise ValueError(f"{handler_name} is already subscribed to {event.name}")
    named[handler_name] = handler
    if wants is not None:
        _wants[event.name, handler_name] = wants


def wanting(event: Fact) -> list[str]:
    """The names of the handlers that want to hear of this event."""
    named = handlers_of(event.name)
    return [name for name in named if (wants := _wants.get((event.name, name))) is None or wants(event)]


def handlers_of(event_name: str) -> dict[str, Handler]:
    """The handlers of one event by name."""
    return _handlers.get(event_name, {})


def subscriptions() -> list[tuple[str, str]]:
    """Every (event, handler) pair, sorted: the map that docs and tests show."""
    return sorted((event, name) for event, named in _handlers.items() for name in named)


def to_data(event: Fact) -> dict[str, Any]:
    """An event as JSON-able data."""
    return {key: value.isoformat() if isinstance(value, datetime | date) else value for key, value in asdict(event).items()}


def from_data(name: str, data: dict[str, Any]) -> Fact:
    """Rebuild an event from its data; unknown keys (of an older version) are dropped."""
    kind = _types[name]
    known = {field.name: field.type for field in fields(kind)}
    values = {key: value for key, value in data.items() if key in known}
    for key, value in values.items():
        if isinstance(value, str) and "datetime" in str(known[key]):
            values[key] = datetime.fromisoformat(value)
    return kind(**values)
