"""People's records go when their time is over, to the day, by the county's own number of days, and never under a legal hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from linzhi.domains.people import queries
from linzhi.domains.people.commands import (
    CheckIn,
    EndOwnership,
    KeepApart,
    MoveOut,
    OfferSkill,
    RecordMemberships,
    RecordOwners,
    RecordResidents,
    WithdrawSkill,
    check_in,
    end_ownership,
    keep_apart,
    move_out,
    offer_skill,
    record_memberships,
    record_owners,
    record_residents,
    withdraw_skill,
)  # fmt: skip
from linzhi.domains.people.models import Apart, Identity, Membership, Ownership, Person, Residence, SkillOffer
from linzhi.domains.people.models import CheckIn as CheckedIn
from linzhi.domains.people.queries import keeping
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.rights.jobs import apply_all
from linzhi.foundation.rights.models import Hold
from linzhi.kernel.actor import ANONYMOUS, Actor
from linzhi.policy.resolve import resolve

DAY = timedelta(days=1)
OUT = date(2026, 3, 2)


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def person(ground: SmallCounty, worker: Actor) -> Person:
    """Somebody who lives in a dwelling that they own, with a certificate."""
    room = {"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰", "begin": date(2020, 1, 1)}
    lives = RecordResidents.model_validate({"place": ground.east.code, "rows": [{**room, "phone": "19900000001"}]})
    owns = RecordOwners.model_validate({"place": ground.east.code, "rows": [{**room, "certificate": "苏(2020)试验不动产权第0001号"}]})
    record_residents(worker, lives, at=AT)
    record_owners(worker, owns, at=AT)
    return Person.objects.get()


def leave(worker: Actor) -> None:
    """Sold and gone on AT's day."""
    end_ownership(worker, EndOwnership(ownership_id=Ownership.objects.get().pk, end=OUT), at=AT)
    move_out(worker, MoveOut(residence_id=Residence.objects.get().pk, end=OUT), at=AT)


def told(person: Person) -> tuple[str, str, str]:
    kept = Person.objects.get(pk=person.pk)
    return kept.name.open_value(), kept.phone.open_value(), kept.phone_index


def test_who_left_and_owns_nothing_is_nobody_after_three_years_and_still_counts(ground: SmallCounty, worker: Actor, person: Person) -> None:
    leave(worker)
    apply_all(AT + 1094 * DAY)
    assert told(person)[:2] == ("王秀兰", "19900000001") and Ownership.objects.get().certificate
    apply_all(AT + 1095 * DAY)
    assert told(person) == ("", "", "")
    home, title = Residence.objects.get(), Ownership.objects.get()
    assert (home.named, title.named, title.certificate_index, bool(title.certificate)) == ("", "", "", False)
    counted = queries.counts_by_estate(ground.east.path, date(2026, 3, 1))
    assert (counted[ground.east.path].residents, counted[ground.east.path].owners) == (1, 1)
    assert apply_all(AT + 1096 * DAY) == 0


@pytest.mark.parametrize("kept", ["residence", "ownership"])
def test_who_still_lives_or_owns_here_keeps_the_name_and_what_is_over_loses_its_marks(worker: Actor, person: Person, kept: str) -> None:
    leave(worker)
    (Residence if kept == "residence" else Ownership).objects.update(end=None)
    apply_all(AT + 2000 * DAY)
    assert told(person)[0] == "王秀兰"
    assert bool(Residence.objects.get().named) == (kept == "residence")
    assert bool(Ownership.objects.get().certificate) == (kept == "ownership")


@pytest.mark.parametrize("subject", ["people.person:{person}", "accounts.account:77"])
def test_a_legal_hold_on_the_person_or_the_account_keeps_all_that_hangs_on_the_record(worker: Actor, person: Person, subject: str) -> None:
    leave(worker)
    Person.objects.update(account_id=77)
    Hold.objects.create(subject=subject.format(person=person.pk), path="00001", reason="法院来函", begin=AT, begun_by="person:1")
    apply_all(AT + 2000 * DAY)
    assert told(person)[0] == "王秀兰" and Residence.objects.get().named and Ownership.objects.get().certificate
    Hold.objects.update(end=AT + 2001 * DAY)
    apply_all(AT + 2001 * DAY)
    assert told(person)[0] == "" and not Residence.objects.get().named and not Ownership.objects.get().certificate


