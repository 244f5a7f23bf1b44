"""What another value of a parameter would change: the stored figures are judged anew, nothing is read twice or written."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from linzhi.domains.compliance.models import Layout, Standing
from linzhi.domains.compliance.queries.evaluation import rule
from linzhi.foundation.territory.paths import within
from linzhi.policy.checks import Check, shipped_checks
from linzhi.policy.judging import NOT_MET, Rule, rule_of
from linzhi.policy.metrics import NEVER, Value, metrics
from linzhi.policy.resolve import Answer

EXAMPLES = 5


@dataclass(frozen=True)
class Effect:
    """One check: how many subjects aren't met now, how many would not be, and some that would change."""

    check: Check
    now: int
    then: int
    fall_out: int
    come_in: int
    examples: tuple[str, ...]


def effect_of(path: str, key: str, value: Any, on: date) -> list[Effect]:
    """For every check that reads a parameter: what would change inside a place if it had another value from a day on."""
    found: list[Effect] = []
    for layout in Layout.objects.order_by("subject", "pack"):
        checks = shipped_checks(layout.pack)
        for number, code in enumerate(layout.checks):
            check = checks.get(code)
            if check is None or key not in check.keys():  # noqa: SIM118
                continue
            before = rule(check, layout.pack, on)
            if before.answers.get(key) is None:
                continue
            after = rule_of(check, {**before.answers, key: _with(before.answers[key], value)}, on)
            places = [layout.figures.index(name) for name in before.figures]
            found.append(_compared(check, number, layout, path, after, places))
    return [one for one in _joined(found) if one.now or one.then]


def _with(answer: Answer | None, value: Any) -> Answer:
    assert answer is not None
    return replace(answer, value=value)


def _compared(check: Check, number: int, layout: Layout, path: str, after: Rule, places: list[int]) -> Effect:
    rows = Standing.objects.filter(within("path", path), layout=layout).order_by("path").values_list("name", "figures", "states")
    counts: Counter[str] = Counter()
    examples: list[str] = []
    kinds = [metrics()[name].kind for name in after.figures]
    for name, text, states in rows.iterator():
        figures = json.loads(text)
        values = tuple(_value(kind, figures[place]) for kind, place in zip(kinds, places, strict=True))
        was, is_ = states[number] == NOT_MET, after.judge(values) == NOT_MET
        counts["now"] += was
        counts["then"] += is_
        counts["out"] += is_ and not was
        counts["in"] += was and not is_
        if was != is_ and len(examples) < EXAMPLES:
            examples.append(name)
    return Effect(check, counts["now"], counts["then"], counts["out"], counts["in"], tuple(examples))


def _value(kind: str, raw: Any) -> Value:
    if kind != "date" or raw is None:
        value: Value = raw
        return value
    return NEVER if raw == "never" else date.fromisoformat(raw)


def _joined(effects: list[Effect]) -> list[Effect]:
    """One line a check, whatever packs and layouts it stands in."""
    by_code: dict[str, Effect] = {}
    for one in effects:
        have = by_code.get(one.check.code)
        by_code[one.check.code] = one if have is None else replace(
            have, now=have.now + one.now, then=have.then + one.then, fall_out=have.fall_out + one.fall_out,
            come_in=have.come_in + one.come_in, examples=(*have.examples, *one.examples)[:EXAMPLES],
        )  # fmt: skip
    return list(by_code.values())
