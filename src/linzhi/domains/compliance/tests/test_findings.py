from datetime import date, timedelta

import pytest

from linzhi.domains.bodies.commands import BeginTerm, CreatePost, FoundBody, begin_term, create_post, found_body
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.compliance import queries
from linzhi.domains.compliance.commands import Found, NoteFindings, note_findings
from linzhi.domains.compliance.jobs import refresh, refresh_county
from linzhi.domains.compliance.models import Finding
from linzhi.domains.compliance.rules import KINDS
from linzhi.domains.people.commands import RecordResidents, record_residents
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotAllowed, Refused

JOB = System("compliance.refresh")


def open_kinds(path: str = "") -> dict[str, int]:
    found: dict[str, int] = {}
    for row in Finding.objects.filter(closed__isnull=True, path__startswith=path):
        found[row.kind] = found.get(row.kind, 0) + 1
    return found


def test_what_the_register_lacks_is_found_once_and_closes_by_itself_when_it_is_there(ground: SmallCounty) -> None:
    refresh(AT)
    assert open_kinds(ground.east.path)["self_government_none"] == 1
    before = Finding.objects.count()
    refresh(AT + timedelta(hours=1))
    assert Finding.objects.count() == before
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    refresh(AT + timedelta(days=2))
    assert "self_government_none" not in open_kinds(ground.east.path)
    mended = Finding.objects.get(kind="self_government_none", path=ground.east.path)
    assert (mended.opened, mended.closed) == (AT, AT + timedelta(days=2))


def test_what_comes_back_is_a_new_finding_and_the_old_one_stays_as_history(ground: SmallCounty) -> None:
    county = ground.county
    said = Found(subject="places.estate:1", path=ground.east.path, words="缺")
    for hours, found in ((0, (said,)), (1, ()), (2, (said,))):
        cmd = NoteFindings(county=county.code, kind="profile_missing", found=found)
        note_findings(JOB, cmd, at=AT + timedelta(hours=hours))
    assert list(Finding.objects.order_by("pk").values_list("closed", flat=True)) == [AT + timedelta(hours=1), None]


def test_each_finding_has_an_owner_a_day_and_a_way_to_be_mended(ground: SmallCounty) -> None:
    refresh(AT)
    for row in Finding.objects.all():
        kind = KINDS[row.kind]
        assert row.owner == kind.owner and row.due == AT.date() + timedelta(days=kind.days) and kind.door and row.words.endswith("。")


def test_overlaps_gaps_vacancies_terms_and_look_alikes_are_found(ground: SmallCounty) -> None:
    committee = found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    create_post(SETUP, CreatePost(body_id=committee.pk, kind="committee_chair"), at=AT)
    begin_term(SETUP, BeginTerm(body_id=committee.pk, basis="选举", begin=date(2021, 3, 1), end=date(2026, 3, 1)), at=AT)
    rows = [{"dwelling_id": ground.dwellings[0].pk, "name": name, "phone": "19900000001"} for name in ("王秀兰", "王秀蓝")]
    record_residents(
        holder("community_worker", ground.community.path), RecordResidents.model_validate({"place": ground.east.code, "rows": rows}), at=AT
    )
    refresh(AT)
    found = open_kinds(ground.east.path)
    assert {"post_vacant", "term_over", "persons_alike", "homes_without_owner", "profile_due"} <= set(found)
    assert open_kinds(ground.community.path)["grid_gap"] >= 2
    assert not any("王" in row.words for row in Finding.objects.all())


def test_the_closed_room_shows_only_to_the_party_line(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    refresh_county(ground.county, AT)
    party = {row.kind for row in Finding.objects.filter(room="party")}
    assert {"branch_due", "instructor_due"} <= party
    for role in ("community_worker", "grid_worker", "street_dispatcher", "county_officer", "administrator", "property_handler"):
        seen = {row.kind for row in queries.findings(Powers(holder(role, ground.county.path), AT), most=999)}
        assert not seen & party, role
    seen = {row.kind for row in queries.findings(Powers(holder("party_officer", ground.community.path), AT), most=999)}
    assert "branch_due" in seen and seen <= party
    told = str(list(Entry.objects.filter(action="compliance.note_findings").values_list("data", flat=True)))
    assert "党支部" not in told


def test_piles_count_what_their_lists_hold_and_what_is_late(ground: SmallCounty) -> None:
    refresh(AT)
    powers = Powers(holder("community_worker", ground.community.path), AT + timedelta(days=15))
    for pile in queries.piles(powers):
        rows = queries.findings(powers, kind=pile.code, most=999)
        assert pile.count == len(rows)
        assert pile.late == sum(row.due < powers.at.date() for row in rows)
    assert queries.waiting(powers) == len(queries.findings(powers, mine=True, most=999))
    assert not [row for row in queries.findings(powers, most=999) if not row.path.startswith(ground.community.path)]


def test_nobody_but_the_job_notes_findings_and_only_of_its_county(ground: SmallCounty) -> None:
    cmd = NoteFindings(county=ground.county.code, kind="profile_missing")
    with pytest.raises(NotAllowed):
        note_findings(holder("administrator", ground.county.path), cmd, at=AT)
    with pytest.raises(Refused, match="unknown_kind"):
        note_findings(JOB, cmd.model_copy(update={"kind": "gossip"}), at=AT)
    outside = Found(subject="x", path="00001", words="缺")
    with pytest.raises(Refused, match="outside"):
        note_findings(JOB, cmd.model_copy(update={"found": (outside,)}), at=AT)
