"""Taking a hotline's sheet in: all or nothing, again, broken off, by the job and by people."""

from __future__ import annotations

import csv
import io
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from linzhi.domains.requests.jobs import Report, check, import_sheets, locate_many, take
from linzhi.domains.requests.models import Request
from linzhi.flow.models import Clock, Happening, Matter
from linzhi.foundation.audit.models import Entry
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotFound, Refused

IMPORT = System("requests.import")
NOW = datetime(2026, 9, 15, 9, tzinfo=BEIJING)
HEADING = ("编号", "来电人", "标题", "时间", "内容", "答复", "答复时间")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing_clock():
    with clock.at_time(NOW):
        yield


def row(number: int, **cells: str) -> dict[str, str]:
    raised = datetime(2019, 3, 4, 9) + timedelta(days=number)  # noqa: DTZ001
    return {
        "编号": str(number), "来电人": f"市民{number}", "标题": f"第{number}件", "时间": f"{raised:%Y-%m-%d %H:%M}",
        "内容": f"{number}号楼的门坏了", "答复": f"{number}号楼的门修好了", "答复时间": f"{raised + timedelta(days=2):%Y-%m-%d %H:%M}",
    } | cells  # fmt: skip


def sheet(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADING)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def checked(county, content: bytes, *, replay: bool = True) -> Report:
    return check(content, place_code=county.territory.code, replay=replay)


def counts(tally) -> tuple[int, int, int]:
    return tally.created, tally.unchanged, tally.refused


def test_the_past_is_replayed_at_its_own_times_and_waits_for_the_reporters_word(county) -> None:
    assert counts(take(checked(county, sheet(row(1))), IMPORT)) == (1, 0, 0)
    request = Request.objects.select_related("matter").get()
    assert (request.number, request.channel, request.located, request.path) == ("1903-0001", "hotline", False, county.territory.path)
    assert request.reported_at == datetime(2019, 3, 5, 9, tzinfo=BEIJING)
    assert (request.replied_at, request.reply_days) == (datetime(2019, 3, 7, 9, tzinfo=BEIJING), 2)
    assert (request.matter.step, request.matter.closed_at, request.matter.outcome) == ("close", None, "")
    lines = [(line.act, line.at, line.public) for line in Happening.objects.order_by("pk")]
    assert lines == [
        ("requests.take_sheet", request.reported_at, ""),
        ("requests.replay_reply", request.replied_at, "1号楼的门修好了"),
    ]
    assert str(request.contact_name) == "市**"


def test_without_replay_they_come_in_as_new(county) -> None:
    assert counts(take(checked(county, sheet(row(1)), replay=False), IMPORT)) == (1, 0, 0)
    request = Request.objects.select_related("matter").get()
    assert (request.reported_at, request.replied_at, request.matter.step) == (NOW, None, "accept")
    assert counts(take(checked(county, sheet(row(1))), IMPORT)) == (0, 1, 0)  # nothing of the past can be added to a new one


def test_a_spoiled_sheet_writes_nothing_unless_the_good_rows_are_asked_for(county) -> None:
    report = checked(county, sheet(row(1), row(2, 内容="=cmd|' /C calc'!A0"), row(3, 答复时间="2001-01-01 09:00"), row(1, 内容="另一件事")))
    assert (report.total, len(report.rows), report.refused) == (4, 1, 3)
    with pytest.raises(Refused, match="sheet_spoiled"):
        take(report, IMPORT)
    assert not Request.objects.exists()
    assert counts(take(report, IMPORT, take_good=True)) == (1, 0, 3)


def test_importing_again_changes_nothing_not_even_the_log(county) -> None:
    content = sheet(*(row(n) for n in range(1, 6)))
    take(checked(county, content), IMPORT)
    before = [model.objects.count() for model in (Request, Matter, Happening, Clock, Entry)]
    assert counts(take(checked(county, content), IMPORT)) == (0, 5, 0)
    assert [model.objects.count() for model in (Request, Matter, Happening, Clock, Entry)] == before


def test_the_same_row_twice_in_a_sheet_makes_one_request(county) -> None:
    assert counts(take(checked(county, sheet(row(1), row(1))), IMPORT)) == (1, 1, 0)


def test_a_number_that_is_here_with_another_text_is_refused(county) -> None:
    take(checked(county, sheet(row(1))), IMPORT)
    report = checked(county, sheet(row(1, 内容="另一件事"), row(2)))
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, "编号")]
    assert "1903-0001" in report.problems[0].why
    assert counts(take(report, IMPORT, take_good=True)) == (1, 0, 1)


