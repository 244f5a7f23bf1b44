"""Many posts and their holders at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from linzhi.domains.bodies.commands.bulk import Trace, change, plain
from linzhi.domains.bodies.commands.post_rows import FACTS, Meant, PostLine, PostRow, compare_posts
from linzhi.domains.bodies.commands.reach import give, place, reaches, regrant
from linzhi.domains.bodies.events import Appointed
from linzhi.domains.bodies.models import Holding, Post, PostArea
from linzhi.domains.bodies.rules import POST_KINDS
from linzhi.domains.places.commands.bulk import MOST, Bulk, Recorded, refuse_faults
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory.models import Territory

HELD = ("basis", "source", "source_note", "full_time", "end", "account_id", "person_id")


class RecordPosts(Bulk):
    """Those of bodies inside `place`."""

    rows: Annotated[tuple[PostRow, ...], Field(min_length=1, max_length=MOST)]


@command("bodies.record_posts", on=lambda cmd: place(cmd.place))
def record_posts(ctx: Context, cmd: RecordPosts, top: Territory) -> Recorded:
    """Create posts and record who holds them, all or none; the same rows again change nothing. Power is given from now on, never backwards.

    Refused with the first wrong row: as `create_post` and `appoint` refuse, also where the actor may not write that row.
    """
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_posts(ctx.powers, top, cmd.rows)
    refuse_faults(lines, "bodies.row")
    traces: dict[int, Trace] = {}
    areas = _create(ctx, [line for line in lines if line.makes], traces)
    touched = _change(lines, traces)
    _appoint(ctx, [line for line in lines if line.holding is not None], areas, traces)
    for post in touched:
        regrant(post, ctx.at)
    done = Recorded([traces.get(line.number, {}) for line in lines])
    ctx.note(created=sum("post" in one or "holding" in one for one in done.trace), before=_before(done.trace))
    return done


def _before(traces: Iterable[Trace]) -> list[Any]:
    return [one[name]["before"] | {name: one[name]["id"]} for one in traces for name in ("seats", "held") if name in one]


def _create(ctx: Context, lines: list[PostLine], traces: dict[int, Trace]) -> dict[int, list[str]]:
    """Make the posts that are new, with where they reach; returns post id to paths."""
    new: list[tuple[PostLine, Meant]] = [(line, line.post) for line in lines if line.post is not None]
    rows = [
        Post(body=one.body, kind=one.kind, title=one.title, path=one.body.path, grid_id=one.grid_id, begin=ctx.at, **one.facts)
        for _line, one in new
    ]
    areas: dict[int, list[str]] = {}
    for (line, one), post in zip(new, Post.objects.bulk_create(rows), strict=True):
        one.made = post
        own = POST_KINDS[post.kind].reach == "own"
        areas[post.pk] = one.paths or ([post.path] if own else reaches(post, ctx.at))
        traces[line.number] = {"post": post.pk, "after": {"title": post.title, **one.facts}}
    PostArea.objects.bulk_create(PostArea(post_id=pk, path=path, begin=ctx.at) for pk, paths in areas.items() for path in sorted(paths))
    return areas


def _change(lines: list[PostLine], traces: dict[int, Trace]) -> list[Post]:
    """Change posts and holdings that are kept; returns the posts whose power has to be given anew."""
    posts, held, touched = [], [], []
    for line in lines:
        if line.changes and line.post is not None and line.post.kept is not None:
            traces.setdefault(line.number, {})["seats"] = change(line.post.kept, line.changes)
            posts.append(line.post.kept)
        if line.held:
            traces.setdefault(line.number, {})["held"] = change(line.kept, line.held)
            held.append(line.kept)
            if line.held.keys() & {"end", "account_id", "person_id"}:
                touched.append(line.kept.post)
    Post.objects.bulk_update(posts, list(FACTS.values()))
    Holding.objects.bulk_update(held, [{"account_id": "account_id", "person_id": "person"}.get(name, name) for name in HELD])
    return touched


def _appoint(ctx: Context, lines: list[PostLine], areas: dict[int, list[str]], traces: dict[int, Trace]) -> None:
    new = [(line, line.post.post, line.holding) for line in lines if line.post is not None and line.holding is not None]
    made = Holding.objects.bulk_create([Holding(post=post, **values) for _line, post, values in new])
    known = [post.pk for _line, post, _values in new if post.pk not in areas]
    for post_id, path in PostArea.objects.filter(post__in=known, end__isnull=True).order_by("path").values_list("post_id", "path"):
        areas.setdefault(post_id, []).append(path)
    for (line, post, values), holding in zip(new, made, strict=True):
        role, end = POST_KINDS[post.kind].role, values["end"]
        if role and holding.account_id is not None and (end is None or end > ctx.at):
            give(holding, role, sorted(areas.get(post.pk, ())), ctx.at)
        traces.setdefault(line.number, {}).update(holding=holding.pk, held_as=_values(values))
        ctx.emit(Appointed(holding.pk, post.pk, post.body_id, holding.account_id, post.kind))


def _values(values: dict[str, Any]) -> dict[str, Any]:
    """What a new holding was made with, for taking it back."""
    return {name: plain(value) for name, value in values.items() if name in ("basis", "account_id", "person_id", "source")}
