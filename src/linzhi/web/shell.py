"""What every page's frame shows of the person and the place. `config/wiring.py` registers who knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from linzhi.kernel.clock import now
from linzhi.web import navigation
from linzhi.web.navigation import Doors, NavItem, Place

TYPE_COOKIE = "lz_type"


def _nothing(action: str) -> bool:
    return False


@dataclass(frozen=True)
class Shell:
    """Who is looking, in which post, where, and what they may open.

    `crumb` goes from the widest place to the nearest; `unread` counts messages not opened; `may` answers whether an
    action is open to this person anywhere (it only decides what the navigation shows, never access).
    """

    who: str = ""
    post: str = ""
    crumb: tuple[str, ...] = ()
    unread: int = 0
    may: Callable[[str], bool] = _nothing

    @property
    def signed_in(self) -> bool:
        """Whether a person is known."""
        return bool(self.who)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return now()

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration with invented data."""
        return bool(getattr(settings, "DEMO", False))

    @property
    def doors(self) -> Doors:
        """Where home, search, notices, account and sign-in are."""
        return navigation.doors()

    def nav(self, place: Place) -> list[NavItem]:
        """The entries this person may use, without headings."""
        return navigation.items(place, self.may)

    def groups(self, place: Place) -> list[tuple[str, list[NavItem]]]:
        """The entries this person may use, by heading."""
        return navigation.groups(place, self.may)


NOBODY = Shell()

# Set in config/wiring.py: `shell.provider = desk.queries.shell_of`. It may read the database; pages that show no shell never call it.
provider: Callable[[HttpRequest], Shell] = lambda request: NOBODY  # noqa: E731 - config/wiring.py puts another in its place


def attach(request: HttpRequest) -> None:
    """Give the request a `shell` that is built on first use, and `large_type`."""
    request.shell = SimpleLazyObject(lambda: provider(request))  # type: ignore[attr-defined]
    request.large_type = request.COOKIES.get(TYPE_COOKIE) == "large"  # type: ignore[attr-defined]


def of(request: HttpRequest) -> Any:
    """The shell of a request, also of one that the middleware hasn't seen."""
    if not hasattr(request, "shell"):
        attach(request)
    return request.shell  # type: ignore[attr-defined]
