"""Growing the tree and hanging places elsewhere. Called only from inside commands (`places.add_division`, `places.move_division` ...)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from linzhi.foundation.territory.carriers import carriers
from linzhi.foundation.territory.models import Former, Succession, Territory
from linzhi.foundation.territory.paths import LEVELS, SEGMENT, child_path, county_of, covers, within
from linzhi.kernel.refused import Refused


def add(parent: Territory | None, *, level: str, code: str, name: str, begin: date, pack: str = "") -> Territory:
    """Add a place under `parent`. Refused when the level doesn't follow the parent's or the code is taken."""
    _must_follow(parent, level, name)
    if Territory.objects.filter(code=code).exists():
        raise Refused("territory.code_taken", f"编码 {code} 已经有了。请换一个编码。", field="code")
    if parent:
        Territory.objects.select_for_update().get(pk=parent.pk)
    path = next_path(parent)
    return Territory.objects.create(parent=parent, level=level, code=code, name=name, path=path, begin=begin, pack=pack)


def _must_follow(parent: Territory | None, level: str, name: str) -> None:
    expected = LEVELS[LEVELS.index(parent.level) + 1] if parent and parent.level != LEVELS[-1] else LEVELS[0]
    if level != expected:
        raise Refused(
            "territory.level",
            _("“%(name)s”的上级不能直接带 %(level)s 这一级。") % {"name": name, "level": level},
            level=level,
            expected=expected,
        )


def next_path(parent: Territory | None) -> str:
    """The next path below a place; one that a place had before is never given again, since history is told by it."""
    top = parent.path if parent else ""
    length = len(top) + SEGMENT
    used = [Territory.objects.filter(parent=parent).aggregate(last=Max("path"))["last"] or ""]
    if parent:
        used.append(Former.objects.filter(within("path", top)).aggregate(last=Max("path"))["last"] or "")
    last = max(path[:length] for path in used)
    return child_path(top, int(last[-SEGMENT:]) + 1 if len(last) == length else 1)


def add_many(parent: Territory, level: str, rows: list[tuple[str, str, date]]) -> list[Territory]:
    """Add several places (code, name, begin) under one parent at once. Refused as `add`; whether codes are free the caller asks."""
    _must_follow(parent, level, rows[0][1] if rows else "")
    Territory.objects.select_for_update().get(pk=parent.pk)
    first = int(next_path(parent)[-SEGMENT:])
    made = [
        Territory(parent=parent, level=level, code=code, name=name, path=child_path(parent.path, first + number), begin=begin)
        for number, (code, name, begin) in enumerate(rows)
    ]
    return Territory.objects.bulk_create(made, batch_size=500)


def rename(place: Territory, name: str, on: date) -> None:
    """Give a place another name from a day on; the one before stays known."""
    _remember(place, place.path, on, "")
    Territory.objects.filter(pk=place.pk).update(name=name)
    place.name = name


def unname(place: Territory, on: date) -> None:
    """Undo `rename`: the name of before the day. Refused when the place was changed again since."""
    former = place.former.order_by("-end", "-pk").first()
    if former is None or former.end != on or former.moved_to != former.path:
        raise Refused("territory.changed_since", _("“%(name)s”后来又调整过。") % {"name": place.name})
    Territory.objects.filter(pk=place.pk).update(name=former.name)
    former.delete()


def remove(paths: list[str]) -> None:
    """Take places out that nothing depends on: for undoing an import. The database refuses what something still refers to."""
    Territory.objects.filter(path__in=paths).delete()


def move(place: Territory, parent: Territory, *, on: date, code: str = "", name: str = "", basis: str = "") -> tuple[str, str]:
    """Hang a place with all in it under another parent from a day on; returns its path before and now.

    Refused when the level doesn't follow, for another county (a county is a cell: that is a handing over of data), before the last
    change of the county, and into itself.
    """
    _must_follow(parent, place.level, place.name)
    if covers(place.path, parent.path) or place.parent_id == parent.pk:
        raise Refused("territory.same_place", _("“%(name)s”已经在那里了。") % {"name": place.name}, field="to")
    if county_of(place.path) != county_of(parent.path):
        raise Refused("territory.other_county", _("不能移到另一个区县：各区县的数据是分开的，要办数据移交。"), field="to")
    not_before_last_change(county_of(place.path), on)
    if code and code != place.code and Territory.objects.filter(code=code).exists():
        raise Refused("territory.code_taken", _("编码 %(code)s 已经有了。请换一个编码。") % {"code": code}, field="code")
    list(Territory.objects.select_for_update().filter(pk__in=[place.pk, parent.pk]).order_by("pk"))
    old, new = place.path, next_path(parent)
    _remember(place, new, on, basis)
    carry(old, new)
    Territory.objects.filter(within("path", old)).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    place.path, place.parent, place.code, place.name = new, parent, code or place.code, name or place.name
    Territory.objects.filter(pk=place.pk).update(parent=parent, code=place.code, name=place.name)
    return old, new


def not_before_last_change(county: str, on: date) -> None:
    """Refused when the county's tree was changed on a later day already: changes are entered in the order in which they took effect."""
    last = Former.objects.filter(within("path", county)).aggregate(last=Max("end"))["last"]
    if last is not None and on < last:
        message = _("%(day)s 已经有一次调整，生效日期不能比它早。") % {"day": last}
        raise Refused("territory.before_last_change", message, status=422, field="begin")


def _remember(place: Territory, moved_to: str, on: date, basis: str) -> None:
    last = place.former.aggregate(last=Max("end"))["last"]
    begin = max(day for day in (place.begin, last) if day is not None)
    if begin >= on:
        raise Refused("territory.same_day", _("“%(name)s”在这一天刚刚开始或刚调整过。") % {"name": place.name}, status=422, field="begin")
    Former.objects.create(
        territory=place, code=place.code, name=place.name, path=place.path, moved_to=moved_to, basis=basis, begin=begin, end=on
    )


def end(place: Territory, on: date) -> None:
    """End a place on a day. Refused before it began."""
    if place.begin >= on or (place.end is not None and place.end <= on):
        raise Refused("territory.ended", _("“%(name)s”在那一天还没有开始，或者已经撤销。") % {"name": place.name}, field="begin")
    Territory.objects.filter(pk=place.pk).update(end=on)
    place.end = on


def succeed(old: Territory, new: Territory, on: date) -> None:
    """Write down that one place took over from another."""
    Succession.objects.get_or_create(old=old, new=new, defaults={"day": on})


def carry(old: str, new: str) -> int:
    """Bring every row that lies at or below a path to another; returns how many. Doing it again finds nothing more."""
    count = 0
    for model, column in carriers():
        moved = {column: Concat(Value(new), Substr(column, len(old) + 1))}
        count += model._default_manager.filter(within(column, old)).update(**moved)
    return count


def absorb(old: str, new: str) -> int:
    """Hand what lies exactly at an ended place to its successor: requests at the level of a merged street; never power or bodies."""
    count = 0
    for model, column in carriers(absorbing=True):
        count += model._default_manager.filter(**{column: old}).update(**{column: new})
    return count
