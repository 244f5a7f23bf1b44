"""What a staff list shows, read from its address: any filter is an address that can be kept and sent on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.report_what import EXPLAINED
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ancestors
from linzhi.kernel.clock import BEIJING
from linzhi.kernel.refused import NotFound
from linzhi.policy.categories import categories

TABS: Mapping[str, Any] = {
    "open": gettext_lazy("在办"), "overdue": gettext_lazy("超时"), "today": gettext_lazy("今天到期"), "waiting": gettext_lazy("等居民答复"),
    "returned": gettext_lazy("被退回"), "reopened": gettext_lazy("重新打开"), "low": gettext_lazy("低分"), "unfixed": gettext_lazy("没办成"),
    "many": gettext_lazy("多人反映"), "unlocated": gettext_lazy("没有地点"), "done": gettext_lazy("办结"), "all": gettext_lazy("全部"),
}  # fmt: skip
COUNTED = ("open", "overdue", "today", "waiting", "returned", "reopened", "low", "many", "unlocated")
"""Tabs that say how many: those of open cases. What is closed only grows, and counting it would cost more than the list itself."""
NAMES = ("place", "category", "nature", "body", "q", "begin", "end")
MOST_PLACES = 400


@dataclass(frozen=True)
class Asked:
    """A list as asked for. `values` is what stands in the form; `narrowed` whether anything beside the tab narrows it."""

    wanted: queries.Filter
    values: dict[str, str]
    page: int

    @property
    def narrowed(self) -> bool:
        """Whether a condition is set beside the tab."""
        return any(self.values[name] for name in NAMES)

    @property
    def folded(self) -> bool:
        """Whether one of the conditions is set that stand under 更多条件."""
        return any(self.values[name] for name in ("nature", "begin", "end"))


def asked(powers: Powers, given: QueryDict) -> Asked:
    """Read the address of a list; nonsense counts as not given. Raises NotFound for a place that doesn't exist."""
    values = {name: given.get(name, "").strip()[:80] for name in NAMES}
    tab = given.get("tab", "open")
    begin, end = _day(values["begin"]), _day(values["end"])
    wanted = queries.Filter(
        at=powers.at,
        tab=tab if tab in TABS else "open",
        path=_path(values["place"]),
        category=values["category"],
        nature=values["nature"] if values["nature"] in EXPLAINED else "",
        body_id=int(values["body"]) if values["body"].isdigit() else None,
        words=values["q"],
        begin=begin,
        end=end + timedelta(days=1) if end else None,
    )
    page = given.get("page", "1")
    return Asked(wanted, values | {"tab": wanted.tab}, max(int(page), 1) if page.isdigit() and len(page) < 6 else 1)


def _path(code: str) -> str:
    if not code:
        return ""
    path = Territory.objects.filter(code=code).values_list("path", flat=True).first()
    if path is None:
        raise NotFound(_("没有这个地方。请重新选。"))
    return path


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=BEIJING) if text else None
    except ValueError:
        return None


def tops(powers: Powers) -> list[str]:
    """The widest places of the asker's posts: none lies inside another."""
    paths = {grant.path for held in powers.grants.values() for grant in held}
    return sorted(path for path in paths if not paths & set(ancestors(path)[:-1]))


def place_options(powers: Powers) -> list[tuple[str, str]]:
    """The divisions and estates below the asker's posts, indented by level."""
    found: list[tuple[str, str]] = []
    for top in tops(powers):
        rows = territory.outline(top, ("street", "community", "estate"), MOST_PLACES - len(found))
        found += [(code, "　" * ((len(path) - len(top)) // 5) + name) for code, path, name in rows]
    return [("", _("全部地方")), *found]


def category_options() -> list[tuple[str, str]]:
    """Groups and kinds; a group finds all its kinds."""
    found = [("", _("全部类别"))]
    for group in categories().groups:
        found.append((group.code, group.name))
        found += [(item.code, "　" + item.name) for item in group.children]
    return found


def body_options(powers: Powers) -> list[tuple[str, str]]:
    """The bodies of the asker's counties."""
    counties = sorted({top[:COUNTY_LENGTH] for top in tops(powers) if len(top) >= COUNTY_LENGTH})
    return [("", _("全部单位")), *((str(pk), name) for county in counties for pk, name in bodies.choices(powers, county))]


def nature_options() -> list[tuple[str, str]]:
    """The natures."""
    return [("", _("全部性质")), *((code, str(words[0])) for code, words in EXPLAINED.items())]


def holds_anywhere(powers: Powers, code: str) -> bool:
    """Whether the asker holds a role that the action is open to, at some place; the command decides each case."""
    return any(rule.role in powers.grants for rule in action_of(code).rules)
