"""A list leaves the house: for a purpose, masked, and so that no spreadsheet runs it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from linzhi.domains.requests.commands import Export
from linzhi.domains.requests.jobs import check, sheet_of, take
from linzhi.foundation.audit.models import Entry
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotAllowed, Refused

NOW = datetime(2026, 9, 15, 9, tzinfo=BEIJING)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing_clock():
    with clock.at_time(NOW):
        yield


def wanted(county, **more) -> Export:
    return Export(**{"place_code": county.territory.code, "purpose": "月度通报", "tab": "all"} | more)


def cells(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_sheet_says_who_when_and_what_for_and_hides_personal_data(county) -> None:
    county.report(text="-5度还不供暖，请打13912345678", contact_name="王小明", contact_phone="13912345678", at=NOW)
    mark, heading, row = cells(sheet_of(county.actor("county_officer"), wanted(county), at=NOW))
    assert all(word in str(mark[0]) for word in ("陶局", "2026-09-15 09:00", "月度通报"))
    told = dict(zip(heading, row, strict=True))
    assert (told["来电人"], told["电话"]) == ("王**", "139****5678")
    assert told["内容"] == "'-5度还不供暖，请打139****5678"
    assert "13912345678" not in str(row)
    assert told["编号"] == told["本系统编号"] == "2609-0001"


def test_an_export_is_in_the_shape_that_the_import_takes(county) -> None:
    county.report(text="楼道灯不亮", contact_name="王小明", at=NOW)
    content = sheet_of(county.actor("county_officer"), wanted(county), at=NOW)
    report = check(content, place_code=county.territory.code, source="copy", replay=True)
    assert report.problems == ()
    assert take(report, System("requests.import")).created == 1


def test_the_log_keeps_the_purpose_and_how_many(county) -> None:
    county.report(at=NOW)
    sheet_of(county.actor("county_officer"), wanted(county), at=NOW)
    entry = Entry.objects.get(action="requests.export")
    assert (entry.data["purpose"], entry.data["_"]["count"], entry.place) == ("月度通报", 1, county.territory.path)


def test_without_a_purpose_nothing_is_exported(county) -> None:
    with pytest.raises(Refused, match="export_purpose"):
        sheet_of(county.actor("county_officer"), wanted(county, purpose=""))


@pytest.mark.parametrize("role", ["resident", "grid_worker", "property_handler", "administrator"])
def test_who_may_not_export_gets_nothing(county, role: str) -> None:
    with pytest.raises(NotAllowed):
        sheet_of(county.actor(role), wanted(county))


def test_nobody_exports_beyond_the_own_place(county) -> None:
    with pytest.raises(NotAllowed):
        sheet_of(county.actor("community_worker"), wanted(county))


class TestOverTheApi:
    def sheet(self, county, role: str, **more):
        asked = {"place_code": county.territory.code, "purpose": "月度通报", "tab": "all"} | more
        return county.sign_in(Client(), role).post("/api/v1/requests/export", asked, content_type="application/json")

    def test_a_sheet_comes_out_masked_with_every_cell_as_text_and_the_export_is_logged(self, county):
        made = county.report(text="=1+1 的公式和 13812345678", contact_phone="13812345678", public=False)
        answer = self.sheet(county, "county_officer")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert ".xlsx" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store"
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[2][-1] == made.number
        assert all(isinstance(cell, str) for row in rows for cell in row), "a number that is text keeps its zeros and its digits"
        assert "13812345678" not in str(rows)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert b'formatCode="@"' in archive.read("xl/styles.xml"), "the format of the cells is text, so that it stays so when one is edited"
        entry = Entry.objects.get(action="requests.export")
        assert (entry.data["purpose"], entry.data["_"]["count"]) == ("月度通报", 1)

    def test_without_a_purpose_or_the_post_nothing_comes_out(self, county):
        county.report()
        assert self.sheet(county, "county_officer", purpose="").json()["code"] == "requests.export_purpose"
        assert self.sheet(county, "resident").status_code == 403
        assert self.sheet(county, "foreign_officer").status_code in (403, 404)
        assert not Entry.objects.filter(action="requests.export").exists()
