"""Made-up calls of every operation: never a server error, and every answer as the description says. Bounded, so that it takes seconds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from linzhi.config.api.instance import api

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
FEW = settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
OPERATIONS = [(path, method.upper()) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def described() -> Iterator[Any]:
    """The API as its own description tells it, served in this process and in the transaction of each test."""
    from django.core.signals import request_finished, request_started
    from django.core.wsgi import get_wsgi_application
    from django.db import close_old_connections

    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)  # refusals are what is asked for here
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    log.setLevel(logging.NOTSET)
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def caller(county: Any) -> dict[str, Any]:
    """A program in the community's post, and a request there for it to act on."""
    request = county.report(contact_phone="13812345678")
    token = county.token_in("community_worker", "requests.*", "places.*", "bodies.*", "files.*")
    return {"request_id": request.pk, "code": county.estate.code, "headers": {"Authorization": f"Bearer {token}"}}


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_answers_are_as_described(path: str, method: str, described: Any, caller: dict[str, Any]) -> None:
    """A made-up id finds nothing, so the place of the id is given; what else is made up reaches the commands."""

    @FEW
    @given(case=described[path][method].as_strategy())
    def call(case: Any) -> None:
        for name in ("request_id", "code"):
            if name in (case.path_parameters or {}):
                case.path_parameters[name] = caller[name]
        case.validate_response(case.call(headers=caller["headers"]), checks=CHECKS)

    call()
