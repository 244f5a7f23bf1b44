"""A list as an Excel sheet in the shape that the import takes: who wanted it, when and what for stands above the heading.

Personal data stays masked. Every cell is text and none is a formula, so nothing runs when the sheet is opened.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.places import queries as places
from linzhi.domains.requests import rules
from linzhi.domains.requests.commands.export import Export, Exported, export
from linzhi.domains.requests.jobs.sheet_cells import NATURES, name_of
from linzhi.domains.requests.models import Request
from linzhi.flow import library
from linzhi.flow.models import Happening
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import BEIJING

ANSWERS = ("requests.give_feedback", "requests.replay_reply", "requests.handle_directly")
TAKEN_BACK = (
    "source_id", "nature", "caller", "phone", "title", "raised_at", "text", "place_text", "reply", "replied_at",
)  # fmt: skip
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula when the sheet is saved as CSV and opened again."""
AT_ONCE = 500
WIDTHS = {"text": 60, "reply": 60, "title": 30, "place_text": 24, "raised_at": 17, "replied_at": 17}

Row = tuple[str, ...]


def sheet_of(actor: Actor, cmd: Export, *, at: datetime | None = None) -> bytes:
    """Log the export and make the sheet (.xlsx). Refused as the command says: without a purpose, outside the asker's places."""
    at = at or clock.now()
    exported = export(actor, cmd, at=at)
    return _workbook(_watermark(actor, cmd.purpose, at), export_rows(exported))


def headings() -> Row:
    """The headings in order: those that the import reads, then where the request stands and our own number."""
    return (*(name_of(column) for column in TAKEN_BACK), _("进度"), _("本系统编号"))


def export_rows(exported: Exported) -> Iterator[Row]:
    """The rows of an export as plain text, masked, in the order of the list. The command has decided who may have them."""
    natures = {code: word for word, code in NATURES.items()}
    for begin in range(0, len(exported.pks), AT_ONCE):
        pks = exported.pks[begin : begin + AT_ONCE]
        found = Request.objects.select_related("matter").in_bulk(pks)
        replies = _replies([request.matter_id for request in found.values()])
        labels = places.place_labels({request.path for request in found.values()})
        for request in (found[pk] for pk in pks if pk in found):
            reply = replies.get(request.matter_id or 0, "") if request.replied_at else ""
            yield (
                request.source_id or request.number, natures[request.nature], request.contact_name.masked, request.contact_phone.masked,
                rules.public_text(request.title), _minute(request.reported_at), rules.public_text(request.text),
                rules.public_text(request.place_text) or labels.get(request.path, ""), rules.public_text(reply),
                _minute(request.replied_at), _standing(request), request.number,
            )  # fmt: skip


def neutral(text: str) -> str:
    """A text that no spreadsheet runs, also after it was saved as CSV: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def _replies(matter_ids: list[int | None]) -> dict[int, str]:
    """Matter to its first answer."""
    lines = Happening.objects.filter(matter__in=[pk for pk in matter_ids if pk], act__in=ANSWERS).order_by("-pk")
    return dict(lines.values_list("matter_id", "public"))


def _standing(request: Request) -> str:
    if request.matter is None:
        return ""
    return library.of_version(request.matter.version_id).step(request.matter.step).title


def _minute(moment: datetime | None) -> str:
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""


def _watermark(actor: Actor, purpose: str, at: datetime) -> str:
    name = accounts.names([actor.account_id]).get(actor.account_id, "") if actor.account_id is not None else actor.name
    facts = {"who": name or actor.key, "when": _minute(at), "purpose": purpose}
    return _("%(who)s 于 %(when)s 导出，用途：%(purpose)s。含个人信息，已脱敏，请勿外传。") % facts


def _workbook(watermark: str, rows: Iterator[Row]) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_("诉求"))
    plain, bold = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}), book.add_format({"bold": True, "bottom": 1})
    faint = book.add_format({"font_color": "#666666", "italic": True})
    sheet.write_string(0, 0, neutral(watermark), faint)
    for column, heading in enumerate(headings()):
        sheet.write_string(1, column, heading, bold)
        name = TAKEN_BACK[column] if column < len(TAKEN_BACK) else ""
        sheet.set_column(column, column, WIDTHS.get(name, 14))
    for column, note in _notes().items():
        sheet.write_comment(1, column, note)
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row):
            sheet.write_string(number, column, neutral(text), plain)
    sheet.freeze_panes(2, 1)
    sheet.set_footer(neutral(watermark)[:240].replace("&", "&&"))
    book.close()
    return target.getvalue()


def _notes() -> dict[int, str]:
    """What a heading means, for whoever opens the sheet."""
    words = {
        "source_id": _("来单的编号；没有来单编号的，是本系统编号。"),
        "caller": _("已脱敏。要看全名，请在系统里说明用途后查看。"),
        "phone": _("已脱敏。要看号码，请在系统里说明用途后查看。"),
        "text": _("其中的电话、身份证号、车牌已遮盖。"),
        "replied_at": _("第一次答复的时间。"),
    }
    return {TAKEN_BACK.index(column): note for column, note in words.items()}
