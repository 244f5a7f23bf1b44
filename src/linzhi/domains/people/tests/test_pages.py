"""人员: what staff see and write on the screens, what residents do, and what others don't see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhi.domains.people.commands import CheckIn as CheckInInput
from linzhi.domains.people.commands import OpenSurvey, check_in, open_survey
from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.people.models import Apart, CheckIn, Membership, Ownership, Person, Residence, SkillOffer, SurveyDoor
from linzhi.domains.places.models import Building, Dwelling
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.privacy.queries import openings_of
from linzhi.kernel import clock
from linzhi.kernel.actor import ANONYMOUS

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PEOPLE = "/desk/people/"


def read(client: Client, path: str, status: int = 200) -> str:
    """A page."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.content.decode()[-2000:])
    return answer.content.decode()


def send(client: Client, path: str, given: dict[str, object], status: int = 302) -> str:
    """A form, sent; where it leads, or the page that says what was wrong."""
    answer = client.post(path, given)
    assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[-3000:])
    return answer.headers.get("Location", "") if status == 302 else answer.content.decode()


def empty_room(county: County) -> Dwelling:
    """A dwelling where nobody is registered."""
    found = Dwelling.objects.filter(building__estate=county.estate, residences=None, ownerships=None).order_by("pk").first()
    assert found is not None
    return found


def test_the_register_is_for_the_workers_of_the_place(client: Client, county: County) -> None:
    assert county.elsewhere is not None
    for role in ("community_worker", "grid_worker"):
        shown = read(county.sign_in(client, role), f"{PEOPLE}?place={county.estate.code}")
        assert "居*" in shown and "139****0000" in shown and "居安" not in shown and "13900000000" not in shown
        assert client.get(f"{PEOPLE}?place={county.elsewhere.code}").status_code == 404
    for role in ("resident", "branch_secretary", "street_dispatcher", "county_officer", "administrator", "property_handler"):
        assert county.sign_in(client, role).get(PEOPLE).status_code == 403
    client.logout()
    assert client.get(PEOPLE).status_code == 403


