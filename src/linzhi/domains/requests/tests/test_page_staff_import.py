"""热线工单: upload, see what is wrong, take the good rows, go on where it was broken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linzhi.domains.requests.jobs.sheet_file import read_sheet
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages import staff_import

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
HEAD = "编号,来电人,标题,时间,内容,电话\n"


def rows(count: int) -> str:
    """So many good rows."""
    return HEAD + "".join(f"R{n},李先生,路灯不亮{n},2026-01-05 09:{n % 60:02d},某路的灯不亮了{n},13900001111\n" for n in range(count))


def upload(client: Client, county: County, text: str) -> Any:
    """Upload a CSV; the answer leads to the check."""
    file = SimpleUploadedFile("sheet.csv", text.encode("utf-8-sig"), "text/csv")
    return client.post("/desk/requests/import/", {"file": file, "place_code": county.territory.code})


def test_nothing_is_written_before_the_sheet_was_looked_at(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    answer = upload(client, county, rows(3))
    shown = client.get(answer["Location"]).content.decode()
    assert "全部导入（3 行）" in shown
    assert not Request.objects.exists()
    shown = client.post(answer["Location"], {"take": "all"}).content.decode()
    assert "新登记 3 件" in shown
    assert "去补地点" in shown
    assert Request.objects.filter(located=False, channel="hotline").count() == 3


def test_every_wrong_cell_is_marked_and_only_the_good_rows_are_taken(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    text = rows(2) + "R8,李先生,标题,不是时间,内容在这里,139\nR9,李先生,标题,2026-01-05 09:00,=cmd|calc,139\n"
    answer = upload(client, county, text)
    shown = client.get(answer["Location"]).content.decode()
    assert "只导入好的 2 行" in shown
    assert "<mark>不是时间</mark>" in shown
    assert "看不懂这个时间" in shown
    assert "像是表格公式" in shown
    assert "第 4 行" in shown
    client.post(answer["Location"], {"take": "all"})
    assert not Request.objects.exists()
    client.post(answer["Location"], {"take": "good"})
    assert Request.objects.count() == 2


def test_a_long_sheet_is_taken_piece_by_piece_and_again_changes_nothing(client: Client, county: County, monkeypatch: Any) -> None:
    monkeypatch.setattr(staff_import, "AT_ONCE", 4)
    county.sign_in(client, "street_dispatcher")
    file = SimpleUploadedFile("sheet.csv", rows(10).encode(), "text/csv")
    where = client.post("/desk/requests/import/", {"file": file, "place_code": county.street.code})["Location"]
    form: dict[str, Any] = {"take": "all"}
    steps = 0
    while True:
        shown = client.post(where, form).content.decode()
        steps += 1
        if "导入好了" in shown:
            break
        form = {"take": "good"} | dict(re.findall(r'name="(begin|created|unchanged|refused)" value="(\d+)"', shown))
    assert (steps, Request.objects.count()) == (3, 10)
    assert "原来就有 4 件" in client.post(where, {"take": "all"}).content.decode()
    assert Request.objects.count() == 10


def test_the_sheet_of_somebody_else_is_not_there_and_others_may_not_import(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    where = upload(client, county, rows(1))["Location"]
    county.sign_in(client, "foreign_officer")
    assert client.get(where).status_code == 403
    county.sign_in(client, "community_worker")
    assert client.get("/desk/requests/import/").status_code == 403


def test_a_picture_is_no_sheet_and_the_template_fits_the_import(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert client.post("/desk/requests/import/", {"file": file, "place_code": county.territory.code}).status_code == 422
    heading = read_sheet(client.get("/desk/requests/import/?template=1").content).rows[0][1]
    assert heading[:5] == ["编号", "来电人", "标题", "时间", "内容"]
