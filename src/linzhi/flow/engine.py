"""Opening matters and performing acts on them. Called inside commands only; the caller holds the lock and has asked access."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linzhi.flow import library, standing, tasks
from linzhi.flow.audience import audience
from linzhi.flow.clocks import Clocks
from linzhi.flow.events import MatterMoved
from linzhi.flow.method import Method, Step
from linzhi.flow.models import Extension, Happening, Matter, Pause, Task
from linzhi.flow.rules import Move, State, decide
from linzhi.foundation.commands import Context
from linzhi.foundation.statements.rows import add, change
from linzhi.kernel.limits import Limit as Length

CHANGES = (
    "step", "family", "round", "handler_body_id", "paused", "extension_open", "returned", "next_due", "next_due_confirmed", "counts",
    "actors", "step_since", "settled_at", "closed_at", "outcome", "desk",
)  # fmt: skip
"""What an act can change of a matter."""


@dataclass(frozen=True)
class Subject:
    """What a matter is about, as the engine needs to know it."""

    type: str
    id: int
    number: str
    title: str
    path: str
    reporter_id: int | None = None
    helper_id: int | None = None
    accused_body_id: int | None = None
    handler_body_id: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What an act leaves in the history: `public` for the reporter and the public, `internal` for staff, `data` for pages."""

    public: str = ""
    internal: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


NO_WORDS = Words()


def open_matter(
    ctx: Context, key: str, pack: str, subject: Subject, words: Words = NO_WORDS, *, act: str, parent: Matter | None = None
) -> Matter:
    """Begin a method about a subject at `ctx.at`. Raises KeyError for an unknown method, IntegrityError if the subject has one."""
    method, version = library.current_version(key, ctx.at)
    first = method.step(method.first)
    matter = Matter(
        version_id=version, snapshot_id=library.take_snapshot(method, pack, ctx.at.date()), parent=parent,
        subject_type=subject.type, subject_id=subject.id, number=subject.number, title=subject.title, path=subject.path,
        reporter_id=subject.reporter_id, helper_id=subject.helper_id, accused_body_id=subject.accused_body_id,
        handler_body_id=subject.handler_body_id, facts=dict(subject.facts), step=first.id, family=first.family,
        opened_at=ctx.at, step_since=ctx.at,
    )  # fmt: skip
    clocks = Clocks(matter, method, library.snapshot_of(matter), fresh=True)
    agenda = [*_start_limits(clocks, method, {"opened", act}, ctx.at), *_enter(matter, clocks, first, ctx.at)]
    clocks.settle()
    add(matter)
    clocks.save()
    matter.running = clocks.running
    tasks.store(agenda)
    _remember(ctx, matter, act, "", first.id, words)
    return matter


def perform(
    ctx: Context, matter: Matter, act: str, words: Words = NO_WORDS, *, given: Collection[str] = (), choice: str = "",
    handler_body_id: int | None = None, extension: str = "", until: datetime | None = None, also: Collection[str] = (),
    signals: Collection[str] = (),
) -> Move:  # fmt: skip
    """Perform one act: decide, change step, clocks and tasks, write the history, tell the outbox.

    `handler_body_id` gives the matter to a body; `extension` is the time asked for; `until` ends a pause by itself;
    `also` adds relations the command has proved (`reporter` by a status code); `signals` start the limits that wait
    for them (`low_rating`). Refused as `rules.decide` says.
    """
    method = library.of_version(matter.version_id)
    snapshot = library.snapshot_of(matter)
    held = standing.roles(ctx.powers, matter) | set(also)
    move = decide(method, state_of(matter), act, roles=held, actor=ctx.actor.key, value=snapshot.value, given=given, choice=choice)
    clocks = Clocks(matter, method, snapshot)
    old_step = matter.step
    if handler_body_id is not None:
        matter.handler_body_id = handler_body_id
        # Not by an act that may happen anywhere: whoever passes it on to another isn't the desk that gave it away.
        matter.desk = old_step if move.act in method.step(old_step).acts else matter.desk
    matter.counts = {**matter.counts, act: matter.counts.get(act, 0) + 1}
    matter.actors = {**matter.actors, act: ctx.actor.key}
    if move.moves and matter.paused:
        _end_pause(ctx, matter, clocks)
    agenda = _effect(ctx, matter, clocks, move, words, extension, until)
    leaving = {f"leave:{old_step}"} if move.moves else set()
    _stop_limits(ctx, matter, clocks, method, {act} | leaving)
    if move.moves:
        clocks.stop([f"step:{old_step}"], ctx.at)
        tasks.close_tasks(matter, ctx.at, ctx.actor.key, "step", "approve", "escalated")
        if matter.extension_open:
            _lapse(ctx, matter)
        agenda += _enter(matter, clocks, method.step(move.step_to), ctx.at, quiet=move.act.effect == "quiet", task=move.act.task)
        if matter.closed_at is not None:
            _lay_down(ctx, matter, method)
    agenda += _start_limits(clocks, method, {act, *signals} | ({f"step:{move.step_to}"} if move.moves else set()), ctx.at)
    clocks.settle()
    clocks.save()
    change(matter, CHANGES)
    tasks.store(agenda)
    if move.act.effect in ("pause", "resume", "grant_extension"):
        tasks.move_due(matter, clocks.due_of(f"step:{matter.step}") or matter.next_due)
    _remember(ctx, matter, act, old_step, move.step_to, words)
    return move


def state_of(matter: Matter) -> State:
    """A matter as the pure rules see it."""
    parts = matter.parts.filter(closed_at__isnull=True).count() if "requests.split" in matter.actors else 0
    handled = matter.handler_body_id is not None
    return State(matter.step, matter.paused, matter.extension_open, parts, matter.counts, matter.actors, matter.desk, handled)


