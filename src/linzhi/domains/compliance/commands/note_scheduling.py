"""A session about a campaign (调度) is noted: what was said, what has moved since the last one, what was asked of whom. HA-59."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.compliance.commands.close_campaign import load
from linzhi.domains.compliance.commands.set_department_task import TaskRow, drafted, keep
from linzhi.domains.compliance.models import Campaign, Scheduling
from linzhi.domains.compliance.queries.campaigns import moved_between, snapshot
from linzhi.foundation.commands import Context, Input, SafeText, command


class NoteScheduling(Input):
    """Which campaign, the note, and what was asked of departments."""

    campaign_id: int
    note: Annotated[SafeText, Field(min_length=4, max_length=1000)]
    tasks: Annotated[tuple[TaskRow, ...], Field(max_length=12)] = ()


def _load(cmd: NoteScheduling) -> Campaign:
    return load(cmd.campaign_id)


@command("compliance.note_scheduling", on=_load)
def note_scheduling(ctx: Context, cmd: NoteScheduling, campaign: Campaign) -> Scheduling:
    """Keep the note with how every place stands now. Refused, with all of it, when one of the tasks is."""
    counts = snapshot(campaign, ctx.at)
    before = campaign.sessions.filter(at__lte=ctx.at).order_by("-at", "-pk").first()
    moved = moved_between(before.counts, counts) if before else []
    session = Scheduling.objects.create(campaign=campaign, path=campaign.path, at=ctx.at, note=cmd.note, counts=counts, moved=moved)
    for row in cmd.tasks:
        task = drafted(row, campaign.path)
        task.room = task.room or campaign.room
        keep(ctx, task, campaign, session)
    ctx.note(moved=moved, tasks=len(cmd.tasks))
    return session
