"""Writing and ending grants. Called by the commands of `bodies` only, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from linzhi.foundation.access.actions import all_roles
from linzhi.foundation.access.models import Grant
from linzhi.foundation.territory.paths import ancestors


def give(
    *, account_id: int, role: str, paths: Iterable[str], body_id: int | None, post_id: int, begin: datetime, end: datetime | None
) -> None:
    """Give a role over places from `begin` until `end` (None: until ended). An unknown role is a programming error."""
    if role not in all_roles():
        raise ValueError(f"role {role!r} isn't declared")
    Grant.objects.bulk_create(
        Grant(account_id=account_id, role=role, path=path, body_id=body_id, post_id=post_id, begin=begin, end=end) for path in paths
    )


def end_of_post(post_id: int, at: datetime) -> None:
    """End every grant of a post at a moment; what ended before stays as it was."""
    for grant in Grant.objects.filter(post_id=post_id).exclude(end__lte=at):
        grant.end = max(at, grant.begin)
        grant.save(update_fields=["end"])


def holders(role: str, path: str, at: datetime, body_id: int | None = None) -> list[int]:
    """The accounts that hold a role covering `path` at a moment, nearest territory first."""
    rows = Grant.objects.filter(role=role, path__in=ancestors(path), begin__lte=at).exclude(end__lte=at)
    if body_id is not None:
        rows = rows.filter(body_id=body_id)
    return list(dict.fromkeys(rows.order_by("-path", "pk").values_list("account_id", flat=True)))


def accounts_with(role: str, at: datetime) -> set[int]:
    """The accounts that hold a role anywhere at a moment."""
    return set(Grant.objects.filter(role=role, begin__lte=at).exclude(end__lte=at).values_list("account_id", flat=True))


def roles_of(account_ids: Iterable[int], at: datetime) -> dict[int, list[str]]:
    """The roles that accounts hold at a moment, in one statement; an account without any is left out."""
    rows = Grant.objects.filter(account_id__in=list(account_ids), begin__lte=at).exclude(end__lte=at)
    found: dict[int, list[str]] = {}
    for account_id, role in rows.order_by("role").values_list("account_id", "role").distinct():
        found.setdefault(account_id, []).append(role)
    return found
