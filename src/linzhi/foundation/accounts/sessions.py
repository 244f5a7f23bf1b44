"""Sessions sealed at rest: they hold the phone and the one-time code while somebody signs in."""

from __future__ import annotations

import json
from typing import Any

from linzhi.foundation.privacy.sealing import seal, unseal
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
