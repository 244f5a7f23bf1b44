"""报个事 in the browser's own way, without JavaScript: every question, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import io
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from PIL import Image

from linzhi.domains.requests.models import Follow, Request
from linzhi.domains.requests.tests.acts import act, to_be_looked_at
from linzhi.foundation.files.models import StoredFile

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
TEXT = "楼道灯不亮了，晚上看不见。"


def photo(colour: str = "red") -> io.BytesIO:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "IMG_1.jpg"
    return out


def begin(client: Client, county: County, **given: Any) -> Any:
    """Answer the first question; returns the response."""
    data = {"draft": str(uuid.uuid4()), "text": TEXT, "nature": "help"} | given
    return client.post(f"/e/{county.estate.code}/report/", data)


def page_of(response: Any) -> str:
    """The text of a page."""
    return str(response.content.decode())


def walk(client: Client, county: County, *, nature: str = "help", who: dict[str, str] | None = None, **preview: str) -> Any:
    """Answer every question in order; returns the response to the last one."""
    here = begin(client, county, nature=nature)["Location"]
    answers = {
        "where": {"building": county.building.code, "place_text": "二楼楼道"},
        "about": {"accused": str(county.bodies["property_company"].pk)},
        "contact": who or {"who": "leave", "contact_phone": "13800001234", "contact_name": "王秀兰"},
        "preview": {"public": "yes"} | preview,
    }
    while True:
        step = here.rstrip("/").rpartition("/")[2]
        if step == "sent":
            return client.get(here)
        shown = client.get(here)
        assert shown.status_code == 200, page_of(shown)
        if step == "alike":
            here = here.replace("alike", "contact")
            continue
        answer = client.post(here, answers[step])
        assert answer.status_code == 302, page_of(answer)
        here = answer["Location"]


def test_a_visitor_without_account_reports_and_gets_number_code_and_promise(client: Client, county: County) -> None:
    sent = walk(client, county)
    made = Request.objects.get()
    shown = page_of(sent)
    assert made.number in shown
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", shown)
    assert "拍张照记下来" in shown
    assert "说好的时间" in shown
    assert (made.channel, made.path, made.place_text) == ("anonymous", county.building.path, "二楼楼道")
    assert made.contact_phone.masked == "138****1234"
    assert "13800001234" not in shown


def test_a_signed_in_resident_reports_with_their_own_number(client: Client, county: County) -> None:
    county.sign_in(client, "resident")
    sent = walk(client, county, who={"who": "account"})
    made = Request.objects.get()
    assert made.reporter_id == county.accounts["resident"].pk
    assert made.contact_phone.masked == county.accounts["resident"].phone.masked
    assert "查询码" not in page_of(sent)


def test_an_anonymous_report_keeps_no_account(client: Client, county: County) -> None:
    county.sign_in(client, "resident")
    walk(client, county, who={"who": "anonymous"})
    made = Request.objects.get()
    assert made.reporter_id is None
    assert not made.contact_phone


def test_a_photo_alone_is_enough_and_is_attached(client: Client, county: County) -> None:
    here = begin(client, county, text="", photos=[photo(), photo("blue")])["Location"]
    client.post(here, {"building": county.building.code})
    draft = here.split("/")[2]
    client.post(f"/report/{draft}/contact/", {"who": "anonymous"})
    assert "2 张照片" in page_of(client.get(f"/report/{draft}/preview/"))
    client.post(f"/report/{draft}/preview/", {"public": "yes"})
    made = Request.objects.get()
    assert made.photos.count() == 2
    file = StoredFile.objects.first()
    assert file is not None and file.subject == f"requests.request:{made.pk}"
    mine = f"/requests/{made.pk}/photos/{file.pk}/"
    client.get(f"/report/{draft}/sent/")
    assert client.get(mine).status_code == 200
    stranger = Client()
    assert stranger.get(mine).status_code == 404
    assert stranger.get(f"/files/{file.pk}/").status_code == 404


def test_a_spoiled_photo_is_refused_in_words_and_the_rest_stays(client: Client, county: County) -> None:
    bad = io.BytesIO(b"hello")
    bad.name = "a.jpg"
    answer = begin(client, county, photos=[photo(), bad])
    shown = page_of(answer)
    assert answer.status_code == 200
    assert "只收照片" in shown
    assert TEXT in shown
    assert "已经收下 1 张照片" in shown


def test_a_kept_photo_can_be_taken_out(client: Client, county: County) -> None:
    here = begin(client, county, photos=[photo(), photo("blue")])["Location"]
    draft = here.split("/")[2]
    dropped = StoredFile.objects.first()
    assert dropped is not None
    client.post(f"/report/{draft}/what/", {"text": TEXT, "nature": "help", "drop": str(dropped.pk)})
    assert "已经收下 1 张照片" in page_of(client.get(f"/report/{draft}/what/"))


def test_nothing_said_is_refused_kindly(client: Client, county: County) -> None:
    assert "请说一句话，或拍张照" in page_of(begin(client, county, text="  "))


def test_an_emergency_stops_the_form_and_shows_whom_to_call(client: Client, county: County) -> None:
    here = begin(client, county, text="地下室冒烟了！")["Location"]
    assert here.endswith("/emergency/")
    shown = page_of(client.get(here))
    assert 'href="tel:119"' in shown
    assert 'href="tel:120"' in shown
    assert 'href="tel:110"' in shown
    assert client.post(here)["Location"].endswith("/where/")


def test_a_place_must_be_chosen_and_words_stay(client: Client, county: County) -> None:
    here = begin(client, county)["Location"]
    shown = page_of(client.post(here, {"place_text": "北门口"}))
    assert "请选一处" in shown
    assert "北门口" in shown


def test_a_wrong_phone_is_said_and_stays(client: Client, county: County) -> None:
    here = begin(client, county)["Location"].replace("where", "contact")
    shown = page_of(client.post(here, {"who": "leave", "contact_phone": "12a", "contact_name": "王秀兰"}))
    assert "电话只能有数字" in shown
    assert "王秀兰" in shown


def test_the_qr_code_of_a_facility_brings_its_building(client: Client, county: County) -> None:
    from linzhi.domains.places.commands import AddFacility, add_facility
    from tests.support.small_county import BEGIN, SETUP

    lift = add_facility(SETUP, AddFacility(place=county.building.code, kind="elevator", name="1号电梯"), at=BEGIN)
    here = client.get(f"/q/{lift.code}/")["Location"]
    assert "1号电梯" in page_of(client.get(here))
    asked = begin(client, county, facility=lift.code)["Location"]
    client.post(asked, {"building": county.building.code, "facility": lift.code})
    draft = asked.split("/")[2]
    client.post(f"/report/{draft}/contact/", {"who": "anonymous"})
    client.post(f"/report/{draft}/preview/", {"public": "yes"})
    made = Request.objects.get()
    assert (made.facility_id, made.path) == (lift.pk, county.building.path)


def test_what_is_alike_is_shown_and_can_be_followed(client: Client, county: County) -> None:
    other = county.report("owner", TEXT)
    county.sign_in(client, "neighbour")
    here = client.post(begin(client, county)["Location"], {"building": county.building.code})["Location"]
    assert here.endswith("/alike/")
    shown = page_of(client.get(here))
    assert "就是这件，我跟进" in shown
    assert client.post(here, {"follow": other.pk})["Location"] == f"/requests/{other.pk}/?followed=1"
    assert Follow.objects.filter(request=other, account_id=county.accounts["neighbour"].pk).exists()
    assert Request.objects.count() == 1


def _over(county: County) -> Request:
    """A request of the owner that is over."""
    made = to_be_looked_at(county, county.report("owner", TEXT))
    act(county, "owner", "confirm_solved", made)
    return act(county, "owner", "rate", made, stars=5)


def _come_back(client: Client, county: County, other: Request) -> str:
    """Report as the neighbour that it isn't over; the address of the preview."""
    county.sign_in(client, "neighbour")
    here = client.post(begin(client, county)["Location"], {"building": county.building.code})["Location"]
    assert "说是好了，其实没有" in page_of(client.get(here))
    here = client.post(here, {"again": other.pk})["Location"]
    assert here.endswith("/contact/")
    return str(client.post(here, {"who": "account"})["Location"])


