"""The fields that acts ask for, each made for the case at hand: which bodies, which places, how long at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, get_type_hints

from django import forms
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import queries
from linzhi.domains.requests.commands.handing import can_handle
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.act_words import CATEGORY_FIRST, OTHERS, Wording, wording_of
from linzhi.flow import queries as flow
from linzhi.flow.method import Act
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands import Input
from linzhi.foundation.commands.execution import Command, all_commands
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.limits import Limit
from linzhi.kernel.refused import Refused
from linzhi.policy.categories import categories
from linzhi.policy.queries import pack_for, resolve_at
from linzhi.web.forms import PhotosField

LONGEST = 1000
MORNING = time(9, 0)


@dataclass(frozen=True)
class Asking:
    """An act on a case, as somebody is about to perform it."""

    powers: Powers
    case: Request
    act: Act
    command: Command[Any]
    input_type: type[Input]
    wording: Wording = field(repr=False)

    @property
    def needed(self) -> set[str]:
        """The inputs that must hold something: those of the method and those of the command."""
        own = {name for name, one in self.input_type.model_fields.items() if one.is_required()}
        return (own | set(self.act.needs) | set(self.wording.needs)) - {"request_id"}


def input_of(command: Command[Any]) -> type[Input]:
    """The input type of a command."""
    found: type[Input] = get_type_hints(command.__wrapped__)["cmd"]  # type: ignore[attr-defined]
    return found


def asking(powers: Powers, case: Request, act: Act) -> Asking:
    """The act with its command. Raises KeyError for an act without a command."""
    command = all_commands()[act.act]
    return Asking(powers, case, act, command, input_of(command), wording_of(act.act))


def _text(ask: Asking, name: str, number: int) -> forms.Field | None:
    label, texts = (ask.wording.say, ask.wording.says) if name == "say" else (ask.wording.note, ask.wording.notes)
    if not label and name not in ask.needed:
        return None
    begin = ""
    if name == "say" and texts and (ask.wording.begins or number):
        begin = str(texts[min(max(number - 1, 0), len(texts) - 1)])
    elif name == "note" and texts and number and not ask.wording.says:
        begin = str(texts[min(number - 1, len(texts) - 1)])
    long = forms.Textarea(attrs={"rows": 3})
    most = _("太长了，最多 %(n)d 个字。") % {"n": LONGEST}
    return forms.CharField(label=label or _("说明"), max_length=LONGEST, widget=long, initial=begin, error_messages={"max_length": most})


def _body(ask: Asking, number: int) -> forms.Field:
    first, others = suggested(ask.case, ask.powers.at)
    current = ask.case.matter.handler_body_id if ask.act.act in ("requests.hand_over", "requests.invite_joint") else None
    groups = [(str(CATEGORY_FIRST), [(b.pk, b.name) for b in first if b.pk != current])]
    groups.append((str(OTHERS), [(b.pk, b.name) for b in others if b.pk != current]))
    options: list[Any] = [("", _("请选一个单位")), *(group for group in groups if group[1])]
    initial = first[0].pk if first and first[0].pk != current else ""
    label = _("请谁协办") if ask.act.act == "requests.invite_joint" else _("派给谁")
    unknown = {"invalid_choice": _("这个单位不管这个地方。请从列表里选。")}
    return forms.TypedChoiceField(label=label, choices=options, coerce=int, empty_value=None, initial=initial, error_messages=unknown)


def suggested(case: Request, at: datetime) -> tuple[list[bodies.Body], list[bodies.Body]]:
    """The bodies that answer for the case's category here, and the others that serve the place; never the one accused of a tip-off."""
    tree = categories(pack_for(case.path))
    category = tree.get(case.category) if case.category else next(iter(tree.matches(case.text, 1)), None)
    first = bodies.answering(case.path, category.department, at) if category else []
    known = {row.pk for row in first}
    others = [row for row in bodies.bodies_for(case.path, None, at) if row.pk not in known and can_handle(row)]
    hidden = case.hidden_from_body_id
    return [row for row in first if row.pk != hidden], [row for row in others if row.pk != hidden]


