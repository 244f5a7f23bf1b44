"""组织和岗位: what staff see and write on the screens, what the party line alone sees, and what a candidate sees of the own review."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.bodies.commands import (
    Appoint,
    CreatePost,
    FoundBody,
    OpenFormation,
    StandAsCandidate,
    appoint,
    create_post,
    found_body,
    open_formation,
    stand_as_candidate,
)
from linzhi.domains.bodies.events import Appointed
from linzhi.domains.bodies.handlers import file_secretary
from linzhi.domains.bodies.models import Body, CandidateReview, Filing, Formation, Holding, Post, Term
from linzhi.kernel import clock
from linzhi.kernel.actor import System

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
SETUP = System("setup")


def read(client: Client, path: str, status: int = 200) -> str:
    """A page."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def send(client: Client, path: str, **given: object) -> None:
    """A form that is taken."""
    answer = client.post(path, given)
    assert answer.status_code == 302, answer.content.decode()[-4000:]


def formation(county: County) -> Formation:
    cmd = OpenFormation(estate=county.other_estate.code, kind="party_group", exception="先行组建")
    return open_formation(county.actor("party_officer"), cmd)


def test_staff_see_bodies_of_their_own_place_with_holders_and_nobody_else_does(client: Client, county: County) -> None:
    assert county.elsewhere is not None
    for role in ("community_worker", "street_dispatcher", "grid_worker", "branch_secretary", "party_officer", "county_officer"):
        county.sign_in(client, role)
        assert "桂园业主委员会" in read(client, f"/desk/bodies/?place={county.estate.code}")
        assert client.get(f"/desk/bodies/?place={county.elsewhere.code}").status_code == 404
        assert client.get(f"/desk/bodies/{county.bodies['foreign_office'].pk}/").status_code == 404
    for role in ("resident", "department_handler", "property_handler"):
        assert county.sign_in(client, role).get("/desk/bodies/").status_code == 403
    client.logout()
    assert client.get("/desk/bodies/").status_code == 403


