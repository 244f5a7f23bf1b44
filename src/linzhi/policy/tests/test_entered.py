"""Values entered in the app: proposed by one person, approved by another, and then part of the chain like any pack's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from linzhi.foundation.access.models import Grant
from linzhi.foundation.files.intake import take
from linzhi.foundation.outbox.models import Event
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor, Person
from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.policy import commands as do
from linzhi.policy.load import packs
from linzhi.policy.models import EnteredValue
from linzhi.policy.queries import difference, history, overruled, pack_for, packs_inside, resolve_at

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2025-06-02T10:00:00+08:00")
FIRST = date(2025, 7, 1)
LATER = date(2025, 9, 1)
KEY = "owners_committee.publish_days"  # 3 days in the nation's pack, a local setting; lower levels may only be quicker
PLAN = {"title": "青杉区业委会信息公开办法", "issuer": "青杉区住建局", "article": "第三条", "number": "青住建〔2025〕8号"}


@pytest.fixture
def second(county: County) -> Actor:
    """Another officer of the county."""
    Grant.objects.create(account_id=990_001, role="county_officer", path=county.territory.path, begin=AT - timedelta(days=9))
    return Person(990_001)


def propose(county: County, place: str = "", at: datetime = AT, who: str = "county_officer", **more: Any) -> EnteredValue:
    given = {"place": place or county.territory.code, "key": KEY, "value": 2, "begin": FIRST, "reason": "让业主早点看到"} | PLAN | more
    return do.propose_value(county.actor(who), do.ProposeValue(**given), at=at)


def approve(row: EnteredValue, who: Actor, at: datetime = AT) -> EnteredValue:
    return do.approve_value(who, do.ApproveValue(value_id=row.pk), at=at)


def refused(code: str, call: Any, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **more)
    assert found.value.code == f"policy.{code}", found.value
    return found.value


def value(county: County, on: date, path: str = "") -> Any:
    return resolve_at(KEY, path or county.estate.path, on).value


def test_a_value_holds_from_its_day_once_somebody_else_has_approved_it(county: County, second: Actor) -> None:
    row = propose(county)
    assert value(county, FIRST) == 3
    approve(row, second)
    answer = resolve_at(KEY, county.estate.path, FIRST)
    assert (answer.value, answer.level, answer.pack) == (2, "county", f"place:{county.territory.code}")
    assert answer.source is not None
    assert (answer.source.source.title, answer.source.article, answer.source.source.number) == (PLAN["title"], "第三条", PLAN["number"])
    assert value(county, FIRST - timedelta(days=1)) == 3
    assert [(step.level, step.value) for step in answer.chain] == [("nation", 3), ("county", 2)]
    assert county.elsewhere is not None
    assert value(county, FIRST, county.elsewhere.path) == 3


def test_nobody_approves_what_they_proposed_themselves_not_even_past_the_command(county: County) -> None:
    row = propose(county)
    assert refused("own_proposal", approve, row, county.actor("county_officer")).status == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        EnteredValue.objects.filter(pk=row.pk).update(state="approved", approved_by=row.proposed_by, approved_at=AT)


def test_approving_twice_is_approving_once_and_tells_it_once(county: County, second: Actor) -> None:
    row = approve(propose(county), second)
    approve(row, second, AT + timedelta(hours=1))
    assert EnteredValue.objects.get(pk=row.pk).approved_at == AT
    assert Event.objects.filter(name="policy.ValueApproved").count() <= 1


REFUSALS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a key that nobody describes": ({"key": "owners_committee.publish_day"}, "unknown_key", "key"),
    "another shape": ({"value": "two"}, "wrong_value", "value"),
    "a fraction of a number": ({"value": 2.5}, "wrong_value", "value"),
    "less than the smallest": ({"value": 0}, "wrong_value", "value"),
    "a line break": ({"key": "asset.negative_list", "value": ["占用\n通道"]}, "wrong_value", "value"),
    "more than a page": ({"key": "asset.negative_list", "value": [f"第{n}项" * 9 for n in range(400)]}, "wrong_value", "value"),
    "a day in the past": ({"begin": date(2025, 6, 1)}, "begins_in_the_past", "begin"),
    "a day that nobody will see": ({"begin": date(2125, 6, 1)}, "begins_too_late", "begin"),
    "an end before the beginning": ({"end": FIRST}, "ends_before_it_begins", "end"),
    "what is above forbids": ({"value": 9}, "forbidden_above", "value"),
    "what law has fixed": ({"key": "crossappoint.require_owner", "value": False}, "fixed", "key"),
    "no document": ({"title": "", "issuer": "", "article": ""}, "needs_a_document", "title"),
    "no article": ({"article": ""}, "needs_a_document", "article"),
    "a local setting where a document is due": ({"key": "recall.petition_pct", "value": 15, "local": True}, "needs_a_document", "local"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refuses(case: str, county: County) -> None:
    more, code, field = REFUSALS[case]
    assert refused(code, propose, county, **more).field == field
    assert not EnteredValue.objects.exists()


def test_a_local_setting_needs_no_document_where_the_documents_leave_it_open(county: County, second: Actor) -> None:
    row = propose(county, local=True, title="", issuer="", article="")
    approve(row, second)
    answer = resolve_at(KEY, county.estate.path, FIRST)
    assert (answer.value, answer.local, answer.source) == (2, True, None)


def test_only_one_proposal_waits_for_a_key_at_a_place(county: County, second: Actor) -> None:
    first = propose(county)
    refused("one_at_a_time", propose, county, begin=LATER)
    approve(first, second)
    propose(county, begin=LATER, value=1)


def test_a_later_value_takes_over_and_nothing_in_force_is_edited(county: County, second: Actor) -> None:
    first = approve(propose(county), second)
    approve(propose(county, begin=LATER, value=1), second)
    assert [value(county, on) for on in (FIRST, LATER - timedelta(days=1), LATER)] == [2, 2, 1]
    kept = EnteredValue.objects.get(pk=first.pk)
    assert (kept.value, kept.begin, kept.end, kept.stopped) == ("2", FIRST, None, LATER)
    assert [row.value for row in history(county.territory.path, KEY)] == ["1", "2"]


def test_what_overlaps_a_later_approved_value_is_refused_and_the_database_holds_it_too(county: County, second: Actor) -> None:
    later = approve(propose(county, begin=LATER, value=1), second)
    assert refused("overlap", propose, county).data["later"] == later.pk
    between = approve(propose(county, end=LATER), second)
    assert (value(county, FIRST), value(county, LATER)) == (2, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        EnteredValue.objects.create(
            path=between.path, level="county", key=KEY, kind="set", value="1", begin=FIRST, local=True, reason="绕过命令",
            proposed_by=1, proposed_at=AT, state="approved", approved_by=2, approved_at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("column", ["value", "begin", "reason", "key", "title", "proposed_by"])
def test_the_database_keeps_what_was_proposed(column: str, county: County) -> None:
    row = propose(county)
    new = {"begin": LATER, "proposed_by": 5}.get(column, "1")
    with pytest.raises(DatabaseError), transaction.atomic():
        EnteredValue.objects.filter(pk=row.pk).update(**{column: new})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM policy_enteredvalue")


def test_an_answer_is_final(county: County, second: Actor) -> None:
    row = propose(county)
    do.reject_value(second, do.RejectValue(value_id=row.pk, reason="等省里的文件"), at=AT)
    refused("answered", approve, row, second)
    refused("answered", do.reject_value, second, do.RejectValue(value_id=row.pk, reason="再退一次"))
    with pytest.raises(DatabaseError), transaction.atomic():
        EnteredValue.objects.filter(pk=row.pk).update(state="proposed")
    propose(county)


def test_what_the_level_above_forbids_meanwhile_is_not_approved(county: County, second: Actor) -> None:
    street = propose(county, county.street.code, value=2)
    approve(propose(county, value=1, begin=date(2025, 6, 20)), second)
    refused("forbidden_above", approve, street, second)


def test_a_proposal_whose_day_has_passed_is_not_approved(county: County, second: Actor) -> None:
    row = propose(county)
    refused("begins_in_the_past", approve, row, second, datetime.fromisoformat("2025-07-02T09:00:00+08:00"))
    assert value(county, LATER) == 3


def test_a_value_is_withdrawn_before_its_day_and_what_it_took_over_from_goes_on(county: County, second: Actor) -> None:
    approve(propose(county), second)
    later = approve(propose(county, begin=LATER, value=1), second)
    do.withdraw_value(county.actor("county_officer"), do.WithdrawValue(value_id=later.pk, reason="街道还没准备好"), at=AT)
    assert (value(county, FIRST), value(county, LATER)) == (2, 2)


def test_what_is_in_force_is_not_withdrawn_but_ended_by_two_persons(county: County, second: Actor) -> None:
    row = approve(propose(county), second)
    on_the_day = datetime.fromisoformat("2025-07-01T09:00:00+08:00")
    refused("in_force", do.withdraw_value, second, do.WithdrawValue(value_id=row.pk, reason="不要了"), at=on_the_day)
    end = do.end_value(second, do.EndValue(value_id=row.pk, begin=LATER, reason="试行结束"), at=on_the_day)
    assert value(county, LATER) == 2
    refused("own_proposal", approve, end, second, on_the_day)
    approve(end, county.actor("county_officer"), on_the_day)
    assert (value(county, LATER - timedelta(days=1)), value(county, LATER)) == (2, 3)
    refused("ends_already", do.end_value, second, do.EndValue(value_id=row.pk, begin=LATER, reason="再停一次"), at=on_the_day)


def test_below_a_county_that_entered_something_a_shipped_pack_still_begins_where_it_did(county: County, second: Actor) -> None:
    Territory.objects.filter(pk=county.territory.pk).update(pack="demo")
    Territory.objects.filter(pk=county.street.pk).update(pack="demo-graded")
    before = resolve_at("request.method", county.estate.path, FIRST).value
    approve(propose(county), second)
    assert value(county, FIRST) == 2
    assert pack_for(county.estate.path) == f"demo-graded@{county.street.code}"
    assert [pack.name for pack in packs().chain(pack_for(county.estate.path))][:3] == ["cn", "demo", f"place:{county.territory.code}"]
    assert resolve_at("request.method", county.estate.path, FIRST).value == before
    assert packs_inside(county.territory.path) == {county.street.path: f"demo-graded@{county.street.code}"}


def scan(county: County, who: str) -> Any:
    from io import BytesIO

    return take(county.actor(who), BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), "议事规则.pdf", at=AT).pk


RULES = {"title": "桂园小区业主大会议事规则", "issuer": "桂园业主大会", "article": "第九条", "number": ""}


def test_an_estate_enters_its_rules_of_procedure_and_the_street_approves(county: County) -> None:
    row = propose(county, county.estate.code, who="committee_member", document=scan(county, "committee_member"), **RULES)
    approve(row, county.actor("street_dispatcher"))
    answer = resolve_at(KEY, county.estate.path, FIRST)
    assert (answer.value, answer.level) == (2, "estate")
    assert answer.source is not None and answer.source.source.verified
    assert value(county, FIRST, county.other_estate.path) == 3


def test_an_estate_sets_only_what_is_left_to_it_and_only_with_the_document(county: County) -> None:
    refused("needs_a_document", propose, county, county.estate.code, who="committee_member", **RULES)
    scanned = scan(county, "committee_member")
    more = {"key": "recall.petition_pct", "value": 15, "document": scanned, **RULES}
    refused("not_for_estates", propose, county, county.estate.code, who="committee_member", **more)
    refused("needs_a_document", propose, county, county.estate.code, who="committee_member", local=True, title="", issuer="", article="")


def test_a_committee_proposes_for_its_own_estate_only_and_never_for_the_county(county: County) -> None:
    for place in (county.territory.code, county.street.code, county.other_estate.code):
        with pytest.raises(NotAllowed):
            propose(county, place, who="committee_member")
    with pytest.raises(NotAllowed):
        propose(county, who="foreign_officer")


def test_a_street_approves_for_its_estates_and_not_for_itself(county: County) -> None:
    row = propose(county, county.street.code)
    with pytest.raises(NotAllowed):
        approve(row, county.actor("street_dispatcher"))


def test_the_difference_names_what_holds_now_what_comes_back_and_who_is_overruled(county: County, second: Actor) -> None:
    approve(propose(county, county.street.code), second)
    row = propose(county, value=1, end=LATER)
    found = difference(row)
    assert found.old is not None and found.again is not None
    assert (found.old.value, found.new, found.again.value) == (3, 1, 3)
    assert found.overruled == (county.street.name,)
    assert overruled(row, found.parameter, found_value(row)) == (county.street.name,)


def found_value(row: EnteredValue) -> Any:
    from linzhi.policy import entered

    return entered.dated(row, packs().parameters[row.key].shape, entered.document_of([row], "x"))


def test_nothing_entered_costs_one_look_and_answers_as_before(county: County, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # what was entered, and which pack is named; both at most every two seconds outside of tests
        assert pack_for(county.estate.path) == "cn"
    assert not [name for name in packs().by_name if name.startswith("place:")]


def test_tables_keep_their_rows_in_order_and_dates_stay_dates(county: County, second: Actor) -> None:
    table = {"residents": 30, "party": 60, "finance": 20}
    approve(propose(county, key="disclosure.intervals", value=table), second)
    assert list(resolve_at("disclosure.intervals", county.estate.path, FIRST).value.items()) == list(table.items())
    approve(propose(county, key="survey.deadline", value="2025-12-31"), second)
    assert resolve_at("survey.deadline", county.estate.path, FIRST).value == date(2025, 12, 31)