def test_what_is_over_and_is_not_is_reported_anew_by_another_and_says_what_it_comes_back_to(client: Client, county: County) -> None:
    other = _over(county)
    assert client.post(_come_back(client, county, other), {"public": "yes"}).status_code == 302
    made = Request.objects.latest("pk")
    assert (made.earlier_id, made.reporter_id) == (other.pk, county.accounts["neighbour"].pk)


def test_what_its_own_reporter_has_reopened_meanwhile_is_said_and_nothing_is_lost(client: Client, county: County) -> None:
    other = _over(county)
    here = _come_back(client, county, other)
    act(county, "owner", "reopen", other, say="又不亮了")
    assert "还在办" in page_of(client.post(here, {"public": "yes"}))
    assert client.post(here, {"public": "yes"}).status_code == 302
    made = Request.objects.latest("pk")
    assert (made.earlier_id, made.text) == (None, TEXT)


def test_a_visitor_is_asked_to_sign_in_before_following(client: Client, county: County) -> None:
    county.report("owner", TEXT)
    here = client.post(begin(client, county)["Location"], {"building": county.building.code})["Location"]
    assert "登录后跟进这件" in page_of(client.get(here))


def test_pressing_twice_makes_one(client: Client, county: County) -> None:
    sent = walk(client, county)
    draft = sent.request["PATH_INFO"].split("/")[2]
    again = client.post(f"/report/{draft}/preview/", {"public": "yes"})
    assert again["Location"].endswith("/sent/")
    assert Request.objects.count() == 1