def test_the_register_reads_as_of_a_day_and_narrows(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    place = f"{PEOPLE}?place={county.estate.code}"
    assert "只能看" in read(client, f"{place}&on=2025-02-01") and "登记住户<span" not in read(client, f"{place}&on=2025-02-01")
    assert "没有登记业主的住宅" in read(client, place)
    unowned = read(client, f"{place}&who=unowned")
    assert "业*" not in unowned and "居*" in unowned
    assert "居*" in read(client, f"{place}&who=tenant") and "业*" not in read(client, f"{place}&who=tenant")
    assert "居*" not in read(client, f"{place}&q=2幢")


def test_pages_of_the_register_follow_on_each_other_without_counting(client: Client, county: County) -> None:
    building = Building.objects.get(pk=county.building.pk)
    Dwelling.objects.bulk_create(
        Dwelling(building=building, path=building.path, unit="7", room=str(n), kind="home", use="residential", begin=building.begin)
        for n in range(60)
    )
    county.sign_in(client, "community_worker")
    with CaptureQueriesContext(connection) as first:
        shown = read(client, f"{PEOPLE}?place={county.estate.code}")
    onward = shown.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    with CaptureQueriesContext(connection) as second:
        read(client, PEOPLE + onward)
    assert len(second) <= len(first)
    assert "后面 50 间" not in read(client, PEOPLE + onward)


def test_a_phone_finds_a_person_and_stands_in_no_address(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    shown = send(client, PEOPLE, {"phone": "139 0000 0000"}, 200)
    assert f"{PEOPLE}{county.people['resident'].pk}/" in shown and "13900000000" not in shown
    assert "没有登记这个手机号" in send(client, PEOPLE, {"phone": "13812345678"}, 200)
    assert "aria-invalid" in send(client, PEOPLE, {"phone": "123"}, 422)


def test_a_phone_is_opened_for_a_purpose_and_the_person_sees_it(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    person = county.people["resident"]
    page = f"{PEOPLE}{person.pk}/"
    assert "13900000000" not in read(client, page) + read(client, f"{page}open/")
    send(client, f"{page}open/", {"field": "phone"}, 422)
    assert not Opening.objects.exists()
    assert "13900000000" in send(client, f"{page}open/", {"field": "phone", "purpose": "visit", "note": "漏水"}, 200)
    found = openings_of(county.actor("resident"))
    assert [(one.field, one.purpose, one.subject) for one in found] == [("phone", "上门走访：漏水", f"people.person:{person.pk}")]
    assert openings_of(county.actor("owner")) == []


def test_a_certificate_is_opened_by_the_community_and_not_by_a_grid_worker(client: Client, county: County) -> None:
    dwelling = Dwelling.objects.get(ownerships__person=county.people["owner"])
    title = Ownership.objects.get(person=county.people["owner"])
    page = f"{PEOPLE}{county.people['owner'].pk}/open/"
    county.sign_in(client, "community_worker")
    given = {"owner": "person", "name": "业*", "phone": "", "basis": "registered", "certificate": "浙0098", "begin": title.begin}
    send(client, f"{PEOPLE}ownerships/{title.pk}/edit/", given)
    assert "浙0098" in send(client, page, {"field": "certificate", "purpose": "check"}, 200)
    assert Opening.objects.get().subject == f"people.ownership:{title.pk}"
    county.sign_in(client, "grid_worker")
    assert "浙" not in read(client, f"{PEOPLE}{county.people['owner'].pk}/")
    send(client, page, {"field": "certificate", "purpose": "check"}, 422)
    assert client.get(f"{PEOPLE}ownerships/{title.pk}/edit/").status_code == 404
    assert dwelling.path.startswith(county.estate.path)


def test_what_lies_in_another_place_is_not_shown(client: Client, county: County) -> None:
    assert county.elsewhere is not None
    far = Dwelling.objects.filter(building__estate=county.elsewhere).first()
    assert far is not None
    person = county.people["resident"]
    Ownership.objects.create(person=person, dwelling=far, path=far.path, begin=far.begin)
    county.sign_in(client, "community_worker")
    shown = read(client, f"{PEOPLE}{person.pk}/")
    assert "您的范围之外还有" in shown and "临江苑" not in shown


def test_a_resident_is_entered_corrected_and_moves_out(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    room = empty_room(county)
    new = f"{PEOPLE}dwellings/{room.pk}/residents/new/"
    assert "请填写姓名" in send(client, new, {"kind": "tenant"}, 422)
    assert "手机号" in send(client, new, {"name": "陶渊", "phone": "12", "kind": "tenant"}, 422)
    send(client, new, {"name": "陶渊", "phone": "13711110000", "kind": "tenant", "begin": "2025-03-01"})
    lived = Residence.objects.select_related("person").get(dwelling=room)
    edit = f"{PEOPLE}residences/{lived.pk}/edit/"
    assert 'value="陶*"' in read(client, edit)
    send(client, edit, {"name": "陶渊明", "phone": "137****0000", "kind": "lodger", "begin": "2025-03-01"})
    lived.refresh_from_db()
    person = Person.objects.get(pk=lived.person_id)
    assert (lived.kind, person.name.open_value(), person.phone.open_value()) == ("lodger", "陶渊明", "13711110000")
    assert "早于" in send(client, f"{PEOPLE}residences/{lived.pk}/end/", {"end": "2025-01-01"}, 422)
    send(client, f"{PEOPLE}residences/{lived.pk}/end/", {"end": "2025-09-01"})
    assert Residence.objects.get(pk=lived.pk).end is not None


def test_an_owner_is_entered_and_parts_with_the_home(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    room = empty_room(county)
    new = f"{PEOPLE}dwellings/{room.pk}/owners/new/"
    given = {"owner": "person", "name": "苏轼", "phone": "13722220000", "basis": "registered", "numerator": "2", "denominator": "1"}
    assert "份额" in send(client, new, given, 422)
    assert "两个数都填" in send(client, new, given | {"denominator": ""}, 422)
    send(client, new, given | {"numerator": "1", "denominator": "2"})
    assert "超过" in send(client, new, given | {"name": "苏辙", "numerator": "2", "denominator": "3"}, 422)
    title = Ownership.objects.get(dwelling=room)
    send(client, f"{PEOPLE}ownerships/{title.pk}/end/", {})
    assert Ownership.objects.get(pk=title.pk).end is not None
    county.sign_in(client, "grid_worker")
    assert client.get(new).status_code == 403


def test_a_name_is_corrected_and_an_account_is_linked_face_to_face(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    room = empty_room(county)
    send(
        client,
        f"{PEOPLE}dwellings/{room.pk}/owners/new/",
        {"owner": "person", "name": "邻鞍", "phone": "13900000002", "basis": "registered"},
    )
    title = Ownership.objects.get(dwelling=room)
    page = f"{PEOPLE}{title.person_id}/"
    assert "对不上" in send(client, f"{page}correct/", {"name": "李*"}, 422)
    send(client, f"{page}correct/", {"name": "邻安", "phone": "139****0002"})
    assert Person.objects.get(pk=title.person_id).name.open_value() == "邻安"
    assert Ownership.objects.get(dwelling=room).named != title.named
    assert "请本人先登录一次" in send(client, f"{page}account/", {"phone": "13800009999", "checked": "on"}, 422)
    send(client, f"{page}account/", {"phone": "13900000002"}, 422)
    send(client, f"{page}account/", {"phone": "13900000002", "checked": "on"})
    assert Person.objects.get(pk=title.person_id).account_id == county.accounts["neighbour"].pk


def test_look_alikes_stand_side_by_side_and_somebody_decides(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    room = empty_room(county)
    for name in ("韩愈", "韩渝", "韩玉"):
        send(client, f"{PEOPLE}dwellings/{room.pk}/residents/new/", {"name": name, "phone": "13733330000", "kind": "family"})
    one, two, three = sorted(Residence.objects.filter(dwelling=room).values_list("person_id", flat=True))
    shown = read(client, f"{PEOPLE}alike/")
    assert "韩*" in shown and "韩愈" not in shown
    pair = f"{PEOPLE}alike/{one}/{two}/"
    assert "至少两个字" in send(client, pair, {"answer": "merge", "keep": one, "reason": ""}, 422)
    send(client, pair, {"answer": "merge", "keep": two, "reason": "本人说写错了"})
    assert Person.objects.get(pk=one).merged_into_id == two
    send(client, f"{PEOPLE}alike/{two}/{three}/", {"answer": "apart"})
    assert Apart.objects.count() == 1 and "没有要看的" in read(client, f"{PEOPLE}alike/")
    county.sign_in(client, "grid_worker")
    assert client.get(f"{PEOPLE}alike/").status_code == 403


def test_a_grid_worker_goes_from_door_to_door_and_respects_a_refusal(client: Client, county: County) -> None:
    deadline = clock.now().date() + timedelta(days=30)
    county.sign_in(client, "community_worker")
    given = {"title": "冬季摸排", "basis": "区发〔2025〕1号", "deadline": deadline.isoformat(), "asks": ["count"]}
    survey = send(client, f"{PEOPLE}surveys/new/?place={county.community.code}", given)
    assert "冬季摸排" in read(client, f"{PEOPLE}surveys/")
    county.sign_in(client, "grid_worker")
    page = f"{survey}doors/"
    assert "不愿登记" in read(client, page)
    doors = list(SurveyDoor.objects.order_by("path", "dwelling__unit", "dwelling__floor", "pk")[:3])
    assert "0 到 99" in send(client, page, {"door": doors[0].pk, "result": "done", "residents": "很多"}, 422)
    send(client, page, {"door": doors[0].pk, "result": "done", "residents": "3"})
    send(client, page, {"door": doors[1].pk, "result": "refused"})
    send(client, page, {"door": doors[2].pk, "result": "absent"})
    assert [SurveyDoor.objects.get(pk=door.pk).result for door in doors] == ["done", "refused", "absent"]
    shown = read(client, f"{page}?door={doors[1].pk}")
    assert f'name="door" value="{doors[1].pk}"' not in shown and f"door={doors[1].pk}" not in shown, "a refusal is asked again"
    progress = read(client, survey)
    assert "2 / 12 户有了结果" in progress and "不愿登记 1 户" in progress
    county.sign_in(client, "county_officer")
    assert "冬季摸排" in read(client, survey) and client.get(page).status_code == 404
    assert county.sign_in(client, "foreign_officer").get(survey).status_code == 404


def test_registering_residents_follows_a_door_and_leads_back(client: Client, county: County) -> None:
    cmd = OpenSurvey(place=county.estate.code, title="摸排", basis="文件", deadline=clock.now().date())
    survey = open_survey(county.actor("community_worker"), cmd)
    door = SurveyDoor.objects.filter(survey=survey).order_by("pk").first()
    assert door is not None
    county.sign_in(client, "grid_worker")
    form = send(client, f"{PEOPLE}surveys/{survey.pk}/doors/", {"door": door.pk, "result": "done"})
    assert f"dwellings/{door.dwelling_id}/residents/new/" in form
    assert send(client, form, {"name": "柳永", "kind": "family"}).startswith(f"{PEOPLE}surveys/{survey.pk}/doors/")
    assert send(client, form.split("?")[0] + "?next=https://else.where/", {"name": "晏殊", "kind": "family"}).startswith(PEOPLE)


def test_the_closed_room_opens_for_the_party_line_alone(client: Client, county: County) -> None:
    person, room = county.people["resident"], f"{PEOPLE}members/"
    county.sign_in(client, "branch_secretary")
    assert "还没有登记党员" in read(client, room)
    assert "房号" in send(client, f"{room}find/", {}, 422)
    for given in ({"phone": "13900000000"}, {"address": "1幢101"}):
        shown = send(client, f"{room}find/", given, 200)
        assert f"members/new/{person.pk}/" in shown and "居安" not in shown
    new = f"{room}new/{person.pk}/"
    given = {"kind": "seated", "standing": "full", "seat": "云桥市第三机械厂退休支部", "willing": "on"}
    assert "转正日期" in send(client, new, given, 422)
    send(client, new, given | {"full_since": "2001-07-01"})
    one = Membership.objects.get()
    shown = read(client, room)
    assert "居*" in shown and "居安" not in shown and "云桥****" in shown and "第三机械厂" not in shown
    edit = f"{room}{one.pk}/edit/"
    send(client, edit, {"kind": "living", "standing": "full", "full_since": "2001-07-01", "seat": "云桥****"})
    one.refresh_from_db()
    assert one.kind == "living" and one.seat.open_value() == "云桥市第三机械厂退休支部" and not one.willing
    for role in ("community_worker", "grid_worker", "county_officer", "administrator", "committee_member", "resident"):
        county.sign_in(client, role)
        for path in (room, edit, f"{room}{one.pk}/open/", new, f"{room}find/"):
            assert client.get(path).status_code in (403, 404), (role, path)
    county.sign_in(client, "branch_secretary")
    send(client, edit, {"kind": "living", "standing": "full", "full_since": "2001-07-01", "end": one.begin.isoformat()})
    assert "还没有登记党员" in read(client, room)


def test_opening_a_member_is_logged_for_the_member_and_names_no_account(client: Client, county: County) -> None:
    person, room = county.people["resident"], f"{PEOPLE}members/"
    county.sign_in(client, "branch_secretary")
    send(client, f"{room}new/{person.pk}/", {"kind": "seated", "standing": "probationary", "seat": "机械厂支部"})
    one = Membership.objects.get()
    send(client, f"{room}{one.pk}/open/", {}, 422)
    shown = send(client, f"{room}{one.pk}/open/", {"purpose": "contact"}, 200)
    assert "居安" in shown and "13900000000" in shown and "机械厂支部" in shown
    logged = list(Opening.objects.order_by("pk").values_list("subject", "field", "concerns"))
    assert logged == [(f"people.membership:{one.pk}", field, None) for field in ("name", "phone", "seat")]
    assert {found.subject for found in openings_of(county.actor("resident"))} == {f"people.membership:{one.pk}"}
    assert openings_of(county.actor("owner")) == []
    county.sign_in(client, "resident")
    assert "党正" in read(client, "/me/openings/")


def test_my_own_skill_is_offered_found_without_my_name_and_taken_back(client: Client, county: County) -> None:
    county.sign_in(client, "resident")
    assert "同意书还没有发布" in read(client, "/me/skills/")
    ship_texts(clock.now())
    assert "不排名、不打分" in read(client, "/me/skills/")
    given = {"estate": county.estate.code, "field": "维修", "words": "修水龙头", "hours": "周末"}
    assert "同意" in send(client, "/me/skills/", given, 422)
    send(client, "/me/skills/", given | {"agreed": "on"})
    offer = SkillOffer.objects.get()
    assert offer.source == "self"
    county.sign_in(client, "owner")
    shown = read(client, f"/e/{county.estate.code}/skills/?field=维修")
    assert "修水龙头" in shown and "居" not in shown.split("<main")[1].split("</main")[0].replace("邻居", "").replace("居民", "")
    county.sign_in(client, "community_worker")
    assert "居*" in read(client, f"{PEOPLE}skills/")
    county.sign_in(client, "owner").post("/me/skills/", {"withdraw": offer.pk})
    assert SkillOffer.objects.get().end is None, "somebody else took it back"
    county.sign_in(client, "resident")
    send(client, "/me/skills/", {"withdraw": offer.pk})
    assert SkillOffer.objects.get().words == ""
    client.logout()
    assert client.get(f"/e/{county.estate.code}/skills/").status_code == 302


def test_a_worker_offers_a_skill_that_somebody_agreed_to(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    page = f"{PEOPLE}{county.people['owner'].pk}/"
    ship_texts(clock.now())
    given = {"estate": county.estate.code, "field": "法律", "words": "看合同", "source": "visit", "how": "paper"}
    assert "同意" in send(client, f"{page}skills/new/", given, 422)
    send(client, f"{page}skills/new/", given | {"agreed": "on"})
    assert "看合同" in read(client, page)
    send(client, page, {"withdraw": SkillOffer.objects.get().pk})
    assert SkillOffer.objects.get().end is not None


def test_anybody_checks_in_once_gets_a_number_and_deletes_with_it(client: Client, county: County) -> None:
    page = f"/checkin/{county.community.code}/"
    assert "不给平台企业" in read(client, page)
    assert client.get(f"/checkin/{county.territory.code}/").status_code == 404
    assert "请选择" in send(client, page, {}, 422)
    given = {
        "occupation": "rider",
        "name": "小周",
        "phone": "13744440000",
        "wishes": ["rest"],
        "key": "7d9c6f0e-1c1b-4a3e-9d2a-5a64d8a1b001",
    }
    for _time in range(2):
        send(client, page, given)
    one = CheckIn.objects.get()
    assert one.number in read(client, "/checkin/done/")
    county.sign_in(client, "community_worker")
    shown = read(client, f"{PEOPLE}check-ins/")
    assert "小*" in shown and "小周" not in shown and "13744440000" not in shown and "data:image/svg" in shown
    assert county.sign_in(client, "grid_worker").get(f"{PEOPLE}check-ins/").status_code == 403
    client.logout()
    assert "没有这个报到编号" in send(client, "/checkin/delete/", {"number": "BD000000-00000000"}, 422)
    assert "已经删除" in send(client, "/checkin/delete/", {"number": one.number.lower()}, 200)
    assert not CheckIn.objects.exists()


def test_guessing_the_number_of_a_check_in_is_stopped(client: Client, county: County) -> None:
    check_in(ANONYMOUS, CheckInInput(place=county.community.code, occupation="driver"))
    answers = [client.post("/checkin/delete/", {"number": f"BD250101-{n:08X}"}).content.decode() for n in range(25)]
    assert sum("没有这个报到编号" in answer for answer in answers) == 20
    assert Account.objects.exists() and CheckIn.objects.count() == 1
