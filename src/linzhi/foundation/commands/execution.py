"""`@command`: one change of state, with access, audit, events and idempotency in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import transaction

from linzhi.foundation.commands.inputs import Input
from linzhi.foundation.outbox.events import Fact
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor
from linzhi.kernel.decision import Decision
from linzhi.kernel.refused import NotAllowed

if TYPE_CHECKING:
    from linzhi.foundation.access.powers import Powers

R = TypeVar("R")


@dataclass
class Context:
    """What a running command knows: who, when, on what basis; and where its events go."""

    actor: Actor
    at: datetime
    powers: Powers
    decision: Decision
    events: list[Fact] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def emit(self, event: Fact) -> None:
        """Put an event into the outbox when the command succeeds."""
        self.events.append(event)

    def note(self, **facts: Any) -> None:
        """Add facts to the audit entry: the rule used, its source, what was decided."""
        self.notes.update(facts)


class Command(Generic[R]):
    """A registered command. Call it as `dispatch(actor, Dispatch(...), at=None, key=None)`.

    Raises Refused (or NotAllowed) and leaves nothing behind; with a `key`, a second call with the same
    input returns the first result, and with another input is refused.
    """

    def __init__(self, code: str, on: Callable[[Any], Any], run: Callable[..., R], place: Callable[[Any], str] | None) -> None:
        self.code = code
        self._on = on
        self._run = run
        self._place = place
        functools.update_wrapper(self, run)

    def __call__(self, actor: Actor, cmd: Input, *, at: datetime | None = None, key: str | None = None) -> R:
        # Imported here because Django imports this package before models may be loaded.
        from linzhi.foundation.access.powers import Powers
        from linzhi.foundation.commands import idempotency

        # In Beijing time, whatever zone it came in (a handler gets UTC from the database): rules ask for its day.
        at = clock.in_beijing(at or clock.now())
        with transaction.atomic():
            record = None
            if key:
                record, earlier = idempotency.claim(actor, key, self.code, cmd, at)
                if record is None:
                    return earlier
            subject = self._on(cmd)
            powers = Powers(actor, at)
            decision = powers.decide(self.code, subject)
            if not decision:
                raise NotAllowed(self.code, decision.reason)
            ctx = Context(actor, at, powers, decision)
            result = self._run(ctx, cmd, subject)
            self._finish(ctx, cmd, subject, result)
            if record is not None:
                idempotency.keep(record, result)
            return result

    def _finish(self, ctx: Context, cmd: Input, subject: Any, result: Any) -> None:
        from linzhi.foundation.audit import journal
        from linzhi.foundation.outbox import delivery

        about = subject if getattr(subject, "pk", None) is not None and not _is_place(subject) else result
        place = self._place(result) if self._place else getattr(about, "path", "") or getattr(subject, "path", "")
        data = cmd.for_audit()
        if ctx.notes:
            data = {**data, "_": ctx.notes}
        journal.record(
            at=ctx.at, actor=ctx.actor.key, basis=ctx.decision.basis, action=self.code, subject=subject_key(about), place=place, data=data
        )
        for event in ctx.events:
            delivery.put(event, ctx.at)


def _is_place(subject: Any) -> bool:
    return getattr(getattr(subject, "_meta", None), "label_lower", "") == "territory.territory"


def subject_key(obj: Any) -> str:
    """A model instance as `requests.request:17`; anything else as its text, or empty."""
    meta = getattr(obj, "_meta", None)
    if meta is not None and obj.pk is not None:
        return f"{meta.label_lower}:{obj.pk}"
    return ""


_commands: dict[str, Command[Any]] = {}


def command(code: str, *, on: Callable[[Any], Any], place: Callable[[Any], str] | None = None) -> Callable[[Callable[..., R]], Command[R]]:
    """Register `run(ctx, cmd, subject)` as the command `code`.

    `on(cmd)` loads and locks what the act is about (for a creation: the place where it happens); access is
    decided on it. The action `code` must be declared in the domain's access.py. Refused when registered twice.
    """

    def register(run: Callable[..., R]) -> Command[R]:
        if code in _commands:
            raise ValueError(f"command {code} is registered twice")
        _commands[code] = Command(code, on, run, place)
        return _commands[code]

    return register


def all_commands() -> dict[str, Command[Any]]:
    """Every registered command by code."""
    return dict(sorted(_commands.items()))
