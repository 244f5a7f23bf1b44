"""代为登记: staff write down what somebody said at the door or on the phone."""

from __future__ import annotations

from typing import Literal

from linzhi.domains.requests.commands.intake import create
from linzhi.domains.requests.commands.report import Telling, draft_of, place
from linzhi.domains.requests.models import Request
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.commands import Context, command
from linzhi.foundation.sms import is_mobile
from linzhi.foundation.territory.models import Territory


class Record(Telling):
    """What was said and by which way it came: met by the grid worker, or called in."""

    channel: Literal["grid", "call"] = "grid"


@command("requests.record", on=place)
def record(ctx: Context, cmd: Record, at: Territory) -> Request:
    """Take in a request on somebody's behalf; the helper is recorded, and an account with that phone becomes the reporter.

    Refused as `requests.report`, and outside the helper's own places.
    """
    known = accounts.by_phone(cmd.contact_phone) if is_mobile(cmd.contact_phone) else None
    who = {"reporter_id": known.pk if known else None, "helper_id": ctx.actor.account_id, "channel": cmd.channel}
    return create(ctx, draft_of(cmd, at, **who), act="requests.record")
