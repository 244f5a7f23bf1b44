"""台账: the registers that the asker keeps or reads, with template, import and export; and the last imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import Register, register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed
from linzhi.web.asker import powers_of
from linzhi.web.render import page

LAST, MOST = 8, 100
STATES: dict[str, tuple[str, Any]] = {
    "uploaded": ("none", gettext_lazy("等着检查")), "previewing": ("none", gettext_lazy("正在检查")),
    "previewed": ("warn", gettext_lazy("检查好了，还没导入")), "taking": ("none", gettext_lazy("正在导入")),
    "stopped": ("warn", gettext_lazy("停在半路")), "done": ("ok", gettext_lazy("导入好了")),
    "undoing": ("none", gettext_lazy("正在撤销")), "undone": ("none", gettext_lazy("已撤销")),
    "refused": ("bad", gettext_lazy("没有收")),
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One register: whether the asker may import and export it, and the titles of those to be imported before."""

    register: Register
    writes: bool
    reads: bool
    after: str


@dataclass(frozen=True)
class Line:
    """One import of the list."""

    one: SheetImport
    title: str
    place: str
    who: str
    kind: str
    words: str


def view(request: HttpRequest) -> HttpResponse:
    """Every register of the asker. Refused to whoever has none."""
    powers = powers_of(request)
    found = [
        Kind(
            one,
            sheets.may_somewhere(powers, one.action) and sheets.may_somewhere(powers, "sheets.upload"),
            sheets.may_somewhere(powers, one.view) and sheets.may_somewhere(powers, "sheets.export"),
            "、".join(str(register_of(code).title) for code in one.after),
        )
        for one in sheets.registers(powers)
    ]  # fmt: skip
    found = [kind for kind in found if kind.writes or kind.reads]
    if not found:
        raise NotAllowed("sheets.upload", powers.decide("sheets.upload").reason)
    return page(request, "desk/registers_home.html", {"kinds": found, "lines": lines(powers, LAST)}, nav="registers")


def history(request: HttpRequest) -> HttpResponse:
    """The imports of what the asker may write, newest first."""
    powers = powers_of(request)
    if not sheets.may_somewhere(powers, "sheets.upload"):
        raise NotAllowed("sheets.upload", powers.decide("sheets.upload").reason)
    return page(request, "desk/registers_history.html", {"lines": lines(powers, MOST), "most": MOST}, nav="registers")


def lines(powers: Powers, most: int) -> list[Line]:
    """The last imports, with names instead of numbers."""
    found = sheets.imports(powers, most)
    names = accounts.names(one.account_id for one in found)
    places = dict(Territory.objects.filter(code__in={one.place for one in found}).values_list("code", "name"))
    return [
        Line(
            one, str(register_of(one.register).title), places.get(one.place, one.place),
            names.get(one.account_id or 0, "") or _("系统"), *standing(one),
        )
        for one in found
    ]  # fmt: skip


def standing(one: SheetImport) -> tuple[str, str]:
    """How an import stands: the kind of mark, and the word."""
    kind, words = STATES[one.state]
    return kind, str(words)
