"""Addresses of 组织和岗位, and the candidate's own page."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.bodies.pages import body, candidates, edit_bodies, edit_posts, filings, formations, home

urlpatterns: list[URLPattern] = [
    path("desk/bodies/", home.view, name="home"),
    path("desk/bodies/new/", edit_bodies.new, name="body_new"),
    path("desk/bodies/<int:pk>/", body.view, name="body"),
    path("desk/bodies/<int:pk>/edit/", edit_bodies.edit, name="body_edit"),
    path("desk/bodies/<int:pk>/dissolve/", edit_bodies.dissolve, name="body_dissolve"),
    path("desk/bodies/<int:pk>/terms/new/", edit_bodies.new_term, name="term_new"),
    path("desk/bodies/<int:pk>/links/new/", edit_bodies.new_link, name="link_new"),
    path("desk/bodies/links/<int:pk>/end/", edit_bodies.end_link, name="link_end"),
    path("desk/bodies/<int:pk>/area/", edit_bodies.area, name="body_area"),
    path("desk/bodies/<int:pk>/competences/", edit_bodies.competences, name="body_competences"),
    path("desk/bodies/<int:pk>/posts/new/", edit_posts.new, name="post_new"),
    path("desk/bodies/posts/<int:pk>/appoint/", edit_posts.appoint, name="appoint"),
    path("desk/bodies/holdings/<int:pk>/end/", edit_posts.end, name="holding_end"),
    path("desk/bodies/formations/", formations.view, name="formations"),
    path("desk/bodies/formations/new/<str:code>/", formations.new, name="formation_new"),
    path("desk/bodies/formations/<int:pk>/", formations.one, name="formation"),
    path("desk/bodies/formations/<int:pk>/<slug:act>/", formations.act, name="formation_act"),
    path("desk/bodies/filings/", filings.view, name="filings"),
    path("desk/bodies/filings/<int:pk>/", filings.one, name="filing"),
    path("desk/bodies/filings/<int:pk>/<slug:act>/", filings.act, name="filing_act"),
    path("desk/bodies/candidates/", candidates.view, name="candidates"),
    path("desk/bodies/candidates/new/", candidates.new, name="candidate_new"),
    path("desk/bodies/candidates/<int:pk>/", candidates.one, name="candidate"),
    path("desk/bodies/candidates/<int:pk>/review/", candidates.review, name="candidate_review"),
    path("desk/bodies/candidates/<int:pk>/object/", candidates.object_to, name="candidate_object"),
    path("desk/bodies/candidates/<int:pk>/settle/", candidates.settle, name="candidate_settle"),
    path("me/candidacy/<int:pk>/", candidates.own, name="own_review"),
]
