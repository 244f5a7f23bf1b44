"""`linzhi registers`: registers as Excel, in and out."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.sheets import commands, queries, running, template, uploading
from linzhi.foundation.sheets.commands.preview import waiting
from linzhi.foundation.sheets.exporting import Target
from linzhi.foundation.sheets.memory import Memory
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import Register, all_registers, register_of
from linzhi.foundation.sheets.sources import choices_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor, Person, System
from linzhi.kernel.refused import Refused

OPERATOR = System("setup")
"""Whoever may run this on the machine set the platform up; every action says whether that is enough."""
MOST_SHOWN = 200
INTERRUPTED = 130

_place = click.option("--place", default="", metavar="CODE", help="哪个地方的台账；不写就是本区县。")
_as = click.option("--as", "account", default="", metavar="ACCOUNT", help="以谁的身份办：登录名或账号编号；不写就是平台的安装人。")


@click.group()
def registers() -> None:
    """台账：Excel 导入、导出、撤销。"""
    if settings.MODE == "offline":
        _fail(_("这里还没有安装。先运行 linzhi demo（演示）或 linzhi init（正式使用）。"))


@registers.command("list", help="有哪些台账，按先后顺序。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def list_registers(as_json: bool) -> None:
    """Print every register in an order in which they can be imported."""
    found = all_registers()
    if as_json:
        click.echo(json.dumps([{"kind": one.code, "title": str(one.title), "after": list(one.after)} for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.code}\t{one.title}")


@registers.command("import", help="导入一份台账（.xlsx）。再导入同一份，什么都不会变。")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_place
@_as
@click.option("--good-rows", is_flag=True, help="表里有问题时，只收没问题的行。")
@click.option("--json", "as_json", is_flag=True, help="最后一行输出 JSON：created、changed、unchanged、refused、import。")
def import_sheet(kind: str, file: Path, place: str, account: str, good_rows: bool, as_json: bool) -> None:
    """Check a workbook and take it; with a bad row nothing is taken (exit 1) unless --good-rows. Safe to break off and to repeat."""
    actor, register = _actor(account), _register(kind)
    stop, memory = _Stop(), Memory()
    gc.set_threshold(200_000, 20, 100)  # the rows are held on purpose: looking through them for garbage takes a fifth of the time
    try:
        with stop:
            one = _checked(actor, register, file, _code(place), stop, memory)
            if one.bad and not good_rows:
                _say_faults(one)
                click.echo(_("有问题，什么都没有导入。改好再来；只收没问题的行，请加 --good-rows。"), err=True)
                _say(one, as_json, taken=False)
                raise SystemExit(1)
            _say_faults(one)
            runner = running.new_runner()
            mode = "good_rows" if good_rows else "all_or_nothing"
            commands.take(actor, commands.Take(import_id=one.pk, mode=mode, runner=runner))
            one = running.run(one.pk, runner, progress=_Progress(_("已导入")), stop=stop, memory=memory)
            if stop.asked and one.state == "taking":
                one = commands.stop(actor, commands.Stop(import_id=one.pk))
    except Refused as refusal:
        _fail(refusal.message)
    _finish(one, as_json)


def _checked(actor: Actor, register: Register, file: Path, place: str, stop: _Stop, memory: Memory) -> SheetImport:
    """The import of the file, previewed. Ends the program when headings wait for their meaning or the file is refused."""
    one = uploading.upload(actor, file.read_bytes(), register.code, place, file.name, memory=memory)
    if waiting(one):
        unknown, missing = one.mapping["unknown"], one.mapping["missing"]
        titles = {column.code: str(column.title) for column in register.columns}
        if missing:
            facts = {"missing": "、".join(titles[code] for code in missing), "unknown": "、".join(unknown) or _("（没有）")}
            _fail(_("表里缺这几列：%(missing)s。不认识的列：%(unknown)s。请改表头，或者在网页上对应一次列名。") % facts)
        click.echo(_("提示：不认识的列没有导入：%(list)s。") % {"list": "、".join(unknown)}, err=True)
        commands.map_columns(actor, commands.MapColumns(import_id=one.pk, chosen={**dict.fromkeys(unknown, ""), **one.mapping["chosen"]}))
    runner = running.new_runner()
    commands.preview(actor, commands.Preview(import_id=one.pk, runner=runner))
    one = running.run(one.pk, runner, progress=_Progress(_("已检查")), stop=stop, memory=memory)
    if stop.asked and one.state == "previewing":
        commands.stop(actor, commands.Stop(import_id=one.pk))
        raise SystemExit(INTERRUPTED)
    if one.state != "previewed":
        _fail(one.why.open_value() or _("没有检查完，请再运行一次。"))
    return one


@registers.command("export", help="导出一份台账（.xlsx）。写了用途，个人信息不打码，每一项都记下来。")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_place
@_as
@click.option("--purpose", default="", metavar="TEXT", help="做什么用；不写，个人信息打码。")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天的情况；不写就是今天。")
def export_sheet(kind: str, file: Path, place: str, account: str, purpose: str, day: object) -> None:
    """Write a register into a workbook, whole or not at all."""
    actor, register, code = _actor(account), _register(kind), _code(place)
    folder = file.absolute().parent
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
    try:
        with os.fdopen(handle, "w+b") as out:
            on = day.date() if day is not None else None  # type: ignore[attr-defined]
            cmd = commands.Export(kind=register.code, place=code, purpose=purpose, clear=bool(purpose), on=on, target=Target(out))
            done = commands.export(actor, cmd)
        Path(draft).replace(file)
    except Refused as refusal:
        _fail(refusal.message)
    finally:
        Path(draft).unlink(missing_ok=True)
    click.echo(_("%(title)s：%(n)d 行。") % {"title": register.title, "n": done.rows})


@registers.command("undo", help="撤销一次导入。已经被用到的，撤不了，会说是哪一行。")
@click.argument("number", type=int)
@_as
def undo(number: int, account: str) -> None:
    """Take a whole import back, the last rows first; exit 1 with the first obstacle."""
    actor, runner = _actor(account), running.new_runner()
    try:
        commands.undo(actor, commands.Undo(import_id=number, runner=runner))
    except Refused as refusal:
        _fail(refusal.message)
    one = running.run(number, runner, progress=_Progress(_("已撤销")))
    if one.state != "undone":
        click.echo(_("错误：") + (one.why.open_value() or _("没有撤完，请再运行一次。")), err=True)
        raise SystemExit(1)
    click.echo(_("第 %(n)d 次导入已经撤销。") % {"n": number})


@registers.command("template", help="下载一份空白的模板（.xlsx）。")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_place
def write_template(kind: str, file: Path, place: str) -> None:
    """Write the empty workbook with its notes and drop-downs, as the place's jurisdiction has them."""
    register = _register(kind)
    where = Territory.objects.get(code=_code(place))
    file.write_bytes(template.write(str(register.title), str(register.note), register.columns, choices_of(register, where), ()))
    click.echo(str(file))


