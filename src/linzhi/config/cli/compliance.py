"""`linzhi compliance`: how a place stands by the checks that apply there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

import click
from django.utils.translation import gettext as _

from linzhi.domains.compliance.commands import Evaluate
from linzhi.domains.compliance.commands import evaluate as evaluate_command
from linzhi.domains.compliance.queries import evaluation
from linzhi.domains.compliance.rules import missing, requirement, said
from linzhi.foundation.territory import queries as territory
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import Refused
from linzhi.policy.judging import STATES, colour
from linzhi.policy.metrics import Scope


@click.group()
def compliance() -> None:
    """How places stand by the checks of their packs."""


@compliance.command("evaluate")
@click.option("--place", required=True, metavar="CODE", help="A county, street, community or estate.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="As of a past day: read only, nothing is stored.")
@click.option("--subjects", is_flag=True, help="Also every subject with every check; always for a single estate.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def evaluate(place: str, day: str | None, subjects: bool, as_json: bool) -> None:
    """Evaluate a place as of now and store the result, or as of a past day without storing; print how many stand how."""
    found = territory.find(place)
    if found is None:
        _stop(_("没有编码为“%(code)s”的地方。") % {"code": place})
    now = clock.now()
    on = _day(day) if day else now.date()
    if on > now.date():
        _stop(_("%(day)s 还没到：只能看今天和过去。") % {"day": on})
    at = now if on == now.date() else datetime.combine(on, time(), BEIJING) + timedelta(days=1, microseconds=-1)
    answer: dict[str, Any] = {"place": found.code, "name": found.name, "on": on.isoformat(), "stored": on == now.date()}
    if on == now.date():
        try:
            outcome = evaluate_command(System("compliance.refresh"), Evaluate(place=place), at=at)
        except Refused as refusal:
            _stop(refusal.message)
        answer["findings"] = {"opened": outcome.opened, "closed": outcome.closed, "open": outcome.open}
    rows = list(evaluation.evaluated(Scope(found.path, on, at)))
    answer["subjects"] = len(rows)
    answer["checks"] = _counted(rows)
    if subjects or found.level == "estate":
        answer["standings"] = [_standing(row) for row in rows]
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _sentences(answer))


def _counted(rows: Iterable[evaluation.Stood]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in rows:
        for rule, state in zip(row.asked.rules, row.states, strict=True):
            counts.setdefault((rule.check.code, rule.check.entry.title, row.asked.subject), Counter())[STATES[state]] += 1
    return [
        {"check": code, "title": title, "subject": subject, **{name: count[name] for name in STATES.values()}}
        for (code, title, subject), count in sorted(counts.items())
    ]


def _standing(row: evaluation.Stood) -> dict[str, Any]:
    results = []
    for rule, pick, state in zip(row.asked.rules, row.asked.picks, row.states, strict=True):
        values = pick(row.values)
        results.append(
            {
                "check": rule.check.code,
                "title": rule.check.entry.title,
                "state": STATES[state],
                "colour": colour(rule.check, state),
                "value": {figure: said(figure, value) for figure, value in zip(rule.figures, values, strict=True)},
                "requirement": requirement(rule),
                "missing": missing(rule, values),
                "clauses": rule.check.entry.clauses,
                "source": rule.check.basis,
                "owner": rule.check.entry.owner,
                "within": rule.check.within.words(),
            }
        )
    return {"subject": row.asked.subject, "name": row.row.name, "code": row.row.code, "pack": row.asked.pack, "results": results}


def _sentences(answer: dict[str, Any]) -> str:
    lines = [_("%(name)s，%(on)s：看了 %(subjects)s 个对象。") % answer]
    for one in answer["checks"]:
        said_ = _("达到 %(met)s，没达到 %(not_met)s，未到期 %(pending)s，不适用 %(not_applicable)s，说不准 %(cannot_tell)s") % one
        lines.append(f"  {one['title']}：{said_}")
    if "findings" in answer:
        lines.append(_("问题：新开 %(opened)s，关闭 %(closed)s，现有 %(open)s。") % answer["findings"])
    return "\n".join(lines)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _stop(_("“%(day)s”不是日期，应写成 2026-09-30 的样子。") % {"day": text})


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(2)
