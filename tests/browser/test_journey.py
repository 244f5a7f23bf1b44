"""One request through its whole life, on the real pages, by the people of the demo, with the clock moved between the steps.

It follows `cn/whistle`. The limits, from the pack `cn`: 受理, 派遣 and 签收 2 working hours each, 首次联系 1 working day, 办理 of a 求助
5 working days, 核查 2 working days, 回访 3 working days. Office hours are 9:00-12:00 and 13:30-17:30. The days: Friday 18 September,
Saturday 19th is free, Sunday 20th is worked (for the National Day), 25th to 27th are free (Mid-Autumn), 1 to 7 October are free.
Every due time below was worked out by hand from these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import photos
from tests.browser.people import People, until
from tests.server import Server

pytestmark = pytest.mark.browser

TEXT = "3幢北面围墙外的人行道，地砖翘起来好几块，晚上差点绊倒老人。"
TITLE = "3幢北面围墙外的人行道，地砖翘起来好几块，晚上差点绊倒老人"
TO_COMPANY = "请何师傅先去拍照，量一下有几块。"
NOT_OURS = "这段在红线外，是市政人行道，不归物业。"
WHY_STREET = "小区没有执法权，请街道派给管市政道路的部门。"
TO_SQUAD = "工程科注意，二季度台账里有这一段。"
STILL_LOOSE = "只补了两块，墙角那三块还是松的。"
SECOND_TIME = "第二次派，请队长亲自验收。"
INTERNAL = (TO_COMPANY, NOT_OURS, WHY_STREET, TO_SQUAD, SECOND_TIME)
RESIDENT, GRID, COMPANY, STREET, SQUAD, COMMITTEE = "王秀兰", "林晓梅", "何师傅", "冯建华", "曾国强", "李春梅"


class Journey:
    """The clock, and everybody's screen with this request on it."""

    def __init__(self, people: People, server: Server) -> None:
        self.people = people
        self.server = server
        self.phone = people.at_phone(RESIDENT)
        self.screens: dict[str, Page] = {RESIDENT: self.phone}
        self.pk = 0

    def clock(self, moment: str) -> None:
        """Move the clock to a moment in Beijing."""
        self.server.set_clock(datetime.fromisoformat(f"{moment}+08:00"))

    def case(self, who: str) -> Page:
        """The request on somebody's screen, loaded anew: the grid worker and the resident have phones, the others desks."""
        if who not in self.screens:
            self.screens[who] = self.people.at_phone(who) if who == GRID else self.people.at_desk(who)
        page = self.screens[who]
        page.goto(f"/requests/{self.pk}/" if who == RESIDENT else f"/desk/requests/{self.pk}/")
        return page

    def act(self, who: str, choice: str, button: str, body: str = "", **fields: str) -> None:
        """Choose an act, fill in its form, look at nothing else, send it."""
        page = self.case(who)
        page.get_by_role("link", name=choice, exact=True).click()
        form = page.get_by_role("form", name=choice)
        if body:
            form.get_by_label("派给谁").select_option(label=body)
        for label, text in fields.items():
            form.get_by_label(label).fill(text)
        form.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_text(f"做好了：{choice}")).to_be_visible()

    def promised(self) -> list[str]:
        """What the resident's page promises: who, until when, what."""
        return lines(section(self.case(RESIDENT), "说好的时间").locator("p:has(time)"))

    def running(self, who: str) -> list[str]:
        """The limits that run, as the staff page has them: what, until when."""
        rows = section(self.case(who), "时限").get_by_role("listitem").filter(has_not_text="停")
        return [re.sub(r"^(\S+) .*? (\S+ \d\d:\d\d) 前.*$", r"\1 \2", line) for line in lines(rows)]


