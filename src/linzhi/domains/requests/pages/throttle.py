"""How often a visitor nobody knows may write or guess, told apart by their address."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

from linzhi.foundation.commands.rates import HOUR, spend
from linzhi.web.asker import powers_of

GUESSES = 20


def count_report(request: HttpRequest, draft_id: str) -> None:
    """Count a report of somebody not signed in; the same draft counts once. Refused (429) beyond the installation's number an hour."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        spend(_address(request), f"report:{draft_id}", getattr(settings, "ANONYMOUS_WRITES_PER_HOUR", 30), powers.at, HOUR)


def count_guess(request: HttpRequest, guess: str) -> None:
    """Count a try to open a request by its code; the same try counts once. Refused (429) beyond 20 in ten minutes."""
    spend(f"status:{_address(request)}", guess, GUESSES, powers_of(request).at, timedelta(minutes=10))


def _address(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))
