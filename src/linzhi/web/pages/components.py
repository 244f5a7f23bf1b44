"""All components in all their states, in each shell: what page writers copy from and what the browser tests open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linzhi.kernel.clock import now
from linzhi.kernel.refused import Refused
from linzhi.web.forms import Form, PhotosField, errors_from
from linzhi.web.picture import EdgeRow, NodeRow
from linzhi.web.render import page
from linzhi.web.shell import Shell

FRAMES = {"phone": _("手机"), "desk": _("工作台"), "public": _("公开页"), "wall": _("大屏"), "print": _("纸")}

METHOD_NODES: list[NodeRow] = [
    ("report", "上报", "居民、网格员", "step"),
    ("accept", "受理", "社区 2 小时", "step"),
    ("dispatch", "派遣", "社区 4 小时", "step"),
    ("sign", "签收", "承办单位 2 小时", "step"),
    ("handle", "处置", "承办单位 3 个工作日", "step"),
    ("feedback", "反馈", "承办单位", "step"),
    ("verify", "核查", "网格员 1 天", "step"),
    ("close", "结案", "社区", "step"),
    ("visit", "回访", "居民评价", "end"),
    ("declined", "不予受理", "说明理由", "end"),
    ("pending", "挂账", "两人确认", "wait"),
]
METHOD_EDGES: list[EdgeRow] = [
    ("report", "accept", "", "main"),
    ("accept", "dispatch", "", "main"),
    ("dispatch", "sign", "", "main"),
    ("sign", "handle", "", "main"),
    ("handle", "feedback", "", "main"),
    ("feedback", "verify", "", "main"),
    ("verify", "close", "", "main"),
    ("close", "visit", "", "main"),
    ("accept", "declined", "不予受理", "exception"),
    ("accept", "close", "自办直结", "exception"),
    ("sign", "dispatch", "退单", "exception"),
    ("handle", "dispatch", "改派", "exception"),
    ("handle", "handle", "延期", "exception"),
    ("handle", "handle", "协办", "exception"),
    ("handle", "handle", "督办", "exception"),
    ("handle", "pending", "超出能力", "exception"),
    ("pending", "handle", "条件具备", "exception"),
    ("verify", "handle", "重办", "exception"),
    ("visit", "handle", "没解决", "exception"),
    ("visit", "accept", "又发生", "exception"),
]


class SampleForm(Form):
    """One field of each kind."""

    what = forms.CharField(label=_("出了什么事"), help_text=_("说一句话就行，例如“3幢门口的灯不亮”。"), widget=forms.Textarea)
    place = forms.ChoiceField(label=_("在哪里"), choices=[("", _("请选择")), ("3", _("3幢")), ("5", _("5幢"))])
    nature = forms.ChoiceField(
        label=_("这是"), choices=[("help", _("求助")), ("complain", _("投诉")), ("advise", _("建议"))], widget=forms.RadioSelect
    )
    also = forms.MultipleChoiceField(
        label=_("还想告诉谁"), required=False, choices=[("grid", _("网格员")), ("head", _("楼栋长"))], widget=forms.CheckboxSelectMultiple
    )
    phone = forms.CharField(
        label=_("您的电话"),
        required=False,
        help_text=_("只有经办人能看，每次打开都有记录。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    photos = PhotosField(label=_("照片"), help_text=_("最多 6 张。位置信息会自动去掉。"))
    public = forms.BooleanField(label=_("可以公开这件事（不公开您的姓名和电话）"), required=False)
    draft_id = forms.CharField(widget=forms.HiddenInput, required=False, initial="7")


def _wrong_form() -> forms.Form:
    form = SampleForm({"b-phone": "1380000", "b-nature": "help", "b-draft_id": "7"}, prefix="b")
    refusal = Refused("requests.phone", "电话少了几位，请核对后再填。", field="phone")
    return errors_from(refusal, form)


def _timeline(at: datetime) -> list[dict[str, object]]:
    return [
        {"at": at - timedelta(minutes=5), "title": "社区请您看看", "state": "now", "meta": "请在 3 天内看看"},
        {
            "at": at - timedelta(hours=1),
            "title": "物业说修好了",
            "strong": True,
            "text": "换了镇流器，两盏都亮了。",
            "photos": 2,
            "photos_href": "#main",
        },
        {"at": at - timedelta(hours=6), "title": "网格员林晓梅接了这件事", "meta": "用了 4 分钟，说好 10 分钟内"},
        {"at": at - timedelta(days=1), "title": "您报了这件事"},
    ]


def sample() -> dict[str, object]:
    """Everything that the page of components shows; invented, and relative to the present."""
    at = now()
    return {
        "at": at,
        "hours": lambda n: at + timedelta(hours=n, minutes=20),
        "good": SampleForm(initial={"nature": "help"}, prefix="a"),
        "bad": _wrong_form(),
        "entries": _timeline(at),
        "nodes": METHOD_NODES,
        "edges": METHOD_EDGES,
        "as_of": at,
    }


def view(request: HttpRequest, frame: str = "phone") -> HttpResponse:
    """Show all components inside one shell. Refuses a shell that doesn't exist."""
    if frame not in FRAMES:
        raise Http404
    someone = Shell(who="赵文静", post="梧桐社区受理岗", crumb=("清禾区", "望江街道", "梧桐社区"), unread=5, may=lambda action: True)
    frames = [{"label": label, "href": reverse("web:components_in", args=[key]), "current": key == frame} for key, label in FRAMES.items()]
    context = {**sample(), "frames": frames, "frame": frame, "frame_template": f"{frame}.html"}
    return page(request, "pages/components.html", context, shell=someone)
