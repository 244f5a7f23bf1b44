from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from linzhi.domains.people import queries
from linzhi.domains.people.commands import (
    RecordResidents,
    RecordSkills,
    WithdrawSkills,
    record_residents,
    record_skills,
    withdraw_skills,
)  # fmt: skip
from linzhi.domains.people.models import SkillOffer
from linzhi.domains.people.registers.skills import SKILLS as REGISTER
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.sheets.whole import load
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("text")
HOME = {"estate": "东苑", "building": "1幢", "unit": "1", "room": "101"}


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


@pytest.fixture
def person(ground: SmallCounty, worker: Actor) -> int:
    row = {"dwelling_id": ground.dwellings[0].pk, "name": "王秀兰", "phone": "19900000001"}
    made = record_residents(worker, RecordResidents.model_validate({"place": ground.east.code, "rows": [row]}), at=AT)
    return int(made[0]["person"])


def sheet(ground: SmallCounty, person: int, *given: dict[str, Any]) -> RecordSkills:
    full = [{"person_id": person, "estate": ground.east.code, "field": "维修", "how": "in_person", **row} for row in given]
    return RecordSkills.model_validate({"place": ground.community.code, "rows": full})


def states(trace: list[dict[str, Any]]) -> list[str]:
    return [row["state"] for row in trace]


def test_rows_bring_one_consent_a_person_and_twice_changes_nothing(ground: SmallCounty, worker: Actor, person: int) -> None:
    rows = sheet(ground, person, {"words": "修水管"}, {"field": "调解", "how": "paper"})
    assert states(record_skills(worker, rows, at=AT)) == ["created", "created"]
    assert states(record_skills(worker, rows, at=AT + timedelta(days=9))) == ["same", "same"]
    consent = Consent.objects.get()
    assert (consent.how, consent.subject, consent.text.version) == ("in_person", f"people.person:{person}", 1)
    assert {one.consent_id for one in SkillOffer.objects.all()} == {consent.pk}
    assert len(queries.skills(Powers(worker, AT), ground.east.path)) == 2


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"how": ""}, "没有写本人怎样同意的"),
        ({"how": "own"}, "本人没有在手机上同意"),
        ({"field": "算命"}, "不在本地的能人领域里"),
        ({"source": "hearsay"}, "不在可选的范围里"),
        ({"estate": "nowhere"}, "没有这个人"),
        ({"number": 999_999}, "登记号对不上"),
        ({"end": date(2026, 1, 1)}, "不能已经撤回"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_leaves_no_consent(
    ground: SmallCounty, worker: Actor, person: int, given: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=r"people\.bad_row") as caught:
        record_skills(worker, sheet(ground, person, {"field": "调解"}, given), at=AT)
    assert why in caught.value.message and caught.value.message.startswith("第 2 行")
    assert not SkillOffer.objects.exists() and not Consent.objects.exists()


def test_only_workers_of_the_place_record_and_only_those_who_live_there(ground: SmallCounty, worker: Actor, person: int) -> None:
    for role, path in (("community_worker", ground.other.path), ("party_officer", ground.community.path)):
        with pytest.raises(NotAllowed):
            record_skills(holder(role, path), sheet(ground, person, {}), at=AT)
    with pytest.raises(Refused, match=r"people\.bad_row") as caught:
        record_skills(worker, sheet(ground, person, {"estate": ground.old.code}), at=AT)
    assert "没有登记住在这个小区" in caught.value.message


def test_an_end_takes_the_offer_back_with_its_words_and_the_same_row_again_says_nothing_new(
    ground: SmallCounty, worker: Actor, person: int
) -> None:
    record_skills(worker, sheet(ground, person, {"words": "修水管", "hours": "周末"}), at=AT)
    gone = sheet(ground, person, {"words": "修水管", "end": date(2026, 3, 5), "how": ""})
    assert states(record_skills(worker, gone, at=AT + timedelta(days=4))) == ["changed"]
    offer = SkillOffer.objects.get()
    assert (offer.words, offer.hours, offer.end) == ("", "", date(2026, 3, 5))
    assert states(record_skills(worker, gone, at=AT + timedelta(days=5))) == ["same"]
    with pytest.raises(Refused, match="已经撤回"):
        record_skills(worker, sheet(ground, person, {"number": offer.pk}), at=AT + timedelta(days=6))


def test_an_import_is_undone_with_its_consents_and_not_under_another_offer(ground: SmallCounty, worker: Actor, person: int) -> None:
    def undo(trace: Any, days: int) -> None:
        withdraw_skills(worker, WithdrawSkills(place=ground.community.code, trace=trace), at=AT + timedelta(days=days))

    first = record_skills(worker, sheet(ground, person, {"words": "修水管"}), at=AT)
    second = record_skills(worker, sheet(ground, person, {"words": "换灯"}, {"field": "调解"}), at=AT)
    with pytest.raises(Refused, match=r"people\.undo_used"):
        undo(first, 1)
    undo(second, 1)
    assert [(one.field, one.words) for one in SkillOffer.objects.all()] == [("维修", "修水管")]
    assert Consent.objects.get().withdrawn_at is None
    undo(first, 2)
    assert not SkillOffer.objects.exists() and Consent.objects.get().withdrawn_at is not None


def test_the_ledger_goes_out_masked_and_comes_back_unchanged(ground: SmallCounty, worker: Actor, person: int) -> None:
    given = {**HOME, "name": "王秀兰", "field": "维修", "words": "修水管", "how": "paper"}
    done = load(worker, "skills", ground.community.code, [given, {**given, "field": "教育"}], at=AT)
    assert (done.taken_new, done.bad) == (2, 0)
    out = [dict(row) for row in REGISTER.rows(Powers(worker, AT), ground.community, AT.date())]
    assert [{name: row[name] for name in given if name != "name"} for row in out if row["field"] == "维修"] == [
        {name: value for name, value in given.items() if name != "name"}
    ]
    back = [_written(row) for row in out]
    again = load(worker, "skills", ground.community.code, back, at=AT + timedelta(days=1))
    assert (again.taken_new, again.taken_changed, again.same) == (0, 0, 2)
    other = Powers(holder("community_worker", ground.other.path), AT)
    assert list(REGISTER.rows(other, ground.community, AT.date())) == []


def _written(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as an export without a purpose writes it."""
    return {name: getattr(value, "masked", value) for name, value in row.items()}


def test_a_row_about_nobody_there_is_refused_with_what_to_do(ground: SmallCounty, worker: Actor, person: int) -> None:
    with pytest.raises(Refused, match="住户和业主里没有这个人"):
        load(worker, "skills", ground.community.code, [{**HOME, "name": "李守义", "field": "维修", "how": "paper"}], at=AT)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    ground: SmallCounty, worker: Actor, django_assert_max_num_queries: Any
) -> None:
    rows = [{"dwelling_id": ground.dwellings[0].pk, "name": f"张{n}"} for n in range(60)]
    made = record_residents(worker, RecordResidents.model_validate({"place": ground.east.code, "rows": rows}), at=AT)
    given = [{"person_id": row["person"]} for row in made]
    record_skills(worker, sheet(ground, 0, *given[:2]), at=AT)
    with django_assert_max_num_queries(30):
        record_skills(worker, sheet(ground, 0, *given[2:]), at=AT)
