"""Forms keep what was typed, tie errors to fields, and speak Chinese."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from pydantic import BaseModel, Field, ValidationError, field_validator

from linzhi.kernel.refused import Refused
from linzhi.web import render
from linzhi.web.forms import Form, PhotosField, errors_from, summary


class Report(Form):
    what = forms.CharField(label="出了什么事", help_text="说一句话就行。", widget=forms.Textarea)
    nature = forms.ChoiceField(label="这是", choices=[("help", "求助"), ("complain", "投诉")], widget=forms.RadioSelect)
    phone = forms.CharField(label="电话", required=False)
    photos = PhotosField(label="照片", most=2)


class Sent(BaseModel):
    what: str = Field(min_length=2, max_length=5)
    nature: Literal["help", "complain"]
    area: int = Field(ge=1)
    when: datetime
    phone: str = ""

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str) -> str:
        if value and not value.startswith("1"):
            raise ValueError("手机号以 1 开头。")
        return value


def draw(form: forms.Form, name: str, **extra: object) -> str:
    return render.environment().from_string("{{ ui.field(form[name], **extra) }}").render(form=form, name=name, extra=extra)


def test_hint_and_error_are_tied_to_the_control() -> None:
    made = draw(Report({"what": ""}), "what")
    assert 'aria-describedby="id_what-hint id_what-error"' in made and 'aria-invalid="true"' in made
    assert 'id="id_what-hint"' in made and 'id="id_what-error"' in made
    assert "请填写出了什么事。" in made and '<label class="form-label" for="id_what">' in made


def test_a_field_without_hint_and_error_describes_nothing() -> None:
    made = draw(Report(), "phone")
    assert "aria-describedby" not in made and "（可不填）" in made and "placeholder" not in made


def test_a_hint_given_in_the_template_is_tied_too() -> None:
    assert 'aria-describedby="id_phone-hint"' in draw(Report(), "phone", hint="只有经办人能看。")


def test_a_choice_is_asked_for_in_its_own_words_and_keeps_the_choice() -> None:
    assert "请选择这是。" in draw(Report({}), "nature")
    assert 'value="complain" id="id_nature_1" checked' in draw(Report({"nature": "complain"}), "nature")


def test_a_refusal_of_a_field_stands_at_the_field_and_nothing_typed_is_lost() -> None:
    form = errors_from(
        Refused("requests.phone", "电话少了几位。", field="phone"), Report({"what": "灯不亮", "nature": "help", "phone": "138"})
    )
    assert form.errors["phone"] == ["电话少了几位。"]
    assert 'value="138"' in draw(form, "phone") and "灯不亮" in draw(form, "what")


def test_a_refusal_of_the_whole_stands_above_the_form() -> None:
    form = errors_from(Refused("requests.closed", "已经办结。"), Report({"what": "灯", "nature": "help"}))
    assert summary(form) == [("", "已经办结。")]


def _error(**data: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Sent(**{"what": "灯不亮", "nature": "help", "area": 1, "when": "2026-11-20T15:30", **data})  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"what": "灯"}, "what", "太短了，至少 2 个字。"),
        ({"what": "灯不亮了好久"}, "what", "太长了，最多 5 个字。"),
        ({"nature": "x"}, "nature", "请从给出的选项里选一个。"),
        ({"phone": "9"}, "phone", "手机号以 1 开头。"),
    ],
)
def test_an_input_error_is_said_in_chinese_at_its_field(data: dict[str, object], field: str, says: str) -> None:
    form = errors_from(_error(**data), Report({"what": "灯不亮", "nature": "help"}))
    assert form.errors[field] == [says]


def test_an_input_error_of_a_field_that_the_form_lacks_is_not_swallowed() -> None:
    form = errors_from(_error(area=0, when="nonsense"), Report({"what": "灯不亮", "nature": "help"}))
    assert form.non_field_errors() == ["area：不能小于 1。", "when：请填写正确的日期和时间，例如 2026-11-20 15:30。"]


def test_a_form_with_errors_lists_them_with_links_to_the_fields() -> None:
    made = render.environment().from_string("{{ ui.form_errors(form) }}").render(form=Report({}))
    assert "有 2 处要改：" in made and 'href="#id_what"' in made and 'href="#id_nature_0"' in made
    assert render.environment().from_string("{{ ui.form_errors(form) }}").render(form=Report()).strip() == ""


def _photos(n: int) -> MultiValueDict[str, SimpleUploadedFile]:
    return MultiValueDict({"photos": [SimpleUploadedFile(f"{i}.jpg", b"x") for i in range(n)]})


def test_several_photos_come_as_a_list_and_too_many_are_refused() -> None:
    form = Report({"what": "灯不亮", "nature": "help"}, _photos(2))
    assert form.is_valid() and [photo.name for photo in form.cleaned_data["photos"]] == ["0.jpg", "1.jpg"]
    form = Report({"what": "灯不亮", "nature": "help"}, _photos(3))
    assert form.errors["photos"] == ["最多 2 张，您选了 3 张。请少选几张。"]
    form = Report({"what": "灯不亮", "nature": "help"})
    assert form.is_valid() and form.cleaned_data["photos"] == []


def test_the_file_field_takes_several_pictures() -> None:
    made = draw(Report(), "photos")
    assert "multiple" in made and 'accept="image/jpeg' in made
