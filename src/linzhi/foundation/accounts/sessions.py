"""Sessions: in the database alone, read by a statement that is built once, and sealed at rest.

Sealed, since they hold the phone and the one-time code while somebody signs in. From the database at every request, since a session
that has ended anywhere must be gone everywhere.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from linzhi.foundation.privacy.sealing import seal, unseal
from linzhi.foundation.statements.kept import fetch
from linzhi.kernel.refused import Refused


class SealedSerializer:
    """Django's session serializer, with encryption by the data key."""

    def dumps(self, obj: Any) -> bytes:
        """The session as sealed text."""
        return seal(json.dumps(obj, separators=(",", ":"))).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """The session; one that can't be opened counts as empty, so that its owner signs in again."""
        try:
            return json.loads(unseal(data.decode("ascii")))
        except (Refused, UnicodeDecodeError):
            return {}


class SessionStore(db.SessionStore):
    """As Django's, and in nothing but the cost of reading different. The name is part of the salt of what is stored."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty for one that isn't there or has run out, and then without its key."""

        def build(key: str) -> QuerySet[Session, tuple[str]]:
            # Django wrote the end by the machine's clock, so that is what it is held against.
            return Session.objects.filter(session_key=key, expire_date__gt=Now()).values_list("session_data")

        found = fetch("accounts.session", build, self.session_key or "")
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])
