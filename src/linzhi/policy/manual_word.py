"""The handbook as a Word file."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from linzhi.policy.manual import Line, Manual, MethodPart

SANS, SERIF = "黑体", "宋体"


def as_word(book: Manual) -> bytes:
    """The book as .docx: headings for its table of contents, one table for each chapter, documents at the end."""
    file = Document()
    _styles(file)
    file.core_properties.title, file.core_properties.author = book.title, "邻治"
    file.core_properties.created = file.core_properties.modified = datetime.combine(book.on, time())
    file.add_heading(book.title, level=0)
    file.add_paragraph(_("%(day)s适用。依次适用：%(line)s。") % {"day": book.day, "line": " › ".join(book.line)})
    file.add_paragraph(_("“本地设定”是文件没有写死、由本地定的；“出处未核实”是还没有人对照过原文的。"))
    for area in book.areas:
        file.add_heading(area.title, level=1)
        rows = [(line.title, _marked(line), _ground(line.basis, line.note)) for line in area.lines]
        _table(file, (_("规定什么"), _("是多少"), _("依据")), rows, (4, 6, 6.5))
    if book.unset:
        file.add_heading(_("没有规定的"), level=1)
        _table(file, (_("规定什么"), _("说明")), list(book.unset), (5, 11.5))
    if book.methods:
        file.add_heading(_("工作法"), level=1)
    for method in book.methods:
        _method(file, method)
    if book.matters:
        file.add_heading(_("重大事项要经过的环节"), level=1)
        rows = [
            (one.title, "\n".join(f"{name}：{ground}" for name, ground in one.gates) or _("没有专门要求"), one.note) for one in book.matters
        ]
        _table(file, (_("事项"), _("要经过"), _("说明")), rows, (5, 7.5, 4))
    if book.checks:
        file.add_heading(_("检查项"), level=1)
        asked = [(one.title, f"{one.subject}，{one.force}", f"{one.owner}，{one.within}", one.basis) for one in book.checks]
        _table(file, (_("查什么"), _("查谁"), _("谁改、多久"), _("依据")), asked, (4.5, 3, 4, 5))
    if book.documents:
        file.add_heading(_("所依据的文件"), level=1)
        rows = [
            ("《" + one.title + "》", "，".join(filter(None, (one.issuer, one.number, one.issued))), one.note) for one in book.documents
        ]
        _table(file, (_("文件"), _("发文机关、文号、日期"), _("说明")), rows, (6, 5.5, 5))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _method(file: Any, method: MethodPart) -> None:
    file.add_heading(method.title + (_("（新的诉求用这个）") if method.used else ""), level=2)
    file.add_paragraph(_("出处：%(source)s") % {"source": method.source})
    rows = [(f"{number}. {step.title}", step.who, step.within, "、".join(step.acts)) for number, step in enumerate(method.steps, 1)]
    _table(file, (_("环节"), _("谁办"), _("多久"), _("可以怎么办")), rows, (3.5, 4, 3, 6))
    if method.limits:
        _table(file, (_("时限"), _("多久"), _("依据")), list(method.limits), (5, 4, 7.5))


def _table(file: Any, heads: tuple[str, ...], rows: list[Any], widths: tuple[float, ...]) -> None:
    table = file.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    # The heads are repeated where a table goes on to the next page.
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    for column, width in enumerate(widths):
        for cell in table.columns[column].cells:
            cell.width = Cm(width)
    file.add_paragraph()


def _marked(line: Line) -> str:
    return "\n".join([*line.said, *(f"【{mark}】" for mark in line.marks)])


def _ground(basis: str, note: str) -> str:
    return f"{basis}\n{note}" if note else basis


def _styles(file: Any) -> None:
    """Chinese letters for text and headings on A4; Word's own template is English and of another paper."""
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    for name, letters, size in (("Normal", SERIF, 10.5), ("Title", SANS, 22), ("Heading 1", SANS, 16), ("Heading 2", SANS, 13)):
        style = file.styles[name]
        style.font.name, style.font.size = letters, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), letters)