def test_a_run_that_was_stopped_is_completed_by_the_next(county) -> None:
    report = checked(county, sheet(*(row(n) for n in range(1, 8))))
    asked = iter(range(100))
    first = take(report, IMPORT, stop=lambda: next(asked) == 3)
    assert (counts(first), first.stopped) == ((3, 0, 0), True)
    second = take(report, IMPORT)
    assert (counts(second), second.stopped) == ((4, 3, 0), False)
    assert Request.objects.filter(replied_at__isnull=False, matter__step="close").count() == 7


def test_a_row_broken_off_between_report_and_reply_leaves_nothing_behind(county, monkeypatch) -> None:
    report = checked(county, sheet(row(1), row(2)))
    given = import_sheets.replay_row.__globals__["replay_reply"]

    def die_at_the_second(actor, cmd, **more):
        if "2号楼" in cmd.say:
            raise KeyboardInterrupt
        return given(actor, cmd, **more)

    monkeypatch.setitem(import_sheets.replay_row.__globals__, "replay_reply", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        take(report, IMPORT)
    assert list(Request.objects.values_list("source_id", flat=True)) == ["1"]
    monkeypatch.undo()
    assert counts(take(report, IMPORT)) == (1, 1, 0)


def test_a_reply_that_comes_with_a_later_sheet_is_added_to_its_request(county) -> None:
    take(checked(county, sheet(row(1, 答复="", 答复时间=""))), IMPORT)
    assert counts(take(checked(county, sheet(row(1))), IMPORT)) == (1, 0, 0)
    request = Request.objects.get()
    assert request.reply_days == 2


def test_an_old_reply_never_moves_what_somebody_works_on(county) -> None:
    from linzhi.domains.requests.commands import Accept, accept

    take(checked(county, sheet(row(1, 答复="", 答复时间=""))), IMPORT)
    accept(county.actor("county_officer"), Accept(request_id=Request.objects.get().pk))
    tally = take(checked(county, sheet(row(1))), IMPORT)
    assert counts(tally) == (0, 0, 1)
    assert tally.problems[0].row == 2
    assert Request.objects.get().replied_at is None


def test_an_officer_takes_a_sheet_in_with_own_powers_and_a_resident_doesnt(county) -> None:
    report = checked(county, sheet(row(1)), replay=False)
    assert counts(take(report, county.actor("resident"))) == (0, 0, 1)
    assert not Request.objects.exists()
    assert counts(take(report, county.actor("county_officer"))) == (1, 0, 0)


def test_nobody_but_the_import_writes_replies_into_the_past(county) -> None:
    tally = take(checked(county, sheet(row(1))), county.actor("county_officer"))
    assert counts(tally) == (0, 0, 1)
    assert not Request.objects.exists()


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(NotFound):
        check(b"x", place_code="000000")


def test_many_get_their_place_at_once_and_a_refusal_stops_only_its_own(county) -> None:
    take(checked(county, sheet(row(1), row(2)), replay=False), IMPORT)
    first, second = Request.objects.order_by("pk").values_list("pk", flat=True)
    results = locate_many(county.actor("county_officer"), [first, 999_999, second, first], county.estate.code)
    assert [(one.request_id, one.ok) for one in results] == [(first, True), (999_999, False), (second, True)]
    assert set(Request.objects.values_list("path", "located")) == {(county.estate.path, True)}
    assert not any(one.ok for one in locate_many(county.actor("resident"), [first], county.estate.code))


def two_at_once(county, content: bytes, *, replay: bool) -> list[tuple[int, int, int]]:
    """Two imports of the same file that begin at the same moment, each with a connection of its own."""
    ready = threading.Barrier(2)
    found = []

    def run() -> None:
        try:
            report = checked(county, content, replay=replay)
            ready.wait()
            found.append(counts(take(report, IMPORT)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("replay", [True, False])
def test_two_imports_of_a_sheet_at_the_same_time_make_each_request_once(county, replay) -> None:
    found = two_at_once(county, sheet(*(row(n) for n in range(1, 13))), replay=replay)
    assert len(found) == 2, "neither fell over"
    created, unchanged, refused = (sum(one) for one in zip(*found, strict=True))
    assert (created, unchanged, refused) == (12, 12, 0)
    assert Request.objects.count() == 12
    assert Request.objects.exclude(replied_at=None).count() == (12 if replay else 0)
    numbers = sorted(Request.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 12


@pytest.mark.parametrize("replay", [True, False])
def test_a_row_that_another_import_brought_since_the_look_is_left_as_it_is(county, replay, monkeypatch) -> None:
    content = sheet(row(1), row(2))
    late = checked(county, content, replay=replay)
    take(checked(county, content, replay=replay), IMPORT)
    before = [model.objects.count() for model in (Request, Matter, Happening, Clock)]
    monkeypatch.setattr(import_sheets, "_known", lambda *_args: {})  # as it was when the late one looked
    assert counts(take(late, IMPORT)) == (0, 2, 0)
    assert [model.objects.count() for model in (Request, Matter, Happening, Clock)] == before
