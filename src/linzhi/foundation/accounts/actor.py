"""From a request to the actor behind it."""

from __future__ import annotations

from django.http import HttpRequest

from linzhi.kernel.actor import ANONYMOUS, Actor, Person


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, else ANONYMOUS. Tokens of programs aren't read here (see tokens.authenticate)."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Person(user.pk)
    return ANONYMOUS
