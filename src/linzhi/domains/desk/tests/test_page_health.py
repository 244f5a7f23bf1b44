"""后台运行: who sees it, what it shows, and trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.desk.commands import RetryEvent, retry_event
from linzhi.foundation.outbox.models import Delivery, Event, JobRun
from linzhi.kernel import clock
from linzhi.kernel.refused import NotAllowed, Refused

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/desk/health/"


def _given_up() -> Delivery:
    event = Event.objects.create(name="flow.MatterMoved", at=clock.now(), data={})
    return Delivery.objects.create(
        event=event, handler="requests.tell_moves", due_at=clock.now(), attempts=12, given_up=True, error="KeyError: x"
    )


def test_an_administrator_sees_jobs_and_what_was_given_up(county: County, client: Client) -> None:
    JobRun.objects.create(name="audit.seal", last_started=clock.now(), failures=3, last_error="OSError: full")
    _given_up()
    page = county.sign_in(client, "administrator").get(PAGE).content.decode()
    assert "连着失败 3 次" in page
    assert "requests.tell_moves" in page


def test_nobody_else_does(county: County, client: Client) -> None:
    assert county.sign_in(client, "county_officer").get(PAGE).status_code == 403


def test_a_given_up_event_is_put_back_and_only_once(county: County, client: Client) -> None:
    delivery = _given_up()
    county.sign_in(client, "administrator").post(PAGE, {"delivery": str(delivery.pk)})
    delivery.refresh_from_db()
    assert (delivery.given_up, delivery.attempts, delivery.error) == (False, 0, "")
    with pytest.raises(Refused) as refusal:
        retry_event(county.actor("administrator"), RetryEvent(delivery_id=delivery.pk))
    assert refusal.value.code == "desk.not_given_up"


def test_nobody_but_an_administrator_puts_it_back(county: County) -> None:
    with pytest.raises(NotAllowed):
        retry_event(county.actor("county_officer"), RetryEvent(delivery_id=_given_up().pk))


@pytest.mark.parametrize("given", ["", "x", "9" * 40, "999999"])
def test_what_is_not_there_is_not_found(county: County, client: Client, given: str) -> None:
    assert county.sign_in(client, "administrator").post(PAGE, {"delivery": given}).status_code == 404
