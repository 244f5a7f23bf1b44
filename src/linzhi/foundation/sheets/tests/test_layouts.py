"""Ledgers with headings of their own: asked once, remembered at the place and below."""

from __future__ import annotations

import pytest

from linzhi.foundation.sheets import commands as do
from linzhi.foundation.sheets import running
from linzhi.foundation.sheets.commands.preview import waiting
from linzhi.foundation.sheets.models import SheetLayout
from linzhi.foundation.sheets.tests import shelf
from linzhi.foundation.sheets.tests.conftest import Desk
from linzhi.kernel.refused import Refused

pytestmark = pytest.mark.django_db
OWN = ("序列", "货架叫什么", "备忘", "电话")
MEANT = {"序列": "code", "货架叫什么": "title", "备忘": ""}


def ledger(*rows: tuple[object, ...]) -> bytes:
    return shelf.workbook(rows or [("A1", "甲", "随便写的", "13900000001")], OWN)


def test_unknown_headings_wait_for_a_person_and_nothing_is_guessed(desk: Desk) -> None:
    one = desk.upload(ledger())
    assert waiting(one)
    assert set(one.mapping["unknown"]) == {"序列", "货架叫什么", "备忘"}
    with pytest.raises(Refused, match="不认识"):
        do.preview(desk.actor, do.Preview(import_id=one.pk))


def test_what_was_mapped_once_is_known_the_next_time(desk: Desk) -> None:
    one = desk.upload(ledger())
    do.map_columns(desk.actor, do.MapColumns(import_id=one.pk, chosen=MEANT))
    runner = running.new_runner()
    do.preview(desk.actor, do.Preview(import_id=one.pk, runner=runner))
    one = running.run(one.pk, runner)
    assert (one.state, one.new, one.bad) == ("previewed", 1, 0)
    running.run(one.pk, desk.begin(one))
    assert shelf.contents() == {"A1": ("甲", None, "13900000001")}

    again = desk.upload(ledger(("A2", "乙", None, None)))
    assert not waiting(again)
    assert desk.take(ledger(("A3", "丙", None, None))).taken_new == 1
    assert SheetLayout.objects.get().account_id == desk.actor.account_id


def test_a_layout_holds_below_its_place_and_not_beside_it(desk: Desk) -> None:
    one = desk.upload(ledger())
    do.map_columns(desk.actor, do.MapColumns(import_id=one.pk, chosen=MEANT))
    desk.place = desk.county.estate.code
    assert not waiting(desk.upload(ledger(("B1", "乙", None, None))))
    foreign = Desk(desk.county, "foreign_officer")
    foreign.place = desk.county.elsewhere.code
    assert waiting(foreign.upload(ledger(("C1", "丙", None, None))))


def test_a_required_column_left_out_is_refused_by_its_name(desk: Desk) -> None:
    one = desk.upload(ledger())
    with pytest.raises(Refused, match="名称"):
        do.map_columns(desk.actor, do.MapColumns(import_id=one.pk, chosen={"序列": "code", "货架叫什么": "", "备忘": ""}))


def test_two_headings_for_one_column_are_refused(desk: Desk) -> None:
    one = desk.upload(ledger())
    with pytest.raises(Refused, match="两列"):
        do.map_columns(desk.actor, do.MapColumns(import_id=one.pk, chosen={"序列": "code", "货架叫什么": "title", "备忘": "title"}))
    with pytest.raises(Refused, match="两列"):
        do.map_columns(desk.actor, do.MapColumns(import_id=one.pk, chosen={**MEANT, "备忘": "phone"}))
