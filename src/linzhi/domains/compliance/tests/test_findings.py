from datetime import date, timedelta

import pytest
from django.urls import reverse

from linzhi.domains.bodies.commands import (
    BeginTerm,
    CreatePost,
    DissolveBody,
    FoundBody,
    begin_term,
    create_post,
    dissolve_body,
    found_body,
)
from linzhi.domains.bodies.tests.test_eligibility import above, members
from linzhi.domains.compliance import queries
from linzhi.domains.compliance.commands import Evaluate, evaluate
from linzhi.domains.compliance.jobs import follow, refresh, refresh_county
from linzhi.domains.compliance.models import Finding
from linzhi.domains.people.commands import RecordResidents, record_residents
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.chain import seal_batch
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.refused import NotAllowed


def open_kinds(path: str = "") -> dict[str, int]:
    found: dict[str, int] = {}
    for row in Finding.objects.filter(closed__isnull=True, path__startswith=path):
        found[row.check_code] = found.get(row.check_code, 0) + 1
    return found


def test_what_comes_back_is_a_new_finding_and_the_old_one_stays_as_history(ground: SmallCounty) -> None:
    asked = {"check_code": "self-government", "path": ground.east.path}
    refresh(AT)
    found = FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会")
    body = found_body(SETUP, found, at=AT + timedelta(hours=1))
    refresh(AT + timedelta(days=1))
    officer = holder("county_officer", ground.county.path)
    dissolve_body(officer, DissolveBody(body_id=body.pk, basis="业主大会决定"), at=AT + timedelta(days=2))
    refresh(AT + timedelta(days=3))
    closed = Finding.objects.filter(**asked).order_by("pk").values_list("opened", "closed")
    assert list(closed) == [(AT, AT + timedelta(days=1)), (AT + timedelta(days=3), None)]


def test_each_finding_has_an_owner_a_day_and_a_way_to_be_mended(ground: SmallCounty) -> None:
    refresh(AT)
    for row in Finding.objects.all():
        check = queries.check_of(row.pack, row.check_code)
        assert check is not None and row.owner == check.entry.owner and row.due >= AT.date() and row.words.endswith("。")
        assert reverse(check.entry.door)


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
    assert {"posts-held", "term-over", "persons-alike", "homes-owned", "profile-verified"} <= set(found)
    assert open_kinds(ground.community.path)["grid-gap"] >= 2
    assert not any("王" in row.words for row in Finding.objects.all())


def test_the_closed_room_shows_only_to_the_party_line(ground: SmallCounty) -> None:
    above(ground)
    members(ground, 3)
    refresh_county(ground.county, AT)
    party = {row.check_code for row in Finding.objects.filter(room="party")}
    assert {"branch-due", "instructor-due"} <= party
    for role in ("community_worker", "grid_worker", "street_dispatcher", "county_officer", "administrator", "property_handler"):
        seen = {row.check_code for row in queries.findings(Powers(holder(role, ground.county.path), AT), most=999)}
        assert not seen & party, role
    seen = {row.check_code for row in queries.findings(Powers(holder("party_officer", ground.community.path), AT), most=999)}
    assert "branch-due" in seen and seen <= party
    told = str(list(Entry.objects.filter(action="compliance.evaluate").values_list("data", flat=True)))
    assert "党支部" not in told


def test_piles_count_what_their_lists_hold_and_what_is_late(ground: SmallCounty) -> None:
    refresh(AT)
    powers = Powers(holder("community_worker", ground.community.path), AT + timedelta(days=15))
    for pile in queries.piles(powers):
        rows = queries.findings(powers, check=pile.code, most=999)
        assert pile.count == len(rows)
        assert pile.late == sum(row.due < powers.at.date() for row in rows)
    assert queries.waiting(powers) == len(queries.findings(powers, mine=True, most=999))
    assert not [row for row in queries.findings(powers, most=999) if not row.path.startswith(ground.community.path)]


def test_what_a_command_changes_is_evaluated_within_the_next_run_and_an_idle_run_writes_nothing(ground: SmallCounty) -> None:
    refresh(AT)
    seal_batch(AT)
    follow(AT)
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT + timedelta(seconds=5))
    assert open_kinds(ground.east.path)["self-government"] == 1
    seal_batch(AT + timedelta(seconds=10))
    assert follow(AT + timedelta(seconds=20)) > 0
    assert "self-government" not in open_kinds(ground.east.path)
    seal_batch(AT + timedelta(seconds=30))
    entries = Entry.objects.count()
    assert follow(AT + timedelta(seconds=40)) == 0
    assert Entry.objects.count() == entries


def test_only_the_jobs_and_the_county_office_evaluate(ground: SmallCounty) -> None:
    cmd = Evaluate(place=ground.county.code)
    for role in ("administrator", "community_worker", "street_dispatcher"):
        with pytest.raises(NotAllowed):
            evaluate(holder(role, ground.county.path), cmd, at=AT)
    assert evaluate(holder("county_officer", ground.county.path), cmd, at=AT).subjects > 0
