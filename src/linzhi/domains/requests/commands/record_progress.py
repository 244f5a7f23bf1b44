"""记进展: the handler tells how far it is."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from linzhi.domains.requests.commands.base import OnRequest, load
from linzhi.domains.requests.commands.handing import add_photos
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class RecordProgress(OnRequest):
    """The words, and photos of the work."""

    photos: tuple[UUID, ...] = Field((), max_length=9)


@command("requests.record_progress", on=load)
def record_progress(ctx: Context, cmd: RecordProgress, request: Request) -> Request:
    """Add a public line, which stops the clock of the first contact.

    Refused when the method doesn't ask for it at this step or nothing is said.
    """
    add_photos(ctx, request, cmd.photos, "work")
    perform(ctx, request.matter, "requests.record_progress", cmd.words, given=cmd.given)
    return request
