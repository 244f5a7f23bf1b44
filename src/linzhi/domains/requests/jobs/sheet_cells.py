"""Single cells of a hotline's sheet: headings, numbers, times, and text that a spreadsheet would run."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from linzhi.domains.requests.jobs.sheet_file import Cell, undecodable
from linzhi.kernel.clock import BEIJING

COLUMNS: dict[str, tuple[str, ...]] = {
    "source_id": ("编号", "工单编号", "工单号", "诉求编号", "受理编号", "留言编号", "id"),
    "caller": ("来电人", "诉求人", "反映人", "姓名", "联系人", "留言用户", "用户", "user"),
    "phone": ("电话", "联系电话", "来电号码", "手机", "手机号", "phone"),
    "title": ("标题", "主题", "留言主题", "诉求标题", "subject", "title"),
    "raised_at": ("时间", "来电时间", "诉求时间", "受理时间", "留言时间", "反映时间", "raised_at"),
    "text": ("内容", "诉求内容", "来电内容", "留言详情", "留言内容", "反映内容", "text"),
    "reply": ("答复", "答复内容", "答复意见", "回复", "回复内容", "办理结果", "reply"),
    "replied_at": ("答复时间", "回复时间", "办结时间", "replied_at"),
    "nature": ("类型", "诉求类型", "性质", "nature"),
    "category": ("类别", "诉求类别", "分类", "category"),
    "place_text": ("地点", "地址", "事发地点", "小区", "place"),
}
"""Our name of a column and what hotlines call it; the first name is the one we write."""

NATURES = {"咨询": "consult", "求助": "help", "投诉": "complaint", "举报": "tip_off", "建议": "suggestion", "表扬": "praise"}
EXACT_DIGITS = 15
"""How many digits a spreadsheet keeps of a number; the rest become zeros."""
LONGEST = 20_000

# A leading "=" before anything but another "=", or a sign before a call such as SUM( or cmd|: no sentence begins like that.
_FORMULA = re.compile(r"""[\s'"]*(?:=\s*[^=\s]|[+\-@][\s\d+\-*/.()]*[A-Za-z_.]+\s*[(|!])""")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}")
_TIME = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*分?(?:\s*[:：]?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?)?"
)


class BadCell(Exception):
    """A cell that can't be taken: why, and what to do."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


def column_of(heading: Cell) -> str | None:
    """Our name for a heading, or None for one that means nothing to us."""
    plain = re.sub(r"[\s*＊:：（(].*$", "", str(heading).strip("*＊ \t\ufeff")).lower()
    return next((name for name, words in COLUMNS.items() if plain in words), None)


def name_of(column: str) -> str:
    """What a column is called on the screen."""
    return COLUMNS[column][0]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text: `=cmd|...`, `=HYPERLINK(...)`, `+SUM(...)`, `@SUM(...)`."""
    return _FORMULA.match(text) is not None


def text_of(cell: Cell) -> str:
    """A cell as text. Raises BadCell: bytes that are no text, a number with lost digits, a formula, over 20,000 characters."""
    if isinstance(cell, str):
        text = cell.strip().strip("\ufeff\u200b").strip()
        if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
            text = text[1:]  # put there by an export, so that no spreadsheet runs the cell
        _check_text(text)
        return text
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)


def _check_text(text: str) -> None:
    if undecodable(text):
        raise BadCell(_("有的字不是这个文件的编码，读不出来。"), _("请另存为“CSV UTF-8（逗号分隔）”，或改正这一格。"))
    if len(text) > LONGEST:
        raise BadCell(_("一格最多 2 万字。"), _("请缩短，其余的放进附件。"))
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell(_("长号码变成了科学记数，末几位已经丢了。"), _("请把这一列设为“文本”，重新填写。"))
    if looks_like_formula(text):
        raise BadCell(_("像是表格公式，不像一句话。"), _("请删去开头的等号、加减号或 @。"))


def _digits(number: float) -> str:
    if number != number or number in (float("inf"), float("-inf")) or number != int(number):
        return str(number)
    if abs(number) >= 10**EXACT_DIGITS:
        raise BadCell(_("长号码（如身份证号）存成了数字，末几位已经丢了。"), _("请把这一列设为“文本”，重新填写。"))
    return str(int(number))


def moment_of(cell: Cell) -> tuple[datetime | None, bool]:
    """A cell as a moment, and whether it says the time of day; a time without a zone is Beijing's. Raises BadCell."""
    if isinstance(cell, datetime):
        return _aware(cell), True
    if isinstance(cell, date):
        return _aware(datetime.combine(cell, time())), False
    if isinstance(cell, int | float):
        raise BadCell(_("这不是时间。"), _("请把这一列设为“日期”，或写成 2026-09-30 16:03 的样子。"))
    text = text_of(cell)
    if not text:
        return None, False
    try:
        if re.search(r"(?:Z|[+-]\d{2}:?\d{2})$", text) and "T" in text:
            return datetime.fromisoformat(text).astimezone(BEIJING), True
        found = _TIME.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING), found[4] is not None
    except (ValueError, OverflowError):
        raise BadCell(_("看不懂这个时间。"), _("请写成 2026-09-30 16:03 的样子。")) from None


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING)
