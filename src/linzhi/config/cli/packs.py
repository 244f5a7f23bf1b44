"""`linzhi packs`: check the policy packs, list them, and ask for a value."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from linzhi.config.cli.packs_reading import diff_packs, manual
from linzhi.flow.library import problems_in
from linzhi.kernel.refused import Refused
from linzhi.policy.campaigns import campaigns_in
from linzhi.policy.categories import tree_in
from linzhi.policy.checks import checks_in
from linzhi.policy.clauses import clauses, ledger_in
from linzhi.policy.coverage import STATES, as_json, markdown, summary, waiting
from linzhi.policy.folder import packs_folder
from linzhi.policy.load import load
from linzhi.policy.load import packs as loaded_packs
from linzhi.policy.matter_types import table_in
from linzhi.policy.methods import load_methods
from linzhi.policy.problems import PacksRefused
from linzhi.policy.resolve import find, pack_for_code, resolve, said
from linzhi.policy.values import plain


@click.group()
def packs() -> None:
    """Policy packs: rules as data, with their legal sources."""


@packs.command("check")
@click.option("--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder of packs.")
def check_packs(folder: Path | None) -> None:
    """List every problem of the packs and of their working methods with file and line; exit 1 if there is any."""
    folder = folder or packs_folder()
    loaded, problems = load(folder)
    for pack in loaded.by_name.values():
        problems += tree_in(pack, loaded)[1] + table_in(pack.name, loaded)[1]
        problems += checks_in(pack, loaded)[1] + campaigns_in(pack, loaded)[1]
    problems += ledger_in(loaded)[1]
    problems = sorted({*problems, *problems_in(loaded)})
    for problem in problems:
        kind = _("［上级后改］") if problem.later else ""
        click.echo(f"{os.path.relpath(problem.file)}:{problem.line}: {kind}{problem.message}")
    if problems:
        click.echo(_("共 %(n)s 处问题。") % {"n": len(problems)}, err=True)
        raise SystemExit(1)
    methods = len(load_methods(loaded))
    count = sum(len(values) for pack in loaded.by_name.values() for values in pack.values.values())
    sentence = _("%(packs)s 个政策包，%(keys)s 个参数，%(values)s 个值，%(methods)s 个工作方法，没有问题。")
    click.echo(sentence % {"packs": len(loaded.by_name), "keys": len(loaded.parameters), "values": count, "methods": methods})


@packs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_packs(as_json: bool) -> None:
    """List the packs: name, level, the one above, division codes, title."""
    rows = [
        {
            "name": pack.name,
            "level": pack.level,
            "title": pack.title,
            "parent": pack.parent,
            "division_codes": list(pack.division_codes),
            "fictional": pack.fictional,
            "parameters": len(pack.values),
        }
        for pack in _packs().by_name.values()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        codes = ",".join(row["division_codes"]) or "-"
        click.echo(f"{row['name']:<34}{row['level']:<10}{row['parent'] or '-':<14}{codes:<22}{row['title']}")


@packs.command("resolve")
@click.argument("key")
@click.option("--place", metavar="CODE", help="A division code, e.g. 511681.")
@click.option("--pack", metavar="NAME", help="A pack, e.g. cn-jiangsu.")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day to ask about.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def resolve_value(key: str, place: str | None, pack: str | None, day: str, as_json: bool) -> None:
    """Print the value of KEY for a place or a pack on a day, with its source and the chain of levels."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        _stop(_("“%(day)s”不是日期，应写成 2026-09-30 的样子。") % {"day": day})
    if (place is None) == (pack is None):
        _stop(_("--place（区划代码）与 --pack（政策包）要写一个，且只写一个。"))
    _packs()
    note = ""
    if place is not None:
        pack, note = _pack_of(place)
    try:
        answer = find(key, on=on, pack=pack)
        shown = answer.plain() if answer else _unset(key, on, pack or "")
    except Refused as refusal:
        _stop(refusal.message)
    shown = {**shown, "date": on.isoformat(), "asked": {"place": place, "pack": pack}}
    if note:
        shown["remark"] = note
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _sentences(shown))


@packs.command("coverage")
@click.option("--json", "as_data", is_flag=True, help="Print every clause as JSON.")
@click.option("--markdown", "as_text", is_flag=True, help="Print the text of docs/coverage.md.")
def show_coverage(as_data: bool, as_text: bool) -> None:
    """Print how far the clauses of the documents are served: in place, partly, planned; and what they wait for."""
    _packs()
    try:
        ledger = clauses()
    except PacksRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        _stop(_("条款表有错误，请先运行 linzhi packs check。"))
    if as_data or as_text:
        click.echo(json.dumps(as_json(ledger), ensure_ascii=False) if as_data else markdown(ledger), nl=as_data)
        return
    for row in summary(ledger):
        counted = "  ".join(f"{STATES[state]} {row[state]}" for state in STATES)
        click.echo(f"{row['all']:>4}  {row['tier'] or '-':<9} {counted:<38} {row['document'] or _('合计')}")
    for code, count in waiting(ledger).items():
        click.echo(f"{count:>4}  {code:<12} {ledger.capabilities[code]}")


def _unset(key: str, on: date, pack: str) -> dict[str, Any]:
    """An answer without a value; the chain still says that every level is silent."""
    try:
        resolve(key, on=on, pack=pack)
    except Refused as refusal:
        if refusal.code != "policy.not_set":
            raise
        remark = refusal.message
    chain = [step.plain() for step in said(key, on=on, pack=pack)]
    empty = {"value": None, "unit": "", "level": None, "pack": None, "source": None, "local": False}
    return {"key": key, **empty, "chain": chain, "remark": remark}


def _pack_of(place: str) -> tuple[str, str]:
    code = place.strip()
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 12):
        _stop(_("“%(place)s”不是区划代码：应为 2 到 12 位数字。") % {"place": place})
    pack = pack_for_code(code)
    if pack == "cn":
        return pack, _("没有专门适用于 %(code)s 的政策包，按全国包（cn）解释。") % {"code": code}
    return pack, ""


def _sentences(shown: dict[str, Any]) -> str:
    lines = [f"{shown['key']} = {_words(shown['value'])} {shown['unit']}".rstrip()]
    if shown["source"]:
        lines.append(_("来源：%(title)s %(article)s") % shown["source"] + f"（{shown['pack']}）")
    elif shown["local"]:
        lines.append(_("本地设定（文件未规定）：%(pack)s") % shown)
    lines += [f"  {step['pack']:<34}{_words(step['value'])}{'' if step['accepted'] else ' ' + step['reason']}" for step in shown["chain"]]
    return "\n".join([*lines, *([shown["remark"]] if shown.get("remark") else [])])


def _words(value: Any) -> str:
    return "—" if value is None else value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)


def _packs() -> Any:
    try:
        return loaded_packs()
    except PacksRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        _stop(_("政策包有错误，请先运行 linzhi packs check。"))


def _stop(message: str) -> Any:
    click.echo(message, err=True)
    raise SystemExit(2)


packs.add_command(diff_packs)
packs.add_command(manual)
