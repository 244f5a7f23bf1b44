"""Reads: whether a consent holds, and one's own consents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from linzhi.foundation.consents.models import Consent, ConsentText
from linzhi.kernel.actor import Actor


def account_subject(account_id: int) -> str:
    """How the consents of an account are kept."""
    return f"accounts.account:{account_id}"


def holds(subject: str, purpose: str, at: datetime) -> bool:
    """Whether the consent of a subject (`accounts.account:5`, `people.person:17`) to a purpose is in force at a moment."""
    return subject in holding([subject], purpose, at)


def holding(subjects: Iterable[str], purpose: str, at: datetime) -> set[str]:
    """Those among the subjects whose consent to a purpose is in force at a moment, in two statements.

    One given to a version before the last that asks anew doesn't count.
    """
    least = ConsentText.objects.filter(purpose=purpose, renews=True, published_at__lte=at).aggregate(v=Max("version"))["v"] or 1
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    rows = Consent.objects.filter(standing, subject__in=list(subjects), purpose=purpose, given_at__lte=at, text__version__gte=least)
    return set(rows.values_list("subject", flat=True))


def current_text(purpose: str, at: datetime) -> ConsentText | None:
    """The version that is asked for at a moment, or None where nothing was published."""
    return ConsentText.objects.filter(purpose=purpose, published_at__lte=at).order_by("-version").first()


@dataclass(frozen=True)
class Asked:
    """One purpose with the text that is asked for now, and the person's standing consent, if it counts."""

    text: ConsentText
    consent: Consent | None


def asked_of(actor: Actor, at: datetime) -> list[Asked]:
    """Every purpose with its current text and the actor's own consent to it. Nothing for whoever isn't signed in."""
    if actor.account_id is None:
        return []
    subject = account_subject(actor.account_id)
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(published_at__lte=at).order_by("purpose", "version"):
        newest[text.purpose] = text
    own = {one.purpose: one for one in Consent.objects.filter(subject=subject, withdrawn_at__isnull=True).select_related("text")}
    return [Asked(text, own.get(purpose) if purpose in own and holds(subject, purpose, at) else None) for purpose, text in newest.items()]


def own_consents(actor: Actor) -> list[Consent]:
    """Every consent the actor gave in their account, also withdrawn ones, newest first."""
    if actor.account_id is None:
        return []
    rows = Consent.objects.filter(subject=account_subject(actor.account_id)).select_related("text")
    return list(rows.order_by("-given_at", "-pk"))


def versions(purpose: str) -> list[ConsentText]:
    """Every version of a purpose's text, the newest first, each with `standing`: how many who said yes to it haven't taken it back."""
    rows = ConsentText.objects.filter(purpose=purpose).annotate(
        standing=Count("consents", filter=Q(consents__withdrawn_at__isnull=True))
    )  # fmt: skip
    return list(rows.order_by("-version"))


def standing_count(purpose: str, at: datetime) -> int:
    """How many consents to a purpose are in force."""
    least = ConsentText.objects.filter(purpose=purpose, renews=True, published_at__lte=at).aggregate(v=Max("version"))["v"] or 1
    return Consent.objects.filter(purpose=purpose, withdrawn_at__isnull=True, text__version__gte=least).count()
