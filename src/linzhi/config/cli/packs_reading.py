"""`linzhi packs diff` and `linzhi packs manual`: in what two places differ, and a handbook of what applies in one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from django.db import DatabaseError
from django.utils.translation import gettext as _

from linzhi.domains.compliance.pages.rules_book import as_html, book_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.diff import Difference, Differs, diff, source_of
from linzhi.policy.load import packs
from linzhi.policy.manual_word import as_word
from linzhi.policy.problems import PacksRefused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import Answer, pack_for_code, said
from linzhi.policy.spoken import spoken


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day to ask about; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff_packs(a: str, b: str, day: str | None, as_json: bool) -> None:
    """Print in what the packs A and B differ on a day: values with their sources, working methods, checks."""
    on = _day(day)
    _known(a, b)
    found = diff(a, b, on)
    if as_json:
        click.echo(json.dumps({"a": a, "b": b, "date": on.isoformat(), **found.plain()}, ensure_ascii=False))
        return
    for line in _lines(found, a, b):
        click.echo(line)


@click.command("manual")
@click.option("--place", metavar="CODE", help="A place of this installation, or a division code.")
@click.option("--pack", metavar="NAME", help="A pack, e.g. cn-jiangsu.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day; today unless given.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def manual(place: str | None, pack: str | None, day: str | None, out: Path) -> None:
    """Write a readable handbook of what applies in a place or pack on a day, as HTML or Word by the ending of OUT."""
    on = _day(day)
    if (place is None) == (pack is None):
        _stop(_("--place（区划代码）与 --pack（政策包）要写一个，且只写一个。"))
    if out.suffix.lower() not in (".html", ".docx"):
        _stop(_("文件名要以 .html 或 .docx 结尾。"))
    name, title = _place(place) if place is not None else (str(pack), "")
    _known(name)
    book = book_of(name, title or packs().by_name[name].title, on)
    try:
        out.write_bytes(as_html(book).encode() if out.suffix.lower() == ".html" else as_word(book))
    except OSError as error:
        _stop(_("写不了“%(file)s”：%(why)s") % {"file": out, "why": error.strerror})
    click.echo(_("写好了：%(file)s，%(n)s 条规定。") % {"file": out, "n": sum(len(area.lines) for area in book.areas)})


def _place(code: str) -> tuple[str, str]:
    """The pack and the name of a place: of this installation's tree where it has one, else by the division code alone."""
    try:
        found = Territory.objects.filter(code=code.strip()).first()
        if found is not None:
            return pack_for(found.path), found.name
    except DatabaseError:  # no installation here: the packs answer alone
        pass
    if not (code.strip().isdecimal() and 2 <= len(code.strip()) <= 12):
        _stop(_("没有“%(code)s”这个地方，它也不是区划代码。") % {"code": code})
    return pack_for_code(code.strip()), ""


def _known(*names: str) -> None:
    """Stop with what is wrong when the packs are spoiled or have no such name."""
    try:
        key = next(iter(packs().parameters))
        for name in names:
            said(key, on=date(2000, 1, 1), pack=name)
    except PacksRefused as refused:
        _stop("\n".join([*map(str, refused.problems), _("政策包有错误，请先运行 linzhi packs check。")]))
    except Refused as refusal:
        _stop(refusal.message)


def _lines(found: Difference, a: str, b: str) -> list[str]:
    lines = []
    for value in found.values:
        lines.append(f"{value.parameter.title}  {value.parameter.key}")
        for name, answer in ((a, value.one), (b, value.other)):
            lines.append(f"  {name}: {_words(answer)}")
    for heading, rows in ((_("工作法"), found.methods), (_("检查项"), found.checks)):
        lines += _both(heading, rows, a, b)
    return lines or [_("没有不同。")]


def _both(heading: str, rows: tuple[Differs, ...], a: str, b: str) -> list[str]:
    lines = []
    for row in rows:
        lines.append(f"{heading}  {row.name}")
        lines += [f"  {name}: {said or _('没有')}" for name, said in ((a, row.one), (b, row.other))]
    return lines


def _words(answer: Answer | None) -> str:
    if answer is None:
        return _("没有规定")
    return f"{spoken(packs().parameters[answer.key], answer.value)}（{source_of(answer)}）"


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else day_of(clock.now())
    except ValueError:
        _stop(_("“%(day)s”不是日期，应写成 2026-09-30 的样子。") % {"day": text})


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(2)
