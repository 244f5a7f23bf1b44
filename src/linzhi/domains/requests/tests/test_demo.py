"""The demo county stands as its screens need it: every exception, every scene by name, all methods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from linzhi.domains.bodies import demo as bodies
from linzhi.domains.requests import demo, queries
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.domains.requests.demo.scenes import begin_of
from linzhi.domains.requests.demo.today import EXCEPTIONS, NAMED
from linzhi.domains.requests.demo.world import World
from linzhi.domains.requests.demo.year import STORIES
from linzhi.domains.requests.models import NATURES, Request
from linzhi.flow import library
from linzhi.flow import queries as flow
from linzhi.flow.models import Clock, Happening, Matter, Task
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.notify.models import Message
from linzhi.foundation.privacy.queries import openings_of
from linzhi.kernel.clock import BEIJING

NOW = datetime.fromisoformat("2026-11-20T15:45:00+08:00")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A small year of the whole county, played once for this file and rolled back."""
    library._stored.clear()  # the test before may have emptied the database
    with django_db_blocker.unblock(), transaction.atomic():
        county = bodies.build(NOW - timedelta(days=400))
        played = demo.build(NOW, county, share=0.02)
        assert played is not None
        yield played
        transaction.set_rollback(True)


def scene(world: World, name: str) -> Request:
    """A scene's request as it stands in the database."""
    return Request.objects.select_related("matter").get(pk=world.scenes[name].request.pk)


@pytest.mark.parametrize("name", [one.name for one in NAMED + EXCEPTIONS])
def test_every_scene_has_begun(world: World, name: str) -> None:
    assert scene(world, name).reported_at <= NOW


STANDS = {
    "lamp": "close", "corridor": "handle", "lift_2": "handle", "verify_late": "verify", "verify_now": "verify", "new_1": "collect",
    "to_sort": "sort", "noise": "solved", "many": "handle", "leak": "handle", "wire": "handle", "returned_1": "sort", "returned_2": "sort",
    "reopened": "sort", "slide": "handle", "sign_late": "sign", "respond_late": "collect", "urgent": "handle", "urgent_done": "solved",
    "loop_quick": "solved", "loop_redo": "handle", "twice_returned": "handle", "arbitrate": "arbitrate", "joint_open": "handle",
    "joint_done": "solved", "extension_asked": "handle", "extension_granted": "handle", "extension_refused": "handle",
    "suspended": "handle", "resumed": "solved", "redone": "handle", "unsolved_open": "handle", "unsolved_redone": "solved",
    "low_answered": "solved", "declined": "not_ours", "door_again": "duplicate", "withdrawn": "withdrawn", "beyond": "beyond_power",
    "beyond_waiting": "beyond_review", "not_done": "not_done", "tip_off": "handle", "direct": "solved", "praise": "solved",
    "consult": "solved", "waits_today": "collect", "handed_over": "handle", "supervised_county": "handle",
}  # fmt: skip


@pytest.mark.parametrize(("name", "step"), STANDS.items())
def test_a_scene_stands_where_its_screen_needs_it(world: World, name: str, step: str) -> None:
    assert scene(world, name).matter.step == step


def test_the_resident_sees_who_looked_at_her_number(world: World) -> None:
    openings = openings_of(world.county.actor("resident"))
    assert len(openings) >= 2
    assert all(one.actor_name and one.purpose for one in openings)


def test_the_grid_workers_day_has_about_six_tasks_and_one_late(world: World) -> None:
    tasks = flow.my_tasks(Powers(world.county.actor("grid_worker"), NOW))
    assert 5 <= len({task.matter_id for task in tasks}) <= 9
    assert world.scenes["verify_late"].request.matter_id in {task.matter_id for task in tasks if task.due_at and task.due_at < NOW}


def test_the_communitys_desk_has_each_kind_of_exception(world: World) -> None:
    counts = queries.tab_counts(Powers(world.county.actor("community_worker"), NOW), NOW, queries.TABS)
    assert counts["overdue"] >= 3
    assert all(counts[tab] for tab in ("today", "waiting", "returned", "reopened", "low", "many"))


