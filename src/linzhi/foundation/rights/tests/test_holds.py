"""Legal holds: begun with a document and a last day, ended by themselves or by somebody, and never with a gap between two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session

from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.rights.commands import Erase, LiftHold, PlaceHold, erase, lift_hold, place_hold
from linzhi.foundation.rights.jobs import apply_all
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.rights.queries import hold, holds
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor, Person
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")
DAY = timedelta(days=1)
RULE = "rule:sessions.ended"
REASON = "区法院协助执行通知书第 3 号"


@pytest.fixture
def officer() -> Actor:
    return somebody("county_officer", "00001")


def somebody(role: str, path: str) -> Actor:
    if not Territory.objects.filter(path=path).exists():
        Territory.objects.create(code=f"9{path}", name=f"区{path}", level="county", path=path, begin=AT.date())
    account = Account.objects.create(name="主管", created=AT)
    Grant.objects.create(account_id=account.pk, role=role, path=path, begin=AT - DAY)
    return Person(account.pk)


def place(actor: Actor, until: date | None = date(2026, 12, 31), reason: str = REASON, at: object = AT, subject: str = RULE) -> Hold:
    return place_hold(actor, PlaceHold(place="900001", subject=subject, reason=reason, until=until), at=at)  # type: ignore[arg-type]


def test_what_is_held_stays_up_to_the_last_day_and_goes_after_it(officer: Actor) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=AT - 2 * DAY)
    place(officer, until=date(2026, 11, 22))
    for at in (AT, clock.datetime.fromisoformat("2026-11-22T23:59:00+08:00")):
        apply_all(at)
        assert Session.objects.exists(), at
    apply_all(clock.datetime.fromisoformat("2026-11-23T00:00:00+08:00"))
    assert not Session.objects.exists()


def test_a_longer_end_takes_the_place_of_the_shorter_without_a_gap(officer: Actor) -> None:
    first = place(officer)
    assert place(officer).pk == first.pk, "the same once more changes nothing"
    second = place(officer, until=date(2027, 6, 30), at=AT + DAY)
    first.refresh_from_db()
    assert (first.end, second.begin) == (AT + DAY, AT + DAY)
    assert [one.pk for one in holds(Powers(officer, AT + 2 * DAY))] == [second.pk]
    assert [one.pk for one in holds(Powers(officer, AT + 2 * DAY), past=True)] == [first.pk]


def test_one_that_ran_out_leaves_room_for_another(officer: Actor) -> None:
    first = place(officer, until=date(2026, 11, 21))
    second = place(officer, until=date(2026, 12, 31), at=AT + 5 * DAY)
    first.refresh_from_db()
    assert first.end == first.until and first.ended_by == "" and second.pk != first.pk


def test_lifting_says_who_and_twice_changes_nothing(officer: Actor) -> None:
    held = place(officer, until=None)
    lift_hold(officer, LiftHold(hold_id=held.pk), at=AT + DAY)
    lift_hold(officer, LiftHold(hold_id=held.pk), at=AT + 2 * DAY)
    held.refresh_from_db()
    assert (held.end, held.ended_by) == (AT + DAY, officer.key)


@pytest.mark.parametrize(("subject", "until"), [(RULE, date(2026, 11, 19)), ("rule:no.such", date(2026, 12, 1))])
def test_a_day_that_is_over_and_a_rule_that_is_none_are_refused(officer: Actor, subject: str, until: date) -> None:
    with pytest.raises(Refused):
        place(officer, until=until, subject=subject)
    assert not Hold.objects.exists()


def test_a_neighbouring_county_neither_sees_nor_lifts_it(officer: Actor) -> None:
    held, other = place(officer), somebody("county_officer", "00002")
    assert holds(Powers(other, AT)) == []
    with pytest.raises(NotFound):
        hold(Powers(other, AT), held.pk)
    with pytest.raises(NotAllowed):
        lift_hold(other, LiftHold(hold_id=held.pk), at=AT)


def test_an_account_under_a_hold_cannot_be_erased_until_it_ends(officer: Actor) -> None:
    own = Account.objects.create(name="甲", created=AT)
    place(officer, until=date(2026, 11, 21), subject=f"accounts.account:{own.pk}")
    cmd = Erase(account_id=own.pk, confirmed=True)
    with pytest.raises(Refused) as refused:
        erase(Person(own.pk), cmd, at=AT)
    assert refused.value.code == "rights.held"
    assert erase(Person(own.pk), cmd, at=AT + 3 * DAY).account_id == own.pk
