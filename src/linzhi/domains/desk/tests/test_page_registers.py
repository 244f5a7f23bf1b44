"""台账: from the file to the register and back, by the pages alone and without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.sheets import jobs
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.tests import shelf
from linzhi.kernel import clock

pytestmark = pytest.mark.django_db
HOME = "/desk/registers/"


@pytest.fixture
def shelves(county: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[shelf.Shelves]:
    with shelf.at_hand(monkeypatch) as made:
        yield made


@pytest.fixture
def staff(county: Any, client: Client, shelves: shelf.Shelves) -> Client:
    return county.sign_in(client, "community_worker")


def upload(client: Client, county: Any, content: bytes, name: str = "我的架子.xlsx") -> str:
    """Send a file; returns the address of the import."""
    answer = client.post(f"{HOME}shelves/upload/", {"place": county.community.code, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_home_offers_each_register_with_template_import_and_export(staff: Client) -> None:
    page = staff.get(HOME).content.decode()
    assert "架子台账" in page
    for part in ("upload", "template", "export"):
        assert f"{HOME}shelves/{part}/" in page


@pytest.mark.parametrize("role", ["resident", "owner", "property_handler"])
def test_whoever_keeps_no_register_is_told_who_does(county: Any, client: Client, shelves: shelf.Shelves, role: str) -> None:
    county.sign_in(client, role)
    assert client.get(HOME).status_code == 403
    assert client.get(f"{HOME}shelves/upload/").status_code == 403
    assert client.get(f"{HOME}shelves/export/").status_code == 403


def test_the_upload_says_how_each_column_is_filled_and_keeps_the_place_it_was_sent_to(staff: Client, county: Any) -> None:
    page = staff.get(f"{HOME}shelves/upload/?place={county.estate.code}").content.decode()
    assert '<input type="file" name="file"' in page
    assert f'<option value="{county.estate.code}" selected>' in page
    assert "手机 11 位" in page


def test_a_small_file_is_checked_at_once_and_taken_with_one_button(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(3)))
    page = text_of(staff, address)
    assert "一共 3 行" in page
    assert "全部收下（3 行）" in page
    assert shelf.contents() == {}
    assert staff.post(address, {"do": "all_or_nothing"}).status_code == 302
    assert "导入好了" in text_of(staff, address)
    assert len(shelf.contents()) == 3


def test_each_wrong_cell_is_marked_with_what_stands_there_why_and_what_to_do(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook([("A1", "甲", 13, None), ("A2", "乙", 2, None)]))
    page = text_of(staff, address)
    assert "第 2 行" in page
    assert "没有 13 层的架子。 请改成别的层数。" in page
    assert "<mark>13</mark>" in staff.get(address).content.decode()
    assert "全部收下" not in page
    staff.post(address, {"do": "good_rows"})
    assert set(shelf.contents()) == {"A2"}


def test_the_marked_file_comes_back_corrected_and_is_taken(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook([("A1", "甲", 13, "13912345678"), ("A2", "乙", 2, None)]))
    staff.post(address, {"do": "good_rows"})
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{address}faults/").content))
    sheet = book.worksheets[0]
    assert sheet["C2"].comment is not None
    sheet["C2"] = "3"
    target = io.BytesIO()
    book.save(target)
    again = upload(staff, county, target.getvalue(), "改好.xlsx")
    staff.post(again, {"do": "all_or_nothing"})
    assert shelf.contents()["A1"] == ("甲", 3, "13912345678")


def test_what_would_change_is_shown_old_to_new(staff: Client, county: Any) -> None:
    staff.post(upload(staff, county, shelf.workbook([("A1", "旧名字", 1, None)])), {"do": "all_or_nothing"})
    page = text_of(staff, upload(staff, county, shelf.workbook([("A1", "新名字", 1, None)])))
    assert "旧名字" in page
    assert "新名字" in page


def test_a_look_alike_is_a_question_that_has_to_be_answered(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook([("A1", "很像", 1, None), ("A2", "乙", 1, None)]))
    assert "像：像的架子" in text_of(staff, address)
    answer = staff.post(address, {"do": "all_or_nothing"})
    assert answer.status_code == 422
    assert "第 2 行" in answer.content.decode()
    assert shelf.contents() == {}
    staff.post(address, {"do": "all_or_nothing", "alike-2": "same"})
    assert set(shelf.contents()) == {"A2"}


def test_a_ledger_with_other_headings_is_mapped_once(staff: Client, county: Any) -> None:
    own = ("序列", "货架叫什么", "电话")
    address = upload(staff, county, shelf.workbook([("A1", "甲", "13912345678")], own))
    columns = staff.get(address)["Location"]
    page = staff.get(columns).content.decode()
    assert "表里写的：A1" in page
    missing = staff.post(columns, {"c0": "code", "c1": ""})
    assert missing.status_code == 422
    assert "名称" in missing.content.decode()
    staff.post(columns, {"c0": "code", "c1": "title"})
    assert "全部收下（1 行）" in text_of(staff, address)
    assert "一共 1 行" in text_of(staff, upload(staff, county, shelf.workbook([("A2", "乙", None)], own)))


def test_a_large_file_is_left_to_the_worker_and_the_page_shows_how_far_it_is(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(23)))
    page = staff.get(address).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page
    jobs.run_waiting(clock.now())
    assert "一共 23 行" in text_of(staff, address)
    staff.post(address, {"do": "all_or_nothing"})
    assert "10/23" in text_of(staff, address)
    staff.post(address, {"do": "stop"})
    assert "停在半路" in text_of(staff, address)
    staff.post(address, {"do": "all_or_nothing"})
    jobs.run_waiting(clock.now())
    assert "导入好了" in text_of(staff, address)
    assert len(shelf.contents()) == 23


def test_the_page_that_looks_on_is_told_when_it_is_over(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(23)))
    assert b"<html" not in staff.get(address, headers={"HX-Request": "true"}).content
    jobs.run_waiting(clock.now())
    assert staff.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_an_import_is_undone_after_asking(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(3)))
    staff.post(address, {"do": "all_or_nothing"})
    assert "新增的 3 行删去" in text_of(staff, f"{address}undo/")
    assert len(shelf.contents()) == 3
    staff.post(f"{address}undo/", {"confirmed": "1"})
    assert "已撤销" in text_of(staff, address)
    assert shelf.contents() == {}


def test_an_obstacle_to_undoing_is_named(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(3)))
    staff.post(address, {"do": "all_or_nothing"})
    shelf.used.add("S00002")
    staff.post(f"{address}undo/", {"confirmed": "1"})
    assert "架子 S00002 已经在用，撤不了。" in text_of(staff, address)
    assert len(shelf.contents()) == 3


def test_a_colleague_sees_the_import_but_not_what_stands_in_the_cells(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook([("A1", "甲", 1, "不是电话"), ("A2", "乙", 2, None)]))
    assert "不是电话" in staff.get(address).content.decode().replace("不是电话号码", "")
    colleague = county.sign_in(Client(), "county_officer")
    page = colleague.get(address).content.decode()
    assert "只有上传的人看得到" in page
    assert "<mark>" not in page
    assert colleague.get(f"{address}faults/").status_code == 404
    for role in ("foreign_officer", "street_dispatcher"):
        assert county.sign_in(Client(), role).get(address).status_code == 404


def test_a_file_that_cannot_be_read_is_refused_on_the_form(staff: Client, county: Any) -> None:
    sent = {"place": county.community.code, "file": SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 broken")}
    answer = staff.post(f"{HOME}shelves/upload/", sent)
    assert answer.status_code == 422
    assert 'id="id_file-error"' in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_an_export_asks_the_purpose_masks_by_default_and_opens_only_with_it(staff: Client, county: Any) -> None:
    staff.post(upload(staff, county, shelf.workbook([("A1", "甲", 1, "13912345678")])), {"do": "all_or_nothing"})
    asked = {"place": county.community.code, "on": "2026-11-20", "clear": ""}
    assert staff.post(f"{HOME}shelves/export/", asked).status_code == 422
    masked = staff.post(f"{HOME}shelves/export/", {**asked, "purpose": "核对"})
    assert "139****5678" in str(_cells(masked.content))
    assert not Opening.objects.exists()
    clear = staff.post(f"{HOME}shelves/export/", {**asked, "purpose": "核对", "clear": "1"})
    assert "13912345678" in str(_cells(clear.content))
    assert Opening.objects.get().purpose == "核对"


def test_the_template_is_taken_back_without_a_fault(staff: Client, county: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{HOME}shelves/template/").content))
    book.worksheets[0].append(["A1", "甲", 2, "13912345678"])
    target = io.BytesIO()
    book.save(target)
    assert "全部收下（1 行）" in text_of(staff, upload(staff, county, target.getvalue()))


def test_the_list_of_imports_leads_to_each(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(2)))
    assert address in staff.get(f"{HOME}imports/").content.decode()
    assert address in staff.get(HOME).content.decode()


def test_a_file_is_deleted_on_request(staff: Client, county: Any) -> None:
    address = upload(staff, county, shelf.workbook(shelf.many(2)))
    staff.post(address, {"do": "forget"})
    assert SheetImport.objects.get().kept == ""
    assert "文件已经删除" in text_of(staff, address)


def _cells(content: bytes) -> list[Any]:
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return [cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
