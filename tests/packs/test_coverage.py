"""The clauses of the documents behind the packs: all there, each served or planned, and what is said to serve them exists."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import URLPattern, URLResolver, get_resolver

from linzhi.config.cli.packs import packs as cli
from linzhi.foundation.commands.execution import all_commands
from linzhi.foundation.sheets.register import all_registers
from linzhi.policy.clauses import Clause, clauses
from linzhi.policy.coverage import markdown
from linzhi.policy.folder import packs_folder
from linzhi.policy.metrics import metrics

WRITTEN = Path(__file__).parents[2] / "docs" / "coverage.md"


def addresses(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every page, with its namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern.url_patterns, (*spaces, *space))
        elif pattern.name:
            yield ":".join((*spaces, pattern.name))


def every() -> list[Clause]:
    return list(clauses().clauses.values())


def test_all_290_clauses_are_there_by_document_and_tier() -> None:
    assert Counter(one.id[:2] for one in every()) == {"JS": 56, "LD": 41, "CM": 65, "HA": 60, "HY": 34, "AQ": 34}
    assert Counter(one.tier for one in every()) == {"core": 168, "standard": 71, "light": 51}
    for initials, count in Counter(one.id[:2] for one in every()).items():
        assert {one.id for one in every() if one.id[:2] == initials} == {f"{initials}-{n:02d}" for n in range(1, count + 1)}


@pytest.mark.parametrize("tier", ["core", "standard", "light"])
def test_every_clause_is_served_or_says_what_will_serve_it(tier: str) -> None:
    lost = [one.id for one in every() if one.tier == tier and not one.planned and not one.by.working and not one.checks]
    assert lost == []


def test_what_is_said_to_serve_a_clause_exists() -> None:
    pages = set(addresses(get_resolver().url_patterns))
    known = {
        "registers": {register.code for register in all_registers()},
        "commands": set(all_commands()),
        "pages": pages,
        "metrics": set(metrics()),
    }
    assert len(pages) > 100
    missing = [
        (one.id, what, name) for one in every() for what, names in known.items() for name in getattr(one.by, what) if name not in names
    ]
    assert missing == []


def test_what_a_clause_asks_is_one_short_sentence_in_plain_chinese() -> None:
    for one in every():
        assert one.asks.endswith("。") and one.asks.count("。") == 1, one.id
        assert len(one.asks) <= 60, one.id
        assert not any("a" <= letter <= "z" for letter in one.asks), one.id
    assert len({one.asks for one in every()}) == len(every())


def test_nothing_waits_for_a_capability_that_no_clause_needs() -> None:
    needed = {code for one in every() for code in one.planned} | {"checks"}
    assert set(clauses().capabilities) == needed


def test_the_written_table_is_the_one_the_packs_make() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == markdown(clauses()), "run: linzhi packs coverage --markdown > docs/coverage.md"


def test_the_command_line_gives_every_clause_with_its_state() -> None:
    told = json.loads(CliRunner().invoke(cli, ["coverage", "--json"], catch_exceptions=False).output)
    assert len(told["clauses"]) == 290
    assert {one["state"] for one in told["clauses"]} == {"in_place", "partly", "planned"}
    assert told["summary"][-1]["all"] == 290
    assert told["clauses"][0]["tier"] == "core"
    assert "290" in CliRunner().invoke(cli, ["coverage"], catch_exceptions=False).output


def test_a_spoiled_clause_or_kind_of_matter_is_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    for name, wrong in (("clauses.yaml", "planned: [votes]"), ("matter-types.yaml", "owner_vote: {asked: false, ")):
        file = folder / "cn-guangxi-liuzhou-liudong" / name
        right = "planned: [decisions]" if name == "clauses.yaml" else "owner_vote: {threshold: ordinary, "
        text = file.read_text(encoding="utf-8")
        assert right in text
        file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--folder", str(folder)])
    assert done.exit_code == 1
    lines = [line.rsplit("/", 1)[-1] for line in done.output.splitlines()]
    assert any(line.startswith("clauses.yaml:") and "votes" in line for line in lines)
    assert any(line.startswith("matter-types.yaml:4:") and "不能取消" in line for line in lines)
