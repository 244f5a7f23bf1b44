"""Where the documents disagree, each jurisdiction has chosen, and the choice says why. One case per matter and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from linzhi.policy.load import packs
from linzhi.policy.matter_types import matter_types
from linzhi.policy.pack import Source
from linzhi.policy.resolve import Answer, find, said
from linzhi.policy.values import plain

ON = date(2026, 9, 30)
CN, JS, LD = "cn", "cn-jiangsu", "cn-guangxi-liuzhou-liudong"
HA, HY, AQ = "cn-jiangsu-huaian-qingjiangpu", "cn-sichuan-guangan-huaying", "cn-shandong-weifang-anqiu"


@dataclass(frozen=True)
class Case:
    """In this place the matter is settled so, by the pack whose document says it. `why` is part of the note where the place chose."""

    key: str
    place: str
    value: Any
    by: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.key} in {self.place}"


SOURCES_CN = ["community_party_member", "community_key_member"]
SOURCES_LD = [
    "resident_member", "community_worker", "grid_manager", "welfare_post", "committee_member", "retired", "veteran",
    "enterprise_manager", "sent_by_superior",
]  # fmt: skip
PARTIES_CN = ["社区居民委员会", "业主委员会", "物业服务企业"]
CASES = [
    # how many households a grid has
    *(Case("grid.households_max", place, 500, CN) for place in (CN, JS, LD, HY, AQ)),
    Case("grid.households_max", HA, 400, HA, "取当地的"),
    *(Case("grid.households_min", place, 300, CN) for place in (CN, JS, LD, HY, AQ)),
    Case("grid.households_min", HA, 300, HA, "相同"),
    # one party organisation per grid, and one branch per estate: both hold with groups in the grids
    *(Case("grid.party_orgs_per_grid", place, 1, CN) for place in (CN, JS, LD, HA, HY, AQ)),
    *(Case("branch.per_estate_max", place, 1, CN) for place in (CN, LD, HY)),
    *(Case("branch.per_estate_max", place, 1, JS, "每个网格设党小组") for place in (JS, HA)),
    Case("branch.per_estate_max", AQ, 1, AQ, "每个网格设党小组"),
    # a full-time head and worker in each grid
    *(Case("grid.head_fulltime", place, False, CN, "兼任") for place in (CN, JS, LD, HY, AQ)),
    Case("grid.head_fulltime", HA, True, HA, "取当地的"),
    *(Case("grid.fulltime_workers", place, 1, CN) for place in (CN, JS, LD, HY, AQ)),
    Case("grid.fulltime_workers", HA, 2, HA, "至少各一人"),
    # who leads the party organisation of a property company
    *(Case("firm.dual_lead_mode", place, "lead_and_guide", CN) for place in (CN, JS, LD, HY, AQ)),
    Case("firm.dual_lead_mode", HA, "dual_lead", HA, "取当地的"),
    # where an estate's secretary comes from
    *(Case("secretary.allowed_sources", place, SOURCES_CN, CN, "网格") for place in (CN, HY)),
    Case("secretary.allowed_sources", JS, ["two_committees", "resident_member"], JS, "中央说的是网格"),
    Case("secretary.allowed_sources", LD, SOURCES_LD, LD, "没有合适人选时由上级委派"),
    Case("secretary.allowed_sources", HA, ["dual_full", "first_secretary"], HA, "探索"),
    Case("secretary.allowed_sources", AQ, ["retired", "two_committees", "in_service"], AQ, "按小区类型择优"),
    # whoever sits on an owners' committee owns a home there, whatever a document says of double posts
    *(Case("crossappoint.require_owner", place, True, CN) for place in (CN, JS, LD, HA, HY, AQ)),
    # who meets
    Case("jointmeeting.parties", CN, PARTIES_CN, CN),
    Case("jointmeeting.parties", JS, ["小区党支部", "业主委员会", "物业公司"], JS, "中央是居委会"),
    Case("jointmeeting.parties", LD, ["社区党组织", "小区党组织", "业主委员会", "物业服务企业"], LD, "成为四方"),
    Case("jointmeeting.parties", HA, ["小区党支部", "业主委员会", "物业", "居民"], HA, "成为四方"),
    Case("jointmeeting.parties", HY, ["小区党支部", "业主委员会", "物业管理"], HY, "由支部代替居委会"),
    Case("jointmeeting.parties", AQ, ["小区党支部", "物业公司", "业主委员会", "相关单位"], AQ, "加上相关单位"),
    # how often: a document's month, elsewhere our own quarter
    *(Case("jointmeeting.interval_days", place, 92, CN) for place in (CN, JS, LD, HY)),
    *(Case("jointmeeting.interval_days", place, 31, place, "每月一次") for place in (HA, AQ)),
    # what a property management committee may stand in for
    *(Case("pmc.mandate_scope", place, "part", CN, "临时") for place in (CN, LD, HY, AQ)),
    *(Case("pmc.mandate_scope", place, "full", JS, "不代替民法典第二百七十八条") for place in (JS, HA)),
    # who reviews those who stand for an owners' committee
    *(Case("joint_review.bodies", place, ["街道党组织", "社区党组织"], CN) for place in (CN, HY)),
    Case("joint_review.bodies", JS, ["社区党组织"], JS, "省里只写社区"),
    Case("joint_review.bodies", LD, ["小区党组织"], LD, "当地交给小区党组织"),
    Case("joint_review.bodies", HA, ["社区党委"], HA, "提前介入"),
    Case("joint_review.bodies", AQ, ["小区党支部"], AQ, "没有列出"),
    # with whom a secretary is filed: not the same secretary
    *(Case("secretary.filing_level", place, "county", CN, "社区党组织书记") for place in (CN, JS, LD, HA, HY)),
    Case("secretary.filing_level", AQ, "block", AQ, "小区党支部书记"),
    # what a centre's area must be, where the document says "or"
    Case("venue.estate.combine", LD, "any", LD, "按字面理解"),
    # who hands on a wish, and where a party member checks in
    *(Case("wish.dispatcher", place, "community", CN) for place in (CN, JS, LD, HA, HY)),
    Case("wish.dispatcher", AQ, "estate", AQ, "由小区派单"),
    *(Case("checkin.target", place, "community", CN) for place in (CN, HY, AQ)),
    *(Case("checkin.target", place, "estate", JS, "居住地小区") for place in (JS, HA)),
    Case("checkin.target", LD, "estate", LD, "双重管理"),
    # the share of party members: reported, never a quota
    *(Case("owners_committee.party_ratio_target", place, 50, CN) for place in (CN, JS, LD, HY, AQ)),
    Case("owners_committee.party_ratio_target", HA, 50, HA, "不是法定比例"),
]


def answer(key: str, place: str) -> Answer:
    found = find(key, pack=place, on=ON)
    assert found is not None, f"{key} is not set in {place}"
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_applies_where_the_documents_disagree(case: Case) -> None:
    found = answer(case.key, case.place)
    assert (plain(found.value), found.pack) == (case.value, case.by)
    assert case.why in found.note
    chain = {step.pack: step for step in found.chain}
    assert chain[case.by].accepted
    assert [step.pack for step in found.chain][-1] == case.place


def test_the_chain_of_a_narrower_grid_shows_the_nations_word_too() -> None:
    steps = [(step.pack, step.value) for step in answer("grid.households_max", HA).chain]
    assert steps == [(CN, 500), (JS, None), (HA, 400)]


def test_only_one_place_limits_its_signs() -> None:
    assert plain(answer("venue.allowed_signs", LD).value) == ["党群服务中心", "小区党组织", "业主委员会"]
    for place in (CN, JS, HA, HY, AQ):
        assert find("venue.allowed_signs", pack=place, on=ON) is None


def test_choosing_a_property_company_is_for_the_owners_wherever_a_text_says_otherwise() -> None:
    for place in (CN, JS, LD, HA, HY, AQ):
        assert matter_types(place, ON)["hire_property"].threshold == "ordinary"
    voted = matter_types(HA, ON)["hire_property"].gates["owner_vote"].word
    assert "取业主大会" in voted.note


# What the documents leave open: ours to fill, visibly.
OPEN = [
    "dispatch.limits_by_type", "prereport.amount_threshold", "firm.deposit_min", "firm.credit.weights", "index.weights",
    "manager.pay_formula", "incentive.min_duty_days", "incentive.payer", "disclosure.intervals", "branch.term_years",
    "staff.rounding", "reserve.ratio", "sla.clock_start", "sla.calendar", "sla.feedback_kind", "terms.local",
    "coverage.definition", "threelists.refresh_days", "firm.watch.thresholds",
]  # fmt: skip


@pytest.mark.parametrize("key", OPEN)
@pytest.mark.parametrize("place", [CN, JS, LD, HA, HY, AQ])
def test_what_no_document_says_has_a_default_that_says_it_is_local(key: str, place: str) -> None:
    found = answer(key, place)
    assert found.local and found.source is None


def test_words_that_a_document_uses_unexplained_have_a_local_meaning_that_can_be_changed() -> None:
    unexplained = {LD: {"“三无”小区"}, HA: {"“双全”社工", "两网", "“3344”", "“2046”的“4”"}, HY: {"四微治理", "五社"}, AQ: {"七个一"}}
    for place, words in unexplained.items():
        found = answer("terms.local", place)
        assert words <= set(found.value)
        assert found.local
    assert packs().parameters["terms.local"].override == "free"


def unverified() -> list[Source]:
    return [source for pack in packs().by_name.values() for source in pack.sources.values() if not source.verified]


def test_what_was_not_read_in_the_original_says_so_and_why() -> None:
    assert {source.id for source in unverified()} == {"assembly-guide", "branch-regulation", "fund-measure"}
    assert all("没有读到" in source.note for source in unverified())
    for pack in packs().by_name.values():
        for key, dated in pack.values.items():
            for value in dated:
                if value.cited is not None and not value.cited.source.verified:
                    assert "没有读到" in value.note, (pack.name, key)


def test_every_level_below_that_sets_a_disputed_key_says_why() -> None:
    for key in {case.key for case in CASES}:
        for place in (JS, LD, HA, HY, AQ):
            step = said(key, pack=place, on=ON)[-1]
            if step.begin is not None:
                assert step.note, (key, place)
