"""Imported messages: the desk, the board of figures and the API say what the file says.

The right answers are worked out here from the file alone: its rows by the csv module, working days by the calendar library
itself, nothing of ours. `sample-messages.csv` holds thirty invented messages; the same test runs on a large file of real
ones where it lies beside the repository.
"""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import chinese_calendar
import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from linzhi.config.cli.requests import requests as requests_command
from linzhi.domains.requests import metrics, queries
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.calendar.seed import shipped_calendar
from linzhi.kernel import clock
from tests.support.api_client import Api
from tests.support.small_county import County

HERE = Path(__file__).parent
SAMPLE = HERE / "sample-messages.csv"
REAL = HERE.parents[2] / "shared" / "data" / "messages-replied.csv"
BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 9, 15, 9, tzinfo=BEIJING)
CLOSE_OF_BUSINESS = time(17, 30)

needs_real = pytest.mark.skipif(not REAL.is_file(), reason="no file of real messages beside the repository: ../shared/data")
FILES = [pytest.param(SAMPLE, id="sample"), pytest.param(REAL, id="real", marks=needs_real)]


@dataclass(frozen=True)
class Expected:
    """What the file says by itself."""

    rows: int
    replies: int
    median: timedelta
    within: dict[int, int]


def working_days(raised: datetime, replied: datetime) -> int:
    """Working days until the reply: the day of the report isn't counted, and each day lasts until the close of business."""
    day, count = raised.date(), 0
    if replied.date() == day:
        return 0
    while True:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day):
            count += 1
            if replied <= datetime.combine(day, CLOSE_OF_BUSINESS):
                return count


def expected_of(path: Path) -> Expected:
    """The figures of a file, from its own columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    times = [
        (datetime.fromisoformat(row["raised_at"]), datetime.fromisoformat(row["replied_at"])) for row in rows if row["replied_at"]
    ]  # fmt: skip
    days = [working_days(raised, replied) for raised, replied in times]
    within = {limit: sum(count <= limit for count in days) for limit in (5, 10, 15)}
    return Expected(len(rows), len(times), statistics.median(replied - raised for raised, replied in times), within)


def run_import(path: Path, county: County) -> tuple[int, dict[str, int]]:
    """Run `linzhi requests import --replay --json` in this process: exit code, and the last line it printed."""
    options = ["--place", county.territory.code, "--replay", "--json"]
    done = CliRunner().invoke(requests_command, ["import", str(path), *options])
    assert done.stdout, done.stderr
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at_time(NOW):
        yield


@dataclass(frozen=True)
class Shown:
    """What the platform says, screen by screen."""

    board: metrics.Replies
    desk: dict[str, int]
    listed: int
    places: list[tuple[int, int]]


def shown(county: County) -> Shown:
    """Ask every place that tells these figures, as the county's officer."""
    powers, path = Powers(county.actor("county_officer"), NOW), county.territory.path
    desk = queries.tab_counts(powers, NOW, ("all", "open", "waiting", "unlocated", "done", "unfixed"))
    places = metrics.by_place(powers, path, len(path), datetime(2010, 1, 1, tzinfo=BEIJING), NOW, NOW)
    listed = queries.listed(powers, queries.Filter(at=NOW, tab="all")).count()
    return Shown(metrics.replies(powers, path), desk, listed, [(row.open, row.reported) for row in places])


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
def test_every_screen_says_what_the_file_says_and_importing_again_changes_nothing(path: Path, county: County) -> None:
    expected = expected_of(path)
    n = expected.rows
    right = Shown(
        metrics.Replies(expected.replies, expected.median, expected.within),
        {"all": n, "open": n, "waiting": expected.replies, "unlocated": n, "done": 0, "unfixed": 0}, n, [(n, n)],
    )  # fmt: skip

    assert run_import(path, county) == (0, {"created": n, "unchanged": 0, "refused": 0})
    assert shown(county) == right

    api = Api(token=county.token_in("county_officer", "requests.view", "requests.view_figures"))
    told = api.get("/requests/replies", place=county.territory.code).body
    assert (told["count"], {int(days): count for days, count in told["within"].items()}) == (expected.replies, expected.within)
    assert TypeAdapter(timedelta).validate_python(told["median"]) == expected.median
    tabs = api.get("/requests/tabs").body
    assert {name: tabs[name] for name in right.desk} == right.desk

    assert run_import(path, county) == (0, {"created": 0, "unchanged": n, "refused": 0})
    assert shown(county) == right


@pytest.mark.django_db
def test_figures_of_a_stretch_of_time_are_those_of_its_rows(county: County) -> None:
    run_import(SAMPLE, county)
    begin, end = datetime(2019, 6, 1, tzinfo=BEIJING), datetime(2019, 9, 1, tzinfo=BEIJING)
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if "2019-06-01" <= row["raised_at"] < "2019-09-01" and row["replied_at"]]
    spans = [datetime.fromisoformat(row["replied_at"]) - datetime.fromisoformat(row["raised_at"]) for row in rows]
    found = metrics.replies(Powers(county.actor("county_officer"), NOW), county.territory.path, begin, end)
    assert (found.count, found.median) == (len(rows), statistics.median(spans))


def test_the_sample_holds_every_edge_of_a_working_day() -> None:
    """Worked out by hand, so that one mistake made twice is seen: raised, replied, working days."""
    moments = [
        ("2019-04-05T08:00:00", "2019-04-05T15:30:00", 0),  # the same day, a holiday
        ("2019-04-26T19:22:31", "2019-05-05T11:11:11", 4),  # 28 April worked, 1 to 4 May off, 5 May worked
        ("2019-06-08T09:30:00", "2019-06-10T09:10:00", 1),  # over a weekend
        ("2019-11-18T08:15:00", "2019-11-19T17:29:59", 1),  # a second before the close
        ("2019-11-25T08:15:00", "2019-12-02T17:30:01", 6),  # a second after the close of the fifth day
        ("2019-02-03T10:30:00", "2019-02-11T10:00:00", 1),  # the Spring Festival
        ("2019-09-29T22:10:00", "2019-10-12T17:00:00", 6),  # National Day; Saturday 12 October is worked
    ]
    for raised, replied, count in moments:
        assert working_days(datetime.fromisoformat(raised), datetime.fromisoformat(replied)) == count, (raised, replied)


def test_the_calendar_is_announced_for_every_year_of_the_sample() -> None:
    assert expected_of(SAMPLE).rows == 30
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        years = {int(row[column][:4]) for row in csv.DictReader(lines) for column in ("raised_at", "replied_at") if row[column]}
    assert shipped_calendar().confirmed_years >= years


@needs_real
def test_the_calendar_is_announced_for_every_year_of_the_real_messages() -> None:
    with REAL.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    days = [date.fromisoformat(row[column][:10]) for row in rows for column in ("raised_at", "replied_at")]
    assert shipped_calendar().is_confirmed(min(days), max(days))
