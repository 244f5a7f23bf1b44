"""依法暂停删除: what the county office sees, sets and lifts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.foundation.rights.commands import Erase, erase
from linzhi.foundation.rights.models import Hold
from linzhi.kernel import clock
from linzhi.kernel.refused import Refused

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/desk/holds/"
NOW = datetime.fromisoformat("2026-11-20T10:00:00+08:00")
GIVEN = {"reason": "青杉区法院协助执行通知书第 3 号", "until": "2027-06-30"}


@pytest.fixture
def officer(county: County, client: Client) -> Client:
    with clock.at_time(NOW):
        yield county.sign_in(client, "county_officer")


def test_a_request_is_held_listed_and_let_go(county: County, officer: Client) -> None:
    made = county.report()
    assert "现在没有暂停的" in officer.get(PAGE).content.decode()
    assert officer.post(f"{PAGE}new/?what=request", GIVEN | {"subject": made.number}).status_code == 302
    hold = Hold.objects.get()
    assert hold.subject == f"requests.request:{made.pk}" and hold.path == county.territory.path
    page = officer.get(PAGE).content.decode()
    assert made.number in page and GIVEN["reason"] in page and "陶局" in page and "requests.request" not in page
    own = Erase(account_id=county.accounts["resident"].pk, confirmed=True)
    with pytest.raises(Refused) as refused:
        erase(county.actor("resident"), own)
    assert refused.value.code == "rights.held", "nor can whoever reported it take it away"
    assert "找不回来" in officer.get(f"{PAGE}{hold.pk}/lift/").content.decode()
    officer.post(f"{PAGE}{hold.pk}/lift/")
    assert "陶局解除" in officer.get(f"{PAGE}?show=past").content.decode()
    assert "现在没有暂停的" in officer.get(PAGE).content.decode()
    erase(county.actor("resident"), own)


def test_an_account_by_its_number_and_a_whole_kind(county: County, officer: Client) -> None:
    officer.post(f"{PAGE}new/?what=account", GIVEN | {"subject": "139 0000 0000"})
    officer.post(f"{PAGE}new/?what=rule", GIVEN | {"subject": "notify.messages"})
    assert set(Hold.objects.values_list("subject", flat=True)) == {
        f"accounts.account:{county.accounts['resident'].pk}", "rule:notify.messages",
    }  # fmt: skip
    page = officer.get(PAGE).content.decode()
    assert "一整类：消息" in page and "notify.messages" not in page


@pytest.mark.parametrize(
    ("what", "wrong", "says"),
    [
        ("request", {"subject": "没有这个"}, "没有这个编号的诉求"),
        ("account", {"subject": "13711112222"}, "没有用这个手机号的账号"),
        ("rule", {"subject": ""}, "请选择"),
        ("rule", {"subject": "notify.messages", "reason": "有"}, "哪个机关的什么文书"),
        ("rule", {"subject": "notify.messages", "until": ""}, "请填写"),
        ("rule", {"subject": "notify.messages", "until": "2026-11-19"}, "今天或者以后"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_held(officer: Client, what: str, wrong: dict[str, str], says: str) -> None:
    answer = officer.post(f"{PAGE}new/?what={what}", GIVEN | wrong)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Hold.objects.exists()


@pytest.mark.parametrize("role", ["community_worker", "street_dispatcher", "resident"])
def test_nobody_else_opens_it(county: County, client: Client, role: str) -> None:
    other = county.sign_in(client, role)
    assert {other.get(f"{PAGE}{more}").status_code for more in ("", "new/")} == {403}
