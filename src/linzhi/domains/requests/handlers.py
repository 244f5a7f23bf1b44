"""Reactions to the engine's events."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.requests.commands.tell import Tell, tell
from linzhi.domains.requests.rules import HANDLER_HEARS, REPORTER_HEARS
from linzhi.flow.events import LimitNear, MatterMoved
from linzhi.kernel.actor import System


def is_told(event: MatterMoved) -> bool:
    """Whether anybody is told of this act: on a request, and one that the reporter or the handler hears of."""
    return event.subject_type == "requests.request" and (event.act in REPORTER_HEARS or event.act in HANDLER_HEARS)


def tell_moves(event: MatterMoved, at: datetime) -> None:
    """Tell those concerned what happened to a request."""
    tell(System("requests.tell_moves"), Tell(request_id=event.subject_id, happening_id=event.happening_id), at=at)


def tell_limits(event: LimitNear, at: datetime) -> None:
    """Tell those who act that a limit is near, and those called in that it ran out."""
    if event.subject_type == "requests.request":
        cmd = Tell(request_id=event.subject_id, clock_id=event.clock_id, kind=event.kind, to=event.to)
        tell(System("requests.tell_limits"), cmd, at=at)
