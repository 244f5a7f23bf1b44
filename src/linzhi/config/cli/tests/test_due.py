"""`linzhi due`: what it prints and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linzhi.config.cli.due import due
from linzhi.foundation.calendar import announcing

START = "2026-09-30T16:00+08:00"


@pytest.fixture(autouse=True)
def _no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINZHI_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.delenv("LINZHI_DATABASE_URL", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(due, arguments)


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--from", START, "--within", "2 working hours"], {"due": "2026-10-08T09:30+08:00", "confirmed": True}),
        (["--from", "2026-09-30T08:00Z", "--within", "2 working hours"], {"due": "2026-10-08T09:30+08:00", "confirmed": True}),
        (["--from", "2026-12-30T16:00+08:00", "--within", "3 working days"], {"due": "2027-01-04T17:30+08:00", "confirmed": False}),
        (["--from", "2026-10-01T23:55:30+08:00", "--within", "10 minutes"], {"due": "2026-10-02T00:05:30+08:00", "confirmed": True}),
        (["--from", START, "--within", "1 hour", "--pause", f"{START}/"], {"due": None, "confirmed": False}),
        (
            [
                *("--from", START, "--within", "1 hour"),
                *("--pause", f"{START}/2026-09-30T16:10+08:00", "--pause", "2026-09-30T16:30+08:00/2026-09-30T16:40+08:00"),
            ],
            {"due": "2026-09-30T17:20+08:00", "confirmed": True},
        ),
    ],
)
def test_the_answer_as_json(arguments: list[str], answer: dict[str, object]) -> None:
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == answer


@pytest.mark.parametrize(
    ("within", "pauses", "sentence"),
    [
        ("2 working hours", [], "从 2026年9月30日（星期三）16:00 起 2 个工作小时，到 2026年10月8日（星期四）09:30 为止。"),
        ("100 working days", [], "其中有的年份放假安排还没有公布，这个时间待确认。"),
        ("2 days", ["--pause", f"{START}/"], "正在暂停，恢复后才能算出到期时间。"),
    ],
)
def test_the_answer_as_a_sentence(within: str, pauses: list[str], sentence: str) -> None:
    result = run("--from", START, "--within", within, *pauses)
    assert result.exit_code == 0
    assert sentence in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--from"),
        (["--from", START], "--within"),
        (["--from", "yesterday", "--within", "1 day"], "看不懂起始时间“yesterday”"),
        (["--from", "2026-09-30T16:00", "--within", "1 day"], "带时区"),
        (["--from", START, "--within", "2 fortnights"], "看不懂时限“2 fortnights”"),
        (["--from", START, "--within", "0 days"], "看不懂时限“0 days”"),
        (["--from", START, "--within", "1 day", "--pause", "noon"], "看不懂暂停“noon”"),
        (["--from", START, "--within", "1 day", "--pause", f"noon/{START}"], "看不懂暂停的开始“noon”"),
        (["--from", START, "--within", "1 day", "--pause", f"{START}/2026-09-30"], "看不懂暂停的结束“2026-09-30”"),
        (["--from", START, "--within", "1 day", "--pause", f"{START}/2026-09-30T15:00+08:00"], "早于开始"),
        (["--from", START, "--within", "999999999 working days"], "公元 9999 年"),
    ],
)
def test_bad_input_is_refused_in_chinese_with_exit_code_2(arguments: list[str], message: str) -> None:
    result = run(*arguments, "--json")
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.django_db
def test_with_a_database_its_own_calendar_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINZHI_DATABASE_URL", "sqlite:///any")
    announcing.set_day(date(2026, 10, 6), workday=True, name="抗洪值守", source="清禾区政府通知")
    result = run("--from", START, "--within", "2 working hours", "--json")
    assert json.loads(result.stdout)["due"] == "2026-10-06T09:30+08:00"