def section(page: Page, title: str) -> Locator:
    """The part of a page under a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def lines(found: Locator) -> list[str]:
    """The visible words of each match on one line."""
    return [" ".join(text.split()) for text in found.all_inner_texts()]


@pytest.fixture
def journey(browser: Browser, server: Server) -> Iterator[Journey]:
    people = People(browser, server)
    yield Journey(people, server)
    people.close()


def test_a_report_is_dispatched_returned_whistled_redone_confirmed_and_rated(journey: Journey) -> None:
    report(journey)
    first_round(journey)
    by_way_of_the_street(journey)
    not_solved(journey)
    second_round(journey)
    solved_and_rated(journey)
    inbox(journey)
    what_others_see(journey)
    sealed = journey.server.run("audit", "verify")  # exits with 1 when it finds anything
    assert "没有问题" in sealed.stdout


def report(journey: Journey) -> None:
    journey.clock("2026-09-18T16:10")
    page = journey.phone
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("凤栖苑")
    page.get_by_role("link", name="报个事").first.click()
    page.get_by_label("用您的话说").fill(TEXT)
    page.get_by_label("拍张照").set_input_files({"name": "IMG_2041.JPG", "mimeType": "image/jpeg", "buffer": photos.with_place()})
    page.get_by_role("radio", name="求助").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("radio", name="3幢", exact=True).check()
    page.get_by_label("具体在哪儿？").fill("北面围墙外")
    page.get_by_role("button", name="下一步").click()
    if page.get_by_role("link", name="都不是，还是要报").count():
        page.get_by_role("link", name="都不是，还是要报").click()
    expect(page.get_by_role("radio", name=f"用我的账号：{RESIDENT}")).to_be_checked()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("1 张照片，只有办事的人能看。")).to_be_visible()
    page.get_by_role("radio", name="能。大家都知道了").check()
    page.get_by_role("button", name="报上去").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("报上去了"))
    # 16:10 + 2 working hours: 1:20 until 17:30, Saturday is free, 0:40 on the worked Sunday.
    due = ["网格员 林晓梅 9月20日 09:40 前有回应"]
    assert lines(section(page, "说好的时间").locator("p:has(time)")) == due
    page.get_by_role("link", name="看这件事").click()
    journey.pk = int(re.search(r"/requests/(\d+)/", page.url)[1])  # type: ignore[index]
    assert journey.promised() == due
    photo_tells_nothing(journey.phone)
    page.goto("/my/")
    assert "还有 1 天 17 小时" in lines(page.get_by_role("listitem").filter(has_text=TITLE))[0]


def photo_tells_nothing(page: Page) -> None:
    assert photos.tags(photos.with_place())  # the one that was sent did
    address = section(page, "照片").get_by_role("link").first.get_attribute("href")
    answer = page.context.request.get(str(address))
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert photos.tags(answer.body()) == {}
    assert b"Testphone" not in answer.body()


def first_round(journey: Journey) -> None:
    page = journey.case(GRID)
    page.goto("/desk/today/")
    task = page.get_by_role("listitem").filter(has_text=TITLE)
    assert lines(task)[0].startswith("周日 09:40 ")
    task.get_by_role("link", name="去办").click()
    assert journey.running(GRID) == ["信息收集 9月20日 09:40"]

    journey.clock("2026-09-18T16:25")
    journey.act(GRID, "响应", "响应并发出", 给居民的话="收到了，我这就去现场看。")
    # 16:25 + 2 working hours: 1:05 on Friday, 0:55 on Sunday.
    assert journey.promised() == ["网格员 林晓梅 9月20日 09:55 前定下谁来办"]
    assert journey.running(GRID) == ["问题发现 9月20日 09:55"]

    journey.clock("2026-09-18T16:50")
    journey.act(GRID, "派给小区里的单位", "派单并发出", body="凤栖苑物业", 内部备注=TO_COMPANY)
    # 16:50 + 2 working hours: 0:40 on Friday, 1:20 on Sunday.
    assert journey.promised() == ["凤栖苑物业 9月20日 10:20 前接单"]
    assert journey.running(COMPANY) == ["签收 9月20日 10:20"]

    journey.clock("2026-09-20T09:30")
    journey.act(COMPANY, "退单", "退单", 退单理由=NOT_OURS)
    # 9:30 on the worked Sunday + 2 working hours.
    assert journey.promised() == ["网格员 林晓梅 今天 11:30 前定下谁来办"]
    assert journey.running(GRID) == ["问题发现 今天 11:30"]


def by_way_of_the_street(journey: Journey) -> None:
    journey.clock("2026-09-20T10:05")
    journey.act(GRID, "吹哨，请街道派单", "吹哨", 为什么要街道派单=WHY_STREET)
    # 10:05 + 2 working hours: 1:55 until noon, 0:05 from 13:30.
    assert journey.promised() == ["街道派单员 今天 13:35 前定下谁来办"]
    assert journey.running(STREET) == ["任务分办 今天 13:35"]

    journey.clock("2026-09-20T11:00")
    journey.act(STREET, "派单", "派单并发出", body="望江城管中队", 内部备注=TO_SQUAD)
    # 11:00 + 2 working hours: 1:00 until noon, 1:00 from 13:30.
    assert journey.promised() == ["望江城管中队 今天 14:30 前接单"]
    assert journey.running(SQUAD) == ["签收 今天 14:30"]

    journey.clock("2026-09-20T14:10")
    journey.act(SQUAD, "签收", "签收")
    # 1 working day after Sunday 20th: Monday 21st. 5 after it: 21, 22, 23, 24, and after Mid-Autumn the 28th. They end at 17:30.
    assert journey.promised() == ["望江城管中队 明天 17:30 前先联系您", "望江城管中队 9月28日 17:30 前办好并答复"]
    assert sorted(journey.running(SQUAD)) == ["协同处置 9月28日 17:30", "首次联系 明天 17:30"]

    journey.clock("2026-09-21T16:00")
    journey.act(SQUAD, "办好了，反馈结果", "反馈结果并发出", 办得怎么样="翘起来的地砖补好了，请您看看。")
    # 2 working days after Monday 21st: 23rd.
    assert journey.promised() == ["网格员 林晓梅 9月23日 17:30 前看看办好没有"]
    assert journey.running(GRID) == ["核查 9月23日 17:30"]

    journey.clock("2026-09-22T09:30")
    journey.act(COMMITTEE, "核实了，请居民看", "请居民看并发出", 给居民的话="业委会去看过，补上了，请您也看看。")
    # 3 working days after Tuesday 22nd: 23, 24, 28. It waits for the resident, so it's no promise but a request to her.
    assert journey.running(COMMITTEE) == ["结案 9月28日 17:30"]
    assert "最好在 9月28日 17:30 前看看。" in journey.case(RESIDENT).inner_text("main")


def not_solved(journey: Journey) -> None:
    journey.clock("2026-09-22T19:00")
    page = journey.case(RESIDENT)
    page.get_by_role("button", name="没解决").click()
    page.get_by_role("button", name="请重新办").click()
    expect(page.get_by_role("alert")).to_contain_text("请说一句")
    page.get_by_label("还差什么").fill(STILL_LOOSE)
    page.get_by_role("button", name="请重新办").click()
    expect(page.get_by_text("收到了，已经重新办。")).to_be_visible()
    # After hours: it begins on Wednesday 23rd at 9:00.
    # It goes back to the street, which had given it to the squad.
    assert journey.promised() == ["街道派单员 明天 11:00 前定下谁来办"]
    assert "第 2 轮" in journey.case(GRID).inner_text("main")
    assert journey.running(STREET) == ["任务分办 明天 11:00"]


def second_round(journey: Journey) -> None:
    journey.clock("2026-09-23T09:20")
    journey.act(STREET, "派单", "派单并发出", body="望江城管中队", 内部备注=SECOND_TIME)
    assert journey.promised() == ["望江城管中队 今天 11:20 前接单"]

    journey.clock("2026-09-23T10:00")
    journey.act(SQUAD, "签收", "签收")
    # 5 working days after Wednesday 23rd: 24, 28, 29, 30, and after the National Day 8 October. 首次联系: Thursday 24th.
    assert journey.promised() == ["望江城管中队 明天 17:30 前先联系您", "望江城管中队 10月8日 17:30 前办好并答复"]
    assert sorted(journey.running(SQUAD)) == ["协同处置 10月8日 17:30", "首次联系 明天 17:30"]

    journey.clock("2026-09-24T11:00")
    journey.act(SQUAD, "办好了，反馈结果", "反馈结果并发出", 办得怎么样="墙角三块也重新铺了，踩过不晃。")
    # 2 working days after Thursday 24th, past Mid-Autumn: 28, 29.
    assert journey.promised() == ["网格员 林晓梅 9月29日 17:30 前看看办好没有"]

    journey.clock("2026-09-24T15:00")
    journey.act(COMMITTEE, "核实了，请居民看", "请居民看并发出", 给居民的话="这回都踩过了，稳的，请您看看。")
    # 3 working days after Thursday 24th: 28, 29, 30.
    assert journey.running(COMMITTEE) == ["结案 9月30日 17:30"]


def solved_and_rated(journey: Journey) -> None:
    journey.clock("2026-09-24T20:00")
    page = journey.case(RESIDENT)
    page.get_by_role("button", name="解决了", exact=True).click()
    assert "3 个工作日" not in page.inner_text("main")
    # 回访: 3 working days after Thursday 24th.
    assert journey.running("赵文静") == ["回访 9月30日 17:30"]
    journey.case(RESIDENT).get_by_role("link", name="评个分").click()
    page.get_by_role("radio", name="5 星").check()
    page.get_by_label("还想说的").fill("第二次办得好。")
    page.get_by_role("button", name="评好了").click()
    expect(page.get_by_text("谢谢您的评价。")).to_be_visible()
    expect(page.get_by_text("办好了").first).to_be_visible()
    assert section(page, "说好的时间").count() == 0
    assert journey.running("赵文静") == []


def inbox(journey: Journey) -> None:
    """What the resident was told of, newest first, once each."""
    told = [
        "办好了，请您看看", "有回音了", "派给了承办单位",
        "办好了，请您看看", "有回音了", "派给了承办单位", "派给了承办单位", "有人接了",
    ]  # fmt: skip
    page = journey.phone

    def titles() -> list[str]:
        page.goto("/inbox/")
        return lines(page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("heading"))

    until(page, lambda: len(titles()) >= len(told), "the last message")
    assert titles() == told
    assert "这回都踩过了，稳的，请您看看。" in page.inner_text("main")


def what_others_see(journey: Journey) -> None:
    """A stranger reads what happened and what was promised, and none of what staff say among themselves."""
    stranger = journey.people.at_phone()
    stranger.goto(f"/requests/{journey.pk}/")
    story = section(stranger, "经过").inner_text()
    for words in ("凤栖苑物业说不归它办，退了回来", "请街道派单", "派给望江城管中队", "报事人说没解决，重新办", "报事人说解决了"):
        assert words in story
    own = journey.case(RESIDENT).inner_text("body")
    for said in INTERNAL:
        assert said not in stranger.inner_text("body")
        assert said not in own
    assert RESIDENT not in stranger.inner_text("body")
    at_work = journey.case(STREET).inner_text("main")
    assert all(said in at_work for said in INTERNAL)
