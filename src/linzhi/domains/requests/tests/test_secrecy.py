"""What must not come out: who reported in secret, what a tip-off says to those it is about, what others' requests say."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image

from linzhi.domains.bodies import commands as bodies
from linzhi.domains.requests import commands, queries
from linzhi.domains.requests.models import Follow, Photo, Request
from linzhi.domains.requests.tests.acts import act, in_hand, to_be_looked_at
from linzhi.flow import queries as flow
from linzhi.flow.commands import RingAlarm, ring_alarm
from linzhi.flow.models import Happening, Task
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.foundation.commands.models import IdempotencyRecord
from linzhi.foundation.files import blobs
from linzhi.foundation.files.intake import take
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.notify.models import Message
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.foundation.outbox.models import Delivery, Event
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused
from tests.support.small_county import SETUP

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def _powers(county: County, role: str) -> Powers:
    return Powers(county.actor(role), clock.now())


def _second_post(county: County, role: str, body: str, kind: str) -> None:
    """Let the person of a role hold a post in another body, too."""
    post = bodies.create_post(SETUP, bodies.CreatePost(body_id=county.bodies[body].pk, kind=kind, title="兼任"))
    cmd = bodies.Appoint(post_id=post.pk, name="兼任", basis="测试", account_id=county.accounts[role].pk)
    bodies.appoint(SETUP, cmd)


def _picture(colour: str) -> io.BytesIO:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    picture.seek(0)
    return picture


def test_an_anonymous_report_of_somebody_signed_in_names_them_nowhere(county: County) -> None:
    actor = county.actor("community_worker")
    photo = take(actor, _picture("red"), "a.png")
    seen = Entry.objects.count()
    cmd = commands.Report(place_code=county.building.code, text="社区有人乱收费", anonymous=True, photos=(photo.pk,))
    made = commands.report(actor, cmd, key="once")
    assert commands.report(actor, cmd, key="once").pk == made.pk
    assert made.reporter_id is None
    assert {line.actor for line in Happening.objects.filter(matter=made.matter)} == {"anonymous:"}
    assert {line.body_id for line in Happening.objects.filter(matter=made.matter)} == {None}
    assert {entry.actor for entry in Entry.objects.all()[seen:]} == {"anonymous:"}
    assert StoredFile.objects.get(pk=made.photos.get().file_id).uploaded_by is None
    assert actor.key not in IdempotencyRecord.objects.get(key="once").scope


def _values(row: object) -> set[str]:
    """Everything that a row holds which another row may hold, too: ids, digests, moments; not the small words that many share."""
    texts: set[str] = set()
    for field in row._meta.concrete_fields:  # type: ignore[attr-defined]
        value = getattr(row, field.attname)
        if isinstance(value, datetime):
            texts.add(value.isoformat())
        elif field.name not in ("pk", "id", "path", "place", "county") or isinstance(value, UUID):
            texts |= set(re.findall(r"[0-9a-f-]{24,}", str(value))) | set(re.findall(r"(?:[a-z_]+\.[a-z_]+|person):\d+\b(?!-)", str(value)))
    uploader = getattr(row, "uploaded_by", None)
    return texts | ({f"person:{uploader}"} if uploader is not None else set())


def _reached(pk: int) -> set[str]:
    """Everything to which the rows lead that name the request, from row to row, by whatever two rows share."""
    rows = [
        _values(row)
        for model in (Entry, StoredFile, Photo, Event, Delivery, Happening, IdempotencyRecord)
        for row in model.objects.all()
    ]  # fmt: skip
    known = {f"requests.request:{pk}"} | _values(Request.objects.get(pk=pk))
    known |= {str(photo.file_id) for photo in Photo.objects.filter(request_id=pk)}
    while True:
        more = set().union(*(row for row in rows if row & known)) - known
        if not more:
            return known
        known |= more


@pytest.mark.parametrize(("anonymous", "found"), [(True, False), (False, True)])
def test_no_way_leads_from_an_anonymous_report_with_a_photo_to_the_account(county: County, anonymous: bool, found: bool) -> None:
    actor = county.actor("resident")
    with clock.at_time(clock.now() - timedelta(minutes=2)):
        first, again = take(actor, _picture("blue"), "王女士家门口.png"), take(actor, _picture("blue"), "a.png")
    cmd = commands.Report(place_code=county.building.code, text="有人偷排", anonymous=anonymous, photos=(first.pk,))
    made = commands.report(actor, cmd, key="k")
    deliver_all(clock.now())
    assert (actor.key in _reached(made.pk)) is found, "by name the walk does find the account, so it can fail"
    assert made.photos.count() == 1
    file = StoredFile.objects.get(pk=made.photos.get().file_id)
    assert blobs.path_of(file.sha256).exists()
    if anonymous:
        assert not StoredFile.objects.filter(pk__in=(first.pk, again.pk)).exists()
        assert blobs.path_of(file.sha256).stat().st_mtime >= made.reported_at.timestamp() - 1


def test_the_history_of_an_anonymous_report_shows_staff_no_name(county: County, client: Client) -> None:
    made = county.report("resident", "有人举报", anonymous=True, nature="tip_off")
    page = county.sign_in(client, "community_worker").get(f"/desk/requests/{made.pk}/").content.decode()
    assert county.accounts["resident"].name not in page


def test_a_report_of_somebody_with_a_post_is_told_without_their_body(county: County) -> None:
    made = county.report("committee_member", "我家漏水")
    assert Happening.objects.get(matter=made.matter).body_id is None
    act(county, "community_worker", "accept", made)
    assert Happening.objects.latest("pk").body_id == county.bodies["residents_committee"].pk


def test_the_status_code_is_not_in_the_audit_log(county: County) -> None:
    made = county.report("anonymous")
    code = commands.base.status_code_of(made)
    commands.add_note(county.actor("anonymous"), commands.AddNote(request_id=made.pk, say="还有一处", code=code))
    entry = Entry.objects.filter(action="requests.add_note").get()
    assert code not in str(entry.data)
    assert entry.data["code"].startswith("hmac:")


def test_the_accused_of_a_tip_off_get_neither_its_tasks_nor_its_messages(county: County) -> None:
    accused = county.bodies["residents_committee"].pk
    _second_post(county, "community_worker", "street_office", "street_dispatcher")
    made = county.report("resident", "社区乱收费", nature="tip_off", accused_body_id=accused)
    assert Task.objects.filter(matter=made.matter, role="community_worker").exists()
    assert not flow.my_tasks(_powers(county, "community_worker")).filter(matter=made.matter).exists()
    act(county, "street_dispatcher", "accept", made)
    running = made.matter.clocks.filter(stopped_at__isnull=True).order_by("due_at").first()
    assert running is not None and running.due_at is not None
    late = running.due_at + timedelta(days=3)
    while running.next_alarm is not None:
        running = ring_alarm(System("flow.alarms"), RingAlarm(clock_id=running.pk), at=late)
    deliver_all(late)
    told = set(Message.objects.filter(subject=f"requests.request:{made.pk}").values_list("account_id", flat=True))
    assert county.accounts["street_dispatcher"].pk in told
    assert county.accounts["community_worker"].pk not in told


def test_failed_messages_about_a_tip_off_are_not_shown_to_the_accused(county: County, client: Client) -> None:
    made = county.report("anonymous", "社区乱收费", nature="tip_off", accused_body_id=county.bodies["residents_committee"].pk)
    message = Message.objects.create(
        key="x",
        kind="requests",
        title="已受理",
        body="社区乱收费",
        subject=f"requests.request:{made.pk}",
        place=made.path,
        created=clock.now(),
    )
    message.deliveries.create(channel="sms", state="failed", due_at=clock.now())
    page = county.sign_in(client, "community_worker").get("/desk/undelivered/").content.decode()
    assert "社区乱收费" not in page
    page = county.sign_in(client, "street_dispatcher").get("/desk/undelivered/").content.decode()
    assert "社区乱收费" in page


def test_a_bad_number_of_a_delivery_is_not_an_error_of_ours(county: County, client: Client) -> None:
    assert county.sign_in(client, "street_dispatcher").post("/desk/undelivered/", {"delivery": "x"}).status_code == 404


def test_a_reporter_is_not_made_to_follow_what_is_not_public(county: County) -> None:
    hidden = county.report("neighbour", "物业经理拿回扣", nature="tip_off")
    shown = county.report("owner", "门禁坏了")
    for other, follows in ((hidden, 0), (shown, 1)):
        made = county.report("resident", "一样的事")
        act(county, "community_worker", "mark_duplicate", made, same_as_id=other.pk)
        assert Follow.objects.filter(request=other).count() == follows


def test_a_request_is_not_merged_into_one_that_the_actor_may_not_see(county: County) -> None:
    hidden = county.report("neighbour", "社区乱收费", nature="tip_off", accused_body_id=county.bodies["residents_committee"].pk)
    made = county.report("resident")
    with pytest.raises(Refused) as refusal:
        act(county, "community_worker", "mark_duplicate", made, same_as_id=hidden.pk)
    assert refusal.value.code == "requests.same_as"


def test_a_tip_off_is_not_merged_into_what_the_accused_works_on(county: County) -> None:
    accused = county.bodies["property_company"].pk
    tip_off = county.report("neighbour", "物业偷卖电梯广告", nature="tip_off", accused_body_id=accused)
    other = county.report("resident", "电梯广告太多")
    with pytest.raises(Refused) as refusal:
        act(county, "community_worker", "mark_duplicate", tip_off, same_as_id=other.pk)
    assert refusal.value.code == "requests.tip_off_apart"
    same = county.report("owner", "物业卖广告", nature="tip_off", accused_body_id=accused)
    act(county, "community_worker", "mark_duplicate", tip_off, same_as_id=same.pk)


def test_a_follower_hears_without_the_numbers_that_strangers_do_not_see(county: County) -> None:
    made = county.report("resident", "门禁坏了，打13800001234")
    commands.follow(county.actor("neighbour"), commands.Follow(request_id=made.pk))
    act(county, "community_worker", "accept", made)
    deliver_all(clock.now())
    told = {one.account_id: one.body for one in Message.objects.filter(subject=f"requests.request:{made.pk}")}
    assert "13800001234" in told[county.accounts["resident"].pk]
    assert "13800001234" not in told[county.accounts["neighbour"].pk]


def test_tip_offs_are_not_laid_beside_other_requests_of_the_same_caller(county: County) -> None:
    tip_off = county.report("anonymous", "有人偷排", nature="tip_off", contact_phone="138 0000 0001")
    open_one = county.report("anonymous", "灯坏了", contact_phone="13800000001")
    other = county.report("anonymous", "门坏了", contact_phone="138-0000-0001")
    powers = _powers(county, "community_worker")
    assert [one.pk for one in queries.same_caller(powers, open_one)] == [other.pk]
    assert not queries.same_caller(powers, tip_off).exists()


def test_a_landline_is_taken_and_does_not_keep_others_from_hearing(county: County) -> None:
    cmd = commands.Record(place_code=county.building.code, text="灯坏了", channel="call", contact_phone="0571-88001234")
    made = commands.record(county.actor("community_worker"), cmd)
    commands.follow(county.actor("neighbour"), commands.Follow(request_id=made.pk))
    act(county, "community_worker", "accept", made)
    deliver_all(clock.now())
    assert Message.objects.filter(account_id=county.accounts["neighbour"].pk, subject=f"requests.request:{made.pk}").exists()


def test_an_answer_on_the_spot_is_the_first_reply(county: County) -> None:
    made = act(county, "community_worker", "handle_directly", county.report(), say="换好了。")
    assert Request.objects.get(pk=made.pk).replied_at is not None


def test_more_time_can_be_asked_for_again_after_an_undecided_one_lapsed(county: County) -> None:
    made = in_hand(county, county.report())
    act(county, "property_handler", "request_extension", made, limit="2 working days", note="等配件")
    act(county, "property_handler", "give_feedback", made, say="好了。")
    assert not Request.objects.get(pk=made.pk).matter.extension_open
    act(county, "community_worker", "redo", made, note="没好")
    act(county, "property_handler", "request_extension", made, limit="2 working days", note="还等配件")
    act(county, "community_worker", "grant_extension", made)
    assert [one.granted for one in made.matter.extensions.order_by("pk")] == [None, True]


def test_a_helpers_task_ends_with_the_matter(county: County) -> None:
    made = in_hand(county, county.report())
    act(county, "property_handler", "invite_joint", made, body_id=county.bodies["department"].pk)
    act(county, "resident", "withdraw", made)
    assert not Task.objects.filter(matter=made.matter, done_at__isnull=True).exists()


def test_the_alarms_of_a_limit_ring_again_when_time_was_granted_after_it_ran_out(county: County) -> None:
    made = in_hand(county, county.report())
    act(county, "property_handler", "request_extension", made, limit="3 working days", note="等配件")
    handle = made.matter.clocks.get(key="step:handle", stopped_at__isnull=True)
    assert handle.due_at is not None
    late = handle.due_at + timedelta(minutes=1)
    while handle.next_alarm is not None and handle.next_alarm <= late:
        handle = ring_alarm(System("flow.alarms"), RingAlarm(clock_id=handle.pk), at=late)
    commands.grant_extension(county.actor("community_worker"), commands.GrantExtension(request_id=made.pk), at=late)
    handle.refresh_from_db()
    assert handle.due_at is not None and handle.next_alarm is not None
    assert handle.next_alarm <= handle.due_at


def test_nobody_but_the_reporter_is_asked_when_it_is_done(county: County) -> None:
    made = to_be_looked_at(county, county.report())
    open_tasks = Task.objects.filter(matter=made.matter, done_at__isnull=True)
    assert [task.account_id for task in open_tasks] == [county.accounts["resident"].pk]


def test_what_was_merged_in_is_shown_only_to_who_may_see_it(county: County, client: Client) -> None:
    accused = county.bodies["property_company"].pk
    shown = in_hand(county, county.report("resident", "门禁坏了，刷不开"))
    plain = county.report("neighbour", "门禁也刷不开了", public=False)
    hidden = county.report("owner", "物业倒卖门禁卡", nature="tip_off", accused_body_id=accused)
    for one in (plain, hidden):
        Request.objects.filter(pk=one.pk).update(same_as=shown)  # also what was merged before the rule kept tip-offs apart
    asked = county.sign_in(client, "community_worker").get(f"/desk/requests/{shown.pk}/").content.decode()
    assert plain.number in asked or "门禁也刷不开了" in asked
    assert "倒卖" in asked
    told = county.sign_in(client, "property_handler").get(f"/desk/requests/{shown.pk}/").content.decode()
    assert "倒卖" not in told
    assert "门禁也刷不开了" not in told, "it was never dispatched to the company"


def test_a_merged_request_names_the_other_only_to_who_may_see_that(county: County, client: Client) -> None:
    other = county.report("neighbour", "物业偷卖广告位", nature="tip_off", accused_body_id=county.bodies["property_company"].pk)
    made = in_hand(county, county.report("resident", "电梯广告太多"))
    Request.objects.filter(pk=made.pk).update(same_as=other)
    assert "偷卖" not in county.sign_in(client, "property_handler").get(f"/desk/requests/{made.pk}/").content.decode()
    assert client.get(f"/api/v1/requests/{made.pk}").json()["same_as_id"] is None
    assert "偷卖" in county.sign_in(client, "community_worker").get(f"/desk/requests/{made.pk}/").content.decode()
    assert client.get(f"/api/v1/requests/{made.pk}").json()["same_as_id"] == other.pk