def test_two_tabs_with_one_draft_make_one(client: Client, county: County) -> None:
    here = begin(client, county)["Location"]
    draft = here.split("/")[2]
    client.post(here, {"building": county.building.code})
    client.post(f"/report/{draft}/contact/", {"who": "anonymous"})
    kept = client.session["report_drafts"]
    client.post(f"/report/{draft}/preview/", {"public": "yes"})
    session = client.session  # the second press was under way before the first was remembered
    session["report_drafts"] = kept
    session.save()
    client.post(f"/report/{draft}/preview/", {"public": "yes"})
    assert Request.objects.count() == 1


def test_a_tip_off_says_who_never_sees_it_and_is_never_public(client: Client, county: County) -> None:
    here = begin(client, county, nature="tip_off")["Location"]
    about = client.post(here, {"building": county.building.code})["Location"]
    assert about.endswith("/about/")
    shown = page_of(client.get(about))
    assert "被举报的单位看不到这件事" in shown
    assert "安心物业公司" in shown
    contact = client.post(about, {"accused": county.bodies["property_company"].pk})["Location"]
    preview = client.post(contact, {"who": "anonymous"})["Location"]
    assert "举报不公开" in page_of(client.get(preview))
    client.post(preview, {"public": "yes"})
    made = Request.objects.get()
    assert not made.public
    assert made.hidden_from_body_id == county.bodies["property_company"].pk


def test_a_complaint_keeps_the_body_it_is_about(client: Client, county: County) -> None:
    walk(client, county, nature="complaint")
    made = Request.objects.get()
    assert made.accused_body_id == county.bodies["property_company"].pk
    assert made.hidden_from_body_id is None


def test_the_preview_masks_what_others_must_not_see(client: Client, county: County) -> None:
    here = begin(client, county, text="楼下王某电话 13812345678 总是乱停车")["Location"]
    client.post(here, {"building": county.building.code})
    shown = page_of(client.get(here.replace("where", "preview")))
    assert "138****5678" in shown
    assert "13812345678" not in shown


def test_going_back_shows_what_was_said(client: Client, county: County) -> None:
    here = begin(client, county, nature="complaint")["Location"]
    shown = page_of(client.get(here.replace("where", "what")))
    assert TEXT in shown
    assert re.search(r'value="complaint"[^>]*checked', shown)


def test_an_unfinished_report_is_offered_again(client: Client, county: County) -> None:
    begin(client, county)
    assert "接着报" in page_of(client.get(f"/e/{county.estate.code}/report/"))


def test_somebody_elses_draft_is_not_found(client: Client, county: County) -> None:
    here = begin(client, county)["Location"]
    answer = Client().get(here)
    assert answer.status_code == 404
    assert "找不到了" in page_of(answer)


def test_an_unknown_estate_is_not_found(client: Client, county: County) -> None:
    assert client.get("/e/nowhere/report/").status_code == 404


def test_a_flood_of_anonymous_reports_is_refused_in_words_and_loses_nothing(client: Client, county: County, settings: Any) -> None:
    settings.ANONYMOUS_WRITES_PER_HOUR = 1
    walk(client, county, who={"who": "anonymous"})
    here = begin(client, county, text="又一件事")["Location"]
    client.post(here, {"building": county.building.code})
    client.post(here.replace("where", "contact"), {"who": "anonymous"})
    refused = page_of(client.post(here.replace("where", "preview"), {"public": "yes"}))
    assert "请过一会儿再试" in refused
    assert "又一件事" in refused
    assert Request.objects.count() == 1
