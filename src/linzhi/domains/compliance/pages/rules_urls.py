"""Addresses of 本地规定."""

from __future__ import annotations

from django.urls import URLPattern, path

from linzhi.domains.compliance.pages import rules, rules_manual, rules_proposal, rules_propose

urlpatterns: list[URLPattern] = [
    path("desk/rules/", rules.view, name="rules"),
    path("desk/rules/new/", rules_propose.new, name="rule_new"),
    path("desk/rules/manual.html", rules_manual.view, {"kind": "html"}, name="manual_html"),
    path("desk/rules/manual.docx", rules_manual.view, {"kind": "docx"}, name="manual_word"),
    path("desk/rules/<int:pk>/", rules_proposal.view, name="rule"),
    path("desk/rules/<int:pk>/end/", rules_propose.end, name="rule_end"),
]
