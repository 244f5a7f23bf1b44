"""Every page with the person who would open it: what axe walks through, and what is photographed.

A visit has the name of its address, so that a page without a visit is noticed; NOT_PAGES lists the addresses that show none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playwright.sync_api import Page

from tests.browser import admin_ways, boards, ground, organisations, photos, registered, registers, rule_ways
from tests.browser.tables import rows
from tests.server import Server

RESIDENT, OWNER, TENANT, GRID, COMMUNITY, STREET = "王秀兰", "陈建军", "刘洋", "林晓梅", "赵文静", "冯建华"
COMPANY, SQUAD, COMMITTEE, SECRETARY, COUNTY, ADMIN = "何师傅", "曾国强", "李春梅", "周正平", "郑国栋", "方敏"

NOT_PAGES = {
    "web:type": "switches to large type and goes back",
    "web:components": "looked at by the tests of the components",
    "web:components_in": "looked at by the tests of the components",
    "account_signup": "leads to signing in",
    "accounts_sign_out_everywhere": "ends every session and leads to signing in",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "takes a passkey and goes on",
    "file": "a file",
    "file_thumb": "a picture",
    "desk:inbox_open": "marks a message as read and goes where it points",
    "desk:demo_sign_in": "signs in and goes home",
    "requests:answer": "takes an answer and goes on",
    "requests:follow": "follows and goes back",
    "requests:photo": "a picture",
    "requests:photo_thumb": "a picture",
    **registers.NOT_PAGES,
    **rule_ways.NOT_PAGES,
    "requests:status_close": "closes what a code opened and goes back",
}


class Found:
    """What the addresses need, read from the demo county's tables."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def one(self, statement: str) -> Any:
        """The first value of a statement that must find something."""
        found = rows(self.server.installation, statement)
        assert found, f"the demo county has nothing for: {statement}"
        return found[0][0]

    @cached_property
    def estate(self) -> str:
        """凤栖苑."""
        return str(self.one("SELECT code FROM places_estate WHERE name = '凤栖苑'"))

    @cached_property
    def facility(self) -> str:
        """A facility of 凤栖苑 that stands in a building."""
        return str(self.one(f"SELECT code FROM places_facility WHERE code LIKE '{self.estate}%' AND building_id IS NOT NULL ORDER BY id"))

    @cached_property
    def notice(self) -> int:
        """A notice that stands."""
        return int(self.one("SELECT id FROM notices_notice WHERE withdrawn_at IS NULL ORDER BY id DESC"))

    def account(self, name: str) -> int:
        """Somebody's account."""
        return int(self.one(f"SELECT id FROM accounts_account WHERE name = '{name}' ORDER BY id"))

    def case(self, where: str, order: str = "r.id DESC") -> int:
        """A request by a condition on itself (r), its matter (m) or its territory's path."""
        return int(self.one(f"SELECT r.id FROM requests_request r JOIN flow_matter m ON m.id = r.matter_id WHERE {where} ORDER BY {order}"))

    def own(self, where: str, who: str = RESIDENT) -> int:
        """A request that somebody reported."""
        return self.case(f"r.reporter_id = {self.account(who)} AND {where}")

    def at(self, step: str, place: str, more: str = "1 = 1") -> int:
        """A request of `cn/whistle` at a step below a place by name."""
        path = self.one(f"SELECT path FROM territory_territory WHERE name = '{place}' ORDER BY id")
        return self.case(f"m.step = '{step}' AND r.path LIKE '{path}%' AND r.located AND {more}")


Going = Callable[[Page, Found], None]


@dataclass(frozen=True)
class Visit:
    """One page. `path` is filled from Found by `{name}`, or `go` leads there; `press` is the button that sends the form empty,
    `acts` says that it offers acts with forms of their own."""

    name: str
    who: str = ""
    path: str | Callable[[Found], str] = ""
    go: Going | None = None
    press: str = ""
    status: int = 200
    also: str = ""
    acts: bool = False

    @property
    def id(self) -> str:
        """Its name in the report of a test, and of its picture."""
        return "-".join(part for part in (self.name.replace(":", "-"), self.also) if part)

    @property
    def of_residents(self) -> bool:
        """Whether residents see it, so that it has to do in large type."""
        return self.who in ("", RESIDENT, OWNER, TENANT)

    def open(self, page: Page, found: Found) -> None:
        """Go there. Fails when the page answers with something else."""
        if self.go is not None:
            self.go(page, found)
            return
        path = self.path(found) if callable(self.path) else self.path.format_map(_Names(found))
        answer = page.goto(path)
        assert answer is not None and answer.status == self.status, f"{path}: {answer and answer.status}"


