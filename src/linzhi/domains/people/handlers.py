"""Reactions of the register to what happens in the foundation."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.people import queries
from linzhi.domains.people.commands.link_account import LinkAccount, link_account
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.kernel.actor import System


def link_by_phone(event: PhoneLinked, at: datetime) -> None:
    """Link an account to the one person of a county who has its verified phone. With two such persons, a worker has to look at them."""
    for county, found in queries.unlinked_with_phone(event.phone_index).items():
        if len(found) == 1 and queries.person_of(event.account_id, county) is None:
            link_account(System("people.link_by_phone"), LinkAccount(person_id=found[0], account_id=event.account_id, how="phone"), at=at)
