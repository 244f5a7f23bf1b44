"""Residents: a phone number and a one-time code, through the real pages."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse

from linzhi.foundation.accounts.commands import Deactivate, SignOutEverywhere, deactivate, sign_out_everywhere
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.queries import by_phone
from linzhi.kernel.actor import Person

pytestmark = pytest.mark.django_db


class Raw:
    """A serializer that shows what was stored."""

    def loads(self, data: bytes) -> bytes:
        return data


def ask(client: Client, phone: str):
    return client.post(reverse("account_request_login_code"), {"phone": phone})


def code_in(text: str) -> str:
    return re.search(r"\d{6}", text).group()


def enter(client: Client, code: str):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_resident_signs_in_with_the_code_from_the_text_message(client, resident, texts):
    assert ask(client, "138 0000 0001").status_code == 302
    (message,) = texts()
    assert message["phone"] == "13800000001"
    assert enter(client, code_in(message["text"])).status_code == 302
    assert signed_in(client) == str(resident.pk)


def test_a_number_without_an_account_gets_one_when_its_code_is_entered(client, texts):
    ask(client, "+86 139-0000-0002")
    account = by_phone("13900000002")
    assert not account.phone_verified
    enter(client, code_in(texts()[0]["text"]))
    account.refresh_from_db()
    assert account.phone_verified
    assert not account.staff
    assert account.name == "居民0002"
    assert signed_in(client) == str(account.pk)


def test_a_wrong_code_says_so_and_the_third_ends_the_attempt(client, resident, texts):
    ask(client, "13800000001")
    right = code_in(texts()[0]["text"])
    wrong = "000000" if right != "000000" else "111111"
    assert "验证码不对" in enter(client, wrong).content.decode()
    enter(client, wrong)
    enter(client, wrong)
    enter(client, right)
    assert signed_in(client) is None


def test_something_that_is_no_mobile_number_is_refused_with_a_sentence(client):
    response = ask(client, "12345")
    assert "11 位数字" in response.content.decode()
    assert Account.objects.count() == 0


def test_a_number_cannot_be_flooded_with_codes(client, resident, texts):
    for _ in range(4):
        response = ask(Client(), "13800000001")
    assert len(texts()) == 2
    assert "试的次数太多" in response.content.decode()


def test_staff_get_no_code_and_the_page_does_not_tell(client, worker, resident, texts):
    Account.objects.filter(pk=worker.pk).update(phone=resident.phone, phone_index="x")
    Account.objects.filter(pk=resident.pk).update(phone="", phone_index=None)
    Account.objects.filter(pk=worker.pk).update(phone_index=resident.phone_index)
    unknown, staff = ask(Client(), "13900000009"), ask(client, "13800000001")
    assert unknown.url == staff.url
    assert "用户名和密码" in texts()[-1]["text"]
    assert not re.search(r"\d{6}", texts()[-1]["text"])


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(client, resident, texts):
    ask(client, "13800000001")
    enter(client, code_in(texts()[0]["text"]))
    deactivate(Person(resident.pk), Deactivate(account_id=resident.pk))
    assert not client.get(reverse("account_logout")).wsgi_request.user.is_authenticated
    ask(client, "13800000001")
    assert "已停用" in texts()[-1]["text"]


def test_signing_out_everywhere_ends_every_session(client, resident, texts):
    ask(client, "13800000001")
    enter(client, code_in(texts()[0]["text"]))
    assert client.get(reverse("account_logout")).wsgi_request.user.is_authenticated
    sign_out_everywhere(Person(resident.pk), SignOutEverywhere(account_id=resident.pk))
    assert not client.get(reverse("account_logout")).wsgi_request.user.is_authenticated


def test_neither_the_phone_nor_the_code_lies_open_in_the_session_table(client, resident, texts):
    ask(client, "13800000001")
    code = code_in(texts()[0]["text"])
    (stored,) = Session.objects.values_list("session_data", flat=True)
    raw = signing.loads(stored, salt="django.contrib.sessions.SessionStore", serializer=Raw)
    assert raw.startswith(b"v1.s.")
    enter(client, code)
    assert all("phone" not in record for record in client.session["account_authentication_methods"])


def test_a_provider_that_is_down_is_told_on_the_page(client, resident, settings):
    settings.LINZHI_SMS_DRIVER = "linzhi.foundation.sms.drivers.Absent"
    response = client.post(reverse("account_request_login_code"), {"phone": "13800000001"}, follow=True)
    assert "短信暂时发不出去" in "".join(str(m) for m in response.context["messages"]) + response.content.decode()


def test_a_resident_moves_to_another_number_by_a_code_sent_to_it(client, resident, texts):
    ask(client, "13800000001")
    enter(client, code_in(texts()[0]["text"]))
    client.post(reverse("account_change_phone"), {"phone": "13700000007"})
    assert texts()[-1]["phone"] == "13700000007"
    resident.refresh_from_db()
    assert resident.phone.open_value() == "13800000001"
    client.post(reverse("account_verify_phone"), {"code": code_in(texts()[-1]["text"])})
    resident.refresh_from_db()
    assert resident.phone.open_value() == "13700000007"
    assert by_phone("13800000001") is None
