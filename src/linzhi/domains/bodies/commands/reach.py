"""Keeping areas and grants true to a post: where it reaches, who holds it, from which moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linzhi.domains.bodies.models import Body, Holding, Post, PostArea, ServiceArea
from linzhi.domains.bodies.rules import POST_KINDS
from linzhi.domains.places import queries as places
from linzhi.foundation.access import granting
from linzhi.foundation.territory import history
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound


def place(code: str) -> Territory:
    """The place with this code. Raises NotFound."""
    found = Territory.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return found


def load_body(cmd: Any) -> Body:
    """The body that `cmd.body_id` names, locked. Raises NotFound."""
    body = Body.objects.select_for_update().filter(pk=cmd.body_id).first()
    if body is None:
        raise NotFound(_("没有这个组织。"))
    return body


def reaches(post: Post, at: datetime) -> list[str]:
    """Where a post's power reaches at a moment, by its kind; named places stay as they are."""
    reach = POST_KINDS[post.kind].reach
    if reach == "own":
        return [post.path]
    if reach == "service":
        return list(ServiceArea.objects.filter(places.in_force(day_of(at)), body_id=post.body_id).values_list("path", flat=True))
    if reach == "grid":
        return places.grid_paths(post.grid_id, day_of(at)) if post.grid_id else []
    return list(PostArea.objects.filter(post=post, end__isnull=True).values_list("path", flat=True))


def set_areas(post: Post, paths: Iterable[str], at: datetime) -> bool:
    """Make the areas of a post exactly `paths` from `at` on; whether anything changed."""
    wanted = set(paths)
    current = PostArea.objects.filter(post=post, end__isnull=True)
    kept = set(current.values_list("path", flat=True))
    for area in current.exclude(path__in=wanted):
        area.end = max(at, area.begin)
        area.save(update_fields=["end"])
    PostArea.objects.bulk_create(PostArea(post=post, path=path, begin=at) for path in sorted(wanted - kept))
    return wanted != kept


def regrant(post: Post, at: datetime) -> None:
    """End every grant of the post at `at` and give those anew that its holders have from then on. Power is never given backwards."""
    granting.end_of_post(post.pk, at)
    role = POST_KINDS[post.kind].role
    if not role or (post.end is not None and post.end <= at):
        return
    paths = sorted(PostArea.objects.filter(post=post, end__isnull=True).values_list("path", flat=True))
    for holding in Holding.objects.filter(Q(end__isnull=True) | Q(end__gt=at), post=post, account_id__isnull=False):
        give(holding, role, paths, at)


def give(holding: Holding, role: str, paths: Iterable[str], at: datetime) -> None:
    """Write the grants of one holding from `at`, or from its begin when that is later."""
    granting.give(
        account_id=holding.account_id or 0,
        role=role,
        paths=paths,
        body_id=holding.post.body_id,
        post_id=holding.post_id,
        begin=max(at, holding.begin),
        end=holding.end,
    )


def follow(post: Post, at: datetime) -> None:
    """Bring areas and grants of a post in line with what it follows now, where that lies now."""
    if set_areas(post, where_now(reaches(post, at), day_of(at)), at):
        regrant(post, at)


def where_now(paths: Iterable[str], on: date) -> list[str]:
    """Places by the paths that they have after every move so far; those that have ended by a day are left out."""
    wanted = set(paths)
    standing = _standing(wanted, on)
    moved = {history.path_now(path, date.min) for path in wanted - standing}
    return sorted(standing | _standing(moved, on))


def _standing(paths: set[str], on: date) -> set[str]:
    rows = Territory.objects.filter(Q(end__isnull=True) | Q(end__gt=on), path__in=paths)
    return set(rows.values_list("path", flat=True)) if paths else set()
