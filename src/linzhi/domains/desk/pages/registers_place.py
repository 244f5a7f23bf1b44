"""What the pages of registers share: the register of an address, the places to choose from, a workbook as an answer."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets import queries as sheets
from linzhi.foundation.sheets.register import Register, register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_or_404(code: str) -> Register:
    """The register with a code. Raises NotFound."""
    try:
        return register_of(code)
    except KeyError as error:
        raise NotFound(_("没有这种台账。")) from error


def may_import(powers: Powers, register: Register) -> None:
    """Refuse whoever may not import the register at any place."""
    if not sheets.may_somewhere(powers, register.action) or not sheets.may_somewhere(powers, "sheets.upload"):
        raise NotAllowed(register.action, powers.decide(register.action).reason)


def places_for(powers: Powers, register: Register) -> list[Territory]:
    """The places that an import of the asker can be about. Refused when there are none."""
    found = sheets.places(powers, register.action, register.levels)
    if not found:
        raise NotAllowed(register.action, powers.decide(register.action).reason)
    return found


def place_choices(places: list[Territory]) -> list[tuple[str, str]]:
    """Places as options, each set in under the one it belongs to."""
    widest = min((len(place.path) for place in places), default=0)
    return [(place.code, "　" * ((len(place.path) - widest) // 5) + place.name) for place in places]


def download(content: bytes, name: str) -> HttpResponse:
    """A workbook that the browser saves and nobody caches."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
