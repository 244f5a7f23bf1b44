"""Short ways to found bodies and fill posts in tests."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from linzhi.domains.bodies.commands import Appoint, CreatePost, FoundBody, appoint, create_post, found_body
from linzhi.domains.bodies.models import Body, Holding, Post
from linzhi.domains.places.tests.ground import AT, SETUP
from linzhi.foundation.accounts.commands import Register, register
from linzhi.kernel.actor import System

_numbers = count(1)


def account(name: str = "某人") -> int:
    """A staff account."""
    return register(System("accounts.sign_up"), Register(username=f"test{next(_numbers):04d}", name=name), at=AT).pk


def body(place: str, kind: str, name: str, **more: object) -> Body:
    """A body founded by the setup."""
    return found_body(SETUP, FoundBody.model_validate({"place": place, "kind": kind, "name": name, **more}), at=AT)


def post(of: Body, kind: str, at: datetime = AT, **more: object) -> Post:
    """A post created by the setup."""
    return create_post(SETUP, CreatePost.model_validate({"body_id": of.pk, "kind": kind, **more}), at=at)


def fill(vacant: Post, at: datetime = AT, **more: object) -> Holding:
    """Somebody appointed by the setup."""
    data = {"post_id": vacant.pk, "name": "某人", "basis": "任职通知", **more}
    if "account_id" not in data and "person_id" not in data:
        data["account_id"] = account()
    return appoint(SETUP, Appoint.model_validate(data), at=at)
