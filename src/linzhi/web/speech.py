"""Translation with a memory: a list says the same dozen words in every row, and Django looks each of them up through two thread-locals."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language, override
from django.utils.translation import gettext as look_up
from markupsafe import Markup


@lru_cache(maxsize=8192)
def _remember(language: str | None, message: str) -> str:
    if language is None:
        return look_up(message)
    with override(language):
        return look_up(message)


def gettext(message: str) -> str:
    """The message in the language of this request."""
    return _remember(get_language(), message)


@lru_cache(maxsize=8192)
def _plain(language: str | None, message: str) -> Markup:
    return Markup(_remember(language, message)) % {}


def phrase(message: str, **values: object) -> Markup:
    """`_()` of templates: the message as safe text, with escaped `values` in it; as Jinja's own, which calls five functions more for it."""
    language = get_language()
    return Markup(_remember(language, message)) % values if values else _plain(language, message)
