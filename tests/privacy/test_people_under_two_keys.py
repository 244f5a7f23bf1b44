"""While the index key is being changed, a person is found under the old key and the new one alike, and nobody is entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linzhi.domains.people import commands as people
from linzhi.domains.people import handlers, queries
from linzhi.domains.people.models import CheckIn, Membership, Ownership, Person, Residence
from linzhi.domains.people.queries import members
from linzhi.domains.places.models import Dwelling
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.commands import LinkPhone, SignUp, link_phone, sign_up
from linzhi.foundation.accounts.events import PhoneLinked
from linzhi.foundation.privacy import keys, rotation
from linzhi.foundation.sheets.whole import load
from linzhi.kernel.actor import ANONYMOUS, System
from linzhi.kernel.clock import now
from tests.support.small_county import BEGIN, County

NAME, PHONE, CERTIFICATE = "慕容听雨", "13655550001", "苏(2020)试验不动产权第0009号"


@pytest.fixture(autouse=True)
def _key_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    for name, ring in (("data_key", keys.data_ring()), ("index_key", keys.index_ring())):
        (tmp_path / name).write_text(ring.keys[ring.current].hex())  # what the county was entered under
    settings.KEY_FILES = {name: tmp_path / name for name in ("data_key", "index_key")}
    keys.forget()
    yield
    keys.forget()


@pytest.fixture
def home(county: County) -> Dwelling:
    found = Dwelling.objects.filter(building__estate=county.estate, residences__isnull=True, ownerships__isnull=True).last()
    assert found is not None
    return found


def enter(county: County, home: Dwelling) -> None:
    """The ledgers of one family, as staff load them again and again."""
    worker, secretary = county.actor("community_worker"), county.actor("branch_secretary")
    room = {"estate": county.estate.name, "building": home.building.number, "unit": home.unit, "room": home.room, "name": NAME}
    load(worker, "residents", county.community.code, [{**room, "phone": PHONE, "begin": date(2025, 1, 6)}], at=now())
    load(worker, "owners", county.community.code, [{**room, "certificate": CERTIFICATE, "begin": date(2025, 1, 6)}], at=now())
    load(secretary, "members", county.estate.code, [{**room, "standing": "预备", "begin": date(2025, 2, 1)}], at=now())
    cmd = people.CheckIn(place=county.estate.code, occupation="rider", phone=PHONE)
    people.check_in(ANONYMOUS, cmd, at=now())


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Residence, Ownership, Membership, CheckIn))


def test_the_same_ledgers_change_nothing_before_during_and_after_a_change_of_the_index_key(county: County, home: Dwelling) -> None:
    enter(county, home)
    before = counts()
    keys.add("index_key")
    enter(county, home)
    assert counts() == before
    rotation.begin(now())
    rotation.run(now())
    enter(county, home)
    assert counts() == before


def test_a_person_under_the_old_key_is_found_by_phone_name_and_account(county: County, home: Dwelling) -> None:
    enter(county, home)
    person = Person.objects.get(residences__dwelling=home, residences__end=None)
    keys.add("index_key")
    powers = Powers(county.actor("community_worker"), now())
    assert [one.pk for one in queries.by_phone(powers, PHONE)] == [person.pk]
    secretary = Powers(county.actor("branch_secretary"), now())
    assert [one.pk for one, _where in members.persons_of_estate(secretary, county.estate.territory, phone=PHONE)] == [person.pk]
    account = sign_up(System("accounts.sign_up"), SignUp(phone=PHONE), at=BEGIN)
    account = link_phone(System("accounts.verify_phone"), LinkPhone(account_id=account.pk, phone=PHONE), at=BEGIN)
    handlers.link_by_phone(PhoneLinked(account.pk, account.phone_index or ""), now())
    assert queries.account_of(person.pk) == account.pk
    assert members.own_subjects(account.pk) == [f"people.membership:{Membership.objects.get().pk}"]
