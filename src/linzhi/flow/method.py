"""The shape of a working method: pydantic models of the YAML in `packs/<place>/methods/`.

Every field is checked here by itself; whether the parts fit together is `validate.problems`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Family = Literal["hand", "done", "unfixed"]
Effect = Literal["none", "pause", "resume", "ask_extension", "grant_extension", "refuse_extension", "restart", "quiet"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Part(BaseModel):
    """Base: frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Within(Part):
    """A limit: a parameter of the pack, or a literal with its source.

    For a table, `by` names the fact of the matter that picks the row, or `row` names the row itself.
    """

    param: str | None = None
    by: str | None = None
    row: str | None = None
    limit: str | None = None
    source: str | None = None


class Escalation(Part):
    """When a limit has run out (or `after` beyond it), who is called in. Nothing is ever closed by it."""

    to: Names
    after: str | None = None


class Limit(Part):
    """A clock. `start` is `opened`, `step:<id>`, an act, or a parameter that names one; `stop` lists acts or `leave:<id>`.

    A parameter is written `param:KEY`, or `param:KEY#row` for a table. `start` may also be a signal that a command gives
    (`low_rating`). `calendar` (`natural`, `working`, or `param:KEY`) says whether a start outside office hours waits for
    the next opening. With `task`, whoever is in `tasks_for` gets one.
    """

    id: str
    title: str
    within: Within
    start: str
    stop: Names
    calendar: str = "natural"
    remind: tuple[str, ...] = ("1/2",)
    escalate: tuple[Escalation, ...] = ()
    pausable: bool = True
    task: str | None = None
    tasks_for: Names = ()
    promise: str | None = None


class Act(Part):
    """An act that may be performed at a step.

    `to` is the next step, `stay`, or a table from the actor's choice to a step. `by` narrows who may do it.
    `at_most` limits how often in one round; beyond it the matter goes to `then` instead.
    The effect `quiet` enters the next step without its limit and task: for what happened before the platform did.
    `needs` names what must be given; `other_person` asks for someone other than who did the named act.
    `handed_at` leads back to the desk that gave the matter away: from the step at which it was last given to a body to the step
    it goes to instead of `to`. `unhandled` is where it goes while no body has it. `task` words the next step's task anew.
    With `while_paused` it may move a matter on whose clocks stand still, which ends the pause.
    """

    act: str
    to: str | dict[str, str] = "stay"
    title: str | None = None
    by: Names | None = None
    needs: Names = ()
    at_most: int | Within | None = None
    then: str | None = None
    effect: Effect = "none"
    other_person: str | None = None
    after_parts: bool = False
    handed_at: dict[str, str] = {}
    unhandled: str | None = None
    task: str | None = None
    while_paused: bool = False
    main: bool = False


class Step(Part):
    """A step: who acts, within what time, what may follow. A `final` step is an end; a matter may still be reopened from it.

    `for_resident` says in residents' words where a matter stands here, `promise` what its limit promises them.
    """

    id: str
    title: str
    phase: str | None = None
    task: str | None = None
    by: Names = ()
    tasks_for: Names | None = None
    within: Within | None = None
    remind: tuple[str, ...] = ("1/2",)
    escalate: tuple[Escalation, ...] = ()
    acts: tuple[Act, ...] = ()
    family: Family = "hand"
    final: bool = False
    outcome: str | None = None
    for_resident: str | None = None
    promise: str | None = None


class Anywhere(Act):
    """An act that may be performed at several steps; without `at_steps`, at every step that isn't final."""

    at_steps: Names | None = None


class Method(Part):
    """A whole method. Its key (`cn/request`) is pack and id; `subject` is the model it runs about.

    `internal`: it runs among offices, and no resident waits for its end.
    `signals` are told by commands (`low_rating`); `moments` translate a pack's words for a start into acts.
    """

    id: str
    title: str
    subject: str
    source: str
    note: str = ""
    opened_by: Names
    internal: bool = False
    first: str
    steps: tuple[Step, ...] = Field(min_length=2)
    limits: tuple[Limit, ...] = ()
    anywhere: tuple[Anywhere, ...] = ()
    signals: Names = ()
    moments: dict[str, str] = {}

    def step(self, step_id: str) -> Step:
        """The step with this id; KeyError when a matter names a step its version doesn't have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def acts_at(self, step_id: str) -> tuple[Act, ...]:
        """Every act that may be performed at a step, the step's own first."""
        step = self.step(step_id)
        own = {act.act for act in step.acts}
        general = [
            act for act in self.anywhere if act.act not in own and (step_id in act.at_steps if act.at_steps is not None else not step.final)
        ]
        return (*step.acts, *general)

    @cached_property
    def pausing(self) -> frozenset[str]:
        """The acts that stop the clocks."""
        every = (*self.anywhere, *(act for step in self.steps for act in step.acts))
        return frozenset(act.act for act in every if act.effect == "pause")

    def parameters(self) -> set[str]:
        """Every pack parameter that the method reads."""
        found: set[str] = set()
        for within in self._withins():
            if within.param:
                found.add(within.param)
        for limit in self.limits:
            found |= {text[6:].partition("#")[0] for text in (limit.start, limit.calendar) if text.startswith("param:")}
        return found

    def _withins(self) -> list[Within]:
        withins = [step.within for step in self.steps if step.within] + [limit.within for limit in self.limits]
        for act in (*self.anywhere, *(act for step in self.steps for act in step.acts)):
            if isinstance(act.at_most, Within):
                withins.append(act.at_most)
        return withins
