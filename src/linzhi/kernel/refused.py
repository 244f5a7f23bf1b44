"""A refusal with a stable code, a sentence for the person and data for a program."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Raised by a command that won't act.

    `code` is `<area>.<word>`; `message` says what is wrong, why, and what to do, in Chinese;
    `status` is the HTTP status a page or the API answers with; `data` is for programs;
    `field` names the input that is wrong, if it is one.
    """

    def __init__(self, code: str, message: str, *, status: int = 409, field: str | None = None, **data: Any) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.field = field
        self.data = data


class NotAllowed(Refused):
    """The actor lacks the power; the decision's reason is the message."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__("access.denied", reason, status=403, action=action)


class NotFound(Refused):
    """The thing isn't there, or this actor may not even know that it is."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", what, status=404)
