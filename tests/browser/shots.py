"""Pictures of every page, for the documents and for looking at: python -m tests.browser.shots FOLDER [WORD ...]

Each visit gives NAME-phone.png and NAME-desk.png; with words only the visits whose name has one of them. Two go into the README
as well: FOLDER/overview.png and FOLDER/report.png.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from conftest import CHROMIUM, QUIET
from tests.browser.people import DESK, PHONE, People
from tests.browser.visits import VISITS, Found, Visit
from tests.server import demo_server, forget_prepared

SIZES = {"phone": PHONE, "desk": DESK}
# File in the documents: the visit, and the size.
FOR_DOCS = {"overview.png": ("desk-home", "desk"), "report.png": ("requests-report_preview", "phone")}


def take(folder: Path, wanted: list[str]) -> int:
    """Photograph the visits; returns how many couldn't be opened."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [visit for visit in VISITS if not wanted or any(word in visit.id for word in wanted)]
    failed = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place, demo_server(Path(place) / "demo") as server:
        people = People(playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET), server, device_scale_factor=1.5)
        found = Found(server)
        for visit in chosen:
            try:
                _photograph(people, found, visit, folder)
            except (Error, AssertionError) as error:
                failed += 1
                print(f"{visit.id}: {str(error).splitlines()[0]}", file=sys.stderr)
        people.close()
    return failed


def _photograph(people: People, found: Found, visit: Visit, folder: Path) -> None:
    page = people.at_phone(visit.who)
    try:
        visit.open(page, found)
        for name, size in SIZES.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=folder / f"{visit.id}-{name}.png", full_page=True)
            for file, (kept, at) in FOR_DOCS.items():
                if (visit.id, name) == (kept, at):
                    page.screenshot(path=folder / file)
    finally:
        page.close()


if __name__ == "__main__":
    bad = take(Path(sys.argv[1]), sys.argv[2:])
    forget_prepared()
    sys.exit(bad > 0)
