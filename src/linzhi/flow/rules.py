"""Deciding what may happen to a matter: pure functions on plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from linzhi.flow.method import Act, Anywhere, Method, Within
from linzhi.kernel.refused import Refused


@dataclass(frozen=True)
class State:
    """Where a matter stands. `counts` is how often each act was performed in this round; `actors` who did it last.

    `desk` is the step at which it was last given to a body; `handled` whether a body has it.
    """

    step: str
    paused: bool = False
    extension_open: bool = False
    parts_open: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    desk: str = ""
    handled: bool = True


@dataclass(frozen=True)
class Move:
    """What an act does: from which step to which, with which effect; `diverted` when `at_most` sent it elsewhere."""

    act: Act
    step_from: str
    step_to: str
    diverted: bool = False

    @property
    def moves(self) -> bool:
        """Whether the step is entered anew (a return to the same step counts)."""
        return self.act.to != "stay" or self.diverted


Value = Callable[[Within], object]


def decide(
    method: Method,
    state: State,
    act: str,
    *,
    roles: Collection[str],
    actor: str,
    value: Value,
    given: Collection[str] = (),
    choice: str = "",
) -> Move:
    """What performing `act` would do to a matter in `state`.

    `roles` are what the actor is to this matter; `value` resolves a parameter from the matter's snapshot;
    `given` names the inputs that aren't empty. Refused: not at this step, not by this role, paused, parts still
    open, something needed is missing, the same person twice where two are asked, no such choice.
    """
    spec = _find(method, state, act)
    if not _by(method, state, spec) & set(roles):
        raise Refused("flow.role", _("这一步由%(who)s来办。") % {"who": _("别的岗位")}, status=403, roles=sorted(_by(method, state, spec)))
    _check_state(state, spec)
    if spec.other_person and state.actors.get(spec.other_person) == actor:
        raise Refused("flow.same_person", _("提出和确认要由两个人来做。请另一位同事确认。"))
    missing = [name for name in spec.needs if name not in given]
    if missing:
        raise Refused("flow.needs", _("还缺一项必填内容。"), status=422, field=missing[0], missing=missing)
    target = _target(state, spec, choice)
    limit = spec.at_most if isinstance(spec.at_most, int) or spec.at_most is None else int(str(value(spec.at_most)))
    if limit is not None and state.counts.get(act, 0) >= limit:
        if spec.then is None:
            raise Refused("flow.too_often", _("“%(act)s”最多 %(n)d 次，已经用完了。") % {"act": spec.title or act, "n": limit})
        return Move(spec, state.step, spec.then, diverted=True)
    return Move(spec, state.step, target)


def possible(method: Method, state: State, roles: Collection[str], actor: str = "") -> list[Act]:
    """The acts that the actor could perform now, for buttons; the first main one is the primary button."""
    found = []
    for spec in method.acts_at(state.step):
        if not _by(method, state, spec) & set(roles):
            continue
        if spec.other_person and state.actors.get(spec.other_person) == actor:
            continue
        try:
            _check_state(state, spec)
        except Refused:
            continue
        found.append(spec)
    return sorted(found, key=lambda spec: not spec.main)


def _find(method: Method, state: State, act: str) -> Act:
    for spec in method.acts_at(state.step):
        if spec.act == act:
            return spec
    step = method.step(state.step)
    raise Refused(
        "flow.not_now", _("现在到了“%(step)s”这一步，不能做这个。请刷新看看最新进展。") % {"step": step.title}, step=state.step, act=act
    )


def _by(method: Method, state: State, spec: Act) -> set[str]:
    if spec.by is not None:
        return set(spec.by)
    return set() if isinstance(spec, Anywhere) else set(method.step(state.step).by)


def _check_state(state: State, spec: Act) -> None:
    if state.paused and spec.effect != "resume" and spec.to != "stay" and not spec.while_paused:
        raise Refused("flow.paused", _("这件事正挂账（暂停计时）。请先恢复，再往下办。"))
    if spec.effect == "pause" and state.paused:
        raise Refused("flow.paused", _("这件事已经挂账了。"))
    if spec.effect == "resume" and not state.paused:
        raise Refused("flow.not_paused", _("这件事没有挂账，不用恢复。"))
    if spec.effect == "ask_extension" and state.extension_open:
        raise Refused("flow.extension_open", _("已经有一个延期申请在等批复。"))
    if spec.effect in ("grant_extension", "refuse_extension") and not state.extension_open:
        raise Refused("flow.no_extension", _("没有等批复的延期申请。"))
    if spec.after_parts and state.parts_open:
        raise Refused("flow.parts_open", _("还有 %(n)d 个分办件没有办完。") % {"n": state.parts_open}, parts_open=state.parts_open)


def next_steps(state: State, spec: Act) -> list[str]:
    """The steps that an act may lead to now, one for each choice it leaves; empty when the matter stays where it is."""
    if spec.to == "stay":
        return []
    return [_target(state, spec, choice) for choice in (spec.to if isinstance(spec.to, dict) else [""])]


def _target(state: State, spec: Act, choice: str) -> str:
    if spec.unhandled is not None and not state.handled:
        return spec.unhandled
    if state.desk in spec.handed_at:
        return spec.handed_at[state.desk]
    if isinstance(spec.to, str):
        return state.step if spec.to == "stay" else spec.to
    if choice not in spec.to:
        raise Refused("flow.choice", _("请选择下一步交给谁。"), status=422, field="choice", choices=sorted(spec.to))
    return spec.to[choice]
