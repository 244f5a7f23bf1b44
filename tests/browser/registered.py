"""The pages of 人员, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

GRID, COMMUNITY, COUNTY, SECRETARY, RESIDENT = "林晓梅", "赵文静", "郑国栋", "周正平", "王秀兰"
_HOME = "JOIN places_estate e ON r.path LIKE e.path || '%' WHERE e.name = '凤栖苑' ORDER BY r.id"
_LIVES = f"SELECT r.person_id FROM people_residence r {_HOME}"
_RESIDENCE = f"SELECT r.id FROM people_residence r {_HOME}"
_OWNERSHIP = f"SELECT r.id FROM people_ownership r {_HOME}"
_UNLINKED = (
    "SELECT r.person_id FROM people_residence r JOIN people_person p ON p.id = r.person_id "
    "JOIN places_estate e ON r.path LIKE e.path || '%' WHERE e.name = '凤栖苑' AND p.account_id IS NULL ORDER BY r.id"
)
_DWELLING = f"SELECT r.id FROM places_dwelling r {_HOME}"


def _survey(page: Page, found: Any) -> None:
    """A survey, just opened."""
    page.goto("/desk/people/surveys/new/")
    page.locator("#id_title").fill("入户摸排")
    page.locator("#id_basis").fill("区里的通知")
    page.locator("#id_deadline").fill("2099-12-20")
    page.get_by_role("button", name="保存").click()


def _doors(page: Page, found: Any) -> None:
    """The first door of a survey."""
    _survey(page, found)
    page.get_by_role("link", name="去走访").click()


def _pair(page: Page, found: Any) -> None:
    """Two records with one phone."""
    new = f"/desk/people/dwellings/{found.one(_DWELLING)}/residents/new/"
    for name in ("慕容听雨", "慕容听语"):
        page.goto(new)
        page.locator("#id_name").fill(name)
        page.locator("#id_phone").fill("19900009999")
        page.get_by_role("button", name="保存").click()
    page.goto("/desk/people/alike/")
    page.get_by_role("link", name="比一比").first.click()


def _found(page: Page, found: Any) -> None:
    """Somebody of the estate's register, to be entered as a member."""
    page.goto("/desk/people/members/")
    page.get_by_role("link", name="登记党员").click()
    page.locator("#id_address").fill("3幢2单元502")
    page.get_by_role("button", name="找", exact=True).click()


def _entering(page: Page, found: Any) -> None:
    """The entry of a member."""
    _found(page, found)
    page.locator("main ul a").first.click()


def _member(then: str) -> Callable[[Page, Any], None]:
    """A member who has been entered, corrected or opened."""

    def go(page: Page, found: Any) -> None:
        _entering(page, found)
        page.locator("#id_standing").select_option("probationary")
        page.get_by_role("button", name="保存").click()
        if then:
            row = page.locator("table tbody tr").first
            row.get_by_role("link").nth(0 if then == "edit" else 1).click()

    return go


def _checked_in(page: Page, found: Any) -> None:
    """A check-in, just left."""
    page.goto(f"/checkin/{found.estate}/")
    page.get_by_role("radio", name="快递员").check()
    page.get_by_role("button", name="报到").click()


def _at(name: str, path: str = "", who: str = COMMUNITY, statement: str = "", **more: Any) -> dict[str, Any]:
    """One visit; `{}` in the path is the first value of a statement."""
    filled: Any = (lambda found: path.format(found.one(statement))) if statement else path
    return {"name": f"people:{name}", "who": who, "path": filled, **more}


VISITS = (
    _at("home", "/desk/people/"),
    _at("home", "/desk/people/?who=lived", GRID, also="lived"),
    _at("home", "/desk/people/?q=没有这间", also="none"),
    _at("person", "/desk/people/{}/", statement=_LIVES),
    _at("open", "/desk/people/{}/open/", statement=_LIVES),
    _at("correct", "/desk/people/{}/correct/", statement=_LIVES),
    _at("link", "/desk/people/{}/account/", statement=_UNLINKED, press="保存"),
    _at("skill_new", "/desk/people/{}/skills/new/", statement=_LIVES, press="保存"),
    _at("resident_new", "/desk/people/dwellings/{}/residents/new/", statement=_DWELLING, press="保存"),
    _at("owner_new", "/desk/people/dwellings/{}/owners/new/", statement=_DWELLING, press="保存"),
    _at("resident_edit", "/desk/people/residences/{}/edit/", statement=_RESIDENCE),
    _at("move_out", "/desk/people/residences/{}/end/", statement=_RESIDENCE),
    _at("owner_edit", "/desk/people/ownerships/{}/edit/", statement=_OWNERSHIP),
    _at("end_ownership", "/desk/people/ownerships/{}/end/", statement=_OWNERSHIP),
    _at("alike", "/desk/people/alike/"),
    _at("pair", go=_pair),
    _at("surveys", "/desk/people/surveys/", COUNTY),
    _at("survey_new", "/desk/people/surveys/new/", press="保存"),
    _at("survey", go=_survey),
    _at("doors", go=_doors),
    _at("members", "/desk/people/members/", SECRETARY),
    _at("members", "", SECRETARY, go=_member(""), also="some"),
    _at("member_find", "", SECRETARY, go=_found),
    _at("member_new", "", SECRETARY, go=_entering, press="保存"),
    _at("member_edit", "", SECRETARY, go=_member("edit")),
    _at("member_open", "", SECRETARY, go=_member("open")),
    _at("skills", "/desk/people/skills/"),
    _at("check_ins", "/desk/people/check-ins/"),
    _at("my_skills", "/me/skills/", RESIDENT, press="登记"),
    _at("neighbours", "/e/{estate}/skills/", RESIDENT),
    # Before anybody checks in: afterwards the form knows the number.
    _at("check_out", "/checkin/delete/", "", press="删除"),
    _at("check_in", "/checkin/{estate}/", "", press="报到"),
    _at("checked_in", "", "", go=_checked_in),
)  # fmt: skip
