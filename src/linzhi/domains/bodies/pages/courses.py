"""What formations and filings show alike: where they stand, what happened, what the asker may do, and the form of one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import commands as do
from linzhi.domains.bodies.pages.forms import choose, note, words
from linzhi.domains.bodies.pages.frame import sources
from linzhi.domains.bodies.rules import SOURCES_KEY
from linzhi.flow import queries as flow
from linzhi.flow.models import Happening, Matter
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve
from linzhi.web.forms import Form

# Act: its command, its input, and what is asked besides a note.
ACTS: Mapping[str, tuple[Any, Any, tuple[str, ...]]] = {
    "bodies.name_secretary": (do.name_secretary, do.NameSecretary, ("secretary", "source")),
    "bodies.apply_formation": (do.apply_formation, do.ApplyFormation, ()),
    "bodies.approve_formation": (do.approve_formation, do.ApproveFormation, ("approval",)),
    "bodies.return_formation": (do.return_formation, do.ReturnFormation, ()),
    "bodies.file_formation": (do.file_formation, do.FileFormation, ("filing_number",)),
    "bodies.abandon_formation": (do.abandon_formation, do.AbandonFormation, ()),
    "bodies.submit_filing": (do.submit_filing, do.SubmitFiling, ()),
    "bodies.receive_filing": (do.receive_filing, do.ReceiveFiling, ("receipt",)),
    "bodies.return_filing": (do.return_filing, do.ReturnFiling, ()),
}


class ActForm(Form):
    """Everything that an act of a formation or filing may ask; what it doesn't is taken out."""

    secretary = words(gettext_lazy("书记人选"), 40, required=True)
    source = forms.ChoiceField(label=gettext_lazy("人选来源"))
    approval = words(gettext_lazy("批复文号"), 60, required=True)
    filing_number = words(gettext_lazy("备案文号"), 60, required=True)
    receipt = words(gettext_lazy("备案回执编号"), 60, required=True)
    note = note(gettext_lazy("说明"))


def matter_of(row: Any, kind: str) -> Matter:
    """The matter of a formation or filing."""
    return flow.matter_of(kind, row.pk)


def act_form(data: Any, act: str, row: Any, matter: Matter, on: Any) -> ActForm:
    """The form of one act. Raises NotFound for an act that there isn't."""
    if act not in ACTS:
        raise NotFound(_("没有这一步。"))
    form = ActForm(data, initial={"secretary": getattr(row, "secretary", ""), "source": getattr(row, "secretary_source", "")})
    asked = ACTS[act][2]
    for name in [name for name in form.fields if name not in (*asked, "note")]:
        del form.fields[name]
    if "source" in asked:
        titles = sources()
        allowed = resolve(SOURCES_KEY, on=on, pack=pack_for(row.path)).value
        others = [code for code in titles if code not in allowed]
        choose(form, "source", [("", _("请选择")), *((code, titles[code]) for code in (*allowed, *others))])
        form.fields["source"].help_text = _("本地规定：%(list)s。别的来源要在说明里写理由。") % {
            "list": "、".join(titles[one] for one in allowed)
        }
    spec = next((one for one in flow.method_of(matter).acts_at(matter.step) if one.act == act), None)
    if spec is not None and "note" in spec.needs:
        form.fields["note"].required = True
        form.fields["note"].error_messages["required"] = _("请写明理由。")
        form.fields["note"].label = _("理由")
    return form


def perform(powers: Powers, act: str, pk: int, given: dict[str, Any]) -> None:
    """Call the command of an act."""
    command, model, _asked = ACTS[act]
    command(powers.actor, model(id=pk, **given))


def act_title(matter: Matter, act: str) -> str:
    """What an act is called by the method, else by its action."""
    method = flow.method_of(matter)
    specs = [*method.anywhere, *(one for step in method.steps for one in step.acts)]
    return next((one.title for one in specs if one.act == act and one.title), None) or str(action_of(act).title)


def standing(powers: Powers, matter: Matter, at: datetime) -> dict[str, Any]:
    """Where it stands, by when, what happened, and what the asker may do now."""
    steps = [step for step in flow.method_of(matter).steps if not step.final]
    now = next((number for number, step in enumerate(steps) if step.id == matter.step), len(steps))
    offered = [one for one in flow.acts_for(powers, matter) if one.act in ACTS]
    return {
        "matter": matter,
        "step": flow.step_of(matter),
        "steps": [(step.title, step.phase, "done" if n < now else "now" if n == now else "next") for n, step in enumerate(steps)],
        "acts": [(one.act.partition(".")[2], one.title or action_of(one.act).title, one.main) for one in offered],
        "mine": any(one.main for one in offered),
        "entries": _entries(matter),
        "promises": flow.promises(matter) if matter.closed_at is None else [],
        "today": day_of(at),
    }


def _entries(matter: Matter) -> list[dict[str, Any]]:
    lines = flow.history(matter)
    names = accounts.names(_account(line) for line in lines)
    return [
        {"at": line.at, "title": act_title(matter, line.act), "text": line.internal, "meta": names.get(_account(line) or 0, _("系统")),
         "strong": number == 0 and matter.closed_at is None}
        for number, line in enumerate(lines)
    ]  # fmt: skip


def _account(line: Happening) -> int | None:
    kind, _colon, number = line.actor.partition(":")
    return int(number) if kind in ("person", "app") and number.isdigit() else None
