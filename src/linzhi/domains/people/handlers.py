"""Reactions of the register to what happens in the foundation."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.people import queries
from linzhi.domains.people.commands.link_account import LinkAccount, link_account
from linzhi.domains.people.commands.matching import phone_indexes
from linzhi.domains.people.commands.withdraw_skill import WithdrawSkill, withdraw_skill
from linzhi.domains.people.rules import SKILLS
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.consents.events import ConsentWithdrawn
from linzhi.kernel.actor import System


def rests_on_consent(event: ConsentWithdrawn) -> bool:
    """Whether the consent was that to be found in the directory of skills."""
    return event.purpose == SKILLS


def end_skills(event: ConsentWithdrawn, at: datetime) -> None:
    """End every skill that the person offered before the consent was taken back. What was offered anew since rests on a later consent."""
    for offer_id in queries.offers_resting_on(event.consent_id):
        withdraw_skill(System("people.end_skills"), WithdrawSkill(offer_id=offer_id), at=at)


def link_by_phone(event: PhoneLinked, at: datetime) -> None:
    """Link an account to the one person of a county who has its verified phone. With two such persons, a worker has to look at them."""
    account = accounts.by_id(event.account_id)
    indexes = phone_indexes(account.phone) if account is not None else ()
    # While the index key is being changed the person may still stand under the older one.
    for county, found in queries.unlinked_with_phone(indexes if event.phone_index in indexes else (event.phone_index,)).items():
        if len(found) == 1 and queries.person_of(event.account_id, county) is None:
            link_account(System("people.link_by_phone"), LinkAccount(person_id=found[0], account_id=event.account_id, how="phone"), at=at)