def _place(ask: Asking, number: int) -> forms.Field:
    return forms.ChoiceField(label=_("在哪里"), choices=[("", _("请选一个地方")), *place_choices(ask.powers, ask.case.county)])


def place_choices(powers: Powers, county: str) -> list[tuple[str, str]]:
    """Streets, communities and estates of a county as choices, indented by level."""
    deep = {"street": 0, "community": 1, "estate": 2}
    rows = Territory.objects.filter(within("path", county), level__in=deep, end__isnull=True).order_by("path")
    return [(row.code, "　" * deep[row.level] + row.name) for row in rows]


def _same_as(ask: Asking, number: int) -> forms.Field:
    near = [(row.number, f"{row.number}　{row.title}") for row in queries.nearby(ask.powers, ask.case).filter(same_as__isnull=True)[:30]]
    if not near:
        return forms.CharField(label=_("并入哪一件（编号）"), max_length=24)
    return forms.ChoiceField(label=_("并入哪一件"), choices=[("", _("请选附近的一件")), *near])


def _limit(ask: Asking, number: int) -> forms.Field:
    longest = Limit.parse(str(resolve_at("request.extension.max_length", ask.case.path, ask.powers.at.date()).value))
    steps = [Limit(n, longest.unit) for n in range(1, min(longest.amount, 30) + 1)]
    hint = _("最长 %(limit)s。") % {"limit": longest.words()}
    return forms.ChoiceField(label=_("要多久"), choices=[(str(one), one.words()) for one in steps], help_text=hint)


def _until(ask: Asking, number: int) -> forms.Field:
    longest = Limit.parse(str(resolve_at("request.suspend.max_length", ask.case.path, ask.powers.at.date()).value))
    hint = _("到那天早上自动恢复计时，最长 %(limit)s。") % {"limit": longest.words()}
    wrong = {"invalid": _("请填写正确的日期，例如 2026-11-20。")}
    return forms.DateField(label=_("挂到哪一天"), help_text=hint, widget=forms.DateInput(attrs={"type": "date"}), error_messages=wrong)


def _choice(ask: Asking, number: int) -> forms.Field | None:
    if not isinstance(ask.act.to, Mapping):
        return None
    method = flow.method_of(ask.case.matter)
    options = [(key, method.step(step).title) for key, step in ask.act.to.items()]
    return forms.ChoiceField(label=_("交给哪一级"), choices=options, widget=forms.RadioSelect, initial=options[0][0])


def _parts(ask: Asking, number: int) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=_("拆成哪几件"), help_text=_("一行写一件，两件到九件。每件各办各的，都办完才算完。"), widget=area)


def _photos(ask: Asking, number: int) -> forms.Field:
    return PhotosField(label=_("照片"), help_text=_("最多 9 张，位置信息会自动去掉。"), most=9)


MAKERS: dict[str, Any] = {
    "say": lambda ask, number: _text(ask, "say", number), "note": lambda ask, number: _text(ask, "note", number),
    "body_id": _body, "place_code": _place, "same_as_id": _same_as, "limit": _limit, "until": _until, "choice": _choice, "parts": _parts,
    "photos": _photos,
}  # fmt: skip


def _number_to_pk(ask: Asking, number: str) -> int:
    found = queries.visible(ask.powers).filter(county=ask.case.county, number=number.strip()).first()
    if found is None:
        raise Refused("requests.same_as", _("没有这个编号，或者您看不到它。"), status=422, field="same_as_id")
    return found.pk


READERS: dict[str, Any] = {
    "same_as_id": _number_to_pk,
    "until": lambda ask, day: datetime.combine(day, MORNING, tzinfo=BEIJING),
    "parts": lambda ask, text: tuple(line.strip() for line in text.splitlines() if line.strip()),
}
