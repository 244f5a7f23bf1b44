"""The shape of pack files. Anything not named here is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from linzhi.policy.values import Scalar, Shape, Type, comparable

Level = Literal["nation", "province", "city", "county", "street"]
# A pack's files reach down to the street; what is entered in the app, to an estate's own rules of procedure.
LEVELS: tuple[str, ...] = ("nation", "province", "city", "county", "street", "community", "estate")
ENTERED_LEVELS = ("county", "street", "community", "estate")
Override = Literal["fixed", "raise", "lower", "free"]
SourceKind = Literal["law", "regulation", "directive", "plan", "paper", "article"]

Text = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,4}$")]
Division = Annotated[str, StringConstraints(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*#\S(.{0,60}\S)?$")]


class Shut(BaseModel):
    """A model that knows all its fields and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class SourceFile(Shut):
    """One document that values are taken from. `verified` says whether its own text was read, and `note` what is uncertain."""

    title: Text
    issuer: Text
    kind: SourceKind
    verified: bool
    number: Text | None = None
    issued: date | None = Field(default=None, alias="date")
    in_force: date | None = None
    repealed: date | None = None
    url: Text | None = None
    articles: list[Text] | None = None
    note: Text | None = None


class PackFile(Shut):
    """`pack.yaml`: who and where the pack is, and the documents it rests on."""

    name: Slug
    level: Level
    title: Text
    maintainer: Text
    parent: Slug | None = None
    fictional: bool = False
    division_codes: list[Division] = []
    note: Text | None = None
    sources: dict[Slug, SourceFile] = {}


class ValueEntry(Shut):
    """One dated value. In force from `from` until the day before `to`; `entered` and `checked` say when we knew."""

    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    value: Any
    source: Reference | None = None
    local: bool = False
    entered: date
    checked: date | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> ValueEntry:
        if self.source is None and not self.local:
            raise ValueError("no_source")
        if self.source is not None and self.local:
            raise ValueError("source_and_local")
        if self.end is not None and self.end <= self.begin:
            raise ValueError("ends_before_it_begins")
        return self


class ParameterEntry(Shut):
    """One entry of `parameters/<area>.yaml`.

    The pack that introduces a key describes it (title, type, override ...); packs below give only `key` and `values`.
    `default_local` says that the sources leave the matter open, so that a local setting may fill it.
    """

    key: Key
    title: Text | None = None
    type: Type | None = None
    of: Scalar | None = None
    options: dict[str, Text] | None = None
    unit: Text | None = None
    least: int | None = Field(default=None, alias="min")
    most: int | None = Field(default=None, alias="max")
    override: Override | None = None
    default_local: bool = False
    description: Text | None = None
    values: list[ValueEntry] = []

    @property
    def declares(self) -> bool:
        """Whether this entry describes the key, and not only gives values for it."""
        described = (self.title, self.type, self.of, self.options, self.unit, self.least, self.most, self.override, self.description)
        return self.default_local or any(part is not None for part in described)

    @model_validator(mode="after")
    def _described(self) -> ParameterEntry:
        if not self.declares:
            return self
        if self.title is None or self.type is None or self.override is None or self.description is None:
            raise ValueError("half_described")
        if (self.type in ("list", "table")) != (self.of is not None):
            raise ValueError("of_belongs_to_list_and_table")
        if ((self.of or self.type) == "choice") != bool(self.options):
            raise ValueError("options_belong_to_choice")
        if (self.least is not None or self.most is not None) and (self.of or self.type) != "int":
            raise ValueError("min_max_belong_to_int")
        if self.override in ("raise", "lower") and not comparable(self.shape()):
            raise ValueError("not_comparable")
        return self

    def shape(self) -> Shape:
        """The shape that every value of the key must have."""
        assert self.type is not None
        return Shape(self.type, self.of, self.options, self.least, self.most)


class CategoryEntry(Shut):
    """One kind of matter that people report. `words` help to find it; `external` holds codes of other systems."""

    code: Slug
    name: Text
    department: Slug
    words: list[Text] = []
    urgent: bool = False
    external: dict[Slug, Text] = {}


class CategoryGroup(Shut):
    """A first-level category with what belongs under it."""

    code: Slug
    name: Text
    words: list[Text] = []
    external: dict[Slug, Text] = {}
    children: list[CategoryEntry]


class CategoryFile(Shut):
    """`categories.yaml`: the tree. Kinds of competent body are the rows of `dispatch.department_map`."""

    categories: list[CategoryGroup]
