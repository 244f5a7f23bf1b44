"""业委会候选人: standing, review, objection and answer; the reviewers' pages, and the candidate's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import commands as do
from linzhi.domains.bodies import queries
from linzhi.domains.bodies.models import CandidateReview
from linzhi.domains.bodies.pages.edit_posts import holder
from linzhi.domains.bodies.pages.forms import choose, note, posted, show, words
from linzhi.domains.bodies.pages.frame import Asked, asked_of, base, must, pager
from linzhi.domains.bodies.rules import LEGAL_GROUNDS, REVIEW_RESULTS
from linzhi.domains.places.queries import place_label, place_labels
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import Form, errors_from
from linzhi.web.jinja import query
from linzhi.web.render import page

VIEW = "bodies.review_candidate"
PAGE = 50


class StandForm(Form):
    """Somebody stands, entered by a worker."""

    estate = forms.ChoiceField(label=gettext_lazy("哪个小区"))
    name = words(gettext_lazy("姓名"), 40, required=True)
    phone = words(gettext_lazy("手机号"), 20, required=True, hint=gettext_lazy("用姓名和手机号在人员台账里对上他"))
    capable = forms.BooleanField(label=gettext_lazy("本人声明：具有完全民事行为能力"), required=False)


class ReviewForm(Form):
    """The result of a review."""

    result = forms.ChoiceField(label=gettext_lazy("审查结果"), choices=[("", gettext_lazy("请选择")), *REVIEW_RESULTS.items()])
    ground = forms.ChoiceField(
        label=gettext_lazy("法定理由"), required=False, choices=[("", gettext_lazy("符合条件的不选")), *LEGAL_GROUNDS.items()],
        help_text=gettext_lazy("不符合条件的要选。除了这几条，别的都不能作为理由；是不是党员也不能。"),
    )  # fmt: skip
    reason = note(gettext_lazy("查明的事实"), hint=gettext_lazy("不符合条件的要写明，候选人看得到"))


class ObjectForm(Form):
    """An objection."""

    objection = note(gettext_lazy("异议和理由"), required=True)


class SettleForm(Form):
    """The answer to an objection."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("结论"), choices=[("1", gettext_lazy("异议成立，符合条件")), ("0", gettext_lazy("异议不成立，维持原结果"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    answer = note(gettext_lazy("答复和理由"), required=True)


def view(request: HttpRequest) -> HttpResponse:
    """The candidates inside a place, those that wait first."""
    asked = asked_of(request, VIEW)
    rows = sorted(queries.candidates(asked.powers, asked.place.path), key=lambda row: row.settled is not None)
    first, pages = pager(request, len(rows), PAGE)
    part = rows[first : first + PAGE]
    context = base(request, asked, "candidates") | pages | {
        "rows": part,
        "labels": place_labels({row.path for row in part}),
        "results": REVIEW_RESULTS,
        "may_add": asked.may("bodies.stand_as_candidate"),
    }  # fmt: skip
    return page(request, "bodies/candidates.html", context, nav="bodies")