class _Names(dict):  # type: ignore[type-arg]
    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found

    def __missing__(self, name: str) -> Any:
        return getattr(self.found, name)


def back_to_what(page: Page, found: Found) -> None:
    """The first question again, with what was answered."""
    report("where")(page, found)
    page.goto(page.url.replace("/where/", "/what/"))


def report(until: str, text: str = "", nature: str = "求助", estate: str = "") -> Going:
    """The way through 报个事 up to a question."""

    def go(page: Page, found: Found) -> None:
        page.goto(f"/e/{estate or found.estate}/report/")
        if until == "what":
            page.goto(re.sub(r"[^/]*$", "", page.url))
        page.get_by_label("用您的话说").fill(text or "3幢门口的井盖松了，车一过就响，晚上睡不着。电话 13800001234。")
        page.get_by_label("拍张照").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photos.with_place()})
        page.get_by_role("radio", name=nature).check()
        page.get_by_role("button", name="下一步").click()
        if until in page.url:
            return
        page.get_by_role("radio", name="3幢", exact=True).check()
        page.get_by_role("button", name="下一步").click()
        while f"/{until}/" not in page.url:
            _next(page)
        page.wait_for_load_state()

    return go


def _next(page: Page) -> None:
    """Answer a question in the plainest way."""
    if "/about/" in page.url:
        page.get_by_role("radio", name="说不准，或者不是这些").check()
    if "/alike/" in page.url:
        page.get_by_role("link", name="都不是，还是要报").click()
    elif "/preview/" in page.url:
        page.get_by_role("button", name="报上去").click()
    else:
        page.get_by_role("button", name="下一步").click()


def solved(page: Page, found: Found) -> None:
    """解决了, which leads to the stars."""
    pk = found.own("m.step IN ('close', 'follow_up')")
    page.goto(f"/requests/{pk}/")
    yes = page.get_by_role("button", name="解决了", exact=True)
    if yes.count():
        yes.click()
    else:
        page.goto(f"/requests/{pk}/rate/")


def many(act: str) -> Going:
    """Some cases of the list, chosen for an act."""

    def go(page: Page, found: Found) -> None:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto("/desk/requests/?tab=open")
        boxes = page.get_by_role("checkbox", name=re.compile("^选中："))
        for number in range(3):
            boxes.nth(number).check()
        page.get_by_role("button", name=act, exact=True).click()

    return go


SHEET = (
    "编号,来电人,标题,诉求时间,诉求内容,答复,答复时间\n"
    "T1,市民1001,路灯不亮,2026-09-10T09:12:05,凤栖苑东门路灯不亮,,\n"
    "T2,市民1002,,不是时间,没有标题,,\n"
    "T3,市民1003,垃圾没清,2026-09-11T10:00:00,垃圾桶满了,,\n"
)


