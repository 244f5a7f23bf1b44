"""What handing a request to a body shares: the check that it may have it, the dispatch row, photos, the first reply, lengths."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests.access import HANDLERS
from linzhi.domains.requests.commands.base import OnBody
from linzhi.domains.requests.models import Dispatch, Photo, Request
from linzhi.flow.engine import Words
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.commands import Context
from linzhi.foundation.commands.execution import subject_key
from linzhi.foundation.files.attachments import attach
from linzhi.kernel.clock import day_of
from linzhi.kernel.limits import Limit, Unit
from linzhi.kernel.refused import Refused
from linzhi.kernel.worktime import due, elapsed


def hand_to(ctx: Context, request: Request, body_id: int, kind: str) -> None:
    """Write the dispatch.

    Refused when the body doesn't serve the place at this time, has no post that works off dispatches, or a tip-off is about it.
    """
    body = bodies.body(body_id)
    if body is None or not can_handle(body) or not bodies.serves(body_id, request.path, ctx.at):
        raise Refused("requests.body", _("这个单位不管这个地方，或者已经撤销。请另选一个。"), status=422, field="body_id")
    if body_id == request.hidden_from_body_id:
        raise Refused("requests.accused", _("举报件不能派给被举报的单位。"), status=422, field="body_id")
    if kind == "lead":
        request.dispatches.filter(kind="lead", ended_at__isnull=True).update(ended_at=ctx.at)
    elif request.dispatches.filter(body_id=body_id, kind="joint", ended_at__isnull=True).exists():
        raise Refused("requests.joint_already", _("这个单位已经在协办了。"))
    Dispatch.objects.create(request=request, body_id=body_id, kind=kind, at=ctx.at, by=ctx.actor.key)


def can_handle(body: bodies.Body) -> bool:
    """Whether a body is of a kind that works off dispatches. An owners' committee does, where its estate has one.

    It answers for what the owners decide among themselves (advertisements in lifts, common income), as the category tree says. A party
    branch and a supervision committee don't: they watch. Where the committee also verifies, the method asks for another person.
    """
    return bodies.has_post_in(body.kind, HANDLERS)


def words_for(cmd: OnBody) -> Words:
    """The words of a handing, with the body for the page."""
    return Words(cmd.say, cmd.note, {"body_id": cmd.body_id})


def current_dispatch(request: Request) -> QuerySet[Dispatch]:
    """The dispatch to the body that has the request now."""
    return request.dispatches.filter(kind="lead", ended_at__isnull=True, body_id=request.matter.handler_body_id or 0)


def add_photos(ctx: Context, request: Request, files: Sequence[UUID], stage: str) -> None:
    """Attach the actor's own uploads; one sent twice is attached once. Refused for somebody else's file."""
    if files:
        attach(ctx.actor, files, area="requests", subject=subject_key(request))
    Photo.objects.bulk_create(
        [Photo(request=request, file_id=file, stage=stage, public=request.public, at=ctx.at) for file in files], ignore_conflicts=True
    )


def first_reply(request: Request, at: datetime) -> None:
    """Keep when the reporter was first answered, and after how many working days; later answers change nothing."""
    if request.replied_at is None:
        request.replied_at = at
        request.reply_days = elapsed(request.reported_at, at, Unit.WORKING_DAYS, work_calendar(day_of(request.reported_at)))
        request.save(update_fields=["replied_at", "reply_days"])


def fits_in(asked: str, longest: str, at: datetime) -> bool:
    """Whether a length of time is no longer than another, both counted from `at`.

    Refused when it isn't a length.
    """
    try:
        wanted = due(at, Limit.parse(asked), work_calendar(day_of(at))).at
    except ValueError:
        raise Refused("requests.extension_length", _("请写清延期多久，比如 3 个工作日。"), status=422, field="limit") from None
    most = due(at, Limit.parse(longest), work_calendar(day_of(at))).at
    return wanted is not None and most is not None and wanted <= most
