"""`linzhi requests`: hotline sheets come in."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.domains.requests.jobs import SOURCE, Report, Tally, check, take
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

COUNTY = "990101"
MOST_SHOWN = 1000
INTERRUPTED = 130


@click.group()
def requests() -> None:
    """诉求。"""


@requests.command("import", help="导入热线工单表（CSV 或 Excel）。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replay", is_flag=True, help="按表里的时间补记历史件，并带上当时的答复。")
@click.option("--json", "as_json", is_flag=True, help="最后一行输出 JSON：created、unchanged、refused。")
@click.option("--take-good", is_flag=True, help="表里有问题时，只导入好的行。")
@click.option("--place", default=COUNTY, show_default=True, metavar="CODE", help="工单先记在哪个地方，通常是区县的编码。")
@click.option("--source", default=SOURCE, show_default=True, metavar="NAME", help="来自哪条热线；同一热线的编号不重复。")
def import_sheet(file: Path, replay: bool, as_json: bool, take_good: bool, place: str, source: str) -> None:
    """Take a hotline's sheet in; with problems nothing is written (exit 1) unless --take-good. Safe to break off and to repeat."""
    if settings.MODE == "offline":
        _fail(_("这里还没有安装。先运行 linzhi demo（演示）或 linzhi init（正式使用）。"))
    try:
        report = check(file.read_bytes(), place_code=place, source=source, replay=replay)
    except Refused as refusal:
        _fail(refusal.message)
    _say_report(report)
    if report.problems and not take_good:
        click.echo(_("有问题，什么都没有导入。改好再来；只导入好的行，请加 --take-good。"), err=True)
        _say_tally(Tally(refused=report.refused), as_json)
        raise SystemExit(1)
    tally = _take(report, take_good)
    for problem in tally.problems:
        click.echo(problem.sentence(), err=True)
    if tally.stopped:
        click.echo(_("中途停下了；再运行一次同样的命令，就接着导入。"), err=True)
    _say_tally(tally, as_json)
    if tally.stopped:
        raise SystemExit(INTERRUPTED)
    if report.problems and not report.rows:
        raise SystemExit(1)


def _take(report: Report, take_good: bool) -> Tally:
    """Take the rows with progress on stderr; the row under way is finished when somebody asks to stop."""
    stopping = False

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        return take(report, System("requests.import"), take_good=take_good, progress=_Progress(), stop=lambda: stopping)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Progress:
    """Rows done, rows a second, time left: one line rewritten on a terminal, a line every few seconds elsewhere."""

    def __init__(self) -> None:
        self.begun = self.said = time.monotonic()
        self.terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        present = time.monotonic()
        if done < total and present - self.said < (0.2 if self.terminal else 2):
            return
        self.said = present
        speed = done / max(present - self.begun, 0.001)
        facts = {"done": done, "total": total, "speed": round(speed), "left": round((total - done) / max(speed, 0.001))}
        line = _("已处理 %(done)d / %(total)d 行，每秒 %(speed)d 行，还要约 %(left)d 秒") % facts
        click.echo(f"\r{line}   " if self.terminal else line, err=True, nl=not self.terminal or done == total)


def _say_report(report: Report) -> None:
    facts = {"how": report.how or _("读不出来"), "total": report.total, "good": len(report.rows), "bad": report.refused}
    click.echo(_("读作 %(how)s：共 %(total)d 行，好的 %(good)d 行，有问题的 %(bad)d 行。") % facts, err=True)
    for problem in report.problems[:MOST_SHOWN]:
        click.echo(problem.sentence(), err=True)
    if len(report.problems) > MOST_SHOWN:
        click.echo(_("还有 %(n)d 处问题没有列出。") % {"n": len(report.problems) - MOST_SHOWN}, err=True)
    for note in report.notes:
        click.echo(_("提示：") + note, err=True)


def _say_tally(tally: Tally, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"created": tally.created, "unchanged": tally.unchanged, "refused": tally.refused}))
        return
    facts = {"created": tally.created, "unchanged": tally.unchanged, "refused": tally.refused}
    click.echo(_("新导入 %(created)d 件，原来就有 %(unchanged)d 件，没有导入 %(refused)d 行。") % facts)


def _fail(message: str) -> NoReturn:
    click.echo(_("错误：") + message, err=True)
    raise SystemExit(2)
