"""Growing the tree. Called only from inside commands (`places.add_division`, `places.register_estate`...)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import LEVELS, SEGMENT, child_path
from linzhi.kernel.refused import Refused


def add(parent: Territory | None, *, level: str, code: str, name: str, begin: date, pack: str = "") -> Territory:
    """Add a place under `parent`. Refused when the level doesn't follow the parent's or the code is taken."""
    expected = LEVELS[LEVELS.index(parent.level) + 1] if parent else LEVELS[0]
    if level != expected:
        raise Refused(
            "territory.level",
            _("“%(name)s”的上级不能直接带 %(level)s 这一级。") % {"name": name, "level": level},
            level=level,
            expected=expected,
        )
    if Territory.objects.filter(code=code).exists():
        raise Refused("territory.code_taken", f"编码 {code} 已经有了。请换一个编码。", field="code")
    if parent:
        Territory.objects.select_for_update().get(pk=parent.pk)
    last = Territory.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    number = int(last[-SEGMENT:]) + 1 if last else 1
    path = child_path(parent.path if parent else "", number)
    return Territory.objects.create(parent=parent, level=level, code=code, name=name, path=path, begin=begin, pack=pack)
