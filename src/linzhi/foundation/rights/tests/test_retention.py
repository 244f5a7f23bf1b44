"""What is over its time goes by itself, to the day, and not what the law holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands.models import IdempotencyRecord
from linzhi.foundation.notify.models import Delivery, Message
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.outbox.models import Delivery as EventDelivery
from linzhi.foundation.outbox.models import Event
from linzhi.foundation.privacy import retention
from linzhi.foundation.rights.jobs import apply_all
from linzhi.foundation.rights.models import Hold
from linzhi.foundation.rights.queries import rule_standings
from linzhi.kernel import clock

pytestmark = pytest.mark.django_db
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")
DAY = timedelta(days=1)


def told(key: str, at: object, **to: object) -> Message:
    return post(at, to=Recipient(**to), kind="test", title="一句话", key=key, channels=("inbox", "sms"))  # type: ignore[arg-type]


def test_messages_go_a_year_after_and_not_a_day_before() -> None:
    account = Account.objects.create(name="甲", created=AT)
    told("old", AT - 365 * DAY, account_id=account.pk)
    told("young", AT - 364 * DAY, account_id=account.pk)
    Delivery.objects.filter(state="pending").update(state="failed")
    apply_all(AT)
    assert [message.key for message in Message.objects.all()] == ["young"]


def test_a_message_that_still_waits_to_be_sent_stays() -> None:
    told("waiting", AT - 400 * DAY, phone="13900000001")
    apply_all(AT)
    assert Message.objects.get().phone.open_value() == "13900000001"


def test_numbers_of_people_without_an_account_are_emptied_after_ninety_days_and_the_message_stays() -> None:
    told("old", AT - 90 * DAY, phone="13900000001")
    Delivery.objects.update(state="sent", sent_at=AT)
    apply_all(AT)
    kept = Message.objects.get()
    assert not kept.phone and kept.title == "一句话"
    assert {row.rule.name: row.run.removed for row in rule_standings() if row.run} == {"notify.contacts": 1}
    apply_all(AT + DAY)
    assert {row.rule.name: row.run.total for row in rule_standings() if row.run} == {"notify.contacts": 1}


def test_events_go_only_when_every_handler_is_done() -> None:
    for number, done in enumerate((AT, None)):
        event = Event.objects.create(name=f"test.{number}", at=AT - 91 * DAY, data={})
        EventDelivery.objects.create(event=event, handler="test", due_at=AT, done_at=done)
    apply_all(AT)
    assert [event.name for event in Event.objects.all()] == ["test.1"]


def test_ended_sessions_and_old_marks_of_repeats_go() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=AT - 2 * DAY)
    Session.objects.create(session_key="young", session_data="", expire_date=AT + DAY)
    IdempotencyRecord.objects.create(scope="a", key="old", action="x", digest="d", at=AT - 31 * DAY)
    apply_all(AT)
    assert [session.session_key for session in Session.objects.all()] == ["young"] and not IdempotencyRecord.objects.exists()


def test_a_legal_hold_keeps_a_row_or_a_whole_rule() -> None:
    account = Account.objects.create(name="甲", created=AT)
    kept, gone = (told(key, AT - 400 * DAY, account_id=account.pk) for key in ("kept", "gone"))
    Delivery.objects.filter(state="pending").update(state="failed")
    hold = Hold.objects.create(subject=f"notify.message:{kept.pk}", path="00001", reason="法院来函", begin=AT, begun_by="person:1")
    apply_all(AT)
    assert [message.pk for message in Message.objects.all()] == [kept.pk] and gone.pk
    Hold.objects.filter(pk=hold.pk).update(subject="rule:notify.messages")
    apply_all(AT)
    assert Message.objects.count() == 1
    Hold.objects.update(end=AT)
    apply_all(AT)
    assert not Message.objects.exists()


def test_many_rows_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    from linzhi.foundation.rights import jobs
    from linzhi.foundation.rights.commands import apply_retention as module  # noqa: F401

    Session.objects.bulk_create(Session(session_key=f"s{number}", session_data="", expire_date=AT - 9 * DAY) for number in range(5_000))
    assert jobs.apply_all(AT) == 5_000


def test_every_rule_names_a_model_and_says_why_so_long() -> None:
    for rule in retention.rules():
        assert rule.days > 0 and str(rule.why) and str(rule.title) and str(rule.since), rule.name
