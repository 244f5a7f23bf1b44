"""The page of a request: what the reporter, a stranger and the body accused see, and what the reporter can do there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linzhi.domains.requests.commands import Report, report
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.domains.requests.models import Follow, Request
from linzhi.domains.requests.tests.acts import act, in_hand, to_be_looked_at

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def seen(client: Client, made: Request) -> str:
    """The page of a request as this visitor sees it."""
    answer = client.get(f"/requests/{made.pk}/")
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def fresh(made: Request) -> Request:
    """The request as the database has it now."""
    return Request.objects.select_related("matter").get(pk=made.pk)


def test_the_reporter_sees_where_it_stands_who_has_it_and_why_this_time(client: Client, county: County) -> None:
    made = in_hand(county, county.report(text="楼道灯不亮，我叫居安，电话 13812345678。"))
    shown = seen(county.sign_in(client, "resident"), made)
    assert "13812345678" in shown
    assert "安心物业公司" in shown
    assert "您报了这件事" in shown
    assert "为什么是这个时间" in shown
    assert "5 个工作日内" in shown
    assert "还剩" in shown


def test_a_stranger_sees_neither_names_nor_phones_nor_internal_notes(client: Client, county: County) -> None:
    made = report(
        county.actor("resident"),
        Report(place_code=county.building.code, text="楼上漏水，电话 13812345678", contact_name="王秀兰", contact_phone="13900001111"),
    )
    to_be_looked_at(county, made)
    act(county, "resident", "add_note", made, say="打我电话 13700002222")
    shown = seen(client, made)
    for hidden in ("13812345678", "13900001111", "13700002222", "王秀兰", "居安", "内部", "老吴", "十二块", "解决了吗"):
        assert hidden not in shown
    assert "138****5678" in shown
    assert "换了灯泡，亮了。" in shown
    assert "等报事人看看" in shown


def test_one_that_is_not_public_is_not_there_for_strangers(client: Client, county: County) -> None:
    made = county.report(public=False)
    assert client.get(f"/requests/{made.pk}/").status_code == 404


def test_a_tip_off_is_not_there_for_strangers_nor_for_the_body_accused(client: Client, county: County) -> None:
    made = county.report(nature="tip_off", accused_body_id=county.bodies["property_company"].pk)
    assert client.get(f"/requests/{made.pk}/").status_code == 404
    assert county.sign_in(Client(), "property_handler").get(f"/requests/{made.pk}/").status_code == 404
    assert "被举报的单位看不到" in seen(county.sign_in(Client(), "resident"), made)


def test_solved_leads_to_stars_and_stars_close_it(client: Client, county: County) -> None:
    made = to_be_looked_at(county, county.report())
    county.sign_in(client, "resident")
    assert "解决了吗？" in seen(client, made)
    answer = client.post(f"/requests/{made.pk}/answer/", {"answer": "yes", "key": str(uuid.uuid4())})
    assert answer["Location"] == f"/requests/{made.pk}/rate/"
    assert "24 小时内会有人答复您" in client.get(answer["Location"]).content.decode()
    done = client.post(answer["Location"], {"stars": "5", "say": "很快", "key": str(uuid.uuid4())}, follow=True)
    assert "谢谢您的评价" in done.content.decode()
    assert fresh(made).matter.outcome == "solved"


def test_a_low_rating_is_promised_an_answer(client: Client, county: County) -> None:
    made = act(county, "resident", "confirm_solved", to_be_looked_at(county, county.report()))
    county.sign_in(client, "resident")
    done = client.post(f"/requests/{made.pk}/rate/", {"stars": "1", "key": str(uuid.uuid4())}, follow=True).content.decode()
    assert "24 小时内会有人答复您" in done
    assert "答复您的评价" in done
    assert "社区工作人员 白社" in done


def test_stars_must_be_chosen_and_words_stay(client: Client, county: County) -> None:
    made = act(county, "resident", "confirm_solved", to_be_looked_at(county, county.report()))
    county.sign_in(client, "resident")
    shown = client.post(f"/requests/{made.pk}/rate/", {"say": "还行吧", "key": str(uuid.uuid4())}).content.decode()
    assert "请选一个" in shown
    assert "还行吧" in shown


def test_not_solved_asks_why_and_reopens(client: Client, county: County) -> None:
    made = to_be_looked_at(county, county.report())
    county.sign_in(client, "resident")
    here = client.post(f"/requests/{made.pk}/answer/", {"answer": "no"})["Location"]
    assert here == f"/requests/{made.pk}/not-solved/"
    assert "请说一句" in client.post(here, {"say": " ", "key": str(uuid.uuid4())}).content.decode()
    done = client.post(here, {"say": "还是不亮", "key": str(uuid.uuid4())}, follow=True).content.decode()
    assert "已经重新办" in done
    assert "还是不亮" in done
    assert fresh(made).matter.round == 2


def test_saying_it_twice_says_it_once(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "resident")
    key = str(uuid.uuid4())
    for _ in range(2):
        client.post(f"/requests/{made.pk}/note/", {"say": "还有三楼也不亮", "key": key})
    assert fresh(made).matter.happenings.filter(act="requests.add_note").count() == 1


def test_a_closed_one_is_reopened_by_its_reporter(client: Client, county: County) -> None:
    made = act(county, "resident", "confirm_solved", to_be_looked_at(county, county.report()))
    act(county, "resident", "rate", made, stars=4)
    county.sign_in(client, "resident")
    assert "重新打开" in seen(client, made)
    client.post(f"/requests/{made.pk}/reopen/", {"say": "又不亮了", "key": str(uuid.uuid4())})
    assert fresh(made).matter.closed_at is None


def test_withdrawing_needs_no_reason(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "resident")
    client.post(f"/requests/{made.pk}/withdraw/", {"say": "", "key": str(uuid.uuid4())})
    assert fresh(made).matter.outcome == "withdrawn"
    assert "撤回了" in seen(client, made)


@pytest.mark.parametrize("what", ["not-solved", "reopen", "note", "withdraw", "rate"])
def test_nobody_but_the_reporter_may_act(client: Client, county: County, what: str) -> None:
    made = to_be_looked_at(county, county.report())
    county.sign_in(client, "neighbour")
    answer = client.post(f"/requests/{made.pk}/{what}/", {"say": "算了", "stars": "1", "key": str(uuid.uuid4())})
    assert answer.status_code == 403
    assert "只有报事的人" in answer.content.decode()


def test_an_act_at_a_step_that_does_not_have_it_is_refused_in_words(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "resident")
    given = {"say": "还没好", "key": str(uuid.uuid4())}
    assert "不能做这一步" in client.get(f"/requests/{made.pk}/not-solved/", follow=True).content.decode()
    refused = client.post(f"/requests/{made.pk}/not-solved/", given).content.decode()
    assert "不能做这个" in refused
    assert "还没好" in refused
    assert "现在还不能评价" in client.get(f"/requests/{made.pk}/rate/", follow=True).content.decode()


def test_a_neighbour_follows_it_once(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "neighbour")
    for _ in range(2):
        assert "跟进了" in client.post(f"/requests/{made.pk}/follow/", follow=True).content.decode()
    assert Follow.objects.count() == 1
    assert "您在跟进这件事" in seen(client, made)


def test_a_visitor_who_follows_is_asked_to_sign_in(client: Client, county: County) -> None:
    made = county.report()
    assert "/accounts/login/" in client.post(f"/requests/{made.pk}/follow/")["Location"]


def test_the_reporter_sees_the_parts(client: Client, county: County) -> None:
    made = in_hand(county, county.report(public=False))
    act(county, "community_worker", "split", made, parts=("换灯泡", "修开关"))
    county.sign_in(client, "resident")
    shown = seen(client, made)
    assert "换灯泡" in shown
    part = Request.objects.get(parent=made, text="换灯泡")
    assert "看整件事" in seen(client, part)
    assert Client().get(f"/requests/{part.pk}/").status_code == 404


def test_the_line_of_time_says_whether_it_was_kept(client: Client, county: County) -> None:
    made = to_be_looked_at(county, county.report())
    assert "按时，说好 2 个工作小时内" in seen(county.sign_in(client, "resident"), made)


def open_by_code(client: Client, made: Request, **other: Any) -> Any:
    """The form of number and code."""
    return client.post("/status/", {"number": made.number, "code": status_code_of(made)} | other)


def test_number_and_code_open_it_with_everything_the_reporter_can_do(client: Client, county: County) -> None:
    made = to_be_looked_at(
        county, report(county.actor("anonymous"), Report(place_code=county.building.code, text="楼道灯不亮", public=False))
    )
    assert open_by_code(client, made)["Location"] == f"/requests/{made.pk}/"
    assert "解决了吗？" in seen(client, made)
    client.post(f"/requests/{made.pk}/answer/", {"answer": "yes", "key": str(uuid.uuid4())})
    client.post(f"/requests/{made.pk}/rate/", {"stars": "4", "key": str(uuid.uuid4())})
    assert fresh(made).matter.outcome == "solved"


def test_a_code_is_closed_again(client: Client, county: County) -> None:
    made = report(county.actor("anonymous"), Report(place_code=county.building.code, text="楼道灯不亮", public=False))
    open_by_code(client, made)
    client.post("/status/close/")
    assert client.get(f"/requests/{made.pk}/").status_code == 404


def test_a_code_typed_in_small_letters_without_dash_is_right(client: Client, county: County) -> None:
    made = county.report()
    assert open_by_code(client, made, code=status_code_of(made).lower().replace("-", " ")).status_code == 302


def test_a_wrong_number_and_a_wrong_code_look_the_same_and_stay_typed(client: Client, county: County) -> None:
    made = county.report()
    wrong_code = open_by_code(client, made, code="AAAAA-AAAAA").content.decode()
    wrong_number = open_by_code(client, made, number="2611-9999").content.decode()
    assert "编号和查询码对不上" in wrong_code
    assert "编号和查询码对不上" in wrong_number
    assert "AAAAA-AAAAA" in wrong_code


def test_guessing_codes_is_stopped(client: Client, county: County) -> None:
    made = county.report()
    answers = [open_by_code(client, made, code=f"AAAAA-AAA{number:02d}") for number in range(22)]
    assert answers[-1].status_code == 429
    assert "请过一会儿再试" in answers[-1].content.decode()
