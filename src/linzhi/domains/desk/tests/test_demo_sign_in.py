"""The demo's one-click sign-in: there in the demo, and nowhere else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from linzhi.foundation.accounts.commands import Deactivate, Register, SignUp, deactivate, register, sign_up
from linzhi.kernel.actor import Person, System

pytestmark = pytest.mark.django_db
SIGN_UP = System("accounts.sign_up")


@pytest.fixture
def people(settings):
    """A resident and a grid worker in the row, and a resident who isn't."""
    settings.DEMO = True
    listed = sign_up(SIGN_UP, SignUp(phone="13800000001", name="王阿姨", proved=True, demo_role="居民"))
    worker = register(SIGN_UP, Register(username="grid.one", name="李网格", demo_role="网格员"))
    other = sign_up(SIGN_UP, SignUp(phone="13800000002", name="路人", proved=True))
    return listed, worker, other


def enter(client, account):
    return client.post(reverse("desk:demo_sign_in", args=[account.pk]))


def test_outside_the_demo_neither_address_exists(client, people, settings):
    settings.DEMO = False
    assert client.get(reverse("desk:demo")).status_code == 404
    assert enter(client, people[0]).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_one_click_signs_in_as_somebody_in_the_row(client, people):
    page = client.get(reverse("desk:demo")).content.decode()
    assert "王阿姨" in page
    assert "网格员" in page
    assert "路人" not in page
    for person in people[:2]:
        assert enter(client, person).status_code == 302
        assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_else_can_be_entered(client, people):
    listed, _worker, other = people
    deactivate(Person(listed.pk), Deactivate(account_id=listed.pk))
    assert enter(client, other).status_code == 404
    assert enter(client, listed).status_code == 404
    assert client.get(reverse("desk:demo_sign_in", args=[other.pk])).status_code == 405
