"""Whose consent an act is about, as access decides on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linzhi.kernel.refused import NotFound, Refused

ACCOUNT = "accounts.account"


@dataclass(frozen=True)
class Subject:
    """The person: `account_id` where it is an account; `path` is the place that keeps the record, empty where none does."""

    key: str
    account_id: int | None
    path: str


Locate = Callable[[int], str | None]
_places: dict[str, Locate] = {}


def register(kind: str, locate: Locate) -> None:
    """Let the part that keeps such records (`people.person`) say at which place one is kept: its workers may write a consent down."""
    _places[kind] = locate


def subject_of(key: str) -> Subject:
    """The subject by its key. Raises NotFound for a record that isn't there; refused when the key names no kind that is known."""
    kind, _colon, number = key.partition(":")
    if not number.isdigit() or len(number) > 18 or (kind != ACCOUNT and kind not in _places):
        raise Refused("consents.subject", _("没有写明是谁的同意。"), status=422, field="subject")
    path = _places[kind](int(number)) if kind in _places else ""
    if path is None:
        raise NotFound(_("没有这个人。"))
    return Subject(key, int(number) if kind == ACCOUNT else None, path)
