"""本地规定: the way of a proposal through its screens."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from linzhi.foundation.access.models import Grant
from linzhi.foundation.accounts.commands import Register, register
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.policy.models import EnteredValue
from linzhi.policy.queries import resolve_at

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
LIST, NEW = "/desk/rules/", "/desk/rules/new/"
KEY = "owners_committee.publish_days"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def today() -> Any:
    return clock.now().date()


def typed(**more: Any) -> dict[str, Any]:
    paper = {"title": "青杉区业委会信息公开办法", "issuer": "青杉区住建局", "article": "第三条"}
    return {"value": "2", "begin": (today() + timedelta(days=7)).isoformat(), "reason": "让业主早点看到", **paper} | more


def ask(county: County, **query: str) -> str:
    given = {"place": county.territory.code, "key": KEY} | query
    return NEW + "?" + "&".join(f"{name}={value}" for name, value in given.items() if value)


def proposed(county: County, client: Client, **more: Any) -> EnteredValue:
    answer = county.sign_in(client, "county_officer").post(ask(county), typed(**more))
    assert answer.status_code == 302, answer.content.decode()
    return EnteredValue.objects.get()


@pytest.fixture
def second(county: County) -> Client:
    """Another officer of the county, signed in."""
    account = register(System("accounts.sign_up"), Register(username="second-officer", name="副手"))
    county.accounts["second_officer"] = account
    Grant.objects.create(account_id=account.pk, role="county_officer", path=county.territory.path, begin=clock.now() - timedelta(days=9))
    return county.sign_in(Client(), "second_officer")


def test_one_proposes_another_sees_the_difference_and_approves(county: County, client: Client, second: Client) -> None:
    row = proposed(county, client)
    own = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "要由另一个人批准" in own
    assert 'value="approve"' not in own
    page = second.get(LIST).content.decode()
    assert "等您批准" in page
    shown = second.get(f"{LIST}{row.pk}/").content.decode()
    for words in ("3 天", "2 天", "青杉区业委会信息公开办法", "全国，", "让业主早点看到", "会影响什么", "没有附文件"):
        assert words in shown, words
    assert second.post(f"{LIST}{row.pk}/", {"act": "approve"}).status_code == 302
    assert resolve_at(KEY, county.estate.path, row.begin).value == 2
    after = second.get(f"{LIST}{row.pk}/").content.decode()
    assert "已批准，还没到日子" in after
    assert "3 天" in after, "what held before is kept with the approval"


def test_ones_own_proposal_is_not_approved_by_posting_either(county: County, client: Client) -> None:
    row = proposed(county, client)
    assert client.post(f"{LIST}{row.pk}/", {"act": "approve"}).status_code == 403
    row.refresh_from_db()
    assert row.state == "proposed"


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "county_officer")
    answer = signed_in.post(ask(county), typed(value="9"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只能比上级的值低，不能高" in page
    assert "让业主早点看到" in page
    assert "青杉区业委会信息公开办法" in page
    assert not EnteredValue.objects.exists()


def test_a_document_that_was_uploaded_need_not_be_chosen_again_after_a_mistake(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "county_officer")
    upload = SimpleUploadedFile("办法.pdf", PDF, "application/pdf")
    page = signed_in.post(ask(county), typed(value="9", file=upload)).content.decode()
    assert "文件已经收到" in page
    kept = page.partition('name="document" value="')[2].partition('"')[0]
    assert signed_in.post(ask(county), typed(document=kept)).status_code == 302
    assert str(EnteredValue.objects.get().document) == kept


def test_a_wrong_kind_of_document_is_refused_at_its_field(county: County, client: Client) -> None:
    upload = SimpleUploadedFile("办法.exe", b"MZ\x00\x01", "application/octet-stream")
    answer = county.sign_in(client, "county_officer").post(ask(county), typed(file=upload))
    assert answer.status_code == 422
    assert "只收照片" in answer.content.decode()


SHAPES = {
    "a limit in Chinese": ("request.accept.within", {"value": "4 个工作小时"}, '"4 working hours"'),
    "yes or no": ("owners_committee.conflict_check", {"value": "no"}, "false"),
    "a choice": ("owners_committee.filing_level", {"value": "street"}, '"street"'),
    "a list": ("asset.negative_list", {"value": "占用消防通道\n\n占用公共绿地"}, '["占用消防通道", "占用公共绿地"]'),
    "a day": ("survey.deadline", {"value": "2030-01-31"}, '"2030-01-31"'),
    "a table": (
        "disclosure.intervals", {"row_0": "60", "row_1": "60", "row_2": "30", "value": "维修资金：30"},
        '{"party": 60, "residents": 60, "finance": 30, "维修资金": 30}',
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_of_value_has_its_fields(shape: str, county: County, client: Client) -> None:
    key, fields, kept = SHAPES[shape]
    signed_in = county.sign_in(client, "county_officer")
    page = signed_in.get(ask(county, key=key)).content.decode()
    assert all(f'name="{name}"' in page for name in fields)
    answer = signed_in.post(ask(county, key=key), typed(**fields))
    assert answer.status_code == 302, answer.content.decode()
    assert EnteredValue.objects.get().value == kept


@pytest.mark.parametrize(("key", "fields", "words"), [
    ("request.accept.within", {"value": "一会儿"}, "不是时限"),
    ("disclosure.intervals", {"row_0": "60", "row_1": "60", "row_2": "30", "value": "维修资金 30"}, "缺了冒号"),
    ("disclosure.intervals", {"row_0": "60", "row_1": "60", "row_2": "30", "value": "维修资金：很久"}, "不是整数"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field(key: str, fields: dict[str, str], words: str, county: County, client: Client) -> None:
    answer = county.sign_in(client, "county_officer").post(ask(county, key=key), typed(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_law_has_fixed_is_not_offered(county: County, client: Client) -> None:
    signed_in = county.sign_in(client, "county_officer")
    assert 'value="vote.thresholds"' not in signed_in.get(ask(county, key="")).content.decode()
    assert "定死" in signed_in.get(ask(county, key="vote.thresholds")).content.decode()


def test_rejecting_needs_a_reason_and_the_proposer_reads_it(county: County, client: Client, second: Client) -> None:
    row = proposed(county, client)
    assert second.post(f"{LIST}{row.pk}/", {"act": "reject", "reason": " "}).status_code == 422
    assert second.post(f"{LIST}{row.pk}/", {"act": "reject", "reason": "等省里的文件"}).status_code == 302
    assert "等省里的文件" in client.get(f"{LIST}{row.pk}/").content.decode()


def test_ending_is_a_proposal_of_its_own_and_its_page_says_what_comes_back(county: County, client: Client, second: Client) -> None:
    row = proposed(county, client, begin=today().isoformat())
    second.post(f"{LIST}{row.pk}/", {"act": "approve"})
    day = (today() + timedelta(days=30)).isoformat()
    answer = second.post(f"{LIST}{row.pk}/end/", {"begin": day, "reason": "试行结束"})
    assert answer.status_code == 302, answer.content.decode()
    ending = EnteredValue.objects.get(kind="end")
    assert "停用自己的规定，回到<b>3 天</b>" in client.get(f"{LIST}{ending.pk}/").content.decode()
    client.post(f"{LIST}{ending.pk}/", {"act": "approve"})
    assert resolve_at(KEY, county.estate.path, ending.begin).value == 3


def test_the_page_of_what_applies_leads_to_a_proposal_for_who_may_make_one(county: County, client: Client) -> None:
    link = f"{NEW}?place={county.territory.code}&amp;key={KEY}"
    page = f"/desk/policy/?q={KEY}&place={county.territory.code}"
    assert link in county.sign_in(client, "county_officer").get(page).content.decode()
    assert link not in county.sign_in(Client(), "community_worker").get(page).content.decode()


def test_elsewhere_is_not_there(county: County, client: Client) -> None:
    row = proposed(county, client)
    stranger = county.sign_in(Client(), "foreign_officer")
    assert stranger.get(f"{LIST}{row.pk}/").status_code == 404
    assert stranger.get(ask(county)).status_code == 404
    assert stranger.get(LIST, {"place": county.estate.code}).status_code == 404
    assert county.sign_in(Client(), "resident").get(LIST).status_code == 403
    assert Client().get(LIST).status_code in (302, 403)


def test_the_document_is_seen_by_who_sees_the_proposal_and_once_approved_by_everybody_signed_in(
    county: County, client: Client, second: Client
) -> None:
    row = proposed(county, client, file=SimpleUploadedFile("办法.pdf", PDF, "application/pdf"))
    door, resident = f"/files/{row.document}/", county.sign_in(Client(), "resident")
    assert (second.get(door).status_code, resident.get(door).status_code) == (200, 404)
    second.post(f"{LIST}{row.pk}/", {"act": "approve"})
    assert (resident.get(door).status_code, Client().get(door).status_code) == (200, 404)


def test_the_handbook_has_what_was_entered(county: County, client: Client, second: Client) -> None:
    row = proposed(county, client, begin=today().isoformat())
    second.post(f"{LIST}{row.pk}/", {"act": "approve"})
    page = client.get(f"{LIST}manual.html", {"place": county.estate.code})
    text = page.content.decode()
    assert page["Content-Disposition"].startswith("attachment")
    assert "桂园治理规定手册" in text
    assert "青杉区：《青杉区业委会信息公开办法》第三条" in text
    word = Document(BytesIO(client.get(f"{LIST}manual.docx", {"place": county.estate.code}).content))
    cells = [cell.text for table in word.tables for row_ in table.rows for cell in row_.cells]
    assert any("青杉区业委会信息公开办法" in cell for cell in cells)
    assert client.get(f"{LIST}manual.html", {"on": "昨天"}).status_code == 422
