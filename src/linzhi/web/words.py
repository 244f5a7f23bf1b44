"""How the screen says moments, spans, ratios, money and phone numbers. Pure functions; `at` is the present unless given."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language
from markupsafe import Markup, escape

from linzhi.kernel.clock import BEIJING, now
from linzhi.web.speech import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400
DASH = "—"


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment on the screen needs a time zone")
    return value.astimezone(BEIJING)


def day(value: date | datetime | None, at: datetime | None = None) -> str:
    """`11月20日`; the year comes first when it isn't this year's. Nothing gives a dash."""
    if value is None:
        return DASH
    here = _local(value).date() if isinstance(value, datetime) else value
    if here.year == (at or now()).year:
        return _("{month}月{day}日").format(month=here.month, day=here.day)
    return _("{year}年{month}月{day}日").format(year=here.year, month=here.month, day=here.day)


def weekday(value: date | datetime) -> str:
    """`周五`."""
    here = _local(value) if isinstance(value, datetime) else value
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[here.weekday()]


def clock_time(value: datetime) -> str:
    """`15:30`."""
    return _local(value).strftime("%H:%M")


def moment(value: datetime | None, at: datetime | None = None, *, plain: bool = False) -> str:
    """`11月20日 15:30`, or `今天 15:30`, `明天 09:30`, `昨天 18:00`. `plain` keeps the date, for what is printed."""
    if value is None:
        return DASH
    here, present = _local(value), _local(at or now())
    names = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}
    apart = (here.date() - present.date()).days
    date_words = day(here, present) if plain or apart not in names else names[apart]
    return f"{date_words} {clock_time(here)}"


def task_time(value: datetime, at: datetime | None = None) -> str:
    """When a task is due, short: 16:30 today, 周一 11:00 within a week, 12月3日 beyond."""
    days = (_local(value).date() - _local(at or now()).date()).days
    if days == 0:
        return clock_time(value)
    return f"{weekday(value)} {clock_time(value)}" if 0 < days < 7 else day(value, at)


def duration(value: timedelta) -> str:
    """`2 天 3 小时`, `2 小时 30 分`, `30 分钟`: two parts at most, rounded down; less than a minute is `不到 1 分钟`."""
    seconds = abs(int(value.total_seconds()))
    if seconds < MINUTE:
        return _("不到 1 分钟")
    if seconds < HOUR:
        return _("{n} 分钟").format(n=seconds // MINUTE)
    if seconds < DAY:
        hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
        return _("{h} 小时 {m} 分").format(h=hours, m=minutes) if minutes else _("{n} 小时").format(n=hours)
    days, hours = seconds // DAY, seconds % DAY // HOUR
    return _("{d} 天 {h} 小时").format(d=days, h=hours) if hours and days < 7 else _("{n} 天").format(n=days)


def span(due: datetime | None, at: datetime | None = None) -> str:
    """`还有 2 天 3 小时` before the due moment, `超时 3 小时` after it; no due moment is `不限时`."""
    if due is None:
        return _("不限时")
    left = _local(due) - (at or now())
    if left >= timedelta(0):
        return _("还有 {span}").format(span=duration(left))
    return _("超时 {span}").format(span=duration(left))


def left(due: datetime, at: datetime | None = None) -> str:
    """Only the amount that is left or passed: `2 小时 20 分`."""
    return duration(_local(due) - (at or now()))


# family of a case: its class and its icon
_FAMILIES = {
    "open": ("", "progress"),
    "turn": (" lz-state--turn", "help-circle"),
    "done": (" lz-state--done", "circle-check"),
    "unfixed": (" lz-state--unfixed", "circle-minus"),
    "withdrawn": (" lz-state--unfixed", "arrow-back-up"),
    "waiting": ("", "clock-pause"),
}


@lru_cache(maxsize=64)
def _family_words(language: str | None) -> dict[str, str]:
    return {
        "open": _("在办"),
        "turn": _("等您看看"),
        "done": _("办好了"),
        "unfixed": _("没办成"),
        "withdrawn": _("撤回了"),
        "waiting": _("挂账"),
    }


def case_family(family: str) -> tuple[str, str, str]:
    """Class, icon and word of a family of states. Raises KeyError for one that doesn't exist."""
    css, icon_name = _FAMILIES[family]
    return css, icon_name, _family_words(get_language())[family]


def due_standing(due: datetime | None, at: datetime | None = None, soon_hours: int = 4) -> str:
    """`over` when the due moment has passed, `soon` when fewer than `soon_hours` are left, else nothing."""
    if due is None:
        return ""
    rest = _local(due) - (at or now())
    if rest < timedelta(0):
        return "over"
    return "soon" if rest < timedelta(hours=soon_hours) else ""


def ago(value: datetime, at: datetime | None = None) -> str:
    """`3 小时前`; for things that have happened."""
    return _("{span}前").format(span=duration((at or now()) - _local(value)))


def ratio(numerator: int, denominator: int) -> str:
    """`41/60`, with thousands parted."""
    return f"{numerator:,}/{denominator:,}"


def percent(numerator: int, denominator: int, places: int = 1) -> str:
    """`68.3%`, rounded half up without floats; of nothing there is no percentage, only a dash."""
    if denominator == 0:
        return DASH
    scale = 10**places
    scaled = (abs(numerator) * 100 * scale * 2 + denominator) // (denominator * 2)
    sign = "-" if numerator < 0 else ""
    whole, rest = divmod(scaled, scale)
    return f"{sign}{whole}.{rest:0{places}d}%" if places else f"{sign}{whole}%"


def share_of(numerator: int, denominator: int) -> str:
    """A share for the width of a bar: per cent with two decimals, `0` of nothing, never above 100."""
    if denominator == 0:
        return "0"
    hundredths = min(numerator * 10000 // denominator, 10000)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def reached(numerator: int, denominator: int, need: tuple[int, int], strict: bool = False) -> bool:
    """Whether numerator/denominator is at least `need` (more than it with `strict`, as 过半 asks), in integers."""
    have, want = numerator * need[1], need[0] * denominator
    return denominator > 0 and (have > want if strict else have >= want)


def money(fen: int) -> str:
    """Whole fen as yuan with two decimals: `198,094.70`."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def mask_phone(number: str | None) -> str:
    """`138****0000`; a shorter number shows its last four digits at most, and never more than half of it."""
    digits = "".join(c for c in number or "" if c.isdigit())
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    shown = digits[-min(4, len(digits) // 2) :] if len(digits) > 1 else ""
    return f"****{shown}"


def fingerprint(value: str) -> str:
    """A hash in groups of four, so that people can compare it by eye."""
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4))


def lines(value: str | None) -> Markup:
    """A person's own words as paragraphs; everything is escaped, single line breaks are kept."""
    text = (value or "").replace("\r\n", "\n").strip()
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n"))) for block in blocks
    )


def iso(value: datetime | date) -> str:
    """For the `datetime` attribute of `<time>`."""
    if isinstance(value, datetime):
        return _local(value).isoformat(timespec="minutes")
    return value.isoformat()
