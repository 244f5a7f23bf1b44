"""The case for staff: a whole dispatch without scripts, who sees which buttons, what is hidden, what is kept after a refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linzhi.domains.requests.commands import Report, report
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.tests.acts import act, in_hand, to_be_looked_at
from linzhi.foundation.notify.models import Message
from linzhi.foundation.outbox import delivery
from linzhi.kernel import clock

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def page_of(client: Client, made: Request, query: str = "") -> str:
    """The staff page of a request."""
    answer = client.get(f"/desk/requests/{made.pk}/{query}")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def send(client: Client, made: Request, code: str, **given: Any) -> Any:
    """Open the form of an act by its link and post it, as a browser without scripts does."""
    shown = page_of(client, made, f"?act={code}")
    key = re.search(r'name="key" value="([^"]+)"', shown)
    assert key, shown
    return client.post(f"/desk/requests/{made.pk}/", {"act": code, "key": key[1], **given})


def acts_on(shown: str) -> set[str]:
    """The acts that a page offers."""
    return set(re.findall(r"\?act=(requests\.[a-z_]+)", shown))


def fresh(made: Request) -> Request:
    """The request as the database has it now."""
    return Request.objects.select_related("matter").get(pk=made.pk)


def test_a_whole_dispatch_goes_through_the_pages_without_scripts(client: Client, county: County) -> None:
    made = county.report(text="楼道灯不亮了")
    company = county.bodies["property_company"].pk
    county.sign_in(client, "community_worker")
    assert send(client, made, "requests.accept", say="受理了。").status_code == 302
    assert send(client, made, "requests.dispatch", body_id=company, say="派给物业了。", note="先看配电箱").status_code == 302
    county.sign_in(client, "property_handler")
    assert send(client, made, "requests.sign").status_code == 302
    assert send(client, made, "requests.record_progress", say="人到了。").status_code == 302
    answer = send(client, made, "requests.give_feedback", say="换了灯泡，亮了。")
    assert answer.status_code == 302
    assert "做好了" in client.get(answer["Location"]).content.decode()
    county.sign_in(client, "community_worker")
    assert send(client, made, "requests.verify").status_code == 302
    assert fresh(made).matter.step == "close"
    assert "换了灯泡，亮了。" in page_of(client, made)


def test_each_role_sees_the_buttons_of_its_own_step_only(client: Client, county: County) -> None:
    made = in_hand(county, county.report())
    offered = {}
    for role in ("community_worker", "property_handler", "street_dispatcher", "committee_member", "building_head"):
        offered[role] = acts_on(page_of(county.sign_in(client, role), made))
    assert {"requests.give_feedback", "requests.request_extension"} <= offered["property_handler"]
    assert "requests.suspend" not in offered["property_handler"]
    assert {"requests.suspend", "requests.add_remark"} <= offered["community_worker"]
    assert "requests.give_feedback" not in offered["community_worker"]
    assert {"requests.supervise", "requests.locate"} <= offered["street_dispatcher"]
    assert offered["committee_member"] == {"requests.supervise"}
    assert offered["building_head"] == set()


def test_a_page_has_one_primary_button(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    for query in ("", "?act=requests.accept", "?act=requests.decline"):
        assert len(re.findall(r'class="btn btn-primary', page_of(client, made, query))) == 1


def test_staff_of_another_place_and_the_other_company_get_404(client: Client, county: County) -> None:
    made = in_hand(county, county.report())
    for role in ("foreign_officer", "other_property_handler"):
        county.sign_in(client, role)
        for tail in ("", "contact/", "print/"):
            assert client.get(f"/desk/requests/{made.pk}/{tail}").status_code == 404


def test_a_resident_is_led_to_the_page_of_their_own(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "resident")
    assert client.get(f"/desk/requests/{made.pk}/")["Location"] == f"/requests/{made.pk}/"


def test_a_tip_off_is_hidden_from_the_company_accused_and_never_offered_to_it(client: Client, county: County) -> None:
    company = county.bodies["property_company"].pk
    made = county.report(text="物业倒卖车位", nature="tip_off", accused_body_id=company)
    county.sign_in(client, "property_handler")
    assert client.get(f"/desk/requests/{made.pk}/").status_code == 404
    assert "倒卖" not in client.get("/desk/requests/?tab=all").content.decode()
    county.sign_in(client, "community_worker")
    act(county, "community_worker", "accept", made)
    shown = page_of(client, made, "?act=requests.dispatch")
    assert f'value="{company}"' not in shown
    answer = send(client, made, "requests.dispatch", body_id=company)
    assert answer.status_code == 422


def test_a_refused_act_says_why_and_keeps_what_was_typed(client: Client, county: County) -> None:
    made = in_hand(county, county.report())
    county.sign_in(client, "property_handler")
    answer = client.post(f"/desk/requests/{made.pk}/", {"act": "requests.sign", "key": "k1", "note": "我来签收的备注"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "不能做这个" in shown
    assert "我来签收的备注" in shown
    answer = send(client, made, "requests.give_feedback", say="", note="花了十二块")
    assert answer.status_code == 422
    assert "请填写“办得怎么样”。" in answer.content.decode()
    assert "花了十二块" in answer.content.decode()


def test_sending_the_same_form_twice_does_it_once(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    form = {"act": "requests.add_remark", "key": "once", "note": "打过电话"}
    for _time in range(2):
        assert client.post(f"/desk/requests/{made.pk}/", form).status_code == 302
    assert made.matter.happenings.filter(act="requests.add_remark").count() == 1


def test_the_preview_is_the_message_that_is_sent(client: Client, county: County) -> None:
    made = county.report(text="楼道灯不亮了")
    county.sign_in(client, "community_worker")
    said = "受理了，今天下午去看。"
    typed = {"act": "requests.accept", "key": "k", "say": said, "preview": "1"}
    shown = client.post(f"/desk/requests/{made.pk}/", typed, headers={"HX-Request": "true"}).content.decode()
    assert send(client, made, "requests.accept", say=said).status_code == 302
    delivery.deliver_all(clock.now())
    message = Message.objects.get(account_id=county.accounts["resident"].pk)
    plain = re.sub(r"<[^>]+>", "\n", shown)
    assert message.title in plain
    assert message.body in plain


def test_the_preview_of_a_text_message_carries_our_name_as_it_is_sent(client: Client, county: County) -> None:
    made = report(county.actor("anonymous"), Report(place_code=county.building.code, text="楼道灯不亮了", contact_phone="13900009999"))
    county.sign_in(client, "community_worker")
    shown = page_of(client, made, "?act=requests.accept&text=2")
    send(client, made, "requests.accept", say="已经受理，需要补充情况时会联系您。")
    delivery.deliver_all(clock.now())
    message = Message.objects.get()
    assert f"【邻治】{message.title}　{message.body}" in shown


def test_the_category_decides_which_body_is_offered_first(client: Client, county: County) -> None:
    made = county.report(text="楼道灯不亮了", category="facility.lighting")
    act(county, "community_worker", "accept", made)
    shown = page_of(county.sign_in(client, "community_worker"), made, "?act=requests.dispatch")
    first = shown.index("按类别该由它办")
    assert first < shown.index("安心物业公司", first) < shown.index("也管这里的单位")
    assert "平和物业公司" not in shown


def test_internal_notes_are_for_those_who_work_on_it(client: Client, county: County) -> None:
    made = to_be_looked_at(county, county.report())
    assert "内部：花了十二块" in page_of(county.sign_in(client, "property_handler"), made)
    for role in ("committee_member", "building_head"):
        assert "花了十二块" not in page_of(county.sign_in(client, role), made)


def test_a_case_is_split_and_its_parts_stand_beside_it(client: Client, county: County) -> None:
    made = in_hand(county, county.report())
    county.sign_in(client, "property_handler")
    assert send(client, made, "requests.split", parts="换灯泡\n修配电箱\n").status_code == 302
    shown = page_of(client, made)
    assert "换灯泡" in shown
    assert "修配电箱" in shown
    assert send(client, made, "requests.split", parts="只有一件").status_code == 422


def test_more_time_is_asked_for_and_shown_to_whoever_decides(client: Client, county: County) -> None:
    made = in_hand(county, county.report())
    county.sign_in(client, "property_handler")
    assert send(client, made, "requests.request_extension", limit="1 working day", note="配件没到货").status_code == 302
    shown = page_of(county.sign_in(client, "community_worker"), made)
    assert "申请延期 1 个工作日，等批复：配件没到货" in shown
    assert "requests.grant_extension" in acts_on(shown)


def test_an_unknown_act_and_one_of_the_reporter_are_not_found(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    for code in ("requests.nothing", "requests.rate", "requests.reveal_contact", "access.grant"):
        assert client.get(f"/desk/requests/{made.pk}/?act={code}").status_code == 404


def test_the_printed_case_leaves_out_internal_notes_unless_asked(client: Client, county: County) -> None:
    made = to_be_looked_at(county, county.report())
    county.sign_in(client, "community_worker")
    assert "花了十二块" not in client.get(f"/desk/requests/{made.pk}/print/").content.decode()
    assert "花了十二块" in client.get(f"/desk/requests/{made.pk}/print/?internal=1").content.decode()


def test_the_reporter_is_never_named_even_when_they_hold_a_post(client: Client, county: County) -> None:
    made = county.report("committee_member", text="东门监控坏了")
    shown = page_of(county.sign_in(client, "community_worker"), made)
    story = shown[shown.index('id="story"') : shown.index('id="clocks"')]
    assert "报事人" in story
    assert "业兴" not in story
    assert "桂园业主委员会" not in story


def test_an_internal_note_without_words_is_not_kept(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    assert send(client, made, "requests.add_remark", note="").status_code == 422
