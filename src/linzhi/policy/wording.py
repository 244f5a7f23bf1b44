"""Turns a schema's complaint into a Chinese sentence that says what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from linzhi.policy.yaml_lines import Place


def why(kind: str, message: str, place: Place, context: Mapping[str, Any]) -> str:
    """The sentence for one pydantic error at a part of a file."""
    part = ".".join(str(step) for step in place)
    if kind == "value_error":
        return _own(str(context.get("error", message)))
    if kind == "extra_forbidden":
        return _("不认识的键“%(part)s”。") % {"part": part}
    if kind == "missing":
        return _("缺少“%(part)s”。") % {"part": part}
    if kind == "literal_error":
        return _("“%(part)s”只能是：%(options)s。") % {"part": part, "options": context.get("expected", "")}
    if kind == "string_pattern_mismatch":
        return _("“%(part)s”的写法不对。") % {"part": part}
    if kind.endswith("_type"):
        return _("“%(part)s”的类型不对，应为%(kind)s。") % {"part": part, "kind": _kind(kind.removesuffix("_type"))}
    return _("“%(part)s”不合要求（%(message)s）。") % {"part": part, "message": message}


def _kind(name: str) -> str:
    names = {
        "string": _("文字"),
        "int": _("整数"),
        "bool": _("true 或 false"),
        "date": _("日期"),
        "list": _("列表"),
        "dict": _("“名称: 值”的表"),
        "model": _("“名称: 值”的表"),
    }
    return names.get(name, name)


def _own(code: str) -> str:
    """The sentence for a refusal of our own schema."""
    sentences = {
        "no_source": _("这个值没有来源：请写 source（文件#条款），或标明 local: true（本地设定）。"),
        "source_and_local": _("有来源的值不是本地设定：source 与 local 只能写一个。"),
        "ends_before_it_begins": _("“to”必须晚于“from”。"),
        "half_described": _("参数的说明不完整：title、type、override、description 都要写。"),
        "of_belongs_to_list_and_table": _("“of”只用于列表和表，而且那时必须写。"),
        "options_belong_to_choice": _("“options”只用于 choice，而且那时必须写。"),
        "min_max_belong_to_int": _("“min”和“max”只用于整数。"),
        "one_comparison": _("一个检查项要写一种比较，且只写一种：at_least、at_most、range、is、ratio、cadence、deadline、precedes、none。"),
        "metric_belongs_to_comparison": _("at_least、at_most、range、is 要写 metric，其他比较不写。"),
        "ratio_needs_one_bound": _("ratio 要写 at_least 或 at_most，且只写一个。"),
        "cadence_needs_days_or_months": _("cadence 要写 days 或 months，且只写一个。"),
        "not_comparable": _("这种类型没有高低之分，override 只能是 fixed 或 free。"),
    }
    return sentences.get(code, code)
