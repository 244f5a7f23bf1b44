"""Whom the task of a step reaches: never nobody, where the method names anybody at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from linzhi.flow.method import Step
from linzhi.flow.models import Matter
from linzhi.foundation.access.models import Grant
from linzhi.foundation.statements.kept import fetch
from linzhi.foundation.territory.paths import ancestors

BY_NAME = ("reporter", "joint", "system")
"""Who isn't found by a post: the reporter has an account or a code, the others get tasks of their own."""


def audience(matter: Matter, step: Step, at: datetime) -> tuple[str, ...]:
    """The roles for whom a step's task is opened.

    Those that the method names. Where a post is vacant, the body that has the matter is gone, or everybody in it belongs to the body that a
    tip-off is about, also the first others who may act at the step, else the first whom its limit calls in when it runs out.
    """
    wanted = step.tasks_for or step.by
    if _reached(matter, wanted, at):
        return wanted
    for others in (step.by, *(call.to for call in step.escalate)):
        found = _reached(matter, [role for role in others if role not in (*wanted, *BY_NAME)], at)
        if found:
            return (*wanted, *found)
    return wanted


def _reached(matter: Matter, roles: Iterable[str], at: datetime) -> list[str]:
    """Which of some roles somebody holds over the matter's place, who isn't of the body accused."""
    roles = list(roles)
    accused = _accused(matter, at)
    posts = [role for role in roles if role not in (*BY_NAME, "handler")]
    held = {role for role, account in _holders(matter, posts, at) if account not in accused}
    if "handler" in roles and matter.handler_body_id is not None:
        held |= {"handler" for (account,) in _members(matter.handler_body_id, at) if account not in accused}
    return [role for role in roles if role in held or role in BY_NAME]


def _accused(matter: Matter, at: datetime) -> set[int]:
    return {row[0] for row in _members(matter.accused_body_id, at)} if matter.accused_body_id is not None else set()


def _in_force(at: datetime) -> Q:
    return Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))


def _holders(matter: Matter, roles: list[str], at: datetime) -> list[tuple[Any, ...]]:
    places = ancestors(matter.path)

    def build(at: datetime, *texts: str) -> QuerySet[Grant, Any]:
        rows = Grant.objects.filter(_in_force(at), role__in=texts[: len(roles)], path__in=texts[len(roles) :])
        return rows.values_list("role", "account_id")

    return fetch(("flow.holders", len(roles), len(places)), build, at, *roles, *places) if roles else []


def _members(body_id: int, at: datetime) -> list[tuple[Any, ...]]:
    def build(body_id: int, at: datetime) -> QuerySet[Grant, Any]:
        return Grant.objects.filter(_in_force(at), body_id=body_id).values_list("account_id")

    return fetch("flow.members", build, body_id, at)
