"""`linzhi registers`: registers in and out from the command line, as the operator or as somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from linzhi.config.cli.registers import registers
from linzhi.foundation.access.actions import Action, for_job
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.tests import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelves(county: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[shelf.Shelves]:
    for action in (shelf.KEEP, shelf.VIEW):
        opened = Action(action.code, action.title, action.rules + for_job("setup"))
        monkeypatch.setattr(shelf, action.code.split(".")[1].upper(), opened)
    with shelf.at_hand(monkeypatch) as made:
        yield made


def run(*args: str) -> Result:
    return CliRunner().invoke(registers, [str(arg) for arg in args])


def last(result: Result) -> dict[str, int]:
    found: dict[str, int] = json.loads(result.stdout.strip().splitlines()[-1])
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "架子.xlsx"
    path.write_bytes(shelf.workbook(shelf.many(12)))
    return path


def test_a_file_is_taken_and_the_last_line_says_what_came_of_it(county: Any, file: Path) -> None:
    result = run("import", "shelves", file, "--place", county.community.code, "--json")
    assert result.exit_code == 0, result.stderr
    assert last(result) == {"created": 12, "changed": 0, "unchanged": 0, "refused": 0, "import": SheetImport.objects.get().pk}
    again = run("import", "shelves", file, "--place", county.community.code, "--json")
    assert (again.exit_code, last(again)["created"], last(again)["unchanged"]) == (0, 0, 12)


def test_a_bad_row_stops_everything_unless_the_good_ones_are_asked_for(county: Any, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(shelf.workbook([("A1", "甲", 13, None), ("A2", "乙", 2, None)]))
    result = run("import", "shelves", path, "--place", county.community.code, "--json")
    assert result.exit_code == 1
    assert "第 2 行，层数：没有 13 层的架子。请改成别的层数。" in result.stderr
    assert last(result)["refused"] == 1
    assert shelf.contents() == {}
    result = run("import", "shelves", path, "--place", county.community.code, "--good-rows", "--json")
    assert (result.exit_code, last(result)["created"], last(result)["refused"]) == (0, 1, 1)


def test_an_export_comes_back_as_no_change(county: Any, file: Path, tmp_path: Path) -> None:
    place = ("--place", county.community.code)
    run("import", "shelves", file, *place)
    out = tmp_path / "出.xlsx"
    assert run("export", "shelves", out, *place).exit_code == 0
    assert not Opening.objects.exists()
    assert last(run("import", "shelves", out, *place, "--json"))["unchanged"] == 12


def test_a_purpose_opens_what_is_sealed_and_logs_it(county: Any, file: Path, tmp_path: Path) -> None:
    place = ("--place", county.community.code)
    run("import", "shelves", file, *place)
    out = tmp_path / "出.xlsx"
    assert run("export", "shelves", out, *place, "--purpose", "移交档案").exit_code == 0
    cells = [cell for row in openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "13900000001" in cells
    assert set(Opening.objects.values_list("purpose", flat=True)) == {"移交档案"}
    assert Opening.objects.count() == 12


def test_somebody_named_may_do_what_their_post_allows_and_no_more(county: Any, file: Path) -> None:
    worker, handler = (str(county.accounts[role].pk) for role in ("community_worker", "property_handler"))
    place = ("--place", county.community.code)
    refused = run("import", "shelves", file, *place, "--as", handler)
    assert (refused.exit_code, shelf.contents()) == (2, {})
    assert run("import", "shelves", file, *place, "--as", worker).exit_code == 0
    assert SheetImport.objects.get().account_id == int(worker)


def test_an_import_is_undone_by_its_number_and_an_obstacle_is_named(county: Any, file: Path) -> None:
    pk = last(run("import", "shelves", file, "--place", county.community.code, "--json"))["import"]
    shelf.used.add("S00003")
    result = run("undo", str(pk))
    assert result.exit_code == 1
    assert "S00003" in result.stderr
    shelf.used.clear()
    assert run("undo", str(pk)).exit_code == 0
    assert shelf.contents() == {}


def test_the_template_and_the_list_need_no_rights(county: Any, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert run("template", "shelves", path, "--place", county.community.code).exit_code == 0
    assert openpyxl.load_workbook(path).worksheets
    assert "shelves\t架子台账" in run("list").stdout


def test_unknown_words_are_refused_with_what_there_is(county: Any, file: Path) -> None:
    assert "shelves" in run("import", "nonsense", file).stderr
    assert run("import", "shelves", file, "--place", "nowhere").exit_code == 2
    assert run("import", "shelves", file, "--as", "nobody").exit_code == 2
    assert "--place" in run("export", "shelves", file).stderr