def test_the_list_is_narrowed_by_line_kind_words_and_vacancy_and_shows_a_past_day(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    assert "青杉区城市管理局" not in read(client, "/desk/bodies/?line=party")
    assert "桂园小区党支部" in read(client, "/desk/bodies/?kind=party_branch")
    assert "桂园小区党支部" in read(client, "/desk/bodies/?q=党正")
    post = create_post(SETUP, CreatePost(body_id=county.bodies["party_branch"].pk, kind="branch_member", seats=2))
    shown = read(client, "/desk/bodies/?show=vacant")
    assert "空缺 2 人" in shown and post.title in shown and "青杉区城市管理局" not in shown
    past = read(client, "/desk/bodies/?on=2024-01-01")
    assert "没有这样的组织" in past and "只能看" in past


def test_one_name_on_two_sides_is_shown_as_unsure_until_it_is_one_account(client: Client, county: County) -> None:
    post = create_post(SETUP, CreatePost(body_id=county.bodies["party_branch"].pk, kind="branch_member"))
    appoint(SETUP, Appoint(post_id=post.pk, name="业兴", basis="支委会纪要"))
    county.sign_in(client, "community_worker")
    assert "同名，待核实" in read(client, "/desk/bodies/?show=crossing")
    sure = create_post(SETUP, CreatePost(body_id=county.bodies["party_branch"].pk, kind="branch_associate"))
    account = county.accounts["committee_member"].pk
    appoint(SETUP, Appoint(post_id=sure.pk, name="业兴", basis="支委会纪要", account_id=account))
    assert "交叉任职</span>" in read(client, "/desk/bodies/?show=crossing")


def test_a_body_is_registered_corrected_filled_and_dissolved_on_its_pages(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    send(client, f"/desk/bodies/new/?place={county.other_estate.code}", kind="management_committee", name="柳荫里物管会", basis="组建公告")
    body = Body.objects.get(name="柳荫里物管会")
    home = f"/desk/bodies/{body.pk}/"
    send(client, f"{home}edit/", name="柳荫里物业管理委员会", phone="0000-1", basis="组建公告")
    send(client, f"{home}posts/new/", kind="management_member", seats="2")
    post = Post.objects.get(body=body)
    assert "空缺 2 人" in read(client, home)
    send(client, f"/desk/bodies/posts/{post.pk}/appoint/", name="邻安", basis="推选纪要", phone="13900000002", end="2030-01-01")
    holding = Holding.objects.get(post=post)
    assert holding.account_id == county.accounts["neighbour"].pk and holding.end is not None
    shown = read(client, home)
    assert "邻安" in shown and "推选纪要" in shown and "空缺 1 人" in shown
    send(client, f"{home}terms/new/", basis="推选纪要", end="2030-01-01", seats="5")
    assert Term.objects.get(body=body).ordinal == 1
    assert "第 1 届" in read(client, home)
    send(client, f"/desk/bodies/holdings/{holding.pk}/end/", reason="resigned")
    assert "本人辞任" in read(client, home)
    send(client, f"{home}dissolve/", basis="解散公告")
    body.refresh_from_db()
    assert body.end is not None and body.name == "柳荫里物业管理委员会"


def test_what_is_refused_stands_at_its_field_with_everything_typed(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    answer = client.post(f"/desk/bodies/new/?place={county.estate.code}", {"kind": "owners_committee", "name": "第二个业委会"})
    assert answer.status_code == 422 and "已经有一个" in answer.content.decode() and "第二个业委会" in answer.content.decode()
    post = create_post(SETUP, CreatePost(body_id=county.bodies["owners_committee"].pk, kind="committee_member"))
    path = f"/desk/bodies/posts/{post.pk}/appoint/"
    answer = client.post(path, {"name": "居安", "basis": "选举纪要", "phone": "13900000000"})
    assert answer.status_code == 422 and "只能由本小区的业主担任" in answer.content.decode()
    answer = client.post(path, {"name": "别人", "basis": "选举纪要", "phone": "13900000001"})
    assert answer.status_code == 422 and "姓名和手机号都对得上" in answer.content.decode() and "业安" not in answer.content.decode()
    answer = client.post(path, {"name": "业安", "phone": "13900000001"})
    assert answer.status_code == 422 and "请填写任职文件" in answer.content.decode()
    send(client, path, name="业安", basis="选举纪要", phone="13900000001")
    assert Holding.objects.get(post=post).person_id == county.people["owner"].pk


def test_a_reader_is_offered_no_act_and_may_not_write(client: Client, county: County) -> None:
    county.sign_in(client, "grid_worker")
    body = county.bodies["owners_committee"]
    shown = read(client, f"/desk/bodies/{body.pk}/")
    assert "/edit/" not in shown and "离任" not in shown.split("任职历史")[0]
    for path in ("edit/", "dissolve/", "posts/new/", "terms/new/"):
        assert client.get(f"/desk/bodies/{body.pk}/{path}").status_code == 403
    assert client.get(f"/desk/bodies/new/?place={county.estate.code}").status_code == 403


def test_a_department_and_a_firm_say_what_they_answer_for_and_serve(client: Client, county: County) -> None:
    county.sign_in(client, "county_officer")
    department, firm = county.bodies["department"], county.bodies["property_company"]
    send(client, f"/desk/bodies/{department.pk}/competences/", codes=["urban_management"])
    assert "城市管理" in read(client, f"/desk/bodies/{department.pk}/")
    send(client, f"/desk/bodies/{firm.pk}/area/", codes=[])
    assert not firm.service_areas.filter(end=None).exists()


def test_a_branch_of_a_firm_is_guided_by_an_association_and_the_relation_ends(client: Client, county: County) -> None:
    branch = found_body(SETUP, FoundBody(place=county.community.code, kind="firm_party_branch", name="安心物业党支部"))
    other = found_body(SETUP, FoundBody(place=county.territory.code, kind="industry_association", name="物业协会"))
    county.sign_in(client, "county_officer")
    send(client, f"/desk/bodies/{branch.pk}/links/new/", kind="guides", other_id=other.pk)
    assert "行业指导" in read(client, f"/desk/bodies/{branch.pk}/")
    link = branch.links.get()
    send(client, f"/desk/bodies/links/{link.pk}/end/")
    assert "行业指导" not in read(client, f"/desk/bodies/{branch.pk}/")


def test_formations_are_for_the_party_line_and_small_counts_for_the_branch_line_alone(client: Client, county: County) -> None:
    for role in ("community_worker", "county_officer", "administrator", "resident"):
        assert county.sign_in(client, role).get("/desk/bodies/formations/").status_code == 403
    assert "不足" not in read(county.sign_in(client, "party_officer"), "/desk/bodies/formations/").split("本地规定")[0]
    for role in ("street_party_officer", "county_party_officer"):
        assert "不足" in read(county.sign_in(client, role), "/desk/bodies/formations/").split("本地规定")[0]


def test_a_formation_goes_through_its_steps_by_those_whose_turn_it_is(client: Client, county: County) -> None:
    county.sign_in(client, "party_officer")
    path = f"/desk/bodies/formations/new/{county.other_estate.code}/"
    send(client, path, kind="party_group", exception="先行组建")
    row = Formation.objects.get()
    home = f"/desk/bodies/formations/{row.pk}/"
    assert "酝酿人选" in read(client, home) and row.name in read(client, "/desk/bodies/formations/")
    send(client, f"{home}name_secretary/", secretary="周正", source="community_key_member")
    send(client, f"{home}apply_formation/")
    assert "别的岗位来办" in read(client, home)
    county.sign_in(client, "street_party_officer")
    answer = client.post(f"{home}return_formation/", {})
    assert answer.status_code == 422 and "请写明理由" in answer.content.decode()
    send(client, f"{home}approve_formation/", approval="槐街党发〔2026〕1号")
    county.sign_in(client, "county_party_officer")
    send(client, f"{home}file_formation/", filing_number="备〔2026〕1号")
    shown = read(client, home)
    assert "备〔2026〕1号" in shown and "已备案" in shown and "周正" in shown
    assert Body.objects.filter(kind="party_group", path=county.other_estate.path).exists()


def test_a_task_of_a_formation_leads_to_its_page(client: Client, county: County) -> None:
    row = formation(county)
    county.sign_in(client, "party_officer")
    assert f'href="/desk/bodies/formations/{row.pk}/"' in read(client, "/desk/today/")
    assert f'href="/desk/bodies/formations/{row.pk}/"' in read(client, "/desk/")


def test_a_secretary_is_filed_by_one_and_received_by_another(client: Client, county: County) -> None:
    held = county.holdings["branch_secretary"]
    event = Appointed(held.pk, held.post_id, held.post.body_id, held.account_id, "branch_secretary")
    file_secretary(event, clock.now())
    row = Filing.objects.get(holding=held)
    home = f"/desk/bodies/filings/{row.pk}/"
    county.sign_in(client, "party_officer")
    assert "党正" in read(client, "/desk/bodies/filings/")
    send(client, f"{home}submit_filing/", note="任职通知")
    assert client.get(f"{home}receive_filing/").status_code in (200, 403)
    county.sign_in(client, "county_party_officer")
    send(client, f"{home}receive_filing/", receipt="回执1号")
    assert "回执1号" in read(client, home)
    assert county.sign_in(client, "grid_worker").get(home).status_code == 404


def test_a_candidate_is_reviewed_objects_on_the_own_page_and_is_answered(client: Client, county: County) -> None:
    county.sign_in(client, "community_worker")
    send(client, "/desk/bodies/candidates/new/", estate=county.estate.code, name="居安", phone="13900000000", capable="on")
    row = CandidateReview.objects.get()
    home = f"/desk/bodies/candidates/{row.pk}/"
    assert "等审查" in read(client, "/desk/bodies/candidates/")
    answer = client.post(f"{home}review/", {"result": "rejected", "reason": "不合适"})
    assert answer.status_code == 422 and "法定理由" in answer.content.decode() and "不合适" in answer.content.decode()
    send(client, f"{home}review/", result="rejected", ground="not_owner", reason="名下没有本小区的房屋")
    own = f"/me/candidacy/{row.pk}/"
    assert client.get(own).status_code == 404
    county.sign_in(client, "resident")
    shown = read(client, own)
    assert "名下没有本小区的房屋" in shown and "提出异议" in shown
    send(client, own, objection="房子在我爱人名下，是共有的")
    assert "等街道答复" in read(client, own)
    assert county.sign_in(client, "neighbour").get(own).status_code == 404
    county.sign_in(client, "street_dispatcher")
    send(client, f"{home}settle/", upheld="1", answer="经查是共有人，符合条件")
    row.refresh_from_db()
    assert (row.result, row.settled is not None) == ("passed", True)
    assert "经查是共有人" in read(county.sign_in(client, "resident"), own)


def test_nobody_reviews_the_own_candidacy_on_the_page(client: Client, county: County) -> None:
    worker, person = county.actor("community_worker"), county.people["owner"]
    cmd = StandAsCandidate(estate=county.estate.code, person_id=person.pk, name="业安", capable=True)
    row = stand_as_candidate(worker, cmd, at=clock.now() - timedelta(days=1))
    CandidateReview.objects.filter(pk=row.pk).update(account_id=county.accounts["community_worker"].pk)
    county.sign_in(client, "community_worker")
    assert f"/desk/bodies/candidates/{row.pk}/review/" not in read(client, f"/desk/bodies/candidates/{row.pk}/")
    answer = client.post(f"/desk/bodies/candidates/{row.pk}/review/", {"result": "passed"})
    assert answer.status_code == 422 and "不能审查自己" in answer.content.decode()
