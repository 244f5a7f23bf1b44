"""The API of requests: what comes in, who sees what, pages, repeats, errors."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linzhi.domains.requests.models import Request
from linzhi.foundation.privacy.models import Opening
from linzhi.kernel import clock
from tests.support.api_client import Api

NOW = clock.datetime.fromisoformat("2026-09-15T09:30:00+08:00")


@pytest.fixture(autouse=True)
def _standing_clock():
    with clock.at_time(NOW):
        yield


def as_person(county, role: str) -> Api:
    return Api(county.sign_in(Client(), role))


def telling(county, **more):
    return {"place_code": county.building.code, "text": "楼道灯不亮了，晚上看不见。"} | more


class TestComingIn:
    def test_a_resident_reports_and_gets_a_receipt_without_a_code(self, county):
        answer = as_person(county, "resident").post("/requests", telling(county))
        assert answer.status == 201
        assert answer.body["number"] == "2609-0001"
        assert answer.body["step"] == "accept"
        assert answer.body["status_code"] is None
        assert [promise["title"] for promise in answer.body["promises"]] == ["受理"]
        assert Request.objects.get().reporter_id == county.accounts["resident"].pk

    def test_nobody_known_reports_and_follows_it_by_number_and_code(self, county):
        made = Api().post("/requests", telling(county)).body
        status = Api().post("/requests/status", {"number": made["number"], "code": made["status_code"]})
        assert status.status == 200
        assert status.body["standing"]["step_title"] == "受理"
        assert status.body["history"][0]["by"] == "reporter"

    def test_a_wrong_code_and_a_wrong_number_are_told_apart_by_nobody(self, county):
        made = Api().post("/requests", telling(county)).body
        wrong = [{"number": made["number"], "code": "AAAAA-AAAAA"}, {"number": "2609-9999", "code": made["status_code"]}]
        bodies = [Api().post("/requests/status", body).body for body in wrong]
        assert bodies[0] == bodies[1]
        assert bodies[0]["status"] == 404

    def test_the_code_lets_its_holder_withdraw_and_nobody_else(self, county):
        made = Api().post("/requests", telling(county)).body
        refused = Api().post(f"/requests/{made['id']}/withdraw", {"code": "AAAAA-AAAAA"})
        assert refused.status == 403
        done = Api().post(f"/requests/{made['id']}/withdraw", {"code": made["status_code"]})
        assert done.body["outcome"] == "withdrawn"

    def test_a_program_reports_by_the_channel_api(self, county):
        answer = Api(token=county.token("requests.report")).post("/requests", telling(county))
        assert answer.status == 201
        assert Request.objects.get().channel == "api"
        assert answer.body["status_code"]

    def test_a_grid_worker_records_for_somebody_and_does_not_get_the_code(self, county):
        answer = as_person(county, "grid_worker").post("/requests/record", telling(county, contact_phone="13900000001"))
        assert answer.status == 201
        assert answer.body["status_code"] is None
        assert Request.objects.get().reporter_id == county.accounts["owner"].pk


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return SimpleUploadedFile("灯.jpg", content.getvalue(), "image/jpeg")


class TestPhotos:
    def test_nobody_known_attaches_a_photo_that_came_in_the_same_session(self, county):
        client = Client()
        sent = client.post("/api/v1/files", {"file": picture()})
        assert sent.status_code == 201, sent.content
        answer = Api(client).post("/requests", telling(county, photos=[sent.json()["id"]]))
        assert answer.status == 201
        assert Request.objects.get().photos.count() == 1

    def test_another_ones_photo_is_not_attached_and_not_seen(self, county):
        sent = county.sign_in(Client(), "owner").post("/api/v1/files", {"file": picture()}).json()
        api = as_person(county, "resident")
        assert api.post("/requests", telling(county, photos=[sent["id"]])).code == "files.unknown"
        assert api.get(f"/files/{sent['id']}").status == 404
        assert as_person(county, "owner").get(f"/files/{sent['id']}").status == 200

    def test_the_session_is_not_taken_from_the_body(self, county):
        assert Api().post("/requests", telling(county, session_key="x")).code == "http.invalid"


class TestRepeats:
    def test_a_repeat_with_its_key_makes_no_second_request(self, county):
        api, key = as_person(county, "resident"), str(uuid.uuid4())
        first, again = (api.post("/requests", telling(county), key=key) for _ in range(2))
        assert first.body == again.body
        assert Request.objects.count() == 1

    def test_a_key_used_for_something_else_is_refused(self, county):
        api, key = as_person(county, "resident"), str(uuid.uuid4())
        api.post("/requests", telling(county), key=key)
        assert api.post("/requests", telling(county, text="另一件事"), key=key).code == "idempotency.mismatch"

    def test_two_people_with_the_same_key_do_not_meet(self, county):
        for role in ("resident", "owner"):
            assert as_person(county, role).post("/requests", telling(county), key="same-key").status == 201
        assert Request.objects.count() == 2

    def test_a_repeat_by_nobody_known_gets_the_same_code(self, county):
        key = str(uuid.uuid4())
        first, again = (Api().post("/requests", telling(county), key=key) for _ in range(2))
        assert first.body["status_code"] == again.body["status_code"]
        assert Request.objects.count() == 1

    def test_nobody_known_needs_a_key_that_nobody_guesses(self, county):
        assert Api().post("/requests", telling(county), key="1").code == "idempotency.key"

    def test_an_act_repeated_with_its_key_is_done_once(self, county):
        request, api = county.report(), as_person(county, "community_worker")
        first, again = (api.post(f"/requests/{request.pk}/accept", {}, key="accept-1") for _ in range(2))
        assert (first.status, again.status) == (200, 200)
        assert api.post(f"/requests/{request.pk}/accept", {}).code == "flow.not_now"


class TestReading:
    def test_a_page_is_not_moved_by_requests_that_come_in(self, county):
        made = [county.report(text=f"第{n}件事", at=NOW + timedelta(minutes=n)).pk for n in range(5)]
        api = as_person(county, "community_worker")
        first = api.get("/requests", limit=2).body
        county.report(text="刚来的", at=NOW + timedelta(hours=1))
        second = api.get("/requests", limit=2, cursor=first["next"]).body
        third = api.get("/requests", limit=2, cursor=second["next"]).body
        seen = [item["id"] for page in (first, second, third) for item in page["items"]]
        assert seen == made[::-1]
        assert third["next"] == ""

    def test_requests_of_the_same_moment_are_each_seen_once(self, county):
        made = [county.report(text=f"第{n}件事", at=NOW).pk for n in range(5)]
        api, seen, cursor = as_person(county, "community_worker"), [], ""
        while page := api.get("/requests", limit=2, cursor=cursor).body:
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if not cursor:
                break
        assert seen == made[::-1]

    @pytest.mark.parametrize("cursor", ["abc", "W10=", "WyJ4IiwxXQ=="])
    def test_a_made_up_cursor_is_refused(self, county, cursor):
        assert as_person(county, "community_worker").get("/requests", cursor=cursor).code == "api.cursor"

    def test_tabs_count_what_the_list_holds(self, county):
        county.report()
        api = as_person(county, "community_worker")
        counts = api.get("/requests/tabs").body
        assert counts["open"] == counts["all"] == len(api.get("/requests", tab="open").body["items"]) == 1

    def test_a_list_is_narrowed_by_place_nature_and_words(self, county):
        county.report(text="电梯坏了", nature="complaint")
        api = as_person(county, "community_worker")
        assert len(api.get("/requests", place=county.estate.code, nature="complaint", words="电梯").body["items"]) == 1
        assert api.get("/requests", place=county.other_estate.code).body["items"] == []
        assert api.get("/requests", words="水管").body["items"] == []

    def test_detail_says_what_the_asker_may_do_now(self, county):
        request = county.report()
        acts = {
            role: [act["act"] for act in as_person(county, role).get(f"/requests/{request.pk}").body["acts"]]
            for role in ("community_worker", "resident")
        }
        assert "requests.accept" in acts["community_worker"]
        assert "requests.withdraw" in acts["resident"]
        assert "requests.accept" not in acts["resident"]

    def test_figures_say_what_they_are_made_of(self, county):
        county.report(at=NOW - timedelta(hours=1))
        found = as_person(county, "county_officer").get(
            "/requests/figures", place=county.territory.code, begin=(NOW - timedelta(days=1)).isoformat(), end=NOW.isoformat()
        )
        figure = next(one for one in found.body if one["key"] == "redone")
        assert (figure["part"], figure["whole"], figure["text"]) == (0, 1, "0.0%")
        assert figure["formula"]

    def test_figures_of_another_county_are_refused(self, county):
        period = {"begin": (NOW - timedelta(days=1)).isoformat(), "end": NOW.isoformat()}
        assert as_person(county, "foreign_officer").get("/requests/figures", place=county.territory.code, **period).code == "access.denied"

    def test_public_requests_are_read_by_anyone_with_numbers_masked(self, county):
        request = county.report(text="车牌苏A12345占了消防通道，我的电话13812345678")
        page = Api().get("/requests/public", place=county.estate.code).body
        assert [item["id"] for item in page["items"]] == [request.pk]
        detail = Api().get(f"/requests/public/{request.pk}").body
        assert "13812345678" not in str(detail)
        assert "A12345" not in str(detail)

    def test_what_is_not_public_is_not_there_for_strangers(self, county):
        request = county.report(public=False)
        assert Api().get(f"/requests/public/{request.pk}").status == 404
        assert Api().get("/requests/public", place=county.estate.code).body["items"] == []


class TestWhoSees:
    def test_a_program_without_a_post_sees_nothing_that_is_not_its_own(self, county):
        request = county.report()
        api = Api(token=county.token("requests.*"))
        assert api.get(f"/requests/{request.pk}").status == 404
        assert api.get("/requests").body["items"] == []

    def test_a_program_in_a_post_sees_what_the_post_sees(self, county):
        request = county.report()
        api = Api(token=county.token_in("community_worker", "requests.view", "requests.accept"))
        assert api.get(f"/requests/{request.pk}").status == 200
        assert api.post(f"/requests/{request.pk}/accept").body["step"] == "dispatch"

    def test_the_scopes_of_a_token_narrow_its_post(self, county):
        request = county.report()
        api = Api(token=county.token_in("community_worker", "requests.view"))
        refused = api.post(f"/requests/{request.pk}/accept")
        assert (refused.status, refused.code) == (403, "access.denied")
        assert Api(token=county.token_in("community_worker", "requests.accept")).get("/requests").status == 403

    def test_the_county_next_door_gets_404(self, county):
        request = county.report()
        api = as_person(county, "foreign_officer")
        assert api.get(f"/requests/{request.pk}").status == 404
        assert api.get(f"/requests/{request.pk}/history").status == 404
        assert api.get("/requests").body["items"] == []

    def test_a_tip_off_does_not_exist_for_the_body_it_is_about(self, county):
        accused = county.bodies["property_company"].pk
        request = county.report(nature="tip_off", text="物业私分公共收益", accused_body_id=accused)
        api = as_person(county, "property_handler")
        assert api.get(f"/requests/{request.pk}").status == 404
        assert api.get(f"/requests/{request.pk}/history").status == 404
        assert api.get("/requests").body["items"] == []
        assert Api().get(f"/requests/public/{request.pk}").status == 404
        assert as_person(county, "community_worker").get(f"/requests/{request.pk}").status == 200

    def test_a_list_needs_somebody(self, county):
        assert Api().get("/requests").code == "api.sign_in"

    @pytest.mark.parametrize("header", ["Bearer lz_nothing", "Basic abc", "lz_x"])
    def test_a_bad_token_is_refused_also_where_none_is_needed(self, county, header):
        answer = Api().post("/requests", telling(county), Authorization=header)
        assert (answer.status, answer.code) == (401, "token.invalid")

    def test_a_session_needs_the_csrf_token_to_write(self, county):
        client = county.sign_in(Client(enforce_csrf_checks=True), "resident")
        refused = Api(client).post("/requests", telling(county))
        assert (refused.status, refused.code) == (403, "http.csrf")
        assert Api(client).get("/requests").status == 200

    def test_staff_without_the_second_factor_get_a_problem_and_no_page(self, county):
        client = Client()
        client.force_login(county.accounts["community_worker"], backend="allauth.account.auth_backends.AuthenticationBackend")
        assert Api(client).get("/requests").code == "accounts.second_factor"

    def test_nobody_known_may_write_only_so_often(self, county, settings):
        settings.ANONYMOUS_WRITES_PER_HOUR = 3
        key = str(uuid.uuid4())
        for _ in range(5):
            assert Api().post("/requests", telling(county), key=key).status == 201  # a repeat is no new act
        answers = [Api().post("/requests", telling(county, text=f"第{n}件事")) for n in range(3)]
        assert [answer.status for answer in answers] == [201, 201, 429]
        assert answers[-1].headers["Retry-After"] == "3600"
        assert as_person(county, "resident").post("/requests", telling(county)).status == 201


class TestContact:
    def test_a_contact_is_masked_everywhere(self, county):
        request = county.report(contact_name="王小明", contact_phone="13812345678", text="请打13812345678")
        for role in ("community_worker", "street_dispatcher", "resident"):
            detail = as_person(county, role).get(f"/requests/{request.pk}").body
            assert detail["contact"] == {"name": "王**", "phone": "138****5678"}, role
        assert "13812345678" not in as_person(county, "community_worker").get(f"/requests/{request.pk}").body["text"]

    def test_revealing_gives_it_once_per_look_and_logs_each(self, county):
        request = county.report(contact_phone="13812345678")
        api = as_person(county, "community_worker")
        for count in (1, 2):
            shown = api.post(f"/requests/{request.pk}/reveal_contact", {"purpose": "contact"}, key="look")
            assert shown.body == {"contact_name": "", "contact_phone": "13812345678"}
            assert Opening.objects.count() == count

    def test_revealing_needs_a_purpose(self, county):
        request = county.report(contact_phone="13812345678")
        answer = as_person(county, "community_worker").post(f"/requests/{request.pk}/reveal_contact", {})
        assert answer.body["data"]["errors"] == [{"field": "purpose", "message": "请填写。"}]

    def test_the_body_complained_about_does_not_see_even_the_mask(self, county):
        accused = county.bodies["property_company"].pk
        request = county.report(nature="complaint", contact_phone="13812345678", accused_body_id=accused)
        worker = as_person(county, "community_worker")
        worker.post(f"/requests/{request.pk}/accept")
        assert worker.post(f"/requests/{request.pk}/dispatch", {"body_id": accused}).body["step"] == "sign"
        api = as_person(county, "property_handler")
        assert api.get(f"/requests/{request.pk}").body["contact"] is None
        assert api.post(f"/requests/{request.pk}/reveal_contact", {"purpose": "contact"}).status == 403


class TestProblems:
    def test_inputs_that_do_not_fit_are_listed_in_chinese(self, county):
        answer = as_person(county, "resident").post("/requests", {"text": "灯坏了", "nature": "x", "surprise": 1})
        assert answer.status == 422
        assert answer.body["type"] == "urn:linzhi:http.invalid"
        assert {error["field"] for error in answer.body["data"]["errors"]} == {"place_code", "nature", "surprise"}
        assert all(any("一" <= c <= "鿿" for c in error["message"]) for error in answer.body["data"]["errors"])
        assert answer.body["instance"] == "/api/v1/requests"

    def test_a_refusal_names_its_code_and_field(self, county):
        answer = as_person(county, "resident").post("/requests", telling(county, text="嗯"))
        assert (answer.status, answer.body["code"], answer.body["field"]) == (422, "requests.empty", "text")
        assert {"type", "title", "status", "detail", "code", "field", "instance"} <= set(answer.body)

    def test_what_is_not_json_is_a_problem(self, county):
        client = county.sign_in(Client(), "resident")
        response = client.post("/api/v1/requests", "{nonsense", content_type="application/json")
        assert (response.status_code, response["Content-Type"].split(";")[0]) == (400, "application/problem+json")

    @pytest.mark.parametrize("path", ["/nowhere", "/requests/abc", "/requests/1/nothing"])
    def test_an_unknown_address_is_a_problem(self, db, path):
        assert Api().get(path).code == "http.404"

    def test_a_wrong_method_says_which_there_are(self, db):
        answer = Api().get("/requests/1/accept")
        assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "http.405", "POST")

    def test_a_number_beyond_the_database_is_no_server_error(self, county):
        answer = as_person(county, "resident").post("/requests", telling(county, facility_id=10**30))
        assert answer.status == 422
        assert as_person(county, "resident").get(f"/requests/{10**30}").status == 404

    def test_a_nul_is_refused(self, county):
        assert as_person(county, "resident").post("/requests", telling(county, place_text="a\x00b")).status in (400, 422)
        assert as_person(county, "community_worker").get("/requests", words="a\x00b").status in (400, 422)

    def test_an_error_of_ours_says_nothing_of_the_inside(self, county, monkeypatch, caplog):
        from linzhi.domains.requests import queries

        def broken(*_args: object) -> None:
            raise RuntimeError("secret")

        monkeypatch.setattr(queries, "tab_counts", broken)
        answer = as_person(county, "community_worker").get("/requests/tabs")
        assert (answer.status, answer.code) == (500, "http.500")
        assert "secret" not in str(answer.body)
        assert "secret" in caplog.text


def test_estates_bodies_and_rules_are_open_to_anyone(county):
    assert [one["name"] for one in Api().get("/estates", place=county.community.code).body["items"]] == ["桂园", "柳荫里"]
    first = Api().get("/estates", limit=1, place=county.community.code).body
    assert [one["name"] for one in Api().get("/estates", place=county.community.code, cursor=first["next"]).body["items"]] == ["柳荫里"]
    assert [one["name"] for one in Api().get(f"/estates/{county.estate.code}").body["buildings"]] == ["1幢", "2幢"]
    assert "安心物业公司" in [one["name"] for one in Api().get("/bodies", place=county.estate.code).body]
    rule = Api().get("/policy/parameters/request.accept.within", place=county.estate.code, date="2026-09-15").body
    assert (rule["value"], rule["pack"]) == ("2 working hours", "cn")
    assert Api().get("/policy/parameters/no_such.key").status == 404
