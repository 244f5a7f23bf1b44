"""我的信息: what is held about me, masked; who looked; and what I may ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.personal import Section
from linzhi.foundation.privacy.queries import openings_of
from linzhi.foundation.rights import queries as rights
from linzhi.web.asker import powers_of
from linzhi.web.render import page
from linzhi.web.words import day

SHOWN = 3
"""How many rows of one kind the page shows; the export has all."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Shown:
    """One kind of record: its first rows and how many there are."""

    title: str
    rows: tuple[Any, ...]
    total: int


@never_cache
def view(request: HttpRequest) -> HttpResponse:
    """What every part holds about the account, sealed values masked. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    sections = [_shown(section) for collect in personal.exporters() for section in collect(actor.account_id, _masked)]
    context = {"sections": sections, "looked": len(openings_of(actor)), "corrections": rights.own_corrections(actor)}
    return page(request, "desk/my_data.html", context)


def _masked(row: models.Model, field: str) -> str:
    return str(getattr(row, field).masked)


def _shown(section: Section) -> Shown:
    rows = tuple(tuple((label, _said(value)) for label, value in row) for row in section.rows[:SHOWN])
    return Shown(section.title, rows, len(section.rows))


def _said(value: str | datetime) -> str | datetime:
    """A plain date as people say it; the export keeps it as it is."""
    return day(date.fromisoformat(value)) if isinstance(value, str) and DATE.fullmatch(value) else value
