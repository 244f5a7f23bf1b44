"""The empty sheet for a hotline to fill in: headings, one example, and what each column means."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.requests.jobs.sheet_cells import COLUMNS, NATURES, name_of

NEEDED = ("source_id", "caller", "title", "raised_at", "text")
OPTIONAL = ("phone", "nature", "category", "place_text")


def notes() -> list[tuple[str, bool, str, str]]:
    """(column, needed, what it means, other headings that are understood too)."""
    words = {
        "source_id": _("热线自己的编号，同一个编号只导入一次。长编号请把这一列设为“文本”。"),
        "caller": _("怎么称呼来电人。没有就写“匿名”。"),
        "title": _("一句话说是什么事，最多 60 字。"),
        "raised_at": _("来电的时间，写成 2026-09-30 16:03 的样子。"),
        "text": _("来电人说的原话，最多 2 万字。"),
        "phone": _("来电人的电话，导入后加密保存。请把这一列设为“文本”。"),
        "nature": _("从这几个里选：%(list)s。空着算求助。") % {"list": "、".join(NATURES)},
        "category": _("对得上我们的类别就填，对不上留空。"),
        "place_text": _("来电人说的地点。导入后再批量补到小区。"),
    }
    return [(name_of(name), name in NEEDED, words[name], "、".join(COLUMNS[name][1:6])) for name in (*NEEDED, *OPTIONAL)]


def template() -> bytes:
    """The workbook: a sheet to fill in, all cells as text, and a sheet of notes."""
    import xlsxwriter

    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(_("工单"))
    columns = (*NEEDED, *OPTIONAL)
    for number, name in enumerate(columns):
        sheet.set_column(number, number, 48 if name == "text" else 18, text)
        sheet.write_string(0, number, name_of(name), bold)
    sheet.freeze_panes(1, 1)
    about = book.add_worksheet(_("填写说明"))
    about.set_column(0, 1, 10)
    about.set_column(2, 3, 50)
    for number, heading in enumerate((_("列"), _("要不要填"), _("怎么填"), _("这样写表头也认得"))):
        about.write_string(0, number, heading, bold)
    for row, (name, needed, words, others) in enumerate(notes(), 1):
        for column, words_here in enumerate((name, _("必填") if needed else _("可不填"), words, others)):
            about.write_string(row, column, words_here, text)
    book.close()
    return target.getvalue()
