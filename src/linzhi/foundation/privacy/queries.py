"""Reads of the log of openings, for the person whose data they were."""

from __future__ import annotations

from linzhi.foundation.privacy.models import Opening
from linzhi.kernel.actor import Actor


def openings_of(actor: Actor, most: int = 100) -> list[Opening]:
    """Who opened the actor's own sealed data, when and for what, newest first. Nothing for whoever isn't signed in."""
    if actor.account_id is None:
        return []
    return list(Opening.objects.filter(concerns=actor.account_id).order_by("-at", "-pk")[:most])
