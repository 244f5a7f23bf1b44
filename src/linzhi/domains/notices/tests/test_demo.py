from datetime import timedelta

import pytest

from linzhi.domains.bodies import demo, queries
from linzhi.domains.bodies.models import Holding, Post
from linzhi.domains.notices import demo as notices
from linzhi.domains.people import queries as people
from linzhi.domains.people.models import Person
from linzhi.domains.places import queries as places
from linzhi.domains.places.models import Dwelling, Facility, Grid
from linzhi.domains.places.tests.ground import AT
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.audit.models import Entry

LATER = AT + timedelta(days=390)
ROLES = {
    "resident", "owner", "tenant", "grid_worker", "building_head", "property_handler", "committee_member", "branch_secretary",
    "community_worker", "street_dispatcher", "department_handler", "county_officer", "administrator", "party_officer",
    "street_party_officer", "county_party_officer",
}  # fmt: skip


@pytest.fixture
def county(db: None, settings: object) -> demo.DemoCounty:
    settings.DEMO = True  # type: ignore[attr-defined]
    return demo.build(AT)


def test_the_demo_county_is_whole_and_building_it_again_changes_nothing(county: demo.DemoCounty) -> None:
    ground = county.ground
    assert (len(ground.streets), len(ground.communities), len(ground.estates), Grid.objects.count()) == (2, 6, 12, 14)
    assert 2900 <= Dwelling.objects.count() <= 3100 and 380 <= Person.objects.count() <= 420
    assert {account.demo_role for account in Account.objects.exclude(demo_role="")} == ROLES
    assert set(county.accounts) >= ROLES
    notices.build(LATER, county)
    entries = Entry.objects.count()
    again = demo.build(LATER)
    notices.build(LATER, again)
    assert again.accounts == county.accounts and Entry.objects.count() == entries
    _everyone_is_in_place(county)
    _people_know_where_to_turn(county)
    _nothing_is_left_out(county)


def _everyone_is_in_place(county: demo.DemoCounty) -> None:
    for role in ROLES - {"resident", "owner", "tenant"}:
        assert role in {held.role for held in queries.posts_of(county.accounts[role], LATER)}
    label = {role: queries.posts_of(county.accounts[role], LATER)[0].label for role in ("community_worker", "branch_secretary")}
    assert label == {"community_worker": "梧桐社区受理岗", "branch_secretary": "凤栖苑党支部书记"}
    home = {role: people.homes_of(county.accounts[role], LATER)[0] for role in ("resident", "owner", "tenant")}
    assert (home["resident"].estate_name, home["resident"].label) == ("凤栖苑", "3幢2单元502")
    assert home["resident"].owned and home["owner"].kinds == ("owner",) and home["tenant"].kinds == ("tenant",)


def _people_know_where_to_turn(county: demo.DemoCounty) -> None:
    estate = county.ground.estates["凤栖苑"]
    cards = queries.contacts(estate.path, LATER)
    assert [card.name for card in cards[:3]] == ["周正平", "林晓梅", "秦志强"]
    assert cards[1].reach == "1–6幢"
    for department in ("property", "community", "street", "owners_committee", "urban_management", "police", "sanitation", "fire"):
        assert queries.answering(estate.path, department, LATER), department
    assert queries.answering(estate.path, "urban_management", LATER)[0].name == "望江城管中队"


def _nothing_is_left_out(county: demo.DemoCounty) -> None:
    path = county.ground.county.path
    assert places.outside_grids(path, LATER.date()) == []
    assert queries.vacant_posts(path, LATER) == []
    assert Facility.objects.filter(kind="elevator", name="2幢1单元电梯").exists()
    assert all(counts.owners for counts in people.counts_by_estate(path, LATER.date()).values())
    assert Post.objects.filter(kind="supervisor").exists() and set(
        Holding.objects.filter(account_id__isnull=True).values_list("post__kind", flat=True)
    ) == {"supervisor", "group_leader"}
