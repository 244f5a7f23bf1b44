"""The scopes of tokens in words: which of them there are to choose from, and what a stored one is called."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.access.actions import Action, all_actions

AREAS = {
    "requests": gettext_lazy("诉求"), "places": gettext_lazy("小区和楼栋"), "people": gettext_lazy("居民"), "bodies": gettext_lazy("组织和岗位"),
    "notices": gettext_lazy("公示"), "files": gettext_lazy("文件"), "notify": gettext_lazy("通知"), "accounts": gettext_lazy("账号"),
    "desk": gettext_lazy("工作台和平台管理"),
}  # fmt: skip


def area_title(area: str) -> str:
    """A part of the house, as the screen calls it."""
    return str(AREAS.get(area, area))


def groups() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(area, its title, [(code, title)]) of every action that somebody else than a background job may do."""
    found: dict[str, list[tuple[str, str]]] = {}
    for action in all_actions():
        if not _only_for_jobs(action):
            found.setdefault(action.area, []).append((action.code, str(action.title)))
    order = [*AREAS, *sorted(set(found) - set(AREAS))]
    return [(area, area_title(area), found[area]) for area in order if area in found]


def scope_words(scopes: Iterable[str]) -> list[str]:
    """Stored scopes in words; one that no longer exists keeps its code."""
    titles = {action.code: str(action.title) for action in all_actions()}
    found = []
    for scope in scopes:
        area, _dot, verb = scope.partition(".")
        found.append(_("%(area)s：全部") % {"area": area_title(area)} if verb == "*" else titles.get(scope, scope))
    return found


def _only_for_jobs(action: Action) -> bool:
    return all(rule.role.startswith("system:") for rule in action.rules)
