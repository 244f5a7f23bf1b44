from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from linzhi.domains.people import metrics
from linzhi.domains.people.commands import CloseSurvey, OpenSurvey, RecordVisit, close_survey, open_survey, record_visit
from linzhi.domains.people.models import Survey, SurveyDoor
from linzhi.domains.places.tests.ground import AT, SmallCounty, holder
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, Refused

DEADLINE = date(2026, 3, 31)


@pytest.fixture
def worker(ground: SmallCounty) -> Actor:
    return holder("community_worker", ground.community.path)


def opening(ground: SmallCounty, **more: Any) -> OpenSurvey:
    data = {"place": ground.community.code, "title": "小区摸底", "basis": "柳东发〔2021〕11号", "deadline": DEADLINE, **more}
    return OpenSurvey.model_validate(data)


@pytest.fixture
def survey(ground: SmallCounty, worker: Actor) -> Survey:
    return open_survey(worker, opening(ground), at=AT)


def visit(actor: Actor, door: SurveyDoor, result: str, **more: Any) -> SurveyDoor:
    return record_visit(actor, RecordVisit.model_validate({"door_id": door.pk, "result": result, **more}), at=AT)


def test_every_dwelling_is_a_door_and_each_grid_worker_answers_only_for_the_own(ground: SmallCounty, survey: Survey) -> None:
    assert survey.doors.count() == len(ground.dwellings)
    door = survey.doors.filter(path=ground.buildings[0].path).first()
    assert door is not None
    visit(holder("grid_worker", ground.buildings[0].path), door, "done", residents=3)
    with pytest.raises(NotAllowed):
        visit(holder("grid_worker", ground.buildings[1].path), door, "done")
    assert metrics.survey_progress(survey, ground.community.path) == {"doors": 8, "visited": 1, "answered": 1, "done": 1}


def test_a_refusal_is_an_answer_and_is_not_asked_about_again(ground: SmallCounty, survey: Survey, worker: Actor) -> None:
    door = survey.doors.order_by("pk")[0]
    visit(worker, door, "absent")
    assert metrics.survey_progress(survey, ground.east.path)["answered"] == 0
    visit(worker, door, "refused")
    for result in ("absent", "refused"):
        with pytest.raises(Refused, match="refused_before"):
            visit(worker, door, result)
    assert visit(worker, door, "done").visits == 3


def test_nothing_is_entered_after_the_last_day_or_the_close(ground: SmallCounty, survey: Survey, worker: Actor) -> None:
    door = survey.doors.order_by("pk")[0]
    with pytest.raises(Refused, match="survey_closed"):
        record_visit(worker, RecordVisit(door_id=door.pk, result="done"), at=AT + timedelta(days=40))
    close_survey(worker, CloseSurvey(survey_id=survey.pk), at=AT)
    with pytest.raises(Refused, match="survey_closed"):
        visit(worker, door, "done")


def test_a_survey_cannot_ask_for_identity_numbers_or_begin_without_homes_or_time(ground: SmallCounty, worker: Actor) -> None:
    with pytest.raises(ValidationError):
        opening(ground, asks=("identity",))
    with pytest.raises(Refused, match="deadline"):
        open_survey(worker, opening(ground, deadline=date(2026, 3, 1)), at=AT)
    with pytest.raises(Refused, match="no_doors"):
        open_survey(worker, opening(ground, place=ground.old.code), at=AT)
    assert not Survey.objects.exists()


def test_the_number_living_there_needs_somebody_who_was_met(ground: SmallCounty, survey: Survey, worker: Actor) -> None:
    with pytest.raises(Refused, match=r"people\.residents"):
        visit(worker, survey.doors.order_by("pk")[0], "absent", residents=2)
