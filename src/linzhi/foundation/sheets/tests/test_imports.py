"""Imports: what is counted, taken, resumed, undone; that nothing is lost or doubled when a process dies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linzhi.foundation.audit.models import Entry
from linzhi.foundation.sheets import commands as do
from linzhi.foundation.sheets import jobs, queries, running, uploading
from linzhi.foundation.sheets.models import SheetImport, SheetTrace
from linzhi.foundation.sheets.tests import shelf
from linzhi.foundation.sheets.tests.conftest import Desk
from linzhi.kernel import clock
from linzhi.kernel.refused import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for kill -9: nothing of ours may catch it."""


def test_a_preview_counts_every_row_and_writes_nothing_into_the_register(desk: Desk) -> None:
    desk.take(shelf.workbook(shelf.many(2)))
    before = shelf.contents()
    rows = [("S00001", "架子1", 2, "13900000001"), ("S00002", "新名字", 3, "13900000002"), ("N1", "新的", None, None), ("N2", "坏的", 13, None)]
    one = desk.check(shelf.workbook(rows))
    assert (one.state, one.total, one.same, one.changed, one.new, one.bad) == ("previewed", 4, 1, 1, 1, 1)
    assert shelf.contents() == before


def test_a_wrong_cell_is_shown_with_what_stands_there_why_and_what_to_do(desk: Desk) -> None:
    one = desk.check(shelf.workbook([("A1", "甲", 13, None), ("A2", "乙", "很多", None), ("A3", None, 3, None)]))
    found = queries.findings(one, "fault")
    assert [(f.row, f.title, f.words["stands"]) for f in found] == [(2, "层数", "13"), (3, "层数", "很多"), (4, "名称", "")]
    assert all(f.words["why"] and f.words["remedy"] for f in found)


def test_a_change_shows_old_and_new_and_masks_what_is_sealed(desk: Desk) -> None:
    desk.take(shelf.workbook([("A1", "旧", 1, "13912345678")]))
    one = desk.check(shelf.workbook([("A1", "新", 1, "13900000009")]))
    found = {f.column: (f.words["old"], f.words["new"]) for f in queries.findings(one, "change")}
    assert found == {"title": ("旧", "新"), "phone": ("139****5678", "139****0009")}


def test_all_or_nothing_refuses_to_begin_with_a_bad_row_and_good_rows_leaves_it_out(desk: Desk) -> None:
    one = desk.check(shelf.workbook([*shelf.many(7), ("X", "坏的", 13, None)]))
    with pytest.raises(Refused, match="不能全部收下"):
        desk.begin(one)
    assert shelf.contents() == {}
    one = running.run(one.pk, desk.begin(one, "good_rows"))
    assert (one.state, one.taken_new, one.passed_over) == ("done", 7, 1)
    assert len(shelf.contents()) == 7


def test_the_same_file_again_changes_nothing(desk: Desk, shelves: shelf.Shelves) -> None:
    content = shelf.workbook(shelf.many(12))
    first = desk.take(content)
    calls, before = shelves.taken, shelf.contents()
    again = desk.take(content)
    assert first.pk != again.pk
    assert (again.state, again.taken_new, again.taken_changed, again.taken_same) == ("done", 0, 0, 12)
    assert shelf.contents() == before
    assert shelves.taken == calls


def test_uploading_the_same_file_twice_before_taking_it_is_one_import(desk: Desk) -> None:
    content = shelf.workbook(shelf.many(2))
    assert desk.upload(content).pk == desk.upload(content).pk
    assert len(list((uploading.keeping._path("0" * 32 + ".xlsx").parent).iterdir())) == 1


def test_the_second_of_two_rows_with_one_key_is_a_fault_that_names_the_first(desk: Desk) -> None:
    one = desk.check(shelf.workbook([("A1", "甲", 1, None), ("A2", "乙", 1, None), ("A1", "丙", 1, None)]))
    (found,) = queries.findings(one, "fault")
    assert (one.new, one.bad, found.row) == (2, 1, 4)
    assert "第 2 行" in found.words["why"]


