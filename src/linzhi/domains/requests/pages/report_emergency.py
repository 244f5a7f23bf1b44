"""报个事: words that sound like an emergency stop the form and show whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests import rules
from linzhi.domains.requests.pages.report_draft import Draft, ask, estate_of, go, keep, step
from linzhi.kernel.clock import day_of
from linzhi.policy.queries import resolve_at
from linzhi.web.asker import powers_of

# Which of the pack's numbers helps in which kind of emergency, the first first.
CALLS = {"fire": ("fire",), "medical": ("medical",), "crime": ("crime",), "trapped": ("fire", "crime")}
NAMES = {"fire": _("火警、救人"), "medical": _("急救"), "crime": _("报警"), "traffic": _("交通事故")}
USUAL = ("fire", "medical", "crime")


def phones(path: str, kinds: Sequence[str], on: date) -> list[tuple[str, object]]:
    """(number, name) of whom to call, those for these kinds of emergency first; the numbers are the pack's."""
    numbers = resolve_at("request.emergency.numbers", path, on).value
    wanted = [call for kind in kinds for call in CALLS[kind]]
    return [(str(numbers[call]), NAMES[call]) for call in dict.fromkeys([*wanted, *USUAL]) if call in numbers]


@step
def view(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the numbers; the resident decides whether to go on."""
    if request.method == "POST":
        draft.calm = True
        keep(request, draft)
        return go(draft, "what")
    kinds = rules.emergencies_in(draft.text)
    path = estate_of(draft.estate).path
    return ask(request, "emergency", draft, phones=phones(path, kinds, day_of(powers_of(request).at)))
