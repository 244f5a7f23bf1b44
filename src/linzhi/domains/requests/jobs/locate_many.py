"""Giving many unlocated requests a place at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linzhi.domains.requests.commands import Locate, locate
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused


@dataclass(frozen=True)
class Located:
    """What came of one request: `ok`, or the reason in `message`."""

    request_id: int
    ok: bool
    message: str = ""


def locate_many(actor: Actor, request_ids: Iterable[int], place_code: str, *, at: datetime | None = None) -> list[Located]:
    """Move each request to the place, one command each; a refusal stops only its own request. Each id is taken once."""
    results = []
    for request_id in dict.fromkeys(request_ids):
        try:
            locate(actor, Locate(request_id=request_id, place_code=place_code), at=at)
        except Refused as refusal:
            results.append(Located(request_id, False, refusal.message))
        else:
            results.append(Located(request_id, True))
    return results
