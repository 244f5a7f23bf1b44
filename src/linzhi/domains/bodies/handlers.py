"""Reactions of posts to what happens to places, grids, owners and accounts."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.bodies import queries
from linzhi.domains.bodies.commands.end_holding import EndHolding, end_holding
from linzhi.domains.bodies.commands.follow_account import FollowAccount, follow_account
from linzhi.domains.bodies.commands.follow_grid import FollowGrid, follow_grid
from linzhi.domains.bodies.commands.follow_place import FollowPlace, follow_place
from linzhi.domains.bodies.commands.open_filing import OpenFiling, open_filing
from linzhi.domains.bodies.events import Appointed, TermBegun
from linzhi.domains.bodies.rules import FILED_POSTS, FILED_TERMS
from linzhi.domains.people.events import AccountLinked, OwnershipEnded
from linzhi.domains.places.events import DivisionEnded, GridRedrawn, PlaceMoved
from linzhi.foundation.outbox.events import Fact
from linzhi.kernel.actor import System


def give_power(event: AccountLinked, at: datetime) -> None:
    """Give the person's account the power of the posts that the person holds."""
    cmd = FollowAccount(person_id=event.person_id, account_id=event.account_id)
    follow_account(System("bodies.follow_account"), cmd, at=at)


def end_for_lack_of_ownership(event: OwnershipEnded, at: datetime) -> None:
    """End the holdings that only an owner may have, once the person owns nothing there any more."""
    for holding_id in queries.holdings_without_ownership(event.person_id, at):
        end_holding(System("bodies.owner_left"), EndHolding(holding_id=holding_id, reason="condition"), at=at)


def follow_borders(event: GridRedrawn, at: datetime) -> None:
    """Bring power over a grid in line with its new ground."""
    follow_grid(System("bodies.follow_grid"), FollowGrid(grid_id=event.grid_id), at=at)


def follow_move(event: PlaceMoved, at: datetime) -> None:
    """Bring power over a moved place, and over what lies in it, to where it is now."""
    follow_place(System("bodies.follow_place"), FollowPlace(territory_id=event.territory_id, path=event.old_path), at=at)


def follow_end(event: DivisionEnded, at: datetime) -> None:
    """End the power over a division that is no more."""
    follow_place(System("bodies.follow_place"), FollowPlace(territory_id=event.territory_id, path=event.path), at=at)


def is_filed(event: Fact) -> bool:
    """Whether somebody took a post whose holder has to be filed."""
    return isinstance(event, Appointed) and event.kind in FILED_POSTS


def file_secretary(event: Appointed, at: datetime) -> None:
    """Open the filing of a new secretary."""
    open_filing(System("bodies.open_filing"), OpenFiling(what="secretary", id=event.holding_id), at=at)


def file_term(event: TermBegun, at: datetime) -> None:
    """Open the filing of a committee's new term."""
    if event.kind in FILED_TERMS:
        open_filing(System("bodies.open_filing"), OpenFiling(what="term", id=event.term_id), at=at)
