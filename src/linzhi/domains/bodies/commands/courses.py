"""What formations and filings share: their numbers, their matters, and how both are loaded and locked."""

from __future__ import annotations

from secrets import randbelow
from typing import Annotated, Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.flow.engine import Subject, Words, open_matter
from linzhi.flow.library import key_for
from linzhi.flow.models import Matter
from linzhi.foundation.commands import Context, Input, SafeText
from linzhi.foundation.commands.execution import subject_key
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for

T = TypeVar("T", bound=models.Model)


class OnCourse(Input):
    """An act in a formation or filing. `note` stays among those who take part in it."""

    id: int
    note: Annotated[SafeText, Field(max_length=500)] = ""

    @property
    def given(self) -> set[str]:
        """The names of the inputs that hold something."""
        return {name for name, value in self if value not in ("", None, ())}

    @property
    def words(self) -> Words:
        """The words for the history."""
        return Words("", self.note)


def new_number(ctx: Context, mark: str) -> str:
    """A number such as ZJ20261120-4831; unique by its column, drawn again by whoever sends it again."""
    return f"{mark}{day_of(ctx.at):%Y%m%d}-{randbelow(10**8):08d}"


def begin(ctx: Context, method: str, row: Any, title: str, act: str) -> Matter:
    """Open the matter of a formation or filing by the nearest method of this name above its place."""
    pack = pack_for(row.path)
    subject = Subject(type=subject_type(row), id=row.pk, number=row.number, title=title, path=row.path)
    return open_matter(ctx, key_for(pack, method), pack, subject, act=act)


def subject_type(row: models.Model) -> str:
    """`bodies.formation` or `bodies.filing`."""
    return subject_key(row).partition(":")[0]


def locked(model: type[T], pk: int) -> T:
    """The row and its matter (as `row.matter`), both locked. Raises NotFound."""
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有这件事项。"))
    matter = Matter.objects.select_for_update(no_key=True).get(subject_type=subject_type(row), subject_id=pk)
    setattr(row, "matter", matter)  # noqa: B010 -- T says nothing of it
    return row
