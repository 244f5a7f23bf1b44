"""The pages of registers, for the walk through every page: a workbook of dwellings on its way in."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from playwright.sync_api import Page

WHO = "赵文静"
HEADINGS = ("楼栋编码", "单元", "房号", "楼层", "专有面积（平方米）", "面积来源", "用途")
NOT_PAGES = {"desk:register_template": "a file", "desk:register_faults": "a file"}


def workbook(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A workbook of texts."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("房屋")
    for number, row in enumerate([headings, *rows]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


def sent(rows: Callable[[str], Sequence[Sequence[object]]], headings: Sequence[str] = HEADINGS) -> Callable[[Page, Any], None]:
    """A workbook, just uploaded. The rows are made with the code of a building."""

    def go(page: Page, found: Any) -> None:
        building = str(found.one(f"SELECT code FROM places_building WHERE code LIKE '{found.estate}%' ORDER BY code"))
        page.goto("/desk/registers/dwellings/upload/")
        file = {"name": "房屋.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows(building), headings)}
        page.get_by_label("台账文件").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="检查").click()

    return go


def spoiled(building: str) -> Sequence[Sequence[object]]:
    """A good row and bad ones."""
    return (
        (building, "9", "901", "9", "88.5", "不动产登记", "住宅"),
        (building, "9", "902", "九楼", "大", "测绘", "别墅"),
        ("没有", "1", "1"),
    )


def taken(page: Page, found: Any) -> None:
    """The good row, taken."""
    sent(spoiled)(page, found)
    page.get_by_role("button", name="只收没问题的").click()


def undoing(page: Page, found: Any) -> None:
    """The question before an import is undone."""
    sent(lambda building: [(building, "9", "903", "9", "88.5", "测绘", "住宅")])(page, found)
    page.get_by_role("button", name="全部收下").click()
    page.get_by_role("link", name="撤销这次导入").click()


def visits(visit: Any) -> tuple[Any, ...]:
    """The visits, made by the class that is given."""
    known = (("楼栋号码", "单元", "房间"), lambda building: [(building, "9", "904")])
    many = [(f"{number // 50}", f"{number}") for number in range(9_000)]
    return (
        visit("desk:registers", WHO, "/desk/registers/"),
        visit("desk:register_upload", WHO, "/desk/registers/dwellings/upload/", press="检查"),
        visit("desk:register_export", WHO, "/desk/registers/dwellings/export/"),
        visit("desk:register_import", WHO, go=sent(spoiled), also="bad"),
        visit("desk:register_import", WHO, go=taken, also="taken"),
        visit("desk:register_import", WHO, go=sent(lambda building: [(building, *row) for row in many]), also="large"),
        visit("desk:register_columns", WHO, go=sent(known[1], known[0]), press="就这样，检查"),
        visit("desk:register_undo", WHO, go=undoing),
        visit("desk:register_imports", WHO, "/desk/registers/imports/"),
    )
