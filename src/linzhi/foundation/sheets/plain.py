"""Text of cells made plain, by one rule for reading and writing: invisible marks, full-width signs, what a spreadsheet would run."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

Cell = str | int | float | bool | date | datetime | time | timedelta | None

EXACT_DIGITS = 15
"""How many digits a spreadsheet keeps of a number; the rest become zeros."""
NOTE = "※"
"""What rows of our own templates begin with that are there to be read by people only."""
RUNS = "=+-@＝＋－＠" + NOTE
"""What a spreadsheet takes for the beginning of a formula, at the latest when the sheet is saved as CSV and opened again; and our mark."""

# Zero-width and direction marks, which are pasted along with numbers from chats and address books. Joiners stay: emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_JOINERS = re.compile("[\u200c\u200d]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NEUTRALISED = re.compile(f"'+[{re.escape(RUNS)}]")
_TO_NEUTRALISE = re.compile(f"'*[{re.escape(RUNS)}]")
# A leading "=" before anything but another "=", or a sign before a call such as SUM( or cmd|: no sentence begins like that.
_FORMULA = re.compile(r"""[\s'"]*(?:[=＝]\s*[^=＝\s]|[+\-@＋－＠][\s\d+\-*/.()]*[A-Za-z_.]+\s*[(|!])""")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,3}")
_USUAL = re.compile("[0-9A-Za-z一-鿿](?:[0-9A-Za-z一-鿿（），。、：；#·./-]|(?<=[0-9A-Za-z])(?: (?=[0-9A-Za-z])))*")
_WIDE_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D, 0x2010: 0x2D, 0x2013: 0x2D}
_WIDE_LETTERS = {code: new for code, new in _WIDE_SIGNS.items() if chr(new).isalnum() or new == 0x20}


class BadCell(Exception):
    """A cell that can't be taken: why, and what to do. Both are sentences in Chinese."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


def sentence(text: str) -> str:
    """Text of several lines: trimmed, line ends unified, invisible marks out. Raises BadCell for what no text should hold."""
    if _USUAL.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text).strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check(text)
    if _NEUTRALISED.match(text):
        return text[1:]  # put there by an export, so that no spreadsheet runs the cell
    if _FORMULA.match(text):
        if text[:2] == '="' and text[-1] == '"' and '"' not in text[2:-1]:
            return text[2:-1].strip()  # how some programs keep the zeros of a number: ="0571"
        raise BadCell(_("像是表格公式，不像要登记的内容。"), _("请删去开头的等号、加减号或 @。"))
    return text


def _check(text: str) -> None:
    if _SURROGATE.search(text):
        raise BadCell(_("有的字不是这个文件的编码，读不出来。"), _("请另存为 .xlsx 或“CSV UTF-8（逗号分隔）”，或改正这一格。"))
    if _CONTROL.search(text):
        raise BadCell(_("里面有看不见的控制字符。"), _("请删掉这一格，重新输入。"))
    if _SCIENTIFIC.fullmatch(text):
        raise lost_digits()


def lost_digits() -> BadCell:
    """The refusal of a long number that a spreadsheet has rounded."""
    return BadCell(_("长号码存成了数字，末几位已经丢了，找不回来。"), _("请先把这一列设为“文本”，再照原件重新填写。"))


def one_line(text: str) -> str:
    """Text of one line: as `sentence`, with full-width digits, letters and spaces made ordinary and blanks joined."""
    if _USUAL.fullmatch(text):
        return text
    return " ".join(sentence(text).translate(_WIDE_LETTERS).split())


def code_text(text: str) -> str:
    """A code: as `one_line`, with every full-width sign made ordinary and without blanks between digits."""
    text = _JOINERS.sub("", one_line(text)).translate(_WIDE_SIGNS)
    squeezed = text.replace(" ", "")
    return squeezed if squeezed.isdigit() else text.strip()


def squeezed(text: str) -> str:
    """A number as people write it, down to its signs: nothing invisible, nothing full-width, no blanks."""
    return "".join(code_text(text).split())


def matching(text: object) -> str:
    """What two ways to write the same word share: width, case and blanks don't count."""
    return "".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", str(text))).split()).casefold()


def neutral(text: str) -> str:
    """A text that no spreadsheet runs, also after it was saved as CSV; `sentence` takes the apostrophe off again."""
    return f"'{text}" if _TO_NEUTRALISE.match(text) else text


def number_text(number: float) -> str:
    """A number of a cell as a spreadsheet shows it in full: at most 15 digits. Raises BadCell when more were lost."""
    if number != number or number in (float("inf"), float("-inf")):
        raise BadCell(_("这不是一个数。"), _("请改正。"))
    if isinstance(number, int) or number.is_integer():
        if abs(number) >= 10**EXACT_DIGITS:
            raise lost_digits()
        return str(int(number))
    text = f"{number:.{EXACT_DIGITS}g}"
    return f"{number:.{EXACT_DIGITS}f}".rstrip("0") if "e" in text else text
