"""Moments, spans, ratios, money and numbers as the screen says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from linzhi.kernel.clock import BEIJING, at_time
from linzhi.web import speech, words

AT = datetime(2026, 11, 20, 15, 30, tzinfo=BEIJING)


def test_a_day_of_this_year_has_no_year() -> None:
    assert words.day(date(2026, 11, 5), AT) == "11月5日"
    assert words.day(date(2025, 11, 5), AT) == "2025年11月5日"


def test_a_day_is_the_day_in_beijing_not_in_utc() -> None:
    assert words.day(datetime(2026, 11, 20, 17, 0, tzinfo=UTC), AT) == "11月21日"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (AT, "今天 15:30"),
        (AT + timedelta(hours=18), "明天 09:30"),
        (AT - timedelta(hours=16), "昨天 23:30"),
        (AT + timedelta(days=2), "11月22日 15:30"),
        (AT - timedelta(days=400), "2025年10月16日 15:30"),
    ],
)
def test_a_moment_near_by_is_named(moment: datetime, said: str) -> None:
    assert words.moment(moment, AT) == said


def test_what_is_printed_keeps_the_date() -> None:
    assert words.moment(AT, AT, plain=True) == "11月20日 15:30"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        words.moment(datetime(2026, 11, 20), AT)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=2, hours=3, minutes=59), "还有 2 天 3 小时"),
        (timedelta(days=8, hours=3), "还有 8 天"),
        (timedelta(hours=2, minutes=30), "还有 2 小时 30 分"),
        (timedelta(hours=3), "还有 3 小时"),
        (timedelta(minutes=30, seconds=59), "还有 30 分钟"),
        (timedelta(0), "还有 不到 1 分钟"),
        (-timedelta(hours=3), "超时 3 小时"),
        (-timedelta(seconds=1), "超时 不到 1 分钟"),
    ],
)
def test_a_span_has_two_parts_at_most_and_is_rounded_down(left: timedelta, said: str) -> None:
    assert words.span(AT + left, AT) == said


def test_the_present_comes_from_the_clock() -> None:
    with at_time(AT):
        assert words.span(AT + timedelta(hours=1)) == "还有 1 小时"
        assert words.ago(AT - timedelta(minutes=4)) == "4 分钟前"


def test_no_due_moment_is_said_in_words() -> None:
    assert words.span(None, AT) == "不限时"
    assert words.moment(None, AT) == words.day(None, AT) == "—"


def test_due_soon_begins_four_hours_before_and_over_right_after() -> None:
    assert words.due_standing(AT + timedelta(hours=4), AT) == ""
    assert words.due_standing(AT + timedelta(hours=3, minutes=59), AT) == "soon"
    assert words.due_standing(AT, AT) == "soon"
    assert words.due_standing(AT - timedelta(seconds=1), AT) == "over"


def test_a_per_cent_is_rounded_half_up_without_floats() -> None:
    assert words.percent(377, 431) == "87.5%"
    assert words.percent(1, 8, 0) == "13%"
    assert words.percent(61204380000000001, 84316520000000000, 2) == "72.59%"
    assert words.percent(0, 0) == "—"


def test_a_bar_stops_just_short_of_a_threshold_that_is_not_reached() -> None:
    assert words.reached(294, 588, (1, 2))
    assert not words.reached(294, 588, (1, 2), strict=True)
    assert not words.reached(0, 0, (1, 2))
    assert words.share_of(19999, 30000) == "66.66"
    assert words.share_of(5, 0) == "0"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812340000", "138****0000"),
        ("+86 138-1234-0000", "138****0000"),
        ("6620 1101", "****1101"),
        ("110", "****0"),
        ("", "****"),
        (None, "****"),
    ],
)
def test_a_masked_phone_never_shows_more_than_half_of_a_short_number(number: str | None, masked: str) -> None:
    assert words.mask_phone(number) == masked


def test_money_is_yuan_with_two_decimals() -> None:
    assert words.money(19809470) == "198,094.70"
    assert words.money(-1215680) == "−12,156.80"


def test_a_persons_own_words_are_escaped_and_keep_their_breaks() -> None:
    assert words.lines("灯<b>坏</b>了\r\n两盏\n\n还没修") == "<p>灯&lt;b&gt;坏&lt;/b&gt;了<br>两盏</p>\n<p>还没修</p>"
    assert words.lines(None) == ""


def test_the_memory_of_translations_keeps_languages_apart() -> None:
    with override("en"):
        english = speech.gettext("Yes")
    with override("zh-hans"):
        assert (english, speech.gettext("Yes")) == ("Yes", "是")