def test_somebody_overdue_has_been_called_in(world: World) -> None:
    assert Task.objects.filter(kind="escalated", done_at__isnull=True).count() >= 4
    assert Clock.objects.filter(stopped_at__isnull=True, due_at__lt=NOW, alarms_done__gte=2).exists()


def test_more_time_was_asked_granted_and_refused(world: World) -> None:
    assert scene(world, "extension_asked").matter.extension_open
    assert scene(world, "extension_granted").matter.extensions.get().granted is True
    assert scene(world, "extension_refused").matter.extensions.get().granted is False


def test_pauses_stand_still_or_have_ended(world: World) -> None:
    assert scene(world, "suspended").matter.paused
    assert scene(world, "resumed").matter.pauses.get().end is not None


def test_the_third_return_went_to_the_street(world: World) -> None:
    assert "requests.assign_finally" in scene(world, "twice_returned").matter.actors
    assert scene(world, "arbitrate").dispatches.filter(returned_at__isnull=False).count() == 3


def test_a_split_request_has_one_part_done_and_one_open(world: World) -> None:
    parts = scene(world, "split").parts.select_related("matter")
    assert sorted(part.matter.closed_at is None for part in parts) == [False, True]


def test_a_tip_off_is_hidden_from_the_company_it_is_about(world: World) -> None:
    request = scene(world, "tip_off")
    company = Powers(world.county.actor("property_handler"), NOW)
    assert request.hidden_from_body_id == world.county.bodies["凤栖苑物业"].pk
    assert not company.decide("requests.view", request)


def test_a_report_without_an_account_opens_with_its_code(world: World) -> None:
    request = scene(world, "anonymous")
    assert request.reporter_id is None
    assert queries.get_by_code(request.number, status_code_of(request)).pk == request.pk


def test_low_ratings_wait_or_are_answered(world: World) -> None:
    assert scene(world, "noise").ratings.get().replied_at is None
    assert scene(world, "low_answered").ratings.get().reply


def test_a_dozen_sheets_wait_for_a_place(world: World) -> None:
    assert Request.objects.filter(located=False, channel="hotline").count() == 12
    assert scene(world, "located").located


def test_all_natures_and_all_four_methods_occur(world: World) -> None:
    assert set(Request.objects.values_list("nature", flat=True)) == set(NATURES)
    followed = {key.split("/")[1] for key in Matter.objects.filter(subject_type="requests.request").values_list("version__key", flat=True)}
    assert followed == {"whistle", "closed-loop", "graded", "request"}


def test_nothing_was_closed_by_the_system(world: World) -> None:
    finals = {"solved", "not_done", "not_ours", "duplicate", "withdrawn", "beyond_power"}
    assert not Happening.objects.filter(actor__startswith="system:", step_to__in=finals).exists()


def test_history_stands_in_the_order_of_time(world: World) -> None:
    moments = list(Happening.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments) and moments[-1] <= NOW


def test_the_resident_has_been_told(world: World) -> None:
    assert Message.objects.filter(account_id=world.county.accounts["resident"]).count() >= 4


def test_playing_again_changes_nothing(world: World) -> None:
    assert demo.build(NOW, world.county) is None


def test_no_text_names_a_place_that_is_left_blank() -> None:
    for story in STORIES.values():
        for text in (*story.result, *(part for pair in story.told for part in pair)):
            assert text.format(b="3幢", u="2", f=5)


@pytest.mark.parametrize("now", ["2026-11-21T02:10:00+08:00", "2026-10-04T12:00:00+08:00", "2026-11-20T15:50:00+08:00"])
def test_the_last_whole_working_day_is_found_on_any_day(db: None, now: str) -> None:
    begun = begin_of("D 09:12", datetime.fromisoformat(now))
    assert begun.astimezone(BEIJING).weekday() < 5 and begun < datetime.fromisoformat(now)
