"""通知, 谁看过我的信息 and 公告."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.notices.commands import Publish, Withdraw, publish, withdraw
from linzhi.domains.requests.commands import Report, RevealContact, report, reveal_contact
from linzhi.foundation.notify.models import Message
from linzhi.foundation.notify.sending import Recipient, post
from tests.support.small_county import BEGIN

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def told(county: County, role: str, number: int = 1, link: str = "/my/") -> Message:
    """A message to somebody."""
    to = Recipient(account_id=county.accounts[role].pk)
    return post(BEGIN, to=to, kind="test", title=f"第 {number} 条", body="有进展了", key=f"{role}-{number}", link=link)


def test_messages_are_mine_alone(client: Client, county: County) -> None:
    told(county, "resident", 1)
    told(county, "owner", 2)
    shown = county.sign_in(client, "resident").get("/inbox/").content.decode()
    assert "第 1 条" in shown
    assert "第 2 条" not in shown


def test_opening_one_reads_it_and_leads_on(client: Client, county: County) -> None:
    message = told(county, "resident")
    county.sign_in(client, "resident")
    assert client.post(f"/inbox/{message.pk}/open/")["Location"] == "/my/"
    assert "条没看" not in client.get("/inbox/").content.decode()


def test_all_are_read_at_once(client: Client, county: County) -> None:
    for number in range(3):
        told(county, "resident", number)
    county.sign_in(client, "resident")
    client.post("/inbox/")
    assert Message.objects.filter(read_at=None).count() == 0


def test_somebody_elses_message_is_refused(client: Client, county: County) -> None:
    message = told(county, "owner")
    assert county.sign_in(client, "resident").post(f"/inbox/{message.pk}/open/").status_code == 403


def test_a_link_to_elsewhere_is_not_followed(client: Client, county: County) -> None:
    message = told(county, "resident", link="https://example.com/")
    assert county.sign_in(client, "resident").post(f"/inbox/{message.pk}/open/")["Location"] == "/inbox/"


def test_older_ones_are_on_the_next_page(client: Client, county: County) -> None:
    for number in range(30):
        told(county, "resident", number)
    county.sign_in(client, "resident")
    first = client.get("/inbox/")
    assert "看更早的" in first.content.decode()
    older = first.content.decode().split('href="?before=')[1].split('"')[0]
    assert "第 0 条" in client.get(f"/inbox/?before={older}").content.decode()


@pytest.mark.parametrize("here", ["/inbox/", "/me/openings/"])
def test_a_visitor_is_asked_to_sign_in(client: Client, county: County, here: str) -> None:
    assert client.get(here)["Location"] == f"/accounts/login/?next={here}"


def test_who_opened_my_number_when_and_why_is_shown_to_me(client: Client, county: County) -> None:
    cmd = Report(place_code=county.building.code, text="楼道灯不亮", own_contact=True)
    made = report(county.actor("resident"), cmd)
    reveal_contact(county.actor("grid_worker"), RevealContact(request_id=made.pk, purpose="visit"))
    shown = county.sign_in(client, "resident").get("/me/openings/").content.decode()
    assert "谷格 看了您的联系人姓名、联系电话" in shown
    assert "上门核实" in shown
    assert "还没有人看过" in county.sign_in(Client(), "owner").get("/me/openings/").content.decode()


def test_notices_are_read_by_anyone_and_a_withdrawn_one_says_why(client: Client, county: County) -> None:
    cmd = Publish(place=county.estate.code, body_id=county.bodies["residents_committee"].pk, title="停水通知", text="周三停水。")
    notice = publish(county.actor("community_worker"), cmd)
    assert "停水通知" in client.get(f"/e/{county.estate.code}/notices/").content.decode()
    assert "停水通知" in client.get(f"/e/{county.estate.code}/").content.decode()
    assert "周三停水。" in client.get(f"/notices/{notice.pk}/").content.decode()
    withdraw(county.actor("community_worker"), Withdraw(notice_id=notice.pk, reason="日期写错了"))
    shown = client.get(f"/notices/{notice.pk}/").content.decode()
    assert "日期写错了" in shown
    assert "周三停水" not in shown
    assert client.get("/notices/999/").status_code == 404
