"""Files are sealed and forgotten; exports are masked, or open with a purpose and every opening logged."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings

from linzhi.foundation.audit.models import Entry
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.sheets import commands as do
from linzhi.foundation.sheets import jobs, queries, uploading
from linzhi.foundation.sheets.exporting import Target
from linzhi.foundation.sheets.marking import marked
from linzhi.foundation.sheets.models import SheetFault, SheetImport, SheetTrace
from linzhi.foundation.sheets.tests import shelf
from linzhi.foundation.sheets.tests.conftest import Desk
from linzhi.kernel import clock
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


def export(desk: Desk, **more: Any) -> bytes:
    out = io.BytesIO()
    do.export(desk.actor, do.Export(kind="shelves", place=desk.place, target=Target(out), **more))
    return out.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    return [list(row) for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows(values_only=True)]


def test_a_file_that_names_people_lies_sealed_on_the_disk(desk: Desk) -> None:
    content = shelf.workbook([("A1", "甲", 1, PHONE), ("A2", "坏", 13, PHONE)])
    one = desk.check(content)
    (kept,) = (Path(settings.DATA_DIR) / "sheets").iterdir()
    raw = kept.read_bytes()
    assert b"PK\x03\x04" not in raw
    assert PHONE.encode() not in raw
    assert uploading.keeping.read(one.kept, one.file_key.open_value(), one.digest) == content


def test_what_a_preview_and_a_trace_keep_of_people_is_sealed_in_the_database(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE), ("A2", PHONE, 13, PHONE)]), "good_rows")
    stored = [str(value) for row in [*SheetFault.objects.all(), *SheetTrace.objects.all(), *SheetImport.objects.all()]
              for field in row._meta.fields for value in [field.get_prep_value(getattr(row, field.attname))]]  # fmt: skip
    assert [value for value in stored if PHONE in value] == []


def test_a_changed_file_is_never_taken(desk: Desk) -> None:
    one = desk.upload(shelf.workbook(shelf.many(2)))
    other = uploading.keeping.keep(shelf.workbook(shelf.many(3)), sealed=True)
    raw = uploading.keeping._path(one.kept)
    raw.write_bytes(raw.read_bytes()[:-1] + b"x")
    with pytest.raises(NotFound, match="不一样"):
        uploading.keeping.read(one.kept, one.file_key.open_value(), one.digest)
    with pytest.raises(NotFound, match="不一样"):
        uploading.keeping.read(other.name, other.key, one.digest)


def test_a_masked_export_comes_back_as_no_change_and_loses_no_number(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE), ("A2", "乙", None, None)]))
    before = shelf.contents()
    content = export(desk)
    assert PHONE not in str(cells(content))
    assert "139****5678" in str(cells(content))
    one = desk.check(content)
    assert (one.total, one.same, one.bad) == (2, 2, 0)
    assert shelf.contents() == before
    assert not Opening.objects.exists()


def test_a_mask_of_another_number_is_refused(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE)]))
    one = desk.check(shelf.workbook([("A1", "甲", 1, "138****0000"), ("A9", "新", 1, "138****0000")]))
    assert one.bad == 2


def test_a_clear_export_needs_a_purpose_and_logs_every_value_that_left(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE), ("A2", "乙", None, None), ("A3", "丙", None, "13900000003")]))
    with pytest.raises(Refused, match="做什么用"):
        export(desk, clear=True)
    assert not Opening.objects.exists()
    content = export(desk, clear=True, purpose="入户核对")
    assert PHONE in str(cells(content))
    openings = Opening.objects.order_by("pk")
    assert [(o.subject, o.field, o.purpose) for o in openings] == [("shelf:A1", "phone", "入户核对"), ("shelf:A3", "phone", "入户核对")]
    assert {o.actor for o in openings} == {desk.actor.key}
    entry = Entry.objects.get(action="sheets.export")
    assert (entry.data["purpose"], entry.data["_"]) == ("入户核对", {"rows": 3, "opened": 2})


def test_an_export_of_personal_data_says_who_when_and_what_for(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE)]))
    text = str(cells(export(desk, purpose="月度核对")))
    assert "白社" in text
    assert "月度核对" in text


def test_whoever_may_only_look_gets_masks_and_whoever_may_not_gets_nothing(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "甲", 1, PHONE)]))
    looker = Desk(desk.county, "street_dispatcher")
    assert PHONE not in str(cells(export(looker)))
    with pytest.raises(NotAllowed):
        export(looker, clear=True, purpose="看看")
    for role in ("committee_member", "resident", "foreign_officer"):
        with pytest.raises(NotAllowed):
            export(Desk(desk.county, role))


def test_the_marked_file_has_the_bad_rows_only_with_the_wrong_cells_explained(desk: Desk) -> None:
    one = desk.check(shelf.workbook([("A1", "甲", 1, None), ("A2", "乙", 13, None)]))
    sheet = openpyxl.load_workbook(io.BytesIO(marked(one))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(shelf.HEADINGS)
    assert rows[1][:3] == ["A2", "乙", "13"]
    assert len(rows) == 2
    wrong = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [cell.coordinate for cell in wrong] == ["C2"]
    assert "13 层" in wrong[0].comment.text


def test_after_its_term_the_file_goes_with_what_was_found_and_the_counts_stay(desk: Desk) -> None:
    one = desk.take(shelf.workbook([*shelf.many(3), ("X", "坏", 13, None)]), "good_rows")
    assert jobs.forget_due(clock.now()) == 0
    assert jobs.forget_due(clock.now() + timedelta(days=settings.SHEET_FILE_DAYS, seconds=1)) == 1
    one.refresh_from_db()
    assert (one.kept, one.state, one.taken_new) == ("", "done", 3)
    assert not list((Path(settings.DATA_DIR) / "sheets").iterdir())
    assert not SheetFault.objects.exists()
    assert not SheetTrace.objects.exists()
    with pytest.raises(Refused, match="太久"):
        desk.undo(one)


def test_a_file_forgotten_by_hand_can_still_be_undone(desk: Desk) -> None:
    one = desk.take(shelf.workbook(shelf.many(3)))
    uploading.forget(desk.actor, one.pk)
    one.refresh_from_db()
    assert one.kept == ""
    assert desk.undo(one).state == "undone"
    assert shelf.contents() == {}


def test_a_stray_file_of_a_killed_upload_is_swept_after_a_day(desk: Desk) -> None:
    one = desk.upload(shelf.workbook(shelf.many(2)))
    uploading.keeping.keep(b"stray", sealed=False)
    assert jobs.forget_due(clock.now() + timedelta(days=2)) == 1
    assert [path.name for path in (Path(settings.DATA_DIR) / "sheets").iterdir()] == [one.kept]
    assert queries.findings(one, "fault") == []
