"""The directory of skills (能人库) as Excel: who offers what, and how they agreed to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people import queries
from linzhi.domains.people.commands.record_skills import RecordSkills, record_skills
from linzhi.domains.people.commands.skill_rows import SkillRow, plan_skills
from linzhi.domains.people.commands.withdraw_skills import WithdrawSkills, withdraw_skills
from linzhi.domains.people.models import Person, SkillOffer
from linzhi.domains.people.registers.addresses import ADDRESS, dwellings_at
from linzhi.domains.people.registers.frame import Book
from linzhi.domains.people.registers.residents import subject
from linzhi.domains.people.registers.whom import is_masked, persons_at
from linzhi.domains.people.rules import AGREED_HOW, OFFER_SOURCES
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Fault, Register, Row
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import estate_of, within
from linzhi.kernel.clock import now

COLUMNS = (
    Column("number", _("登记号"), Kind.WHOLE, note=_("导出时带出，新登记的留空"), least=1),
    *ADDRESS,
    Column("name", _("姓名"), Kind.NAME, required=True, key=True, sealed=True, longest=40, example="张三", aliases=("能人姓名",)),
    Column("phone", _("手机号"), Kind.PHONE, sealed=True, note=_("同一套房里有同名的人时，用它认人"), aliases=("电话", "联系电话", "手机")),
    Column("field", _("领域"), Kind.CHOICE, required=True, key=True, aliases=("特长领域", "类别", "特长类别")),
    Column("words", _("会什么"), longest=200, example="修水龙头、换灯", aliases=("特长", "技能")),
    Column("hours", _("什么时候有空"), longest=80, example="周末", aliases=("空闲时间", "服务时间")),
    Column("source", _("怎么知道的"), Kind.CHOICE, choices=OFFER_SOURCES, note=_("不写就是走访"), aliases=("来源",)),
    Column("how", _("本人怎样同意的"), Kind.CHOICE, choices=AGREED_HOW, example="当面说的", aliases=("同意方式",),
           note=_("新登记的要写“当面说的”或“纸上签的”；没有征得同意的不能登记")),
    Column("end", _("撤回日期"), Kind.DAY, note=_("还愿意的留空")),
)  # fmt: skip


def choices(place: Territory, column: Column) -> Mapping[str, Any] | None:
    """The fields of the place's own list."""
    return {one: one for one in queries.talent_fields(place.path, now().date())} if column.code == "field" else None


def _inputs(place: Territory, rows: Sequence[Row]) -> list[SkillRow | Fault]:
    """Whom each row means: by its number from an export, else the one of this name in the dwelling. A fixed number of statements."""
    numbers = [row["number"] for row in rows if row.get("number")]
    offers = SkillOffer.objects.filter(within("path", place.path), pk__in=numbers).select_related("person") if numbers else ()
    numbered = {one.pk: one for one in offers}
    homes = dwellings_at(place, rows)
    missing = Fault("name", _t("这套房屋的住户和业主里没有这个人。"), _t("请先在住户台账里登记，再来登记特长。"))
    named = persons_at(place, rows, homes, missing)
    rooms = places.dwellings_by_id(home for home in homes if isinstance(home, int))
    codes = {pk: room.building.estate.code for pk, room in rooms.items()}
    estates = {one.path: one.code for one in Territory.objects.filter(path__in={one.path for one in numbered.values()})}
    inputs: list[SkillRow | Fault] = []
    for row, home, person in zip(rows, homes, named, strict=True):
        if row.get("number"):
            inputs.append(_by_number(row, numbered.get(row["number"]), estates))
        elif isinstance(person, Fault) or isinstance(home, Fault):
            inputs.append(person if isinstance(person, Fault) else Fault("room", ""))
        else:
            inputs.append(_input(row, person, codes[home]))
    return inputs


def _by_number(row: Row, offer: SkillOffer | None, estates: Mapping[str, str]) -> SkillRow | Fault:
    if offer is None:
        return Fault("number", _t("登记号对不上这里的能人库。"), _t("新登记的请把登记号留空。"))
    shown = str(row["name"]) if is_masked(row, "name") else mask(str(row["name"]), "name")
    if shown != offer.person.name.masked:
        return Fault("name", _t("姓名和登记号对不上。"), _t("请核对，新登记的请把登记号留空。"))
    return _input(row, offer.person_id, estates.get(offer.path, ""))


def _input(row: Row, person_id: int, estate: str) -> SkillRow:
    return SkillRow(
        person_id=person_id, estate=estate, field=row["field"], words=row.get("words") or "", hours=row.get("hours") or "",
        source=row.get("source") or "visit", how=row.get("how") or "", end=row.get("end"), number=row.get("number"),
    )  # fmt: skip


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """Who offers what in the place on a day, with an address of theirs there, among those the asker may see."""
    seen = Person.objects.filter(powers.visible("people.view_person"))
    found = list(queries.offers_on(place.path, on).filter(person__in=seen))
    homes = queries.addresses_of({one.person_id for one in found}, place.path, on)
    ways = queries.ways_agreed([one.consent_id for one in found])
    for one in found:
        home = homes.get((one.person_id, estate_of(one.path)))
        building = home.building if home is not None else None
        yield {
            "number": one.pk, "estate": building.estate.name if building else None, "building": building.number if building else None,
            "unit": home.unit if home is not None else None, "room": home.room if home is not None else None,
            "name": one.person.name, "phone": one.person.phone, "field": one.field, "words": one.words or None, "hours": one.hours or None,
            "source": one.source, "how": ways.get(one.consent_id or 0), "end": one.end, "person_id": one.person_id,
            "account_id": one.person.account_id,
        }  # fmt: skip


BOOK = Book(_inputs, plan_skills, record_skills, RecordSkills, withdraw_skills, WithdrawSkills)
SKILLS = Register(
    code="skills", title=_("能人库"), note=_("愿意帮邻居的人会什么。只登记本人愿意的，要写明本人怎样同意的；本人随时可以撤回。"), columns=COLUMNS,
    action="people.record_skills", view="people.view_person", levels=("county", "street", "community", "estate"),
    judge=BOOK.judge, take=BOOK.take, undo=BOOK.undo, rows=rows, after=("residents", "owners"), choices=choices, subject=subject,
)  # fmt: skip
