"""One name everywhere: every command people or programs may use is an operation, and every operation is a command or a known read."""

from __future__ import annotations

from typing import Any

import pytest

from linzhi.config.api.instance import api
from linzhi.domains.compliance.api import READS as COMPLIANCE_READS
from linzhi.domains.people.api import READS as PEOPLE_READS
from linzhi.domains.requests.api import READS
from linzhi.domains.requests.api.acts import for_jobs_only
from linzhi.foundation.access.actions import all_actions
from linzhi.foundation.commands.execution import all_commands

OTHER_READS = {
    "places.list_estates",
    "places.view_estate",
    "places.view_profile",
    "places.list_dwellings",
    "places.list_grid_problems",
    "bodies.list_bodies",
    "policy.resolve",
    "files.view",
}
SCHEMA = api.get_openapi_schema()
OPERATIONS: dict[str, tuple[str, str, Any]] = {
    operation["operationId"]: (method, path, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}


def test_every_command_on_requests_is_an_operation_unless_only_jobs_may_do_it() -> None:
    commands = {code for code in all_commands() if code.startswith("requests.")}
    wanted = {code for code in commands if not for_jobs_only(code)} - {"requests.keep_draft"}  # a program keeps its own drafts
    assert wanted - set(OPERATIONS) == set()
    assert (commands - wanted) & set(OPERATIONS) == set()


def test_every_operation_is_a_command_or_a_known_read() -> None:
    assert set(OPERATIONS) - set(all_commands()) == set(READS) | set(PEOPLE_READS) | set(COMPLIANCE_READS) | OTHER_READS


def test_every_writing_operation_is_a_declared_action() -> None:
    writing = {code for code, (method, _path, _operation) in OPERATIONS.items() if method != "get"} - {"requests.status"}
    assert writing - {action.code for action in all_actions()} == set()


def test_no_operation_stands_twice() -> None:
    found = [operation["operationId"] for methods in SCHEMA["paths"].values() for operation in methods.values()]
    assert len(found) == len(set(found))


# reveal and export: each is an entry of its own; status and upload change nothing that a repeat could double
WITHOUT_KEY = {"requests.reveal_contact", "requests.export", "requests.status", "files.store_upload"}


@pytest.mark.parametrize("code", sorted(OPERATIONS))
def test_writes_take_an_idempotency_key_and_every_operation_may_answer_with_a_problem(code: str) -> None:
    method, _path, operation = OPERATIONS[code]
    headers = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
    assert ("Idempotency-Key" in headers) == (method == "post" and code not in WITHOUT_KEY)
    assert "application/problem+json" in operation["responses"]["default"]["content"]
    assert operation["summary"]
    assert operation["tags"]


def test_lists_are_paged_with_a_limit_of_a_hundred() -> None:
    for code in ("requests.list", "requests.list_public", "places.list_estates"):
        limits = {p["name"]: p["schema"] for p in OPERATIONS[code][2]["parameters"]}
        assert limits["limit"]["maximum"] == 100
        assert "cursor" in limits


def test_no_answer_has_a_field_for_a_clear_contact_but_the_one_that_reveals_it() -> None:
    schemas = SCHEMA["components"]["schemas"]
    clear = [
        name for name, schema in schemas.items() if "Out" in name and {"contact_phone", "contact_name"} & set(schema.get("properties", {}))
    ]
    assert clear == ["RevealedOut"]
