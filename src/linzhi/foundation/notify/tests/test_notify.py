"""Messages: told once, delivered at least once and never doubled at the provider, quiet at night."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.commands import Register, SignUp, register, sign_up
from linzhi.foundation.notify import drivers, queries, quiet
from linzhi.foundation.notify.commands import (
    ChooseChannel,
    MarkAllRead,
    MarkRead,
    RetryDelivery,
    choose_channel,
    mark_all_read,
    mark_read,
    retry_delivery,
)
from linzhi.foundation.notify.jobs import LEASE, MOST_ATTEMPTS, deliver_pending
from linzhi.foundation.notify.models import Delivery, Message
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.sms import Unavailable, Undeliverable
from linzhi.kernel import clock
from linzhi.kernel.actor import ANONYMOUS, Person, System
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=BEIJING)
PLACE = "00001" * 5


class Provider:
    """Takes messages; `problems` are raised one after the other, before or after taking."""

    def __init__(self):
        self.taken: dict[str, tuple[str, str]] = {}
        self.tries: list[str] = []
        self.before: list[BaseException] = []
        self.after: list[BaseException] = []

    def send(self, phone, text, *, reference):
        self.tries.append(reference)
        if self.before:
            raise self.before.pop(0)
        self.taken.setdefault(reference, (phone, text))
        if self.after:
            raise self.after.pop(0)
        return f"p-{reference}"


@pytest.fixture(autouse=True)
def _clock():
    with clock.at_time(AT):
        yield


@pytest.fixture
def provider(monkeypatch):
    provider = Provider()
    monkeypatch.setattr(drivers, "driver", lambda: provider)
    return provider


@pytest.fixture
def resident(db):
    return sign_up(System("accounts.sign_up"), SignUp(phone="13800000001", proved=True), at=AT)


def tell(resident, key="k1", **more):
    given = {
        "to": Recipient(account_id=resident.pk),
        "kind": "requests.feedback",
        "title": "您报的事有回音了",
        "channels": ("inbox", "sms"),
        **more,
    }
    return post(given.pop("at", AT), key=key, **given)


def only() -> Delivery:
    return Delivery.objects.get(channel="sms")


def test_the_inbox_has_it_at_once_and_a_text_message_follows(resident, provider):
    message = tell(resident)
    assert queries.inbox(Person(resident.pk)) == [message]
    assert Delivery.objects.get(channel="inbox").state == "sent"
    assert only().state == "pending"
    assert deliver_pending(AT) == 1
    delivery = only()
    assert (delivery.state, delivery.sent_at, delivery.provider_ref) == ("sent", AT, f"p-{delivery.reference.hex}")
    assert provider.taken[delivery.reference.hex][0] == "13800000001"


def test_telling_again_with_the_same_key_adds_nothing(resident):
    assert tell(resident).pk == tell(resident).pk
    assert Message.objects.count() == 1
    assert Delivery.objects.count() == 2


def test_a_worker_killed_after_the_provider_took_it_does_not_double_it(resident, provider):
    tell(resident)
    provider.after = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        deliver_pending(AT)
    assert only().state == "pending"
    assert deliver_pending(AT + timedelta(seconds=30)) == 0  # the lease holds
    assert deliver_pending(AT + LEASE) == 1
    assert only().state == "sent"
    assert len(provider.tries) == 2
    assert len(set(provider.tries)) == 1
    assert len(provider.taken) == 1


def test_a_bad_day_of_the_provider_is_waited_out_further_apart_each_time(resident, provider):
    tell(resident)
    provider.before = [Unavailable("busy")] * 3
    waits = []
    at = AT
    for _ in range(3):
        deliver_pending(at)
        waits.append(only().due_at - at)
        assert deliver_pending(at) == 0
        at = only().due_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    deliver_pending(at)
    assert only().state == "sent"
    assert only().attempts == 4


def test_after_many_tries_it_is_given_up_and_staff_can_put_it_back(resident, provider):
    tell(resident, place=PLACE, urgent=True, subject="requests.request:17")
    provider.before = [Unavailable("busy")] * MOST_ATTEMPTS
    at = AT
    for _ in range(MOST_ATTEMPTS):
        deliver_pending(at)
        at = max(only().due_at, at)
    assert only().state == "failed"
    reference = only().reference
    worker = register(System("accounts.sign_up"), Register(username="li.na", name="李娜"), at=AT)
    Grant.objects.create(account_id=worker.pk, role="community_worker", path=PLACE, begin=AT)
    assert queries.failed(Powers(Person(worker.pk), AT), "requests.request:17") == [only()]
    assert queries.failed(Powers(Person(resident.pk), AT)) == []
    with pytest.raises(NotAllowed):
        retry_delivery(Person(resident.pk), RetryDelivery(delivery_id=only().pk), at=at)
    retry_delivery(Person(worker.pk), RetryDelivery(delivery_id=only().pk), at=at)
    deliver_pending(at)
    assert (only().state, only().reference) == ("sent", reference)
    with pytest.raises(Refused, match="not_failed"):
        retry_delivery(Person(worker.pk), RetryDelivery(delivery_id=only().pk), at=at)


def test_staff_of_another_place_neither_see_nor_retry_it(resident, provider):
    tell(resident, place=PLACE)
    provider.before = [Undeliverable("空号")]
    deliver_pending(AT)
    other = register(System("accounts.sign_up"), Register(username="li.nb", name="李某"), at=AT)
    Grant.objects.create(account_id=other.pk, role="community_worker", path="00001" * 4 + "00002", begin=AT)
    assert queries.failed(Powers(Person(other.pk), AT)) == []
    with pytest.raises(NotAllowed):
        retry_delivery(Person(other.pk), RetryDelivery(delivery_id=only().pk), at=AT)


def test_a_dead_number_is_not_tried_again(resident, provider):
    tell(resident)
    provider.before = [Undeliverable("停机")]
    deliver_pending(AT)
    assert (only().state, only().error) == ("undeliverable", "停机")
    assert deliver_pending(AT + timedelta(days=1)) == 0


def test_somebody_without_a_usable_number_is_undeliverable_and_the_record_says_why(provider):
    typed = sign_up(System("accounts.sign_up"), SignUp(phone="13800000002"), at=AT)  # never proved
    tell(typed)
    deliver_pending(AT)
    assert (only().state, only().error) == ("undeliverable", "没有手机号")


def test_somebody_without_an_account_is_told_by_phone_and_the_number_is_sealed(provider):
    message = post(AT, to=Recipient(phone="138 0000 0003"), kind="x", title="回音", key="k", channels=("inbox", "sms"))
    assert str(message.phone) == "138****0003"
    assert [d.channel for d in message.deliveries.all()] == ["sms"]
    deliver_pending(AT)
    assert next(iter(provider.taken.values()))[0] == "13800000003"
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM notify_message")
        assert "13800000003" not in cursor.fetchone()[0]


def test_an_email_carries_the_reference_as_its_message_id():
    post(AT, to=Recipient(email="li@example.cn"), kind="x", title="回音", body="正文", key="k", channels=("email",))
    deliver_pending(AT)
    (sent,) = mail.outbox
    delivery = Delivery.objects.get()
    assert sent.to == ["li@example.cn"]
    assert sent.extra_headers["Message-ID"] == f"<{delivery.reference.hex}@linzhi>"
    assert delivery.state == "sent"


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(20, 59, "20 20:59"), (21, 0, "21 08:00"), (23, 30, "21 08:00"), (0, 0, "20 08:00"), (7, 59, "20 08:00"), (8, 0, "20 08:00")],
)
def test_quiet_hours_end_in_the_morning(hour, minute, expected):
    at = AT.replace(hour=hour, minute=minute)
    assert quiet.next_allowed(at, quiet.parse("21:00-08:00")).strftime("%d %H:%M") == expected
    assert quiet.next_allowed(at, quiet.parse("")) == at


def test_quiet_hours_may_also_lie_within_one_day():
    assert quiet.next_allowed(AT.replace(hour=13), quiet.parse("12:00-14:00")).hour == 14
    assert quiet.next_allowed(AT.replace(hour=14), quiet.parse("12:00-14:00")).hour == 14


def test_a_text_message_that_can_wait_goes_out_in_the_morning_and_an_urgent_one_now(resident, provider):
    night = AT.replace(hour=22)
    tell(resident, "wait", at=night)
    tell(resident, "now", at=night, urgent=True)
    deliver_pending(night)
    assert [text for _phone, text in provider.taken.values()] == ["【邻治】您报的事有回音了"]
    assert Delivery.objects.get(channel="sms", message__key="wait").due_at == AT.replace(day=21, hour=8)
    deliver_pending(AT.replace(day=21, hour=8))
    assert len(provider.taken) == 2


def test_a_try_that_comes_late_into_the_night_waits_too(resident, provider):
    tell(resident, at=AT.replace(hour=20, minute=59))
    deliver_pending(AT.replace(hour=21, minute=1))
    assert not provider.tries
    assert only().due_at == AT.replace(day=21, hour=8)


def test_a_channel_turned_off_gets_nothing_and_the_inbox_always_does(resident, provider):
    choose_channel(Person(resident.pk), ChooseChannel(channel="sms", off=True), at=AT)
    assert queries.channels_off(Person(resident.pk)) == {"sms"}
    message = tell(resident)
    assert [d.channel for d in message.deliveries.all()] == ["inbox"]
    choose_channel(Person(resident.pk), ChooseChannel(channel="sms", off=False), at=AT)
    assert tell(resident, "k2").deliveries.count() == 2
    with pytest.raises(ValueError, match="sms.*email"):
        ChooseChannel(channel="inbox", off=True)


def test_people_read_their_own_messages_only(resident):
    message = tell(resident)
    assert queries.unread_count(Person(resident.pk)) == 1
    assert queries.inbox(Person(resident.pk + 1)) == []
    assert queries.inbox(ANONYMOUS) == []
    with pytest.raises(NotAllowed):
        mark_read(Person(resident.pk + 1), MarkRead(message_id=message.pk), at=AT)
    with pytest.raises(NotFound):
        mark_read(Person(resident.pk), MarkRead(message_id=0), at=AT)
    mark_read(Person(resident.pk), MarkRead(message_id=message.pk), at=AT)
    mark_read(Person(resident.pk), MarkRead(message_id=message.pk), at=AT + timedelta(hours=1))
    message.refresh_from_db()
    assert message.read_at == AT
    assert queries.unread_count(Person(resident.pk)) == 0


def test_all_of_ones_own_are_marked_at_once(resident):
    other = sign_up(System("accounts.sign_up"), SignUp(phone="13800000002"), at=AT)
    tell(resident, "a"), tell(resident, "b"), tell(other, "c")
    mark_all_read(Person(resident.pk), MarkAllRead(), at=AT)
    assert queries.unread_count(Person(resident.pk)) == 0
    assert queries.unread_count(Person(other.pk)) == 1


def test_the_inbox_goes_on_where_the_last_page_ended(resident):
    for number in range(5):
        tell(resident, f"k{number}")
    first = queries.inbox(Person(resident.pk), most=3)
    rest = queries.inbox(Person(resident.pk), before=(first[-1].created, first[-1].pk), most=3)
    assert [m.key for m in first + rest] == ["k4", "k3", "k2", "k1", "k0"]


def test_an_unknown_channel_or_nobody_is_a_mistake_of_the_caller(resident):
    with pytest.raises(ValueError, match="pigeon"):
        tell(resident, channels=("pigeon",))
    with pytest.raises(ValueError, match="recipient"):
        Recipient()


@pytest.mark.parallel
@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_message_once(provider):
    for number in range(12):
        post(AT, to=Recipient(phone=f"1380000{number:04}"), kind="x", title="回音", key=f"k{number}", channels=("sms",))

    def work(_number: int) -> int:
        try:
            return deliver_pending(AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 12
    assert len(provider.tries) == 12
    assert Delivery.objects.filter(state="sent").count() == 12