def test_a_double_is_found_again_after_a_restart_in_the_middle(desk: Desk, shelves: shelf.Shelves) -> None:
    rows = [*shelf.many(6), ("S00001", "又一个", 1, None)]
    one = desk.check(shelf.workbook(rows))
    runner = desk.begin(one, "good_rows")
    running.run(one.pk, runner, most=1)
    one = running.run(one.pk, running.new_runner())
    assert (one.state, one.taken_new, one.passed_over) == ("done", 6, 1)
    assert shelf.contents()["S00001"][0] == "架子1"


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_a_chunk_loses_and_doubles_nothing_and_another_goes_on(
    desk: Desk, shelves: shelf.Shelves, moment: str
) -> None:
    one = desk.check(shelf.workbook(shelf.many(17)))
    runner = desk.begin(one)

    def die(call: int) -> None:
        if call == 3:
            raise Killed

    setattr(shelves, moment, die)
    steps = running.steps(one.pk, runner)
    with pytest.raises(Killed):
        list(steps)
    one.refresh_from_db()
    assert (len(shelf.contents()), one.row, one.chunk, SheetTrace.objects.filter(sheet_import=one).count()) == (10, 11, 2, 2)
    setattr(shelves, moment, lambda call: None)
    assert running.run(one.pk, running.new_runner()).state == "taking", "the dead process may still be alive"
    with clock.at_time(clock.now() + timedelta(minutes=5)):
        jobs.run_waiting(clock.now())
    one.refresh_from_db()
    assert (one.state, one.taken_new) == ("done", 17)
    assert shelves.keys[2] == shelves.keys[3], "the chunk is repeated under its own key"
    assert len(shelf.contents()) == 17


def test_an_import_stops_between_chunks_and_goes_on_where_it_was(desk: Desk) -> None:
    one = desk.check(shelf.workbook(shelf.many(12)))
    runner = desk.begin(one)
    running.run(one.pk, runner, most=1)
    do.stop(desk.actor, do.Stop(import_id=one.pk))
    one = running.run(one.pk, runner)
    assert (one.state, len(shelf.contents())) == ("stopped", 5)
    one = running.run(one.pk, desk.begin(one))
    assert (one.state, one.taken_new, len(shelf.contents())) == ("done", 12, 12)


def test_an_undo_gives_back_every_old_value_in_reverse_order(desk: Desk) -> None:
    desk.take(shelf.workbook(shelf.many(8)))
    before = shelf.contents()
    one = desk.take(shelf.workbook(shelf.many(14, "改过")))
    assert (one.taken_new, one.taken_changed) == (6, 8)
    one = desk.undo(one)
    assert one.state == "undone"
    assert shelf.contents() == before


def test_an_undo_stops_at_what_is_used_names_it_and_can_be_resumed(desk: Desk) -> None:
    one = desk.take(shelf.workbook(shelf.many(12)))
    shelf.used.add("S00007")
    one = desk.undo(one)
    assert (one.state, len(shelf.contents())) == ("stopped", 10)
    assert "S00007" in one.why.open_value()
    with pytest.raises(Refused, match="撤了一部分"):
        desk.begin(one)
    shelf.used.clear()
    assert desk.undo(one).state == "undone"
    assert shelf.contents() == {}


def test_an_undo_refused_at_its_first_row_leaves_the_import_as_it_was(desk: Desk) -> None:
    one = desk.take(shelf.workbook(shelf.many(3)))
    shelf.used.add("S00001")
    one = desk.undo(one)
    assert (one.state, len(shelf.contents())) == ("done", 3)


def test_all_or_nothing_takes_everything_back_when_a_row_goes_bad_half_way(desk: Desk, shelves: shelf.Shelves) -> None:
    one = desk.check(shelf.workbook(shelf.many(12)))
    runner = desk.begin(one)

    def refuse(call: int) -> None:
        if call == 3:
            raise Refused("shelf.full", "房间满了。")

    shelves.before = refuse
    one = running.run(one.pk, runner)
    assert one.state == "undone"
    assert "房间满了" in one.why.open_value()
    assert shelf.contents() == {}


