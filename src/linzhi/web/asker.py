"""Who asks, for a page or in the API, and with what powers; worked out once per request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.actor import actor_of
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor


def powers_of(request: HttpRequest) -> Powers:
    """The powers of whoever asks, at the moment of the request; `powers.actor` is the actor for commands."""
    known = getattr(request, "powers", None)
    if known is None:
        # In the API its authentication has said who asks: perhaps a program, which has no session.
        auth = getattr(request, "auth", None)
        known = Powers(auth if isinstance(auth, Actor) else actor_of(request), clock.now())
        request.powers = known  # type: ignore[attr-defined]
    return cast(Powers, known)
