"""A caller of the API for tests: JSON in, JSON out, as a program, as somebody signed in, or as nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

BASE = "/api/v1"


@dataclass
class Answer:
    """Status, body and headers of one answer."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """The stable code of a problem."""
        assert self.headers["Content-Type"].startswith("application/problem+json"), (self.status, self.body)
        return str(self.body["code"])


@dataclass
class Api:
    """Calls the API; `token` makes it a program, a signed-in `client` a person."""

    client: Client = field(default_factory=Client)
    token: str = ""

    def get(self, path: str, **query: Any) -> Answer:
        """GET with a query; empty values are left out."""
        given = {name: value for name, value in query.items() if value not in (None, "")}
        return self._answer(self.client.get(BASE + path, given, headers=self._headers()))

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> Answer:
        """POST a JSON body, with an idempotency key if there is one."""
        more = {"Idempotency-Key": key} if key else {}
        content = json.dumps({} if body is None else body, default=str)
        given = self._headers() | more | headers
        return self._answer(self.client.post(BASE + path, content, content_type="application/json", headers=given))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    @staticmethod
    def _answer(response: Any) -> Answer:
        content = b"".join(response) if response.streaming else response.content
        return Answer(response.status_code, json.loads(content) if "json" in response["Content-Type"] else content, response.headers)
