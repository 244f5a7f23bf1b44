"""Who holds a post by a row of a sheet: found, and checked as `appoint` checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.bulk import Deciding
from linzhi.domains.bodies.models import Holding
from linzhi.domains.bodies.rules import CHIEFS, POST_KINDS, SECRETARIES, SOURCES_KEY, name_key
from linzhi.domains.people import queries as people
from linzhi.domains.people.commands.matching import Neighbours, phone_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of, covers
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.policy.load import packs
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

if TYPE_CHECKING:
    from linzhi.domains.bodies.commands.post_rows import Meant, PostLine


class Holders:
    """Accounts and records of the register that the rows of a sheet name; four statements."""

    def __init__(self, powers: Powers, top: Territory, rows: Sequence[Any]) -> None:
        self.powers = powers
        self.at = powers.at
        names = {row.username.strip().lower() for row in rows if row.username}
        known = Account.objects.filter(username__in=names, active=True, kind__in=("person", "app")) if names else ()
        self._accounts = {account.username: account.pk for account in known}
        phones = [phone_of(row.phone)[0] for row in rows if row.phone]
        self._people = Neighbours(county_of(top.path) or top.path, phones)
        owners = Account.objects.filter(phone_index__in={blind_index(phone) for phone in phones if phone}, active=True) if phones else ()
        self._phones = {account.phone_index: account for account in owners}
        secretaries = any(row.kind in SECRETARIES and row.name for row in rows)
        chiefs = Holding.objects.filter(Q(end__isnull=True) | Q(end__gt=self.at), post__kind__in=CHIEFS).select_related("post")
        self._chiefs = list(chiefs.filter(post__path__startswith=county_of(top.path) or top.path)) if secretaries else []
        self._rules: dict[str, tuple[tuple[str, ...], bool]] = {}

    def find(self, line: PostLine) -> tuple[int | None, int | None]:
        """The account and the record of the register that a row names; a fault where there is none."""
        row = line.given
        account_id = person_id = None
        if row.username:
            account_id = self._accounts.get(row.username.strip().lower())
            if account_id is None:
                line.wrong("username", _("没有这个登录名，或者已经停用。"), _("请核对，或先在“账号”里开通。"))
        if row.phone:
            phone, faults = phone_of(row.phone)
            person = self._people.same(row.name, phone) if phone else None
            other = self._phones.get(blind_index(phone)) if phone else None
            if person is not None:
                person_id = person.pk
                account_id = account_id if account_id is not None else person.account_id
            elif other is not None and other.name == row.name:
                account_id = account_id if account_id is not None else other.pk
            else:
                why = faults[0].why if faults else _("人员台账里没有姓名和手机号都对得上的人。")
                line.wrong("phone", why, _("请核对，或先登记这个人；不知道的空着。"))
        return account_id, person_id

    def rule(self, path: str) -> tuple[tuple[str, ...], bool]:
        """The sources that the place's jurisdiction allows, and whether the chief of the community is left out."""
        pack = pack_for(path)
        if pack not in self._rules:
            on = day_of(self.at)
            chief = bool(resolve("secretary.exclude_community_chief", on=on, pack=pack).value)
            self._rules[pack] = tuple(resolve(SOURCES_KEY, on=on, pack=pack).value), chief
        return self._rules[pack]

    def is_chief(self, path: str, name: str, account_id: int | None, person_id: int | None) -> bool:
        """Whether who is meant is the chief of the community above, as `appoint` sees it."""
        for chief in self._chiefs:
            if not covers(chief.post.path, path):
                continue
            same = (account_id is not None and chief.account_id == account_id) or (person_id and chief.person_id == person_id)
            if same or (account_id is None and not person_id and name_key(chief.name) == name_key(name)):
                return True
        return False


def check_holder(line: PostLine, one: Meant, kept: Holding | None, holders: Holders, deciding: Deciding) -> None:
    """What a row says of a post's holder: `holding` for a new one, `held` for one who holds it already."""
    row = line.given
    account_id, person_id = holders.find(line)
    end = datetime.combine(row.end, time(), BEIJING) if row.end is not None else None
    known = packs().parameters[SOURCES_KEY].shape.options or {}
    if row.source and row.source not in known:
        line.wrong("source", _("“%(word)s”不在可选的范围里。") % {"word": row.source})
    if kept is not None:
        _compare(line, one, kept, account_id, person_id, end)
    else:
        _check_new(line, one, account_id, person_id, end, holders)
    writes = kept is None or bool(line.held)
    if writes and not deciding.may("bodies.appoint", one.post):
        line.wrong("kind", _("您不能给这种岗位登记任职。"), _("请由管这条线的岗位来登记。"))
    if writes and account_id is not None and account_id == holders.powers.actor.account_id:
        line.wrong("name", _("不能给自己任职。"), _("请另一位有权限的人来登记。"))


def _compare(line: PostLine, one: Meant, kept: Holding, account_id: int | None, person_id: int | None, end: datetime | None) -> None:
    row = line.given
    said = {"basis": row.basis or None, "source": row.source, "source_note": row.source_note, "full_time": row.full_time}
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None and value != getattr(kept, name)}
    if row.end is not None and (kept.end is None or day_of(kept.end) != row.end):
        changes["end"] = end
        if end is not None and end <= kept.begin:
            line.wrong("end", _("任期的结束要晚于开始。"))
    if row.begin is not None and row.begin != day_of(kept.begin):
        line.wrong("begin", _("任职的开始登记以后不能改。"), _("请空着；登记错了的，先办离任再重新登记。"))
    for name, value in (("account_id", account_id), ("person_id", person_id)):
        if value is not None and value != getattr(kept, name):
            if getattr(kept, name) is not None:
                line.wrong("username" if name == "account_id" else "phone", _("这个任职登记的是另一个人。"), _("换人请先办离任。"))
            changes[name] = value
    line.kept = kept
    line.held = changes


def _check_new(line: PostLine, one: Meant, account_id: int | None, person_id: int | None, end: datetime | None, holders: Holders) -> None:
    row, path = line.given, one.body.path
    begin = holders.at if row.begin is None or row.begin == day_of(holders.at) else datetime.combine(row.begin, time(), BEIJING)
    if not row.basis:
        line.wrong("basis", _("登记任职要写任职文件。"), _("写任职通知、选举纪要的名称和文号。"))
    if end is not None and end <= begin:
        line.wrong("end", _("任期的结束要晚于开始。"))
    if POST_KINDS[one.kind].owners_only and (person_id is None or not people.owns_in(person_id, path, begin)):
        line.wrong("phone", _("这个岗位只能由本小区的业主担任。"), _("请写他在人员台账里的手机号，并先登记产权。"))
    if one.kind in SECRETARIES:
        allowed, no_chief = holders.rule(path)
        if row.source and row.source not in allowed and not row.source_note:
            line.wrong("source", _("本地规定的书记来源里没有这一类。"), _("确需如此，请在来源说明里写明理由。"))
        if no_chief and not row.source_note and holders.is_chief(path, row.name, account_id, person_id):
            line.wrong("source_note", _("社区主要负责人一般不兼任小区党支部书记。"), _("确需兼任，请写明理由。"))
    if one.kept is not None and one.kept.end is not None and one.kept.end <= begin:
        line.wrong("kind", _("这个岗位已经撤销了。"))
    one.taken += 1
    line.holding = {
        "person_id": person_id, "account_id": account_id, "name": row.name, "basis": row.basis or "", "source": row.source or "",
        "source_note": row.source_note or "", "full_time": row.full_time, "begin": begin, "end": end,
    }  # fmt: skip
