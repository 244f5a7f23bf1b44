"""Policy for a place of the territory tree."""

from __future__ import annotations

from datetime import date

from linzhi.foundation.territory import queries as territory
from linzhi.policy.load import packs
from linzhi.policy.resolve import DEFAULT_PACK, Answer, resolve


def pack_for(path: str) -> str:
    """The pack that applies at a territory path: the nearest one named on the way up, else the nation's.

    A name that this installation has no pack for counts as none.
    """
    name = territory.pack_for(path)
    return name if name in packs().by_name else DEFAULT_PACK


def resolve_at(key: str, path: str, on: date) -> Answer:
    """The value of a key at a territory path on a day; refused like `policy.resolve.resolve`."""
    return resolve(key, on=on, pack=pack_for(path))
