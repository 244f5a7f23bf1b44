"""Whether a method's parts fit together: dead ends, unreachable steps, unknown roles, acts, parameters, limits without a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from linzhi.flow.method import Act, Limit, Method, Within
from linzhi.kernel.limits import Limit as Length

RELATIONS = ("reporter", "handler", "joint", "system")
"""What a person can be to a matter besides holding a role over its place."""


def problems(method: Method, *, roles: Collection[str], acts: Collection[str], parameters: Mapping[str, str]) -> list[str]:
    """Every reason to refuse the method; empty when it is sound.

    `roles`: declared roles; `acts`: registered commands; `parameters`: key to type (`limit`, `table`, `int`, ...).
    """
    found: list[str] = []
    ids = [step.id for step in method.steps]
    found += [f"step {step_id!r} is defined twice" for step_id in {i for i in ids if ids.count(i) > 1}]
    if method.first not in ids:
        found.append(f"first step {method.first!r} doesn't exist")
        return found
    found += _strays(method, ids) or list(_edges(method))
    found += _names(method, roles, acts)
    found += _handing(method)
    found += _told(method)
    found += _limits(method, ids, parameters)
    return found


def targets(act: Act, here: str) -> set[str]:
    """The steps an act can lead to from `here`."""
    plain = set(act.to.values()) if isinstance(act.to, dict) else {here if act.to == "stay" else act.to}
    return plain | {*act.handed_at.values()} | {step for step in (act.then, act.unhandled) if step}


def _strays(method: Method, ids: list[str]) -> list[str]:
    """Ways that lead to a step that isn't there; without those gone, nothing can be said about the others."""
    return [
        f"step {step.id!r}: {act.act} leads to {target!r}, which doesn't exist"
        for step in method.steps
        for act in method.acts_at(step.id)
        for target in sorted(targets(act, step.id) - set(ids))
    ]


def _edges(method: Method) -> Iterator[str]:
    reached = _reachable(method, method.first)
    yield from (f"step {step.id!r} can't be reached" for step in method.steps if step.id not in reached)
    finals = {step.id for step in method.steps if step.final}
    if not finals:
        yield "no step is final"
    for step in method.steps:
        if not step.final and not _reachable(method, step.id) & finals:
            yield f"step {step.id!r} is a dead end: no final step can be reached from it"
        if step.final and (step.family == "hand" or not step.outcome):
            yield f"final step {step.id!r} needs a family (done, unfixed) and an outcome"
        if not step.final and not step.by:
            yield f"step {step.id!r} says nobody who acts"


def _reachable(method: Method, start: str) -> set[str]:
    seen, frontier = {start}, [start]
    while frontier:
        here = frontier.pop()
        for act in method.acts_at(here):
            for target in targets(act, here) - seen:
                seen.add(target)
                frontier.append(target)
    return seen


def _names(method: Method, roles: Collection[str], acts: Collection[str]) -> Iterator[str]:
    known = {*roles, *RELATIONS}
    for step in method.steps:
        for role in {*step.by, *(step.tasks_for or ()), *(r for e in step.escalate for r in e.to)} - known:
            yield f"step {step.id!r}: role {role!r} is unknown"
    every = [*method.anywhere, *(act for step in method.steps for act in step.acts)]
    for act in every:
        if act.act not in acts:
            yield f"act {act.act!r} isn't a command"
        for role in set(act.by or ()) - known:
            yield f"act {act.act}: role {role!r} is unknown"
        if act.other_person and act.other_person not in {other.act for other in every}:
            yield f"act {act.act}: other_person names {act.other_person!r}, which the method doesn't have"
    for act in method.anywhere:
        if not act.by:
            yield f"act {act.act} (anywhere) says nobody who may do it"
    for code in method.opened_by:
        if code not in acts:
            yield f"opened_by {code!r} isn't a command"
    for limit in method.limits:
        for role in {*limit.tasks_for, *(r for e in limit.escalate for r in e.to)} - known:
            yield f"limit {limit.id!r}: role {role!r} is unknown"


def _handing(method: Method) -> Iterator[str]:
    """A matter must not come to stand with a body when none has it, nor go back to a desk that gives nothing away."""
    desks = {step.id for step in method.steps for act in step.acts if "body_id" in act.needs}
    of_handlers = {step.id for step in method.steps if step.by and set(step.by) <= {"handler"}}
    for step in method.steps:
        for act in method.acts_at(step.id):
            if act.unhandled is None and targets(act, step.id) - {step.id} & of_handlers and not _gives(act, step.by):
                yield f"step {step.id!r}: {act.act} leads to a step of the handler, also when there is none; say where instead (unhandled)"
    for act in (act for step in method.steps for act in step.acts):
        yield from (f"act {act.act}: nothing is given to a body at {desk!r} (handed_at)" for desk in set(act.handed_at) - desks)


def _gives(act: Act, by: tuple[str, ...]) -> bool:
    """Whether a body has the matter after the act: it names one, or is done by one."""
    return "body_id" in act.needs or set(act.by or by) <= {"handler"}


def _told(method: Method) -> Iterator[str]:
    """Whoever reported reads where it stands; only ends have words of their own, and what is among offices needs none."""
    silent = [step for step in method.steps if not step.final and not step.for_resident and not method.internal]
    yield from (f"step {step.id!r} says nothing to residents (for_resident)" for step in silent)


def _limits(method: Method, ids: list[str], parameters: Mapping[str, str]) -> Iterator[str]:
    performed = {act.act for act in (*method.anywhere, *(a for s in method.steps for a in s.acts))}
    for step in method.steps:
        if step.within:
            yield from _within(f"step {step.id!r}", step.within, parameters)
    for limit in method.limits:
        yield from _within(f"limit {limit.id!r}", limit.within, parameters)
        yield from _stops(limit, ids, performed, method.signals)


def _stops(limit: Limit, ids: list[str], performed: set[str], signals: tuple[str, ...]) -> Iterator[str]:
    if not limit.stop:
        yield f"limit {limit.id!r} never stops"
    for stop in limit.stop:
        if stop.startswith("leave:") and stop[6:] not in ids or not stop.startswith("leave:") and stop not in performed:
            yield f"limit {limit.id!r}: stop {stop!r} never happens"
    start = limit.start
    if start.startswith("step:") and start[5:] not in ids:
        yield f"limit {limit.id!r}: start {start!r} never happens"
    elif not start.startswith(("step:", "param:")) and start not in {"opened", *signals, *performed}:
        yield f"limit {limit.id!r}: start {start!r} never happens"


def _within(where: str, within: Within, parameters: Mapping[str, str]) -> Iterator[str]:
    if within.param:
        kind = parameters.get(within.param)
        if kind is None:
            yield f"{where}: parameter {within.param!r} doesn't exist"
        elif kind not in ("limit", "table", "int"):
            yield f"{where}: parameter {within.param!r} is a {kind}, not a limit"
        return
    if not within.limit:
        yield f"{where}: a limit needs a parameter or a length with its unit"
        return
    try:
        Length.parse(within.limit)
    except ValueError as error:
        yield f"{where}: {error}"
    if not within.source:
        yield f"{where}: a literal limit needs its source"
