"""发进展消息: those concerned hear what happened, once each."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import rules
from linzhi.domains.requests.models import Request
from linzhi.flow.models import Clock, Happening
from linzhi.foundation.access.granting import holders
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.sms import is_mobile

ALARMS = {"remind": _("快到时限了"), "overdue": _("已经超时"), "escalate": _("超时，请过问")}
MOST = 30
"""How many people one happening tells at the most."""


class Tell(Input):
    """A line of the history (`happening_id`), or an alarm of a limit (`clock_id`, `kind`, `to`)."""

    request_id: int
    happening_id: int | None = None
    clock_id: int | None = None
    kind: str = ""
    to: str = ""


def _load(cmd: Tell) -> Request:
    return Request.objects.select_related("matter").get(pk=cmd.request_id)


@command("requests.tell", on=_load)
def tell(ctx: Context, cmd: Tell, request: Request) -> Request:
    """Post messages about one happening or alarm; telling twice tells once. Refused to everyone but the jobs that tell."""
    if cmd.happening_id is not None:
        _tell_move(ctx, request, Happening.objects.get(pk=cmd.happening_id))
    elif cmd.clock_id is not None:
        _tell_alarm(ctx, request, Clock.objects.get(pk=cmd.clock_id), cmd)
    return request


def _tell_move(ctx: Context, request: Request, line: Happening) -> None:
    words = rules.REPORTER_HEARS.get(line.act)
    if words is not None:
        body = rules.message_body(request.number, request.title, line.public)
        who = [request.reporter_id, *request.follows.values_list("account_id", flat=True)]
        for account in dict.fromkeys(account for account in who if account is not None and f"person:{account}" != line.actor):
            # A follower reads what a stranger may read.
            heard = body if account == request.reporter_id else rules.public_text(body)
            _post(ctx, request, Recipient(account_id=account), words, heard, f"move:{line.pk}:{account}", "/requests/")
        if request.reporter_id is None and request.contact_phone and request.channel not in ("hotline",):
            phone = request.contact_phone.open_value()
            if is_mobile(phone):  # whoever left a landline is called, not texted
                _post(ctx, request, Recipient(phone=phone), words, body, f"move:{line.pk}:phone", "/requests/", sms=True)
    words = rules.HANDLER_HEARS.get(line.act)
    if words is not None and request.matter.handler_body_id is not None:
        body = rules.message_body(request.number, request.title, line.internal or line.public)
        for account in _not_accused(ctx, request, bodies.members(request.matter.handler_body_id, None, ctx.at))[:MOST]:
            _post(ctx, request, Recipient(account_id=account), words, body, f"move:{line.pk}:h{account}", "/desk/requests/")


def _tell_alarm(ctx: Context, request: Request, clock: Clock, cmd: Tell) -> None:
    words = ALARMS[cmd.kind]
    accounts: list[int] = []
    if cmd.to:
        for role in cmd.to.split(","):
            accounts += holders(role, request.path, ctx.at)
    else:
        for task in request.matter.tasks.filter(done_at__isnull=True):
            accounts += holders(task.role, request.path, ctx.at) if task.role else []
            accounts += bodies.members(task.body_id, None, ctx.at) if task.body_id else []
    body = rules.message_body(request.number, request.title, clock.title)
    for account in _not_accused(ctx, request, accounts)[:MOST]:
        # The moment of the alarm, not how often the clock has rung by now: a try again must find the same key.
        key = f"alarm:{clock.pk}:{int(ctx.at.timestamp())}:{cmd.kind}:{account}"
        _post(ctx, request, Recipient(account_id=account), words, body, key, "/desk/requests/")


def _not_accused(ctx: Context, request: Request, accounts: Iterable[int]) -> list[int]:
    """Each account once, without those of the body that a tip-off is about, whatever other post they hold."""
    hidden = request.hidden_from_body_id
    accused = set(bodies.members(hidden, None, ctx.at)) if hidden is not None else set()
    return [account for account in dict.fromkeys(accounts) if account not in accused]


def _post(ctx: Context, request: Request, to: Recipient, title: object, body: str, key: str, link: str, *, sms: bool = False) -> None:
    channels = ("sms",) if sms else ("inbox",)
    post(
        ctx.at, to=to, kind="requests", title=str(title), body=body, key=key, channels=channels, urgent=request.urgent,
        link=f"{link}{request.pk}/" if not sms else "", subject=f"requests.request:{request.pk}", place=request.path,
    )  # fmt: skip