def sheet(page: Page, found: Found) -> None:
    """A sheet with one wrong row, just looked at."""
    page.goto("/desk/requests/import/")
    page.get_by_label("工单表").set_input_files({"name": "工单.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    page.get_by_role("button", name="检查").click()


def correction(page: Page, found: Found) -> None:
    """A correction to answer: what an administrator asks about their own account comes to the administrators."""
    page.goto("/me/data/correct/")
    page.get_by_label("称呼、手机号").check()
    page.locator("#id_text").fill("称呼写错了一个字。")
    page.get_by_role("button", name="送出").click()
    page.goto("/desk/corrections/")
    page.get_by_role("link", name=re.compile("称呼、手机号")).first.click()


def revealed(page: Page, found: Found) -> None:
    """A number that has just been looked at."""
    page.goto(f"/desk/requests/{found.at('handle', '凤栖苑', REACHED)}/contact/")
    page.get_by_role("main").get_by_role("button", name="看号码").click()


def kept(page: Page, found: Found) -> None:
    """An act of which something was written and kept."""
    page.goto(f"/desk/requests/{found.at('handle', '凤栖苑', REACHED)}/?act=requests.add_remark")
    page.locator("#id_note").fill("约了明天上午去看。")
    page.get_by_role("button", name="先存着").click()
    page.get_by_role("link", name=re.compile("^内部备注")).first.click()


def opened_by_code(page: Page, found: Found) -> None:
    """What somebody without an account sees of their own report."""
    report("sent", "南门口的长椅少了一条腿")(page, found)
    page.get_by_role("link", name="看这件事").click()


PUBLIC = (
    Visit("desk:start", "", "/?choose=1"),
    Visit("desk:start", "", "/?q=没有这个小区", also="none"),
    Visit("desk:estate", "", "/e/{estate}/"),
    Visit("desk:facility", "", "/q/{facility}/"),
    Visit("desk:notices", "", "/e/{estate}/notices/"),
    Visit("desk:notice", "", "/notices/{notice}/"),
    Visit("desk:demo", "", "/demo/"),
    Visit("requests:neighbours", "", "/e/{estate}/requests/"),
    Visit("requests:case", "", lambda f: f"/requests/{f.case('r.public AND m.closed_at IS NULL AND m.round = 1')}/", also="stranger"),
    Visit("requests:status", "", "/status/", press="看进展"),
    Visit("requests:report", "", "/e/{estate}/report/", press="下一步"),
    Visit("error:404", "", "/nothing/", status=404),
    Visit("error:403", RESIDENT, "/desk/board/", status=403),
)
REPORT = (
    Visit("requests:report_what", RESIDENT, go=back_to_what, press=""),
    Visit("requests:report_emergency", RESIDENT, go=report("emergency", "地下车库着火了，好大的烟")),
    Visit("requests:report_where", RESIDENT, go=report("where")),
    Visit("requests:report_about", RESIDENT, go=report("about", "物业费涨了也没有说明", "投诉"), press="下一步"),
    Visit("requests:report_alike", RESIDENT, go=report("alike", "3幢楼道堆了旧家具，走路都难")),
    Visit("requests:report_contact", RESIDENT, go=report("contact")),
    Visit("requests:report_preview", RESIDENT, go=report("preview")),
    Visit("requests:sent", RESIDENT, go=report("sent", "4幢西侧的灯杆歪了")),
    Visit("requests:sent", "", go=report("sent", "地下车库二层的水龙头一直滴水"), also="code"),
    Visit("requests:case", "", go=opened_by_code, also="code"),
)
OWN = (
    Visit("desk:start", RESIDENT, "/?choose=1", also="signed-in"),
    Visit("desk:estate", RESIDENT, "/e/{estate}/", also="resident"),
    Visit("requests:mine", RESIDENT, "/my/"),
    Visit("requests:mine", OWNER, "/my/?show=follows", also="follows"),
    Visit("desk:inbox", RESIDENT, "/inbox/"),
    Visit("requests:case", RESIDENT, lambda f: f"/requests/{f.own(OPEN)}/", also="open"),
    Visit("requests:case", RESIDENT, lambda f: f"/requests/{f.own(TURN)}/", also="turn"),
    Visit("requests:case", RESIDENT, lambda f: f"/requests/{f.own(DONE)}/", also="done"),
    Visit("requests:case", TENANT, lambda f: f"/requests/{f.own('m.closed_at IS NOT NULL', TENANT)}/", also="low"),
    Visit("requests:say", RESIDENT, lambda f: f"/requests/{f.own(TURN)}/not-solved/", press="请重新办", also="not-solved"),
    Visit("requests:say", RESIDENT, lambda f: f"/requests/{f.own(OPEN)}/note/", press="加上", also="note"),
    Visit("requests:say", RESIDENT, lambda f: f"/requests/{f.own(OPEN)}/withdraw/", also="withdraw"),
    Visit("requests:say", RESIDENT, lambda f: f"/requests/{f.own(DONE)}/reopen/", press="重新打开", also="reopen"),
)
OPEN, TURN, DONE = "m.step IN ('handle', 'collect', 'sign')", "m.step = 'close'", "m.step = 'solved'"

STAFF = (
    Visit("desk:home", STREET, "/desk/"),
    Visit("desk:home", COMPANY, "/desk/", also="company"),
    Visit("desk:home", COUNTY, "/desk/", also="county"),
    Visit("desk:today", GRID, "/desk/today/"),
    Visit("desk:board", COUNTY, "/desk/board/"),
    Visit("desk:board", COUNTY, lambda f: f"/desk/board/?place={f.estate}", also="estate"),
    Visit("desk:figure", COUNTY, "/desk/board/finished_in_time/?which=missed"),
    Visit("desk:figure", STREET, lambda f: f"/desk/board/repeated/?which=out&place={f.estate}", also="none"),
    *(Visit("desk:methods", STREET, f"/desk/methods/?key={key}", also=key.replace("/", "-")) for key in (
        "cn/request", "cn/whistle", "cn-sichuan-guangan-huaying/closed-loop", "cn-shandong-weifang-anqiu/graded")),
    Visit("desk:access", ADMIN, "/desk/access/"),
    Visit("desk:search", STREET, "/desk/search/?q=路灯"),
    Visit("desk:search", STREET, "/desk/search/?q=没有这样的事", also="none"),
    Visit("desk:search", STREET, "/desk/search/?q=灯", also="short"),
    Visit("desk:undelivered", COUNTY, "/desk/undelivered/"),
    Visit("desk:health", ADMIN, "/desk/health/"),
    Visit("requests:list", STREET, "/desk/requests/"),
    Visit("requests:list", STREET, lambda f: f"/desk/requests/?tab=open&case={f.at('handle', '凤栖苑')}", also="beside"),
    Visit("requests:list", COUNTY, "/desk/requests/?tab=unlocated", also="unlocated"),
    Visit("requests:list", COMMUNITY, "/desk/requests/?tab=open&q=没有这样的事", also="none"),
    Visit("requests:map", COUNTY, "/desk/requests/map"),
    Visit("requests:map", GRID, "/desk/requests/map?tab=all&category=facility", also="grid"),
    Visit("requests:map", STREET, "/desk/requests/map?q=没有这样的事", also="none"),
    Visit("requests:bulk", STREET, go=many("督办"), press="督办", also="supervise"),
    Visit("requests:bulk", STREET, go=many("派单"), press="派单", also="dispatch"),
    Visit("requests:new", GRID, "/desk/requests/new/", press="登记"),
    Visit("requests:export", COUNTY, "/desk/requests/export/", press="导出"),
    Visit("requests:import", COUNTY, "/desk/requests/import/", press="检查"),
    Visit("compliance:findings", COMMUNITY, "/desk/findings/"),
    Visit("compliance:findings", COMMUNITY, "/desk/findings/?kind=survey_late", also="none"),
    Visit("requests:import_sheet", COUNTY, go=sheet),
    Visit("requests:contact", GRID, lambda f: f"/desk/requests/{f.at('handle', '凤栖苑', REACHED)}/contact/"),
    Visit("requests:contact", GRID, go=revealed, also="shown"),
    Visit("requests:detail", GRID, go=kept, also="kept"),
    Visit("desk:openings", RESIDENT, "/me/openings/"),
    Visit("desk:my_data", RESIDENT, "/me/data/"),
    Visit("desk:my_data_export", RESIDENT, "/me/data/export/"),
    Visit("desk:my_data_correct", RESIDENT, "/me/data/correct/", press="送出"),
    Visit("desk:my_data_delete", RESIDENT, "/me/data/delete/"),
    Visit("desk:my_consents", RESIDENT, "/me/consents/"),
    Visit("desk:corrections", COMMUNITY, "/desk/corrections/"),
    Visit("desk:correction", ADMIN, go=correction, press="答复"),
    Visit("requests:print", COMMUNITY, lambda f: f"/desk/requests/{f.at('handle', '凤栖苑')}/print/"),
)  # fmt: skip
REACHED = "r.contact_phone <> ''"

GROUND = tuple(Visit(**one) for one in (*ground.VISITS, *organisations.VISITS, *boards.VISITS, *registered.VISITS, *rule_ways.VISITS))


def detail(who: str, step: str, place: str, more: str = "1 = 1", also: str = "") -> Visit:
    """The case page of somebody whose turn a step is."""
    return Visit("requests:detail", who, lambda f: f"/desk/requests/{f.at(step, place, more)}/", also=also or step, acts=True)


DETAILS = (
    detail(GRID, "collect", "凤栖苑"),
    detail(GRID, "sort", "凤栖苑"),
    detail(COMMUNITY, "collect", "凤栖苑", also="collect-community"),
    detail(STREET, "divide", "望江街道"),
    detail(COMPANY, "handle", "凤栖苑", "m.handler_body_id = (SELECT id FROM bodies_body WHERE name = '凤栖苑物业')"),
    detail(COMMITTEE, "verify", "凤栖苑"),
    detail(COMMUNITY, "close", "凤栖苑"),
    detail(COMMUNITY, "solved", "凤栖苑", "EXISTS (SELECT 1 FROM requests_rating g WHERE g.request_id = r.id AND g.low)", "low"),
    detail(COUNTY, "handle", "临河街道", "m.extension_open", "extension"),
    detail(COUNTY, "arbitrate", "临河街道"),
    detail(COUNTY, "beyond_review", "临河街道"),
    detail(COUNTY, "handle", "临河街道", "m.paused", "suspended"),
    detail(STREET, "handle", "望江街道", "m.round > 1", "reopened"),
)


ADMINISTRATION = (
    Visit("desk:accounts", ADMIN, "/desk/accounts/"),
    Visit("desk:accounts", ADMIN, "/desk/accounts/?q=没有这个人", also="none"),
    Visit("desk:account_new", ADMIN, "/desk/accounts/new/", press="开账号"),
    Visit("desk:account", ADMIN, lambda f: f"/desk/accounts/{f.account(GRID)}/"),
    Visit("desk:account_act", ADMIN, lambda f: f"/desk/accounts/{f.account(GRID)}/close/", press="停用"),
    Visit("desk:account_link", ADMIN, go=admin_ways.printed),
    Visit("desk:token_new", ADMIN, "/desk/apps/tokens/new/", press="发令牌"),
    Visit("desk:token_new", ADMIN, go=admin_ways.issued, also="shown"),
    Visit("desk:apps", ADMIN, "/desk/apps/"),
    Visit("desk:token_revoke", ADMIN, go=admin_ways.revoking),
    Visit("desk:calendar", ADMIN, "/desk/calendar/"),
    Visit("desk:calendar", COUNTY, "/desk/calendar/?year=2099", also="unconfirmed"),
    Visit("desk:calendar_day", ADMIN, "/desk/calendar/day/", press="看看会影响什么"),
    Visit("desk:calendar_day", ADMIN, go=admin_ways.touching, also="touching"),
    Visit("desk:calendar_year", ADMIN, "/desk/calendar/2099/", press="核对"),
    Visit("desk:calendar_year", ADMIN, go=admin_ways.announcing, also="read"),
    Visit("desk:calendar_hours", ADMIN, "/desk/calendar/hours/", press="改办公时间"),
    Visit("desk:policy", STREET, "/desk/policy/"),
    Visit("desk:policy", COUNTY, "/desk/policy/?q=没有这种规定", also="none"),
    Visit("desk:holds", COUNTY, "/desk/holds/?show=past", also="past"),
    Visit("desk:hold_new", COUNTY, "/desk/holds/new/", press="暂停删除"),
    Visit("desk:hold_new", COUNTY, "/desk/holds/new/?what=account", also="account"),
    Visit("desk:hold_lift", COUNTY, go=admin_ways.holding),
    Visit("desk:holds", COUNTY, "/desk/holds/"),
    Visit("desk:consent_texts", ADMIN, "/desk/consents/"),
    Visit("desk:consent_new", ADMIN, "/desk/consents/people.skills/new/", press=""),
    Visit("desk:consent_new", COUNTY, go=admin_ways.consent_ahead, also="ahead"),
    Visit("desk:consent_text", ADMIN, go=admin_ways.published),
    Visit("desk:me", RESIDENT, "/me/account/", press=""),
    Visit("desk:my_email", RESIDENT, "/me/email/", press="发验证码"),
    Visit("desk:my_email", OWNER, go=admin_ways.mailed, also="code"),
    Visit("desk:me", ADMIN, "/me/account/", also="staff"),
)
# The last one: it takes 解决了 for an answer.
RATE = Visit("requests:rate", RESIDENT, go=solved, press="评好了")
VISITS: tuple[Visit, ...] = (*PUBLIC, *OWN, *STAFF, *GROUND, *DETAILS, *REPORT, *ADMINISTRATION, *registers.visits(Visit), RATE)
