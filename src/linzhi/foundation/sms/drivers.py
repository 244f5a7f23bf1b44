"""The driver protocol and the drivers that ship: a console for demo and tests, a gateway over HTTP, and none."""

from __future__ import annotations

import fcntl
import json
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from linzhi.kernel import clock


class Undeliverable(Exception):
    """This number can never be reached: it doesn't exist or is out of service. Trying again is useless."""


class Unavailable(Exception):
    """The provider can't be reached or is busy. The same reference may be tried again."""


class Driver(Protocol):
    """Sends one text message."""

    def send(self, phone: str, text: str, *, reference: str) -> str:
        """Send `text` and return the provider's own reference; a `reference` seen before sends nothing new.

        Raises Undeliverable when the number is dead, Unavailable when it's worth trying again.
        """
        ...


class Console:
    """Appends to `sms.log` in the data folder instead of sending. One JSON object per line; a reference appears once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.DATA_DIR) / "sms.log"
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._read_to = 0

    def send(self, phone: str, text: str, *, reference: str) -> str:
        """Write the message down; numbers in `LINZHI_SMS_DEAD_NUMBERS` are undeliverable, so that a demo can show it."""
        if phone in settings.LINZHI_SMS_DEAD_NUMBERS:
            raise Undeliverable("空号")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, self.path.open("a+", encoding="utf-8") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            if reference not in self._references(log):
                entry = {"at": clock.now().isoformat(timespec="seconds"), "phone": phone, "text": text, "reference": reference}
                log.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return f"console:{reference}"

    def _references(self, log: object) -> set[str]:
        log.seek(self._read_to)  # type: ignore[attr-defined]
        for line in log:  # type: ignore[attr-defined]
            self._seen.add(json.loads(line)["reference"])
        self._read_to = log.tell()  # type: ignore[attr-defined]
        return self._seen


class Gateway:
    """Posts `{"phone", "text", "reference"}` to `LINZHI_SMS_URL`; the reference goes along as the idempotency key.

    Answers: 2xx is sent (`id` in the JSON answer is kept), 404 and 410 and 422 mean a dead number, anything else is tried again.
    """

    dead = frozenset({404, 410, 422})

    def send(self, phone: str, text: str, *, reference: str) -> str:
        """Send through the gateway within ten seconds."""
        body = json.dumps({"phone": phone, "text": text, "reference": reference}).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": reference,
            "Authorization": f"Bearer {settings.LINZHI_SMS_TOKEN}",
        }
        url = settings.LINZHI_SMS_URL  # set by the operator
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - set by the operator
                return _provider_id(answer.read(10_000)) or reference
        except urllib.error.HTTPError as error:
            if error.code in self.dead:
                raise Undeliverable(f"HTTP {error.code}") from error
            raise Unavailable(f"HTTP {error.code}") from error
        except (OSError, ValueError) as error:
            raise Unavailable(type(error).__name__) from error


def _provider_id(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("id", ""))[:80] if isinstance(answer, dict) else ""


class Absent:
    """No provider is set up: every message waits."""

    def send(self, phone: str, text: str, *, reference: str) -> str:
        """Always Unavailable."""
        raise Unavailable("no SMS provider is set up (LINZHI_SMS_DRIVER)")


_made: dict[tuple[str, str], Driver] = {}


def driver() -> Driver:
    """The driver that `LINZHI_SMS_DRIVER` names; made once per name and data folder."""
    key = (settings.LINZHI_SMS_DRIVER, str(settings.DATA_DIR))
    if key not in _made:
        _made[key] = import_string(settings.LINZHI_SMS_DRIVER)()
    return _made[key]
