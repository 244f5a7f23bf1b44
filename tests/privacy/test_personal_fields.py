"""Every personal column of every table is declared, and docs/privacy.md says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import models

from linzhi.foundation.privacy import personal, retention, stores
from linzhi.foundation.privacy.fields import SealedField

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "privacy.md"
BEGIN, END = "<!-- fields: begin (linzhi privacy table) -->\n", "<!-- fields: end -->"


def test_every_column_that_may_hold_personal_data_is_declared_or_said_to_be_plain() -> None:
    assert personal.undeclared() == [], "declare them in the access.py of their domain: docs/how-to/add-a-domain.md"


def test_every_blind_index_can_be_computed_anew() -> None:
    assert personal.unindexed() == []


def test_every_declaration_says_what_for_on_what_ground_who_sees_it_and_how_long() -> None:
    for entry in personal.entries():
        assert all(str(part).strip() for part in (entry.what, entry.purpose, entry.basis, entry.seen_by, entry.kept)), entry.key


def test_every_rule_that_a_declaration_names_exists() -> None:
    known = {rule.name for rule in retention.rules()}
    assert {entry.rule for entry in personal.entries() if entry.rule} - known == set()


def test_every_column_of_the_document_is_as_declared() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    table = text.partition(BEGIN)[2].partition(END)[0]
    assert table == personal.markdown(), "write it anew: linzhi privacy table"


def test_every_sealed_column_is_walked_when_keys_change() -> None:
    walked = {store.name for store in stores.stores("data_key")}
    assert {f"{model._meta.label}.{column}" for model, column in personal.sealed_columns()} <= walked


@pytest.mark.parametrize(
    "column",
    [
        SealedField(kind="phone", name="x"), models.CharField(max_length=9, name="contact_phone"),
        models.CharField(max_length=9, name="by"),
        models.BigIntegerField(name="account_id"), models.TextField(name="x"), models.JSONField(name="x"),
        models.CharField(max_length=100, name="x"), models.DateField(name="birthday"),
        models.ForeignKey("people.Person", models.PROTECT, name="x"),
    ],
)  # fmt: skip
def test_a_column_that_may_hold_personal_data_is_recognised(column: models.Field) -> None:  # type: ignore[type-arg]
    if isinstance(column, models.ForeignKey):
        from linzhi.domains.people.models import Person

        column.remote_field.model = Person
    assert personal.looks_personal(column)


@pytest.mark.parametrize(
    "column", [models.DateField(name="begin"), models.CharField(max_length=20, name="room"), models.UUIDField(name="key")]
)
def test_a_column_that_holds_none_is_left_alone(column: models.Field) -> None:  # type: ignore[type-arg]
    assert not personal.looks_personal(column)
