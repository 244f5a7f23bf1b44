"""A method as nodes and edges, for the picture that `web.picture` draws."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

from linzhi.flow.method import Act, Method
from linzhi.flow.validate import targets
from linzhi.foundation.access.actions import role_title

RELATION_TITLES = {"handler": _("承办单位"), "reporter": _("诉求人"), "joint": _("协办单位"), "system": _("系统")}


Node = tuple[str, str, str, Literal["step", "end", "wait"]]
Edge = tuple[str, str, str, Literal["main", "exception"]]


def nodes(method: Method) -> list[Node]:
    """(id, title, who acts, kind) for every step, in the method's order; kind is `step` or `end`."""
    return [(step.id, step.title, _who(step.phase, step.tasks_for or step.by), "end" if step.final else "step") for step in method.steps]


def edges(method: Method) -> list[Edge]:
    """(from, to, act, kind) for every way; `main` is the act a step is there for, everything else is an `exception`."""
    found: dict[tuple[str, str], Edge] = {}
    for step in method.steps:
        for act in step.acts:
            for target in sorted(targets(act, step.id)):
                if target != step.id:
                    kind: Literal["main", "exception"] = "main" if act.main and target != act.then and not step.final else "exception"
                    found.setdefault((step.id, target), (step.id, target, _title(act), kind))
    return list(found.values())


def anywhere(method: Method) -> list[str]:
    """The acts that may happen at several steps, by title."""
    return [_title(act) for act in method.anywhere]


def _who(phase: str | None, roles: tuple[str, ...]) -> str:
    return phase or "、".join(str(RELATION_TITLES.get(role) or role_title(role)) for role in roles)


def _title(act: Act) -> str:
    return act.title or act.act