class _Stop:
    """Whether somebody asked to stop; what is under way is finished first."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> None:
        self._before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


class _Progress:
    """Rows done and rows a second: one line rewritten on a terminal, a line every few seconds elsewhere."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.begun = self.said = time.monotonic()
        self.terminal = sys.stderr.isatty()

    def __call__(self, one: SheetImport) -> None:
        present = time.monotonic()
        total = one.total if one.state != "previewing" else 0
        if (not total or one.seen < total) and present - self.said < (0.2 if self.terminal else 2):
            return
        self.said = present
        facts = {"what": self.what, "done": one.seen, "total": total, "speed": round(one.seen / max(present - self.begun, 0.001))}
        words = _("%(what)s %(done)d / %(total)d 行，每秒 %(speed)d 行") if total else _("%(what)s %(done)d 行，每秒 %(speed)d 行")
        click.echo(f"\r{words % facts}   " if self.terminal else words % facts, err=True, nl=not self.terminal)


def _say_faults(one: SheetImport) -> None:
    facts = {"how": one.how, "total": one.total, "new": one.new, "changed": one.changed, "same": one.same, "bad": one.bad}
    click.echo(_("读作 %(how)s：共 %(total)d 行，新增 %(new)d，变更 %(changed)d，没有变化 %(same)d，有问题 %(bad)d。") % facts, err=True)
    for found in queries.findings(one, "fault", most=MOST_SHOWN):
        where = {"row": found.row, "column": found.title or _("这一行"), "why": found.words["why"], "remedy": found.words["remedy"]}
        click.echo(_("第 %(row)d 行，%(column)s：%(why)s%(remedy)s") % where, err=True)
    for found in queries.findings(one, "alike", most=MOST_SHOWN):
        click.echo(_("第 %(row)d 行和已有的很像：%(names)s") % {"row": found.row, "names": "、".join(found.words["names"])}, err=True)


def _finish(one: SheetImport, as_json: bool) -> None:
    reason = one.why.open_value()
    if reason:
        click.echo(_("错误：") + reason, err=True)
    if one.state == "stopped":
        click.echo(_("中途停下了；再运行一次同样的命令，就接着导入。"), err=True)
    _say(one, as_json, taken=one.state in ("done", "stopped"))
    if one.state != "done":
        raise SystemExit(1 if reason else INTERRUPTED)


def _say(one: SheetImport, as_json: bool, *, taken: bool) -> None:
    facts = {"created": one.taken_new, "changed": one.taken_changed, "unchanged": one.taken_same, "refused": one.passed_over}
    if not taken:
        facts = {"created": 0, "changed": 0, "unchanged": 0, "refused": one.bad}
    if as_json:
        click.echo(json.dumps({**facts, "import": one.pk}))
        return
    words = _("新增 %(created)d 行，变更 %(changed)d 行，没有变化 %(unchanged)d 行，没有收 %(refused)d 行。导入编号 %(pk)d。")
    click.echo(words % {**facts, "pk": one.pk})


def _actor(account: str) -> Actor:
    if not account:
        return OPERATOR
    found = accounts.by_id(int(account)) if account.isdecimal() and len(account) < 18 else None
    found = found or accounts.by_username(account)
    if found is None:
        _fail(_("没有“%(account)s”这个账号。请填登录名或账号编号。") % {"account": account})
    return Person(found.pk)


def _register(kind: str) -> Register:
    try:
        return register_of(kind)
    except KeyError:
        _fail(_("没有“%(kind)s”这种台账。有这些：%(list)s。") % {"kind": kind, "list": "、".join(one.code for one in all_registers())})


def _code(place: str) -> str:
    if place:
        return place
    counties = list(Territory.objects.filter(level="county", end__isnull=True).order_by(F("path")).values_list("code", flat=True)[:2])
    if len(counties) != 1:
        _fail(_("请用 --place 写明是哪个地方的台账，例如区县的编码。"))
    return str(counties[0])


def _fail(message: str) -> NoReturn:
    click.echo(_("错误：") + message, err=True)
    raise SystemExit(2)
