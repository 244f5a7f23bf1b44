"""A fresh production installation gets its first county and administrator by one command."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from linzhi.config.cli.found import found
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.queries import by_username
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.actor import Person

WORDS = {
    "--code": "320812", "--province": "江苏省", "--city": "淮安市", "--county": "清江浦区", "--pack": "cn-jiangsu-huaian-qingjiangpu",
    "--office": "清江浦区治理办", "--username": "admin", "--name": "管事的",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def run(**changes: str) -> Result:
    words = WORDS | {f"--{name}": value for name, value in changes.items()}
    return CliRunner().invoke(found, [part for pair in words.items() for part in pair])


def test_the_administrator_has_power_over_the_county_and_a_link_to_begin(client: Client) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    county = Territory.objects.get(code="320812")
    account = by_username("admin")
    assert account is not None and county.pack == "cn-jiangsu-huaian-qingjiangpu"
    assert Powers(Person(account.pk), clock.now()).decide("bodies.found_body", county)
    assert client.get(result.output.strip().splitlines()[-1]).status_code == 200


def test_a_second_founding_is_refused_and_changes_nothing() -> None:
    run()
    again = run(username="other")
    assert again.exit_code == 1 and "已经有" in again.output and by_username("other") is None


def test_a_wrong_code_is_refused() -> None:
    assert run(code="32").exit_code == 2