def test_a_county_may_keep_them_for_less_and_the_other_one_is_not_touched(
    ground: SmallCounty, worker: Actor, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(worker)
    other = "0" * len(ground.county.path)
    monkeypatch.setattr(keeping, "_counties", lambda: [ground.county.path, other])
    monkeypatch.setattr(keeping.territory, "pack_for", lambda path: "cn" if path == ground.county.path else "short")
    monkeypatch.setattr(keeping, "_days", lambda key, pack, at: 1095 if pack == "cn" else 10)
    apply_all(AT + 20 * DAY)
    assert told(person)[0] == "王秀兰"
    monkeypatch.setattr(keeping, "_counties", lambda: [other, ground.county.path])
    monkeypatch.setattr(keeping, "_days", lambda key, pack, at: 10 if pack == "cn" else 1095)
    apply_all(AT + 20 * DAY)
    assert told(person)[0] == ""


def test_a_membership_that_ended_names_nobody_after_a_month_and_still_counts(ground: SmallCounty, person: Person) -> None:
    secretary = holder("branch_secretary", ground.east.path)
    row: dict[str, Any] = {"person_id": person.pk, "standing": "probationary", "seat": "机械厂支部", "begin": date(2026, 1, 1), "end": OUT}
    record_memberships(secretary, RecordMemberships.model_validate({"estate": ground.east.code, "rows": [row]}), at=AT)
    apply_all(AT + 29 * DAY)
    assert Membership.objects.get().person
    apply_all(AT + 30 * DAY)
    one = Membership.objects.get()
    assert (bool(one.person), one.person_index, bool(one.seat)) == (False, "", False)
    then = Powers(secretary, AT)
    assert [found.person for found in queries.members_of(then, ground.east.path, date(2026, 2, 1))] == [None]


def test_what_was_offered_or_told_of_own_will_goes_soon(ground: SmallCounty, text: None, worker: Actor, person: Person) -> None:
    offers = [
        offer_skill(worker, OfferSkill(person_id=person.pk, estate=ground.east.code, field=field, agreed=True), at=AT)
        for field in ("维修", "调解")
    ]
    withdraw_skill(worker, WithdrawSkill(offer_id=offers[0].pk), at=AT)
    check_in(ANONYMOUS, CheckIn(place=ground.east.code, occupation="rider", phone="19900000009"), at=AT)
    apply_all(AT + 30 * DAY)
    assert [one.field for one in SkillOffer.objects.all()] == ["调解"] and CheckedIn.objects.exists()
    check_in(ANONYMOUS, CheckIn(place=ground.east.code, occupation="rider", phone="19900000009"), at=AT + 100 * DAY)
    apply_all(AT + 365 * DAY)
    assert CheckedIn.objects.exists(), "checked in again since"
    apply_all(AT + 465 * DAY)
    assert not CheckedIn.objects.exists()


def test_an_identity_number_goes_after_its_time_and_that_of_the_owners_roll_with_the_title(
    ground: SmallCounty, worker: Actor, person: Person
) -> None:
    for purpose in ("owners_roll", "proxy"):
        Identity.objects.create(
            person=person, county=person.county, path=person.path, purpose=purpose, number=Sealed.of("110101199001011237", "identity"),
            number_index=purpose, recorded=AT,
        )  # fmt: skip
    apply_all(AT + 180 * DAY)
    assert [one.purpose for one in Identity.objects.all()] == ["owners_roll"]
    end_ownership(worker, EndOwnership(ownership_id=Ownership.objects.get().pk, end=OUT), at=AT)
    apply_all(AT + 181 * DAY)
    assert not Identity.objects.exists()


def test_that_two_were_told_apart_is_forgotten_with_one_of_them(ground: SmallCounty, worker: Actor, person: Person) -> None:
    row = {"dwelling_id": ground.dwellings[1].pk, "name": "王秀蓝", "phone": "19900000001"}
    record_residents(worker, RecordResidents.model_validate({"place": ground.east.code, "rows": [row]}), at=AT)
    other = Person.objects.exclude(pk=person.pk).get()
    keep_apart(worker, KeepApart(one_id=person.pk, other_id=other.pk), at=AT)
    apply_all(AT + 900 * DAY)
    assert Apart.objects.exists()
    Person.objects.filter(pk=other.pk).update(name=Sealed("", "name"))
    apply_all(AT + 900 * DAY)
    assert not Apart.objects.exists()


def test_the_days_that_are_shown_are_those_of_the_nation_and_every_rule_is_a_local_setting() -> None:
    own = {rule.name: rule for rule in retention.rules() if rule.name.startswith("people.")}
    keys = {
        "people.left": keeping.LEAVING, "people.residences": keeping.LEAVING, "people.ownerships": keeping.LEAVING,
        "people.identities": keeping.IDENTITY, "people.memberships": keeping.WITHDRAWAL, "people.skills": keeping.WITHDRAWAL,
        "people.check_ins": keeping.CHECK_IN, "people.apart": keeping.WITHDRAWAL,
    }  # fmt: skip
    assert set(own) == set(keys)
    for name, key in keys.items():
        answer = resolve(key, on=AT.date(), pack="cn")
        assert (own[name].days, answer.local) == (answer.value, True)
