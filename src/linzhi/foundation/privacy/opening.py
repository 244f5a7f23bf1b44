"""The one way to read a sealed value: with a purpose, written down for the person whose datum it is.

What isn't read through here is listed with its reason in docs/privacy.md, and tests/privacy/test_openings.py holds that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from django.contrib.auth import get_user_model
from django.db import models

from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.models import Opening
from linzhi.kernel.actor import Actor
from linzhi.kernel.decision import Decision

BATCH = 2_000
M = TypeVar("M", bound=models.Model)


class Acting(Protocol):
    """A running command: its Context."""

    @property
    def actor(self) -> Actor: ...
    @property
    def at(self) -> datetime: ...
    @property
    def decision(self) -> Decision: ...


def open_for(ctx: Acting, row: models.Model, field: str, *, purpose: str, concerns: int | None) -> str:
    """The clear text of one sealed field of a row, logged; an empty one is returned without a log.

    `concerns` is the account of the person whose datum it is (None: no account known). Raises ValueError without a purpose.
    """
    return open_many(ctx, [row], [field], purpose=purpose, concerns=lambda _row: concerns)[0][field]


def open_many(
    ctx: Acting, rows: Iterable[M], fields: Sequence[str], *, purpose: str, concerns: Callable[[M], int | None]
) -> list[dict[str, str]]:
    """The clear texts of some sealed fields of many rows, each value logged: what an export of personal data calls.

    One insert for `BATCH` values. Raises ValueError without a purpose.
    """
    if not purpose.strip():
        raise ValueError("an opening needs a purpose")
    who = _name(ctx.actor)
    opened: list[dict[str, str]] = []
    log: list[Opening] = []
    for row in rows:
        values = {}
        for field in fields:
            sealed = getattr(row, field)
            values[field] = _clear(sealed)
            if values[field]:
                log.append(
                    Opening(
                        at=ctx.at,
                        actor=ctx.actor.key,
                        actor_name=who,
                        basis=ctx.decision.basis[:200],
                        purpose=purpose[:200],
                        subject=f"{row._meta.label_lower}:{row.pk}",
                        field=field,
                        concerns=concerns(row),
                    )
                )
        opened.append(values)
    Opening.objects.bulk_create(log, batch_size=BATCH)
    return opened


def _clear(sealed: object) -> str:
    if not isinstance(sealed, Sealed):
        raise ValueError("only a sealed field is opened")
    return sealed.open_value()


def _name(actor: Actor) -> str:
    if actor.account_id is None:
        return ""
    found = get_user_model()._default_manager.filter(pk=actor.account_id).values_list("name", flat=True).first()
    return str(found or "")[:120]
