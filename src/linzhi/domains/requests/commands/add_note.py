"""补充一句: the reporter adds something."""

from __future__ import annotations

from linzhi.domains.requests.commands.base import ByReporter, load_by_reporter, reporter_too
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, command


class AddNote(ByReporter):
    """Which request, with the code of somebody without an account."""


@command("requests.add_note", on=load_by_reporter)
def add_note(ctx: Context, cmd: AddNote, request: Request) -> Request:
    """Add a public line to the history.

    Refused when the method doesn't ask for it at this step.
    """
    perform(ctx, request.matter, "requests.add_note", cmd.words, given=cmd.given, also=reporter_too(request))
    return request
