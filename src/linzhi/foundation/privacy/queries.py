"""Reads of the log of openings, for the person whose data they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q

from linzhi.foundation.privacy.models import Opening
from linzhi.kernel.actor import Actor

Finder = Callable[[int], Iterable[str]]
_finders: dict[str, Finder] = {}


def also_about(area: str, finder: Finder) -> None:
    """Let a part say under which subjects (`people.membership:5`) an account's data are logged where the log may not name the account."""
    _finders[area] = finder


def openings_of(actor: Actor, most: int = 100) -> list[Opening]:
    """Who opened the actor's own sealed data, when and for what, newest first. Nothing for whoever isn't signed in."""
    if actor.account_id is None:
        return []
    subjects = [subject for finder in _finders.values() for subject in finder(actor.account_id)]
    own = Q(concerns=actor.account_id) | Q(subject__in=subjects) if subjects else Q(concerns=actor.account_id)
    return list(Opening.objects.filter(own).order_by("-at", "-pk")[:most])
