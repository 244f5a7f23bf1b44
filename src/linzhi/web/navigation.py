"""What the shells link to. `config/wiring.py` registers it; web itself knows no domain's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from django.urls import reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Place = Literal["desk", "public"]


@dataclass(frozen=True)
class NavItem:
    """One entry of a navigation.

    `key` is what a page passes as `nav=`; `label` may be lazy text; `action` is the action that a person must be allowed
    to see it (None: everybody); `place` is the desk's side or the public pages' bench; `group` is a heading on the side.
    """

    key: str
    label: StrOrPromise
    icon: str
    url_name: str
    action: str | None = None
    place: Place = "desk"
    group: StrOrPromise = ""


@dataclass(frozen=True)
class Doors:
    """Url names of the pages that every shell leads to; an empty one isn't shown."""

    home: str = ""
    search: str = ""
    notices: str = ""
    account: str = ""
    sign_in: str = ""
    sign_out: str = ""
    switch: str = ""  # demo: the row of synthetic people


_items: dict[str, NavItem] = {}
_doors = Doors()
_subjects: dict[str, str] = {}


def register(items: Iterable[NavItem]) -> None:
    """Add entries in the order they shall stand. Refuses a key that is taken by another entry."""
    for item in items:
        if _items.get(item.key, item) != item:
            raise ValueError(f"the navigation key {item.key!r} is taken by {_items[item.key].url_name}")
        _items[item.key] = item


def open_doors(doors: Doors) -> None:
    """Say where home, search, notices, account, sign-in and the demo's people are."""
    global _doors
    _doors = doors


def doors() -> Doors:
    """The doors as registered."""
    return _doors


def open_subjects(pages: Mapping[str, str]) -> None:
    """Say which page, by its url name, shows what a matter is about, by the type of its subject. Refuses a type that has another page."""
    for subject_type, url_name in pages.items():
        if _subjects.setdefault(subject_type, url_name) != url_name:
            raise ValueError(f"the subject {subject_type!r} is shown by {_subjects[subject_type]}")


def subject_page(subject_type: str, subject_id: int) -> str:
    """The address of the page of what a matter is about; empty for a type that has none."""
    name = _subjects.get(subject_type)
    return reverse(name, args=[subject_id]) if name else ""


def items(place: Place, may: Callable[[str], bool]) -> list[NavItem]:
    """The entries of one place that this person may use, in order."""
    return [item for item in _items.values() if item.place == place and (item.action is None or may(item.action))]


def groups(place: Place, may: Callable[[str], bool]) -> list[tuple[str, list[NavItem]]]:
    """The same by heading; entries without a heading come first."""
    found: dict[str, list[NavItem]] = {}
    for item in items(place, may):
        found.setdefault(str(item.group), []).append(item)
    return sorted(found.items(), key=lambda pair: pair[0] != "")


def url_names() -> list[tuple[str, str]]:
    """Every (origin, url name) that the shells link to, for the system check."""
    named = [(f"NavItem {item.key}", item.url_name) for item in _items.values()]
    return named + [(f"Doors.{f.name}", getattr(_doors, f.name)) for f in fields(_doors) if getattr(_doors, f.name)]


def subject_names() -> list[tuple[str, str]]:
    """Every (origin, url name) of a page about one subject, for the system check."""
    return [(f"subject {subject_type}", name) for subject_type, name in _subjects.items()]