def new(request: HttpRequest) -> HttpResponse:
    """Enter a candidate for somebody who came to the desk. Refused as its command says."""
    asked = asked_of(request, VIEW)
    must(asked, "bodies.stand_as_candidate")
    form = StandForm(posted(request))
    rows = Territory.objects.filter(within("path", asked.place.path), level="estate", end=None).order_by("path")
    choose(form, "estate", [("", _("请选择")), *rows.values_list("code", "name")[:400]])

    def save(given: dict[str, Any]) -> None:
        _account, person = holder(given["name"], "", given["phone"], asked.place.path)
        if person is None:
            raise Refused("bodies.no_person", _("人员台账里没有姓名和手机号都对得上的人。请先登记这个人。"), status=422, field="phone")
        cmd = do.StandAsCandidate(estate=given["estate"], person_id=person, name=given["name"], capable=given["capable"])
        do.stand_as_candidate(asked.powers.actor, cmd)

    back = reverse("bodies:candidates") + query({}, place=asked.place.code)
    return show(request, asked, form, title=_("登记报名"), back=back, done=_("报名登记好了。"), save=save)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate: what the register says, the review, the objection, the answer, and what the asker may do now."""
    row, asked = _find(request, pk)
    context = base(request, asked, "candidates") | {
        "row": row,
        "label": place_label(row.path),
        "results": REVIEW_RESULTS,
        "grounds": LEGAL_GROUNDS,
        "back": reverse("bodies:candidates") + query({}, place=asked.place.code),
        "may_review": not row.result and row.account_id != asked.powers.actor.account_id and asked.may("bodies.review_candidate", row),
        "may_object": row.result == "rejected" and not row.objection and asked.may("bodies.object_to_review", row),
        "may_settle": bool(row.objection) and row.settled is None and asked.may("bodies.settle_objection", row),
    }
    return page(request, "bodies/candidate.html", context, nav="bodies")


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the review. Refused as its command says."""
    row, asked = _find(request, pk)
    must(asked, "bodies.review_candidate", row)

    def save(given: dict[str, Any]) -> None:
        do.review_candidate(asked.powers.actor, do.ReviewCandidate(review_id=row.pk, **given))

    return _act(request, asked, row, ReviewForm(posted(request)), _("审查%(name)s的参选条件"), save)


def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the objection, entered by a worker. Refused as its command says."""
    row, asked = _find(request, pk)
    must(asked, "bodies.object_to_review", row)

    def save(given: dict[str, Any]) -> None:
        do.object_to_review(asked.powers.actor, do.ObjectToReview(review_id=row.pk, **given))

    return _act(request, asked, row, ObjectForm(posted(request)), _("%(name)s提出异议"), save)


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the answer. Refused as its command says."""
    row, asked = _find(request, pk)
    must(asked, "bodies.settle_objection", row)

    def save(given: dict[str, Any]) -> None:
        cmd = do.SettleObjection(review_id=row.pk, upheld=given["upheld"] == "1", answer=given["answer"])
        do.settle_objection(asked.powers.actor, cmd)

    return _act(request, asked, row, SettleForm(posted(request)), _("答复%(name)s的异议"), save)


def _act(request: HttpRequest, asked: Asked, row: CandidateReview, form: Any, title: str, save: Any) -> HttpResponse:
    back = reverse("bodies:candidate", args=[row.pk])
    return show(request, asked, form, title=title % {"name": row.name}, back=back, done=_("记下了。"), save=save)


def _find(request: HttpRequest, pk: int) -> tuple[CandidateReview, Asked]:
    row = CandidateReview.objects.filter(powers_of(request).visible("bodies.view_candidates"), pk=pk).first()
    if row is None:
        raise NotFound(_("没有这位候选人，或者不在您的范围内。"))
    return row, asked_of(request, VIEW, path=row.path)


def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidate's own page: the result with its ground, and the objection. Raises NotFound for anybody else."""
    powers = powers_of(request)
    account_id = powers.actor.account_id
    row = CandidateReview.objects.filter(pk=pk, account_id=account_id).first() if account_id is not None else None
    if row is None:
        raise NotFound(_("没有这次报名，或者不是您的。"))
    form = ObjectForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            do.object_to_review(powers.actor, do.ObjectToReview(review_id=row.pk, objection=form.cleaned_data["objection"]))
        except Refused as refusal:
            errors_from(refusal, form)
        else:
            return redirect("bodies:own_review", row.pk)
    context = {
        "row": row, "form": form, "label": place_label(row.path), "results": REVIEW_RESULTS, "grounds": LEGAL_GROUNDS,
        "may_object": row.result == "rejected" and not row.objection and bool(powers.decide("bodies.object_to_review", row)),
    }  # fmt: skip
    return page(request, "bodies/own_review.html", context, status=422 if form.errors else 200)
