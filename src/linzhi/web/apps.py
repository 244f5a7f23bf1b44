"""The web layer as a Django app: static files, templates, and a check of what the shell links to."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse


class WebConfig(AppConfig):
    """No tables, no signals."""

    name = "linzhi.web"
    label = "web"

    def ready(self) -> None:
        """Register the check that every link of the shell leads somewhere."""
        register(shell_links)


def shell_links(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """An error for each navigation item or door of the shell whose url name doesn't exist."""
    from linzhi.web import navigation

    errors: list[CheckMessage] = []
    named: list[tuple[str, str, list[int]]] = [(origin, url_name, []) for origin, url_name in navigation.url_names()]
    named += [(origin, url_name, [1]) for origin, url_name in navigation.subject_names()]
    for origin, url_name, args in named:
        try:
            reverse(url_name, args=args)
        except NoReverseMatch:
            errors.append(Error(f"The shell links to {url_name!r}, which no urls.py names.", obj=origin, id="web.E001"))
    return errors