def _start_limits(clocks: Clocks, method: Method, triggers: Collection[str], at: datetime) -> list[Task]:
    """Start the limits that wait for what happened; returns the tasks that come with them."""
    agenda = []
    for limit in method.limits:
        start = clocks.snapshot.text(limit.start)
        if method.moments.get(start, start) not in triggers:
            continue
        clock = clocks.start(limit.id, limit.title, limit.within, at, calendar=limit.calendar, pausable=limit.pausable)
        if clock is not None and limit.task:
            agenda += tasks.made(clocks.matter, f"limit:{limit.id}", limit.task, limit.tasks_for, at, clock.due_at)
    return agenda


def _stop_limits(ctx: Context, matter: Matter, clocks: Clocks, method: Method, happened: Collection[str]) -> None:
    stopped = [limit for limit in method.limits if set(happened) & set(limit.stop)]
    clocks.stop([limit.id for limit in stopped], ctx.at)
    kinds = [f"limit:{limit.id}" for limit in stopped if limit.task]
    if kinds:
        tasks.close_tasks(matter, ctx.at, ctx.actor.key, *kinds)


def _lapse(ctx: Context, matter: Matter) -> None:
    """More time was asked for and not yet decided: the matter has moved on, so there is nothing left to decide."""
    matter.extensions.filter(decided_at__isnull=True).update(decided_at=ctx.at, decided_by=ctx.actor.key)
    matter.extension_open = False


def _lay_down(ctx: Context, matter: Matter, method: Method) -> None:
    """The matter is over: what other limits and helpers still had to do is, too."""
    kinds = ["joint", *(f"limit:{limit.id}" for limit in method.limits if limit.task)]
    tasks.close_tasks(matter, ctx.at, ctx.actor.key, *kinds)


def _enter(matter: Matter, clocks: Clocks, step: Step, at: datetime, *, quiet: bool = False, task: str | None = None) -> list[Task]:
    """Stand at a step: its clock, and what it means for the whole; returns its tasks. `quiet`: neither clock nor tasks.

    `task` words the task anew.
    """
    matter.step, matter.family, matter.step_since = step.id, step.family, at
    if step.family == "hand":
        matter.settled_at = None
    elif matter.settled_at is None:
        matter.settled_at = at
    matter.outcome = step.outcome or ""
    matter.closed_at = at if step.final else None
    if step.final:
        clocks.stop_all(at)
        matter.paused = False
    elif step.within and not quiet:
        clocks.start(f"step:{step.id}", step.title, step.within, at)
    if not step.task or quiet:
        return []
    due_at = clocks.due_of(f"step:{step.id}") or min((c.due_at for c in clocks.running if c.due_at), default=None)
    return tasks.made(matter, "step", task or step.task, audience(matter, step, at), at, due_at)


def _end_pause(ctx: Context, matter: Matter, clocks: Clocks) -> None:
    """Let the clocks run again from now, lengthened by what the pause took, so that whatever stops them is judged by their true end."""
    matter.pauses.filter(end__isnull=True).update(end=ctx.at)
    matter.paused = False
    clocks.recompute(matter.pauses.all())


def _effect(ctx: Context, matter: Matter, clocks: Clocks, move: Move, words: Words, extension: str, until: datetime | None) -> list[Task]:
    """What an act does beside moving on: pause, extension, a new round; returns the tasks that come with it."""
    agenda: list[Task] = []
    effect = move.act.effect
    reason = words.internal or words.public
    if effect == "pause":
        Pause.objects.create(matter=matter, begin=ctx.at, until=until, reason=reason[:500])
        matter.paused = True
        clocks.recompute(matter.pauses.all())
    elif effect == "resume":
        _end_pause(ctx, matter, clocks)
    elif effect == "ask_extension":
        Extension.objects.create(matter=matter, limit=extension, reason=reason[:500], asked_at=ctx.at, asked_by=ctx.actor.key)
        matter.extension_open = True
        method = library.of_version(matter.version_id)
        grant = next(act for act in method.acts_at(matter.step) if act.effect == "grant_extension")
        agenda = tasks.made(matter, "approve", _("批延期"), grant.by or (), ctx.at, matter.next_due)
    elif effect in ("grant_extension", "refuse_extension"):
        asked = matter.extensions.get(decided_at__isnull=True)
        asked.decided_at, asked.decided_by, asked.granted = ctx.at, ctx.actor.key, effect == "grant_extension"
        asked.answer = reason[:500]
        asked.save()
        matter.extension_open = False
        tasks.close_tasks(matter, ctx.at, ctx.actor.key, "approve")
        if asked.granted:
            clocks.extend(Length.parse(asked.limit), ctx.at)
    elif effect == "restart":
        matter.round += 1
        matter.counts = {}
        clocks.stop_all(ctx.at)
        agenda = _start_limits(clocks, library.of_version(matter.version_id), {"opened"}, ctx.at)
    matter.returned = move.act.act.endswith("return_dispatch") or (matter.returned and not move.moves)
    return agenda


def _remember(ctx: Context, matter: Matter, act: str, step_from: str, step_to: str, words: Words) -> None:
    # The body acted for, not just any that the actor belongs to: who reports a matter of their own does so for nobody.
    line = add(
        Happening(
            matter=matter, at=ctx.at, act=act, step_from=step_from, step_to=step_to, actor=ctx.actor.key, body_id=ctx.decision.body_id,
            public=words.public, internal=words.internal, data=dict(words.data),
        )
    )  # fmt: skip
    ctx.emit(
        MatterMoved(
            matter_id=matter.pk, subject_type=matter.subject_type, subject_id=matter.subject_id, happening_id=line.pk,
            act=act, step_from=step_from, step_to=step_to,
        )
    )  # fmt: skip