def test_good_rows_stops_with_the_reason_and_can_go_on(desk: Desk, shelves: shelf.Shelves) -> None:
    one = desk.check(shelf.workbook(shelf.many(12)))
    runner = desk.begin(one, "good_rows")

    def refuse(call: int) -> None:
        if call == 2:
            raise Refused("shelf.full", "房间满了。")

    shelves.before = refuse
    one = running.run(one.pk, runner)
    assert (one.state, one.why.open_value(), len(shelf.contents())) == ("stopped", "房间满了。", 5)
    one = running.run(one.pk, desk.begin(one, "good_rows"))
    assert (one.state, len(shelf.contents())) == ("done", 12)


def test_a_fault_of_the_program_stops_the_import_and_never_loops(desk: Desk, shelves: shelf.Shelves) -> None:
    one = desk.check(shelf.workbook(shelf.many(3)))
    runner = desk.begin(one, "good_rows")

    def break_down(call: int) -> None:
        raise ZeroDivisionError

    shelves.before = break_down
    one = running.run(one.pk, runner)
    assert one.state == "stopped"
    assert "意外" in one.why.open_value()


def test_rows_that_a_person_takes_for_somebody_known_are_left_out(desk: Desk) -> None:
    one = desk.check(shelf.workbook([("A1", "很像", 1, None), ("A2", "很像", 2, None)]))
    assert (one.alike, [f.row for f in queries.findings(one, "alike")]) == (2, [2, 3])
    one = running.run(one.pk, desk.begin(one, leave_out=(3,)))
    assert (one.taken_new, one.passed_over, set(shelf.contents())) == (1, 1, {"A1"})


def test_the_worker_checks_and_takes_what_a_request_left(desk: Desk) -> None:
    one = desk.upload(shelf.workbook(shelf.many(12)))
    do.preview(desk.actor, do.Preview(import_id=one.pk))
    jobs.run_waiting(clock.now())
    one.refresh_from_db()
    assert one.state == "previewed"
    do.take(desk.actor, do.Take(import_id=one.pk, mode="all_or_nothing"))
    jobs.run_waiting(clock.now())
    one.refresh_from_db()
    assert (one.state, one.runner, len(shelf.contents())) == ("done", "", 12)


def test_an_import_whose_decider_lost_the_post_stops(desk: Desk) -> None:
    from linzhi.foundation.access.models import Grant

    one = desk.check(shelf.workbook(shelf.many(12)))
    runner = desk.begin(one, "good_rows")
    running.run(one.pk, runner, most=1)
    Grant.objects.filter(account_id=desk.actor.account_id).delete()
    one = running.run(one.pk, runner)
    assert (one.state, len(shelf.contents())) == ("stopped", 5)


def test_every_decision_is_in_the_audit_log_under_its_own_name(desk: Desk) -> None:
    one = desk.take(shelf.workbook(shelf.many(2)))
    desk.undo(one)
    codes = Entry.objects.filter(action__startswith="sheets.").order_by("pk").values_list("action", flat=True)
    assert list(codes) == ["sheets.upload", "sheets.preview", "sheets.take", "sheets.undo"]


@pytest.mark.parametrize("role", ["property_handler", "committee_member", "resident", "grid_worker", "foreign_officer"])
def test_nobody_imports_without_the_registers_own_action_at_the_place(desk: Desk, role: str) -> None:
    one = desk.check(shelf.workbook(shelf.many(2)))
    other = Desk(desk.county, role)
    with pytest.raises(NotAllowed):
        other.upload(shelf.workbook(shelf.many(3)))
    for command in (do.take, do.undo, do.stop, do.preview, do.forget_file):
        cmd = do.Take(import_id=one.pk, mode="good_rows") if command is do.take else do.Stop(import_id=one.pk)
        with pytest.raises(NotAllowed):
            command(other.actor, cmd)
    from linzhi.foundation.access.powers import Powers

    with pytest.raises(NotFound):
        queries.find(Powers(other.actor, clock.now()), one.pk)
    assert SheetImport.objects.get(pk=one.pk).state == "previewed"


def test_a_place_of_another_level_is_refused(desk: Desk) -> None:
    desk.place = desk.county.building.code
    with pytest.raises(Refused, match="换一个地方"):
        desk.upload(shelf.workbook(shelf.many(1)))


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do_and_not_kept(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.upload(b"PK\x03\x04 not a workbook")
    assert not SheetImport.objects.exists()
