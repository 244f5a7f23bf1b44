"""Short ways to bring a request of the small county to a step, for the tests of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linzhi.domains.requests import commands
from linzhi.domains.requests.models import Request

if TYPE_CHECKING:
    from tests.support.small_county import County


def act(county: County, role: str, name: str, request: Request, **given: Any) -> Request:
    """Perform one act as somebody; `name` is the command's."""
    words = "".join(part.title() for part in name.split("_"))
    done: Request = getattr(commands, name)(county.actor(role), getattr(commands, words)(request_id=request.pk, **given))
    return done


def in_hand(county: County, request: Request) -> Request:
    """Accepted, dispatched to the property company and signed."""
    act(county, "community_worker", "accept", request)
    act(county, "community_worker", "dispatch", request, body_id=county.bodies["property_company"].pk, note="内部：找老吴")
    return act(county, "property_handler", "sign", request)


def to_be_looked_at(county: County, request: Request) -> Request:
    """Handled, fed back and verified: the reporter is asked."""
    in_hand(county, request)
    act(county, "property_handler", "give_feedback", request, say="换了灯泡，亮了。", note="内部：花了十二块")
    return act(county, "community_worker", "verify", request)
