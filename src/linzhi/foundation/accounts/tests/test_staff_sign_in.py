"""Staff: an invitation, a password, and a second factor before anything else."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linzhi.foundation.accounts.commands import Invite, Register, invite, register
from linzhi.foundation.accounts.invitations import path_for
from linzhi.foundation.accounts.tests.conftest import PASSWORD
from linzhi.kernel.actor import System

pytestmark = pytest.mark.django_db
HOME = "/a-page-of-work/"


def sign_in(client: Client, username: str = "wang.lin", password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_app(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'lz-print">([A-Z2-7]+)<', page).group(1)
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return secret


def test_an_invited_person_sets_a_password_and_the_link_dies(client):
    account = register(System("accounts.sign_up"), Register(username="li.na", name="李娜"))
    link = path_for(account)
    assert not account.has_usable_password()
    assert "li.na" in client.get(link).content.decode()
    assert "太短" in client.post(link, {"password": "short", "again": "short"}).content.decode()
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert client.get(link).status_code == 410
    assert client.post(link, {"password": PASSWORD + "x", "again": PASSWORD + "x"}).status_code == 410
    assert sign_in(client, "LI.NA").status_code == 302


def test_a_forged_or_older_link_is_dead(client):
    account = register(System("accounts.sign_up"), Register(username="li.na", name="李娜"))
    link = path_for(account)
    assert client.get(link[:-2] + "x/").status_code == 410
    invite(System("accounts.sign_up"), Invite(account_id=account.pk))
    assert client.get(link).status_code == 410


def test_staff_without_a_second_factor_get_only_to_the_page_that_sets_one_up(client, worker):
    sign_in(client)
    response = client.get(HOME)
    assert response.status_code == 302
    assert response.url == reverse("mfa_index")
    assert client.get(response.url).status_code == 200


def test_setting_up_an_app_opens_the_door_in_the_same_session(client, worker):
    sign_in(client)
    set_up_app(client)
    assert client.get(HOME).status_code == 200
    stored = Authenticator.objects.get(user=worker, type="totp")
    assert stored.data["secret"].startswith("v1.")


def test_the_next_sign_in_asks_for_the_second_factor(client, worker):
    sign_in(client)
    set_up_app(client)
    client.post(reverse("account_logout"))
    response = sign_in(client)
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "验证码不对" in client.post(response.url, {"code": "000000"}).content.decode()
    codes = Authenticator.objects.get(user=worker, type="recovery_codes").wrap().get_unused_codes()
    client.post(response.url, {"code": codes[0]})
    assert client.get(HOME).status_code == 200


def test_a_session_from_before_the_second_factor_is_asked_for_it(client, worker):
    early = Client()
    sign_in(early)
    sign_in(client)
    set_up_app(client)
    response = early.get(HOME)
    assert response.url.startswith(reverse("mfa_reauthenticate"))


def test_a_wrong_password_says_so_and_too_many_stop_the_trying(client, worker):
    assert "用户名或密码不对" in sign_in(client, password="wrong-password-1").content.decode()
    for _ in range(6):
        response = sign_in(client, password="wrong-password-1")
    assert "试的次数太多" in response.content.decode()
    assert "试的次数太多" in sign_in(client).content.decode()


def test_residents_have_no_password_to_sign_in_with(client, resident):
    assert sign_in(client, "13800000001", "anything-at-all-9").status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_lost_factor_is_replaced_by_a_new_invitation(client, worker):
    sign_in(client)
    set_up_app(client)
    invite(System("accounts.sign_up"), Invite(account_id=worker.pk))
    assert not Authenticator.objects.filter(user=worker).exists()
    assert client.get(HOME).content.decode() == "anonymous:"
    assert sign_in(client).status_code == 200


def test_staff_keep_their_last_second_factor(client, worker):
    sign_in(client)
    set_up_app(client)
    response = client.post(reverse("mfa_deactivate_totp"), {})
    assert Authenticator.objects.filter(user=worker, type="totp").exists()
    assert "至少要留一种" in response.content.decode()


def test_changing_the_password_is_audited_and_ends_other_sessions(client, worker):
    from linzhi.foundation.audit.models import Entry

    other = Client()
    sign_in(other)
    sign_in(client)
    set_up_app(client)
    new = "another-long-pass-77"
    response = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert response.status_code == 302
    assert Entry.objects.filter(action="accounts.change_password").count() == 1
    assert client.get(HOME).status_code == 200
    assert not other.get(reverse("mfa_index")).wsgi_request.user.is_authenticated


def test_the_demo_asks_nobody_for_a_second_factor(client, worker, settings):
    settings.DEMO = True
    sign_in(client)
    assert client.get(HOME).status_code == 200


def test_there_is_no_superuser(worker):
    assert not hasattr(worker, "is_superuser")
    assert not hasattr(get_user_model().objects, "create_superuser")
    assert django_settings.AUTH_USER_MODEL == "accounts.Account"


PAGES = (
    "mfa_index", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp",
    "mfa_reauthenticate", "account_reauthenticate", "account_change_password", "account_change_phone", "account_logout", "account_inactive",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_account_is_ours_and_in_chinese(client, worker, name):
    sign_in(client)
    set_up_app(client)
    response = client.get(reverse(name))
    assert response.status_code == 200
    words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    english = set(re.findall(r"[A-Za-z]{3,}", words)) - {"USB", "JavaScript", "TOTP"}
    assert not english
    assert '<main class="lz-phone"' in response.content.decode()
