"""The Jinja2 environment of all pages: strict, escaping, translated, with our words as filters and `ui` for the components."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import QueryDict
from django.templatetags.static import static as static_path
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from linzhi.web import words
from linzhi.web.assets import icon_names
from linzhi.web.forms import choices, control, describe, summary
from linzhi.web.navigation import subject_page
from linzhi.web.picture import draw_method
from linzhi.web.speech import gettext, phrase

FILTERS = (
    "day", "weekday", "clock_time", "moment", "duration", "span", "left", "ago", "task_time",
    "ratio", "percent", "money", "mask_phone", "fingerprint", "lines", "iso",
)  # fmt: skip
_STAND_IN = 8_801_000_001
COMPONENTS = Path(__file__).resolve().parent / "templates" / "components"


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """The address of a static file; it doesn't change while the server runs."""
    return str(static_path(path))


@lru_cache(maxsize=1)
def _icons() -> frozenset[str]:
    return frozenset(icon_names())


@lru_cache(maxsize=1024)  # a list draws the same few icons in every row
def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite, hidden from screen readers unless `label` says what it means. Refuses a name not in `icons.txt`."""
    if name not in _icons():
        raise LookupError(f"the icon {name!r} isn't in web/icons.txt")
    hidden = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#i-{}"/></svg>').format(hidden, static("vendor/icons.svg"), name)


@lru_cache(maxsize=512)  # the links of the shell are the same on every page
def _fixed_url(name: str, urlconf: str, prefix: str) -> str:
    return reverse(name)


@lru_cache(maxsize=512)  # a list links to the same page in every row, with another number
def _numbered_url(name: str, urlconf: str, prefix: str) -> tuple[str, str]:
    before, after = reverse(name, args=[_STAND_IN]).split(str(_STAND_IN))
    return before, after


def url(name: str, *args: object, **kwargs: object) -> str:
    """The path of a named page. Raises NoReverseMatch for an unknown name."""
    if not kwargs:
        if not args:
            return _fixed_url(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
        if len(args) == 1 and type(args[0]) is int and args[0] >= 0:
            before, after = _numbered_url(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
            return f"{before}{args[0]}{after}"
    return reverse(name, args=args or None, kwargs=kwargs or None)


def query(current: QueryDict | Mapping[str, Any], **changes: object) -> str:
    """The query string of a list with some values changed; None takes one away: `?state=open&page=2`."""
    pairs = current.lists() if isinstance(current, QueryDict) else [(k, [v]) for k, v in current.items()]
    kept = [(key, value) for key, values in pairs if key not in changes for value in values if value not in ("", None)]
    kept += [(key, value) for key, value in changes.items() if value not in ("", None)]
    return "?" + urlencode(kept)


def option_list(choices: Iterable[tuple[object, object]], value: object = "") -> Markup:
    """The `<option>`s of a select; one of them is chosen. The same long lists stand on page after page, so they are remembered."""
    return _options(tuple((str(key), str(text)) for key, text in choices), str(value))


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], value: str) -> Markup:
    return Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(key, Markup(" selected") if key == value else "", text) for key, text in choices
    )


def remembered(macro: Macro, *args: Hashable) -> Markup:
    """What a macro draws of its arguments, remembered, since lists show the same lines on page after page.

    Only for a macro of a file of its own, imported without context: so it can draw of nothing but its arguments, which are the whole
    key, and the language.
    """
    return _drawn(get_language(), macro, args)


@lru_cache(maxsize=4096)
def _drawn(language: str | None, macro: Macro, args: tuple[Hashable, ...]) -> Markup:
    return Markup(macro(*args))


def lang() -> str:
    """The language of the page for `<html lang>`: `zh-Hans`."""
    code = get_language() or "zh-hans"
    return "zh-Hans" if code.lower().startswith("zh") else code


class Components:
    """`ui.row(...)`: every public macro of `templates/components/*.html` by its name; a name may be defined once only."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._homes: dict[str, str] = {}

    def homes(self) -> dict[str, str]:
        """Which component file defines which macro. Raises ValueError when two files define the same name."""
        if not self._homes:
            for path in sorted(COMPONENTS.glob("*.html")):
                template = f"components/{path.name}"
                for name in vars(self._env.get_template(template).module):
                    if name.startswith("_"):
                        continue
                    if name in self._homes:
                        raise ValueError(f"{name} is a macro of {self._homes[name]} and of {template}")
                    self._homes[name] = template
        return self._homes

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        home = self.homes().get(name)
        if home is None:
            raise AttributeError(f"no component has the macro {name!r}")
        macro = getattr(self._env.get_template(home).module, name)
        if not settings.DEBUG:
            setattr(self, name, macro)  # the next look-up is a plain attribute
        return macro


def environment(**options: Any) -> Environment:
    """Made once by Django's Jinja2 backend; `options` are its own."""
    ours = {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**{**options, **ours, "extensions": ["jinja2.ext.i18n"]})
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals.update(
        _=phrase,
        gettext=phrase,
        url=url,
        static=static,
        icon=icon,
        query=query,
        option_list=option_list,
        remembered=remembered,
        control=control,
        describe=describe,
        choices=choices,
        summary=summary,
        draw_method=draw_method,
        subject_page=subject_page,
        get_messages=get_messages,
        lang=lang,
        case_family=words.case_family,
        **{name: getattr(words, name) for name in ("percent", "ratio", "left", "due_standing", "share_of", "reached")},
        ui=Components(env),
    )
    for name in FILTERS:
        env.filters[name] = getattr(words, name)
    return env
