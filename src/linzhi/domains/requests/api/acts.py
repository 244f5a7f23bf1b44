"""Every act on a request: POST /requests/{id}/<verb> with the command's own input as the body, less the request's id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

from django.http import HttpRequest

from linzhi.domains.requests import commands as _registered  # noqa: F401 - so that every command is known below
from linzhi.domains.requests.api import shapes
from linzhi.domains.requests.api.routes import router
from linzhi.domains.requests.commands import RevealContact, reveal_contact
from linzhi.domains.requests.commands.base import OnRequest
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.commands import Command, Input
from linzhi.foundation.commands.execution import all_commands
from linzhi.web.api import REPEAT_KEY, Out, actor_of, body_of, given_in


class RevealedOut(Out):
    """A contact in clear."""

    contact_name: str
    contact_phone: str


def input_of(command: Command[Any]) -> type[Input]:
    """The input type of a command."""
    found: type[Input] = get_type_hints(command.__wrapped__)["cmd"]  # type: ignore[attr-defined]
    return found


def for_jobs_only(code: str) -> bool:
    """Whether only background jobs may ever do it, so that it is no operation of the API."""
    return all(rule.role.startswith("system:") for rule in action_of(code).rules)


def _operation(command: Command[Any], input_type: type[Input], body_type: type[Input]) -> Callable[..., shapes.StandingOut]:
    def act(request: HttpRequest, request_id: int, body: Any, key: str | None = REPEAT_KEY) -> shapes.StandingOut:
        cmd = input_type(**(given_in(body) | {"request_id": request_id}))
        return shapes.standing(command(actor_of(request), cmd, key=key))

    act.__annotations__ = {"request": HttpRequest, "request_id": int, "body": body_type, "key": str | None}
    act.__doc__ = command.__doc__
    act.__name__ = command.code.split(".")[1]
    return act


def _acts() -> dict[str, type[Input]]:
    mine = {code: input_of(command) for code, command in all_commands().items() if code.startswith("requests.")}
    return {
        code: kind for code, kind in mine.items() if issubclass(kind, OnRequest) and kind is not RevealContact and not for_jobs_only(code)
    }


for _code, _input in _acts().items():
    _command = all_commands()[_code]
    router.post(
        f"/requests/{{int:request_id}}/{_code.split('.')[1]}",
        response=shapes.StandingOut,
        operation_id=_code,
        summary=str(action_of(_code).title),
    )(_operation(_command, _input, body_of(_input, "request_id")))

RevealBody = body_of(RevealContact, "request_id")


@router.post(
    "/requests/{int:request_id}/reveal_contact", response=RevealedOut, operation_id="requests.reveal_contact", summary="看联系方式"
)
def reveal(request: HttpRequest, request_id: int, body: RevealBody) -> RevealedOut:  # type: ignore[valid-type]
    """The contact in clear, once, for a purpose; the person concerned sees who looked.

    Takes no idempotency key: a repeat is another look, with its own check and its own entry.
    """
    cmd = RevealContact(**(given_in(body) | {"request_id": request_id}))
    opened = reveal_contact(actor_of(request), cmd).revealed
    return RevealedOut(contact_name=opened.name if opened else "", contact_phone=opened.phone if opened else "")
