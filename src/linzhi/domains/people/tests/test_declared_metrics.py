"""Figures of the registers of people by name."""

from __future__ import annotations

from datetime import date, timedelta

from linzhi.domains.people.models import Ownership, Person, Survey, SurveyDoor
from linzhi.domains.places.tests.figures import told
from linzhi.domains.places.tests.ground import AT, SmallCounty

LATER = AT + timedelta(days=1)


def test_a_home_with_two_owners_is_one_home_and_one_that_was_sold_has_none(ground: SmallCounty) -> None:
    persons = [Person.objects.create(county=ground.county.path, path=ground.east.path, registered=AT) for _n in range(3)]
    home, sold = ground.dwellings[:2]
    for person, dwelling, end in ((persons[0], home, None), (persons[1], home, None), (persons[2], sold, date(2026, 1, 1))):
        Ownership.objects.create(person=person, dwelling=dwelling, path=dwelling.path, denominator=2, begin=date(2010, 1, 1), end=end)
    path, east = ground.county.path, ground.east.path
    assert told("estate.homes_owned", path, LATER) == {east: 1}
    assert told("estate.homes_without_owner", path, LATER) == {east: 7}
    assert told("estate.homes_owned", path, AT - timedelta(days=365)) == {east: 2}
    assert told("county.owners", path, LATER) == {path: 2}


def test_an_estate_is_surveyed_once_every_door_of_one_survey_was_visited(ground: SmallCounty) -> None:
    survey = Survey.objects.create(title="摸排", path=ground.county.path, basis="方案", begin=AT.date(), deadline=AT.date())
    doors = [SurveyDoor.objects.create(survey=survey, dwelling=one, path=one.path) for one in ground.dwellings[:2]]
    SurveyDoor.objects.filter(pk=doors[0].pk).update(result="done", visited=AT)
    east, path = ground.east.path, ground.county.path
    assert told("estate.surveyed", path, LATER) == {east: 0}
    SurveyDoor.objects.filter(pk=doors[1].pk).update(result="absent", visited=AT + timedelta(hours=2))
    assert told("estate.surveyed", path, LATER) == {east: 1}
    assert told("estate.surveyed", path, AT + timedelta(hours=1)) == {east: 0}
    assert (told("estate.survey_visited", path, LATER), told("estate.survey_answered", path, LATER)) == ({east: 2}, {east: 1})
