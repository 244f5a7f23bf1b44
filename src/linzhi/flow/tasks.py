"""Opening and closing the tasks of a matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from linzhi.flow.models import Matter, Task
from linzhi.foundation.statements.rows import add


def made(matter: Matter, kind: str, title: str, roles: Iterable[str], at: datetime, due_at: datetime | None) -> list[Task]:
    """One task per role, not yet stored; `handler` means the body that has the matter, `reporter` the account that reported it."""
    rows = []
    for role in roles:
        task = Task(matter=matter, kind=kind, title=title, path=matter.path, opened_at=at, due_at=due_at)
        if role == "reporter":
            if matter.reporter_id is None:
                continue
            task.account_id = matter.reporter_id
        elif role == "handler":
            if matter.handler_body_id is None:
                continue
            task.body_id = matter.handler_body_id
        else:
            task.role = role
        rows.append(task)
    return rows


def store(rows: list[Task]) -> None:
    """Store tasks."""
    for row in rows:
        add(row)


def open_tasks(matter: Matter, kind: str, title: str, roles: Iterable[str], at: datetime, due_at: datetime | None) -> None:
    """Open one task per role, as `made` says."""
    store(made(matter, kind, title, roles, at, due_at))


def open_for_body(matter: Matter, kind: str, title: str, body_id: int, at: datetime, due_at: datetime | None) -> None:
    """Open one task for a body."""
    Task.objects.create(matter=matter, kind=kind, title=title, path=matter.path, body_id=body_id, opened_at=at, due_at=due_at)


def close_tasks(matter: Matter, at: datetime, by: str, *kinds: str, body_id: int | None = None) -> None:
    """Close the open tasks of these kinds (of one body, if given)."""
    marks = ", ".join(["%s"] * len(kinds))
    of_body = ["body_id = %s"] if body_id is not None else []
    where = " AND ".join(["matter_id = %s", "done_at IS NULL", f"kind IN ({marks})", *of_body])
    values = [connection.ops.adapt_datetimefield_value(at), by, matter.pk, *kinds, *([body_id] if of_body else [])]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE flow_task SET done_at = %s, done_by = %s WHERE {where}", values)


def move_limits(matter: Matter, due: Mapping[str, datetime]) -> None:
    """Give the open tasks that come with named limits the new due times of these, by key."""
    for key, due_at in due.items():
        Task.objects.filter(matter=matter, kind=f"limit:{key}", done_at__isnull=True).update(due_at=due_at)


def move_due(matter: Matter, due_at: datetime | None) -> None:
    """Give the open step tasks the step's new due time."""
    Task.objects.filter(matter=matter, kind="step", done_at__isnull=True).update(due_at=due_at)
