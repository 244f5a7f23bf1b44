"""`linzhi due`: when a time limit ends. Works without a database, then with the calendar that ships with the project."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from typing import NoReturn

import click
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linzhi.config.installation import data_folder
from linzhi.foundation.calendar.seed import shipped_calendar
from linzhi.kernel.workcalendar import WorkCalendar, local
from linzhi.kernel.worktime import Due, Limit, Pause
from linzhi.kernel.worktime import due as due_of

_EXAMPLE = "2026-09-30T16:00+08:00"


@click.command("due", help="按工作日历算出时限到什么时候为止。")
@click.option("--from", "start", metavar="TIME", help=f"从什么时候开始，带时区的 ISO 时间，如 {_EXAMPLE}。")
@click.option("--within", metavar="LIMIT", help="时限，如 “2 working hours”；单位 minutes、hours、working hours、days、working days。")
@click.option("--pause", "pauses", metavar="A/B", multiple=True, help="暂停的时段，可写多次；还在暂停的写 “A/”。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def due(start: str | None, within: str | None, pauses: tuple[str, ...], as_json: bool) -> None:
    """Print when a limit ends and whether the calendar is announced that far; exit 2 with a Chinese sentence for bad input."""
    if not start:
        _refuse(_("请用 --from 写明起始时间，如 --from %(example)s。") % {"example": _EXAMPLE})
    if not within:
        _refuse("请用 --within 写明时限，如 --within “2 working hours”。")
    begun, limit, stops = _time(start, _("起始时间")), _limit(within), [_pause(text) for text in pauses]
    try:
        answer = due_of(begun, limit, _calendar(local(begun).date()), stops)
    except ValueError:
        _refuse(_("从 %(start)s 起 %(limit)s，超出了能表示的日期（到公元 9999 年为止）。") % {"start": start, "limit": limit.words()})
    click.echo(json.dumps({"due": _iso(answer.at), "confirmed": answer.confirmed}) if as_json else _sentence(begun, limit, answer))


def _calendar(day: date) -> WorkCalendar:
    """Return the installation's calendar if it has a database, else the shipped one."""
    if not os.environ.get("LINZHI_DATABASE_URL") and not (data_folder() / "linzhi.sqlite3").is_file():
        return shipped_calendar()
    from linzhi.foundation.calendar.queries import work_calendar

    return work_calendar(day)


def _time(text: str, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        local(moment)
    except ValueError:
        message = _("看不懂%(what)s“%(text)s”。要写成带时区的 ISO 时间，如 %(example)s。")
        _refuse(message % {"what": what, "text": text, "example": _EXAMPLE})
    return moment


def _limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except ValueError:
        message = _("看不懂时限“%(text)s”。要写成整数加单位：minutes、hours、working hours、days 或 working days，如 “2 working hours”。")
        _refuse(message % {"text": text})


def _pause(text: str) -> Pause:
    begin, slash, end = text.partition("/")
    if not slash:
        message = _("看不懂暂停“%(text)s”。要写成“开始/结束”，如 %(example)s/2026-10-08T09:00+08:00；还在暂停的写“开始/”。")
        _refuse(message % {"text": text, "example": _EXAMPLE})
    try:
        return Pause(_time(begin, _("暂停的开始")), _time(end, _("暂停的结束")) if end.strip() else None)
    except ValueError:
        _refuse(_("暂停“%(text)s”的结束早于开始，请检查。") % {"text": text})


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")


def _sentence(begun: datetime, limit: Limit, answer: Due) -> str:
    facts = {"start": _words(local(begun)), "limit": limit.words()}
    if answer.at is None:
        return _("从 %(start)s 起 %(limit)s：正在暂停，恢复后才能算出到期时间。") % facts
    note = "" if answer.confirmed else _("其中有的年份放假安排还没有公布，这个时间待确认。")
    return _("从 %(start)s 起 %(limit)s，到 %(due)s 为止。") % {**facts, "due": _words(answer.at)} + note


def _words(moment: datetime) -> str:
    return date_format(moment, "Y年n月j日（l）H:i:s" if moment.second else "Y年n月j日（l）H:i")


def _refuse(message: str) -> NoReturn:
    click.echo(_("错误：") + message, err=True)
    raise SystemExit(2)
