"""Work on many requests at once: pauses that end by themselves, hotline sheets in and out, places for many."""

from linzhi.domains.requests.jobs.export_sheet import export_rows, headings, sheet_of
from linzhi.domains.requests.jobs.import_sheets import SOURCE, Report, Tally, check, take
from linzhi.domains.requests.jobs.locate_many import Located, locate_many
from linzhi.domains.requests.jobs.replay import replay_row
from linzhi.domains.requests.jobs.resume_due import resume_due
from linzhi.domains.requests.jobs.sheet_file import Problem
from linzhi.domains.requests.jobs.sheet_rows import SheetRow

__all__ = [
    "SOURCE", "Located", "Problem", "Report", "SheetRow", "Tally",
    "check", "export_rows", "headings", "locate_many", "replay_row", "resume_due", "sheet_of", "take",
]  # fmt: skip
