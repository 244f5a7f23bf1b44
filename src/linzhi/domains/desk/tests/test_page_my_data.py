"""我的信息: what is held, a copy, a correction, consents and the end of it; and the place that answers."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.consents.commands import PublishText, publish_text
from linzhi.foundation.consents.queries import account_subject, holds
from linzhi.foundation.privacy import rotation
from linzhi.foundation.rights.models import Correction
from linzhi.kernel import clock

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PHONE = "13900000000"
SKILLS = "people.skills"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("here", ["/me/data/", "/me/data/export/", "/me/data/correct/", "/me/data/delete/", "/me/consents/"])
def test_a_visitor_is_asked_to_sign_in(client: Client, county: County, here: str) -> None:
    assert client.get(here)["Location"] == f"/accounts/login/?next={here}"
    assert client.post(here, {"confirmed": "1"})["Location"] == f"/accounts/login/?next={here}"


def test_what_is_held_is_shown_masked_and_only_to_its_owner(client: Client, county: County) -> None:
    county.report("resident", "楼道灯不亮了")
    shown = read(county.sign_in(client, "resident"), "/me/data/")
    assert "139****0000" in shown and PHONE not in shown and "楼道灯不亮了" in shown and "人员登记" in shown
    assert "楼道灯不亮了" not in read(county.sign_in(Client(), "owner"), "/me/data/")


def test_the_export_is_whole_in_clear_and_shows_up_among_the_looks(client: Client, county: County) -> None:
    county.report("resident", "楼道灯不亮了", contact_phone="13655550001")
    county.sign_in(client, "resident")
    answer = client.post("/me/data/export/")
    assert "no-store" in answer["Cache-Control"] and answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data, page = json.loads(archive.read("data.json")), archive.read("我的信息.html").decode()
    titles = [section["title"] for section in data["sections"]]
    assert titles[0] == "账号" and {"人员登记", "住处和房屋", "我反映的诉求"} <= set(titles)
    assert "13655550001" in page and PHONE in page and "<script" not in page
    assert "您自己打开了" in read(client, "/me/openings/")


def test_a_correction_goes_to_the_community_and_its_answer_comes_back(client: Client, county: County) -> None:
    county.sign_in(client, "resident")
    assert client.post("/me/data/correct/", {"about": "residence"}).status_code == 422
    sent = client.post("/me/data/correct/", {"about": "residence", "text": "我住的是201，不是101"})
    assert sent["Location"] == "/me/data/" and "正在核对" in read(client, "/me/data/")
    made = Correction.objects.get()
    worker = county.sign_in(Client(), "community_worker")
    assert "201" not in read(worker, "/desk/corrections/") and "201" not in read(worker, f"/desk/corrections/{made.pk}/")
    assert "我住的是201" in worker.post(f"/desk/corrections/{made.pk}/", {"read": "1"}).content.decode()
    assert "白社 看了您的更正申请的原话" in read(client, "/me/openings/")
    assert worker.post(f"/desk/corrections/{made.pk}/", {"result": "yes", "answer": "改成201了。"})["Location"] == "/desk/corrections/"
    assert "您的信息已经更正" in read(client, "/inbox/")
    assert "没有更正申请" in read(worker, "/desk/corrections/") and "居安" in read(worker, "/desk/corrections/?show=answered")


def test_those_who_do_not_answer_corrections_see_none(client: Client, county: County) -> None:
    county.sign_in(client, "resident").post("/me/data/correct/", {"about": "residence", "text": "我住的是201，不是101"})
    made = Correction.objects.get()
    assert county.sign_in(Client(), "grid_worker").get("/desk/corrections/").status_code == 403
    administrator = county.sign_in(Client(), "administrator")
    assert "没有更正申请" in read(administrator, "/desk/corrections/")
    assert administrator.get(f"/desk/corrections/{made.pk}/").status_code == 404


def test_erasing_needs_a_confirmation_says_what_stays_and_signs_out(client: Client, county: County) -> None:
    county.sign_in(client, "resident")
    asked = read(client, "/me/data/delete/")
    assert "依法要留下的" in asked and "业主名册" in asked
    assert client.post("/me/data/delete/", {}).status_code == 422
    assert client.post("/me/data/delete/", {"confirmed": "1"})["Location"] == "/"
    assert client.get("/me/data/").status_code == 302
    gone = Account.objects.get(pk=county.accounts["resident"].pk)
    assert gone.name == "已注销的账号" and not gone.phone and not gone.active


def test_whoever_holds_a_post_is_told_to_leave_it_first(client: Client, county: County) -> None:
    answer = county.sign_in(client, "committee_member").post("/me/data/delete/", {"confirmed": "1"})
    assert answer.status_code == 422 and "先办离任" in answer.content.decode()


def test_an_owners_name_stays_on_the_roll_and_a_tenants_goes(county: County) -> None:
    for role, stays in (("owner", True), ("resident", False)):
        client = county.sign_in(Client(), role)
        client.post("/me/data/delete/", {"confirmed": "1"})
        person = type(county.people[role]).objects.get(pk=county.people[role].pk)
        assert bool(person.name) is stays and not person.phone and person.phone_index == "" and person.account_id is None


def test_a_consent_is_given_and_taken_back(client: Client, county: County) -> None:
    cmd = PublishText(purpose=SKILLS, title="能人库", text="社区在需要时可以联系我来帮忙。")
    publish_text(county.actor("administrator"), cmd)
    county.sign_in(client, "resident")
    subject = account_subject(county.accounts["resident"].pk)
    assert "社区在需要时可以联系我来帮忙" in read(client, "/me/consents/")
    client.post("/me/consents/", {"give": SKILLS, "version": "1"})
    assert holds(subject, SKILLS, clock.now()) and "您同意过" in read(client, "/me/consents/")
    client.post("/me/consents/", {"withdraw": SKILLS})
    assert not holds(subject, SKILLS, clock.now()) and "撤回过的" in read(client, "/me/consents/")
    assert client.post("/me/consents/", {"give": SKILLS, "version": "x"}).status_code == 404


def test_the_health_page_shows_what_retention_does_and_how_far_a_change_of_keys_is(client: Client, county: County) -> None:
    rotation.begin(clock.now())
    shown = read(county.sign_in(client, "administrator"), "/desk/health/")
    assert "到期删除" in shown and "换密钥" in shown and "accounts.Account.phone" in shown and "正在换" in shown
