"""Addresses of 查缺补漏, 对照总览, 为什么 and 销号."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.compliance.pages import (
    board,
    board_list,
    campaign,
    campaign_session,
    campaigns,
    finding,
    findings,
    links,
    rules_urls,
    standing,
    why,
)

urlpatterns: list[URLPattern] = [
    path("desk/findings/", findings.view, name="findings"),
    path("desk/findings/<int:pk>/", finding.view, name="finding"),
    path("desk/why/<slug:subject>/<int:ref>/<slug:check>/", why.view, name="why"),
    path("desk/standing/estate/<str:code>/", standing.view, name="standing_estate"),
    path("desk/standing/<str:code>/", standing.view, name="standing"),
    path("desk/compliance/", board.view, name="board"),
    path("desk/compliance/list/<slug:check>/", board_list.view, name="board_list"),
    *rules_urls.urlpatterns,
    path("desk/campaigns/", campaigns.listed, name="campaigns"),
    path("desk/campaigns/new/", campaigns.new, name="campaign_new"),
    path("desk/campaigns/<int:pk>/", campaign.view, name="campaign"),
    path("desk/campaigns/<int:pk>/close/", campaign.close, name="campaign_close"),
    path("desk/campaigns/<int:pk>/schedule/", campaign_session.new, name="campaign_session"),
    path("desk/links/", links.listed, name="links"),
    path("desk/links/new/", links.new, name="link_new"),
    path("desk/tasks/", links.tasks, name="tasks"),
    path("desk/tasks/new/", links.task_new, name="task_new"),
    path("desk/tasks/<int:pk>/", links.task, name="task"),
]
