"""发进展消息: those concerned hear what happened, once each."""

from __future__ import annotations

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import rules
from linzhi.domains.requests.models import Request
from linzhi.flow.models import Clock, Happening
from linzhi.foundation.access.granting import holders
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.notify.sending import Recipient, post


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
            _post(ctx, request, Recipient(account_id=account), words, body, f"move:{line.pk}:{account}", "/requests/")
        if request.reporter_id is None and request.contact_phone and request.channel not in ("hotline",):
            phone = request.contact_phone.open_value()
            _post(ctx, request, Recipient(phone=phone), words, body, f"move:{line.pk}:phone", "/requests/", sms=True)
    words = rules.HANDLER_HEARS.get(line.act)
    if words is not None and request.matter.handler_body_id is not None:
        body = rules.message_body(request.number, request.title, line.internal or line.public)
        for account in bodies.members(request.matter.handler_body_id, None, ctx.at)[:20]:
            _post(ctx, request, Recipient(account_id=account), words, body, f"move:{line.pk}:h{account}", "/desk/requests/")


def _tell_alarm(ctx: Context, request: Request, clock: Clock, cmd: Tell) -> None:
    words = {"remind": "快到时限了", "overdue": "已经超时", "escalate": "超时，请过问"}[cmd.kind]
    accounts: list[int] = []
    if cmd.to:
        for role in cmd.to.split(","):
            accounts += holders(role, request.path, ctx.at)
    else:
        for task in request.matter.tasks.filter(done_at__isnull=True):
            accounts += holders(task.role, request.path, ctx.at) if task.role else []
            accounts += bodies.members(task.body_id, None, ctx.at) if task.body_id else []
    body = rules.message_body(request.number, request.title, clock.title)
    for account in list(dict.fromkeys(accounts))[:30]:
        key = f"alarm:{clock.pk}:{clock.alarms_done}:{cmd.kind}:{account}"
        _post(ctx, request, Recipient(account_id=account), words, body, key, "/desk/requests/")


def _post(ctx: Context, request: Request, to: Recipient, title: str, body: str, key: str, link: str, *, sms: bool = False) -> None:
    channels = ("sms",) if sms else ("inbox",)
    post(
        ctx.at, to=to, kind="requests", title=title, body=body, key=key, channels=channels, urgent=request.urgent,
        link=f"{link}{request.pk}/" if not sms else "", subject=f"requests.request:{request.pk}", place=request.path,
    )  # fmt: skip
