"""Every change of state: asked, done, audited, told, once; or refused and nothing left behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, ClassVar

import pytest
from django.db import transaction
from pydantic import ValidationError

from linzhi.domains.requests import commands as do
from linzhi.domains.requests.models import Request
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.commands import Input, Private
from linzhi.foundation.commands.execution import all_commands
from linzhi.foundation.commands.models import IdempotencyRecord
from linzhi.foundation.outbox.models import Delivery, Event
from linzhi.kernel.actor import ANONYMOUS, App
from linzhi.kernel.refused import NotAllowed, Refused
from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def report(county: County, **more: object) -> do.Report:
    return do.Report(**{"place_code": county.building.code, "text": "门禁坏了，刷不开。"} | more)  # type: ignore[arg-type]


def test_an_act_leaves_one_audit_entry_with_its_basis(county: County) -> None:
    request = county.report()
    do.accept(county.actor("community_worker"), do.Accept(request_id=request.pk))
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.subject, entry.actor) == (
        "requests.accept", f"requests.request:{request.pk}", county.actor("community_worker").key,
    )  # fmt: skip
    assert entry.basis.startswith("grant:") and entry.place == request.path


def test_private_input_reaches_the_audit_log_only_as_a_digest(county: County) -> None:
    do.report(ANONYMOUS, report(county, text="我是3楼的，楼上漏水", contact_phone="13912345678", contact_name="王某"))
    written = str(Entry.objects.latest("pk").data)
    assert "13912345678" not in written and "王某" not in written and "漏水" not in written
    assert written.count("hmac:") == 3


def test_what_staff_and_reporters_write_reaches_the_audit_log_only_as_a_digest(county: County) -> None:
    request = county.report()
    do.accept(county.actor("community_worker"), do.Accept(request_id=request.pk, say="马上来", note="她住502，电话13912345678"))
    data = Entry.objects.latest("pk").data
    assert data["say"].startswith("hmac:") and data["note"].startswith("hmac:")


def test_an_act_happens_in_beijing_time_whatever_zone_its_moment_came_in(county: County) -> None:
    at = datetime.fromisoformat("2026-03-02T17:30:00+00:00")
    request = do.report(ANONYMOUS, report(county), at=at)
    assert request.reported_at == at and request.reported_at.utcoffset() == timedelta(hours=8)
    with pytest.raises(ValueError, match="time zone"):
        do.report(ANONYMOUS, report(county), at=datetime.fromisoformat("2026-03-02T17:30:00"))


def test_what_did_not_fit_an_input_is_not_in_the_words_of_the_error() -> None:
    with pytest.raises(ValidationError) as error:
        do.Report(place_code="x", text="漏水", contact_phone="139-1234-5678-abc")
    assert "5678" not in str(error.value)


def test_a_refused_act_leaves_nothing_behind(county: County) -> None:
    request = county.report()
    before = (Entry.objects.count(), Event.objects.count(), IdempotencyRecord.objects.count())
    with pytest.raises(Refused):
        do.sign(county.actor("property_handler"), do.Sign(request_id=request.pk), key="k")
    assert (Entry.objects.count(), Event.objects.count(), IdempotencyRecord.objects.count()) == before


def test_nobody_acts_without_power_and_the_refusal_says_who_could(county: County) -> None:
    request = county.report()
    with pytest.raises(NotAllowed) as caught:
        do.accept(county.actor("property_handler"), do.Accept(request_id=request.pk))
    assert caught.value.status == 403 and "社区工作人员" in caught.value.message


def test_the_same_key_and_input_give_the_first_result_again(county: County) -> None:
    first = do.report(county.actor("resident"), report(county), key="once")
    second = do.report(county.actor("resident"), report(county), key="once")
    assert first.pk == second.pk and Request.objects.count() == 1


def test_the_same_key_with_another_input_is_refused(county: County) -> None:
    do.report(county.actor("resident"), report(county), key="once")
    with pytest.raises(Refused) as caught:
        do.report(county.actor("resident"), report(county, text="另一件事，垃圾没清。"), key="once")
    assert caught.value.code == "idempotency.mismatch"


def test_two_people_may_use_the_same_key(county: County) -> None:
    do.report(county.actor("resident"), report(county), key="once")
    do.report(county.actor("owner"), report(county), key="once")
    assert Request.objects.count() == 2


def test_events_go_out_only_with_the_act_that_caused_them(county: County) -> None:
    class Boom(Exception):
        pass

    request = county.report()
    before = (Event.objects.count(), Delivery.objects.count())
    with pytest.raises(Boom), transaction.atomic():
        do.accept(county.actor("community_worker"), do.Accept(request_id=request.pk))
        assert (Event.objects.count(), Delivery.objects.count()) > before
        raise Boom
    assert (Event.objects.count(), Delivery.objects.count()) == before


def test_a_token_acts_only_within_its_scopes(county: County) -> None:
    program = App(county.accounts["community_worker"].pk, "x", frozenset({"requests.view"}))
    request = county.report()
    with pytest.raises(NotAllowed, match="令牌"):
        do.accept(program, do.Accept(request_id=request.pk))


def test_control_characters_and_unknown_fields_are_refused(county: County) -> None:
    with pytest.raises(ValueError, match="控制字符"):
        report(county, text="看不见\x00的字")
    with pytest.raises(ValueError, match="surprise"):
        report(county, surprise=1)


def test_every_command_carries_its_own_name() -> None:
    for code, command in all_commands().items():
        assert command.__name__ == code.split(".")[1], code
        assert command.__doc__, code


def test_an_input_keeps_nothing_private_in_its_audit_form() -> None:
    class Sample(Input):
        kept: str
        hidden: Annotated[str, Private] = ""
        kind: ClassVar[str] = "sample"

    data = Sample(kept="明", hidden="暗").for_audit()
    assert data["kept"] == "明" and data["hidden"].startswith("hmac:") and "暗" not in str(data)
    assert "hidden" not in Sample(kept="明").for_audit() or Sample(kept="明").for_audit()["hidden"] == ""
