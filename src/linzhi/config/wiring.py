"""Who reacts to what, and what the shells link to: the two tables that tie the parts together. Nothing is wired elsewhere.

An event reaches its handlers through the outbox, after commit and at least once; a handler is an idempotent command
run as System("<handler name>").
"""

from __future__ import annotations

from linzhi.foundation.outbox.events import Fact, Handler, subscribe
from linzhi.web import navigation
from linzhi.web.navigation import Doors, NavItem

# (event, name of the handler, handler)
SUBSCRIPTIONS: tuple[tuple[type[Fact], str, Handler], ...] = ()

# In the order in which they stand.
NAVIGATION: tuple[NavItem, ...] = ()

DOORS = Doors()


def wire() -> None:
    """Subscribe every handler and register the navigation. Safe to repeat; refused when a name is taken."""
    for event, name, handler in SUBSCRIPTIONS:
        subscribe(event, name, handler)
    navigation.register(NAVIGATION)
    navigation.open_doors(DOORS)
