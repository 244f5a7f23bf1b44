"""Rows of the owners' ledger compared with the register: what each would do. The preview and the command both go by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.ledger import Ledger, LedgerRow, Plan
from linzhi.domains.people.commands.matching import Neighbours, county_here, masked_as, word_fault
from linzhi.domains.people.models import Firm, Ownership, Person, Residence
from linzhi.domains.people.rules import FIRM_KINDS, OWNERSHIP_BASES, share_left
from linzhi.foundation.commands import SafeText
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory

PLAIN = ("numerator", "denominator", "joint", "representative", "basis", "end")


class OwnerRow(LedgerRow):
    """One owner of one dwelling. `number` is the ownership's.

    `owner` is `person` or a kind of firm. Joint owners (共同共有) have no shares. An empty `certificate`, or the mask of what is kept,
    leaves it as it is.
    """

    owner: Literal["person", "developer", "company", "public", "other"] = "person"
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    credit_code: Annotated[str, Field(max_length=18)] = ""
    numerator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    denominator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    joint: bool = False
    representative: bool = False
    basis: str = "registered"
    certificate: Annotated[SafeText, Field(max_length=60)] = ""


OwnerPlan = Plan[OwnerRow, Ownership]


def plan_owners(where: Territory, rows: Sequence[OwnerRow], today: date) -> list[OwnerPlan]:
    """Compare rows with the register, in a fixed number of statements; shares together with the dwelling's other rows."""
    ledger: Ledger[OwnerRow, Ownership] = Ledger(Ownership, Residence, _("新的业主请把登记号留空。"), _faults, _enter, _revise)
    plans = ledger.plans(where, rows, today)
    _check_shares(plans)
    return plans


def firms_named(where: Territory, rows: Iterable[OwnerRow]) -> dict[str, Firm]:
    """The firms of the county among the owners that the rows name."""
    names = {row.name for row in rows if row.owner != "person"}
    return {firm.name: firm for firm in Firm.objects.filter(county=county_here(where), name__in=names)} if names else {}


def _faults(plan: OwnerPlan) -> list[Fault]:
    row = plan.row
    faults = word_fault("basis", row.basis, OWNERSHIP_BASES)
    if row.numerator > row.denominator:
        faults.append(Fault("share", _("份额大于一整套。"), _("请写成 1/2 这样的份额。")))
    if row.joint and row.numerator != row.denominator:
        faults.append(Fault("share", _("共同共有不分份额。"), _("请把份额留空，或改成按份共有。")))
    if row.end is not None and row.end < plan.begin:
        faults.append(Fault("end", _("转出日期早于取得日期。"), _("请核对这两个日期。")))
    if row.owner != "person" and row.owner not in FIRM_KINDS:
        faults += word_fault("owner", row.owner, FIRM_KINDS)
    return faults


def _enter(plan: OwnerPlan, neighbours: Neighbours, resident: Person | None) -> None:
    if not plan.masked(("name", "phone", "certificate"), _("带星号的内容不能登记为新业主。")):
        plan.fresh = True
        if plan.row.owner == "person":
            plan.meet(neighbours, resident)


def _revise(plan: OwnerPlan, ownership: Ownership) -> None:
    row = plan.row
    plan.person = ownership.person
    if (ownership.person_id is None) == (row.owner == "person"):
        plan.wrong("owner", _("个人和单位不能互相改。"), _("请先登记转出，再登记新的业主。"))
        return
    kept = ownership.person.name.open_value() if ownership.person else ownership.firm.name if ownership.firm else ""
    if row.name != kept and not masked_as(kept, row.name, "name"):
        plan.wrong("name", _("姓名和登记的不一样，产权不能改名转给别人。"), _("换了业主，请先登记转出；写错了，请在人员页上更正。"))
    if ownership.person is not None:
        plan.compare_phone(ownership.person)
    kept = ownership.certificate.open_value()
    if row.certificate and row.certificate != kept and not masked_as(kept, row.certificate, "code"):
        plan.changes["certificate"] = (kept, row.certificate)
    plan.compare(PLAIN)


def _check_shares(plans: Sequence[OwnerPlan]) -> None:
    """Add a fault where a dwelling's shares in force would exceed the whole, or joint and several owners would stand side by side."""
    touched = {plan.row.dwelling_id for plan in plans if not plan.faults and plan.row.end is None}
    meant = {plan.kept.pk for plan in plans if plan.kept is not None}
    others: dict[int, list[tuple[int, int, bool, bool]]] = {}
    kept = Ownership.objects.filter(dwelling_id__in=touched, end__isnull=True).exclude(pk__in=meant)
    for one in kept:
        others.setdefault(one.dwelling_id, []).append((one.numerator, one.denominator, one.joint, one.representative))
    for plan in plans:
        row = plan.row
        if plan.faults or row.end is not None:
            continue
        shares = others.setdefault(row.dwelling_id, [])
        shares.append((row.numerator, row.denominator, row.joint, row.representative))
        plan.faults += _share_faults(shares)


def _share_faults(shares: Iterable[tuple[int, int, bool, bool]]) -> list[Fault]:
    rows = list(shares)
    if len({joint for _top, _bottom, joint, _represents in rows}) > 1:
        return [Fault("joint", _("同一套房屋的业主，有的写共同共有，有的写份额。"), _("请核对不动产登记，写成同一种。"))]
    if not rows[0][2] and share_left((top, bottom) for top, bottom, _joint, _represents in rows) < Fraction(0):
        return [Fault("share", _("产权份额加起来超过了一整套。"), _("请核对份额，或先登记转出。"))]
    if sum(represents for *_rest, represents in rows) > 1:
        return [Fault("representative", _("一套房屋只能有一位共有人代表。"), _("请只保留一位。"))]
    return []
