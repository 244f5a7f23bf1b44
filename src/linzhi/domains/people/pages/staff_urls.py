"""Addresses of 人员."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.people.pages import alike, check_in, doors, home, members, person, record, skills, surveys

urlpatterns: list[URLPattern] = [
    path("desk/people/", home.view, name="home"),
    path("desk/people/<int:person_id>/", person.view, name="person"),
    path("desk/people/<int:person_id>/open/", person.open_field, name="open"),
    path("desk/people/<int:person_id>/correct/", record.correct, name="correct"),
    path("desk/people/<int:person_id>/account/", record.link_account, name="link"),
    path("desk/people/<int:person_id>/skills/new/", skills.for_person, name="skill_new"),
    path("desk/people/dwellings/<int:dwelling_id>/residents/new/", record.new_resident, name="resident_new"),
    path("desk/people/dwellings/<int:dwelling_id>/owners/new/", record.new_owner, name="owner_new"),
    path("desk/people/residences/<int:pk>/edit/", record.edit_resident, name="resident_edit"),
    path("desk/people/residences/<int:pk>/end/", record.move_out, name="move_out"),
    path("desk/people/ownerships/<int:pk>/edit/", record.edit_owner, name="owner_edit"),
    path("desk/people/ownerships/<int:pk>/end/", record.end_ownership, name="end_ownership"),
    path("desk/people/alike/", alike.view, name="alike"),
    path("desk/people/alike/<int:one_id>/<int:other_id>/", alike.pair, name="pair"),
    path("desk/people/surveys/", surveys.listed, name="surveys"),
    path("desk/people/surveys/new/", surveys.new, name="survey_new"),
    path("desk/people/surveys/<int:pk>/", surveys.one, name="survey"),
    path("desk/people/surveys/<int:pk>/doors/", doors.view, name="doors"),
    path("desk/people/members/", members.view, name="members"),
    path("desk/people/members/find/", members.find, name="member_find"),
    path("desk/people/members/new/<int:person_id>/", members.new, name="member_new"),
    path("desk/people/members/<int:pk>/edit/", members.edit, name="member_edit"),
    path("desk/people/members/<int:pk>/open/", members.open_member, name="member_open"),
    path("desk/people/skills/", skills.listed, name="skills"),
    path("desk/people/check-ins/", check_in.listed, name="check_ins"),
]
