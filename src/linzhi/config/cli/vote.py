"""`linzhi vote`: count votes written in YAML, write one as an export, count an export again. Works without a database."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any, NoReturn

import click
from django.utils.translation import gettext as _

from linzhi.domains.voting.rules import verify as counter
from linzhi.domains.voting.rules.casefile import cases_in
from linzhi.domains.voting.rules.cases import Case, answer, both_ways, read_case
from linzhi.domains.voting.rules.export import export_of, public_form
from linzhi.domains.voting.rules.tally import tally
from linzhi.domains.voting.rules.vote import Uncountable

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

@click.group()
def vote() -> None:
    """Owners' votes: the count, and counting again."""


@vote.command("tally", help="计票：读 YAML 写的表决，每个表决输出一行。")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="每个表决输出一行 JSON。")
@click.option("--both", is_flag=True, help="同时输出两种计法的结果、依据的条文和没有计入的票。")
@click.option("--check", is_flag=True, help="与文件里写的 expected 核对；有不同就以 1 退出。")
def tally_cases(file: Path, as_json: bool, both: bool, check: bool) -> None:
    """Print the count of each case, or its error; exit 2 with a Chinese sentence where the file isn't one of votes."""
    cases, defaults = _cases(file)
    differing = 0
    for one in cases:
        shown = _counted(one, defaults, both)
        click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _sentence(shown))
        expected = one.get("expected") or {} if isinstance(one, dict) else {}
        wrong = {key: (value, shown.get(key)) for key, value in expected.items() if not _same(value, shown.get(key))} if check else {}
        for key, (value, found) in wrong.items():
            click.echo(
                _("%(id)s 的 %(key)s：写的是 %(value)s，算出 %(found)s。")
                % {"id": shown["id"], "key": key, "value": value, "found": found},
                err=True,
            )
        differing += bool(wrong)
    if differing:
        click.echo(_("%(n)s 个表决与写的不同。") % {"n": differing}, err=True)
        raise SystemExit(1)


@vote.command("export", help="把 YAML 里的一个表决写成可以复核的导出文件（JSON）。")
@click.argument("file", type=FILE)
@click.argument("case_id")
@click.option("--public", is_flag=True, help="只写可以公开的部分：不含选票和名册。")
def export_case(file: Path, case_id: str, public: bool) -> None:
    """Print the export of one case, with new pseudonyms and salts; exit 2 where there is no such case or it can't be counted."""
    cases, defaults = _cases(file)
    found = next((one for one in cases if isinstance(one, dict) and str(one.get("id")) == case_id), None)
    if found is None:
        _refuse(_("文件里没有编号为“%(id)s”的表决。") % {"id": case_id})
    try:
        case = read_case(found, defaults)
        made = export_of(case.vote, case_id, key=secrets.token_bytes(32), salt=lambda: secrets.token_hex(16))
    except Uncountable as error:
        _refuse(_("这个表决没法计票：%(code)s。") % {"code": error})
    click.echo(json.dumps(public_form(made) if public else made, ensure_ascii=False, indent=1))


@vote.command("verify", help="复核导出文件：重新计票，核对名册、规则、选票和结果。")
@click.argument("export", type=FILE)
@click.option("--published", type=FILE, help="表决时公布的文件，用来核对名册、规则和选票清单没有换过。")
@click.option("--receipt", type=FILE, help="投票回执，用来核对这一票在清单里。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def verify(export: Path, published: Path | None, receipt: Path | None, as_json: bool) -> None:
    """Count again from an export with the very file that anybody can run alone; exit 1 for a difference, 2 for an unreadable file."""
    arguments = [str(export)]
    for name, file in (("--published", published), ("--receipt", receipt)):
        arguments += [name, str(file)] if file else []
    code = counter.main([*arguments, *(["--json"] if as_json else [])])
    if code:
        raise SystemExit(code)


@vote.command("verifier", help="输出独立的复核程序：一个 Python 文件，不需要安装本平台。")
def verifier() -> None:
    """Print the stand-alone file."""
    click.echo(Path(counter.__file__).read_text(encoding="utf-8"), nl=False)


def _cases(file: Path) -> tuple[list[Any], dict[str, Any]]:
    try:
        return cases_in(file.read_text(encoding="utf-8"))
    except ValueError as error:
        _refuse(_("文件 %(file)s 里没有读到表决：应当是 YAML，有 cases，下面是一个个表决（%(error)s）。") % {"file": file.name, "error": error})


def _counted(one: Any, defaults: dict[str, Any], both: bool) -> dict[str, Any]:
    name = str(one.get("id")) if isinstance(one, dict) else None
    try:
        case: Case = read_case(one, defaults)
        result = tally(case.vote)
    except Uncountable as error:
        return {"id": name, "error": error.code}
    return {"id": name, **answer(case, result), **(both_ways(case, result) if both else {})}


def _same(expected: Any, found: Any) -> bool:
    return expected == found and isinstance(expected, bool) == isinstance(found, bool)


def _sentence(shown: dict[str, Any]) -> str:
    if "error" in shown:
        return _("%(id)s：没法计票（%(error)s）。") % shown
    verdict = {"verdict": _("通过") if shown["passed"] else _("不通过")}
    if "interested_heads" in shown:
        words = _("%(id)s：%(verdict)s。有利害关系的业主 %(interested_heads)s 人，同意 %(consenting_heads)s 人，须全部同意。")
        return words % {**shown, **verdict}
    words = _(
        "%(id)s：%(verdict)s。共 %(total_area)s 平方米、%(total_heads)s 人；参与 %(part_area)s 平方米、%(part_heads)s 人；"
        "同意 %(agree_area)s 平方米、%(agree_heads)s 人。"
    )
    return words % {**shown, **verdict}


def _refuse(message: str) -> NoReturn:
    click.echo(_("错误：") + message, err=True)
    raise SystemExit(2)
