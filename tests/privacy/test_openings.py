"""Every sealed value that leaves in clear is in the log of openings: what the source says, and what the doors do."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linzhi.domains.people import commands as people
from linzhi.domains.people.models import Membership, Ownership, Person, Residence
from linzhi.domains.people.queries.members import member_index
from linzhi.domains.people.rules import MEMBERSHIP_KINDS
from linzhi.domains.places.models import Dwelling
from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.rights.commands import AskCorrection, Export, ReadCorrection, ask_correction, export, read_correction
from tests.privacy.doors import LOGGING, UNLOGGED
from tests.support.small_county import BEGIN, County

SOURCE = Path(__file__).resolve().parents[2] / "src" / "linzhi"
NAME, PHONE, OWNER, CERTIFICATE = "慕容听雨", "13655550001", "欧阳琴心", "浙（2020）青杉不动产权第0098765号"
SEAT = "云桥市第三机械厂退休支部"


def openers() -> dict[str, int]:
    """Each file that opens sealed values itself, with the first line that does."""
    found: dict[str, int] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Attribute) and node.attr in ("open_value", "unseal")
            named = isinstance(node, ast.Name) and node.id == "unseal"
            if called or named:
                found.setdefault(path.relative_to(SOURCE).as_posix(), node.lineno)
    return found


def test_nothing_opens_a_sealed_value_beside_the_log_but_what_the_list_gives_a_reason_for() -> None:
    unknown = {file: line for file, line in openers().items() if file not in UNLOGGED}
    assert unknown == {}, "read it by linzhi.foundation.privacy.opening, or give the reason in tests/privacy/doors.py and docs/privacy.md"


def test_the_list_of_reasons_has_no_file_that_opens_nothing_any_more_and_is_in_the_document() -> None:
    assert set(UNLOGGED) - set(openers()) == set()
    text = (SOURCE.parents[1] / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert [file for file in UNLOGGED if f"`{file}`" not in text] == []


@dataclass
class Watch:
    """What was opened inside a block, by whom, beside how many lines the log got."""

    opened: list[tuple[str, str]] = field(default_factory=list)
    logged: int = 0

    @property
    def to_be_logged(self) -> int:
        """Values opened by the ways that log."""
        return sum(1 for file, text in self.opened if text and file in LOGGING)


@contextmanager
def watching(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Record every opening of a sealed value with the file that asked for it."""
    watch, plain, before = Watch(), Sealed.open_value, Opening.objects.count()

    def open_value(self: Sealed) -> str:
        caller = Path(sys._getframe(1).f_code.co_filename)
        file = caller.relative_to(SOURCE).as_posix() if caller.is_relative_to(SOURCE) else "tests"
        text = plain(self)
        watch.opened.append((file, text))
        return text

    with monkeypatch.context() as patch:
        patch.setattr(Sealed, "open_value", open_value)
        yield watch
    watch.logged = Opening.objects.count() - before


@dataclass
class World:
    """The county with sealed values that stand nowhere in clear."""

    county: County
    request: int
    person: int
    owner: int
    correction: int
    member: int


@pytest.fixture
def world(county: County) -> World:
    made = county.report(contact_name=NAME, contact_phone=PHONE, anonymous=False)
    dwelling = Dwelling.objects.filter(building=county.building).first()
    assert dwelling is not None
    place = {"county": county.territory.path, "path": county.building.path, "registered": BEGIN}
    person = Person.objects.create(name=Sealed.of(NAME, "name"), phone=Sealed.of(PHONE, "phone"), phone_index=blind_index(PHONE), **place)
    Residence.objects.create(person=person, dwelling=dwelling, path=dwelling.path, kind="tenant", begin=BEGIN.date())
    owner = Person.objects.create(name=Sealed.of(OWNER, "name"), account_id=county.accounts["neighbour"].pk, **place)
    Ownership.objects.create(
        person=owner, dwelling=dwelling, path=dwelling.path, certificate=Sealed.of(CERTIFICATE, "code"), begin=BEGIN.date(), denominator=3
    )
    asked = ask_correction(
        county.actor("resident"), AskCorrection(about="residence", text=f"我叫{NAME}，写错了", place=county.building.code)
    )
    member = Membership.objects.create(
        person=Sealed.of(str(person.pk)), person_index=member_index(county.territory.path, person.pk), seat=Sealed.of(SEAT),
        path=county.estate.path, kind=next(iter(MEMBERSHIP_KINDS)), standing="probationary", begin=BEGIN.date(),
    )  # fmt: skip
    return World(county, made.pk, person.pk, owner.pk, asked.pk, member.pk)


def secrets_in(text: str) -> set[str]:
    return {secret for secret in (NAME, PHONE, OWNER, CERTIFICATE, SEAT) if secret in text}


def _reveal_on_page(world: World) -> str:
    client = world.county.sign_in(Client(), "community_worker")
    return client.post(f"/desk/requests/{world.request}/contact/", {"purpose": "contact"}).content.decode()


def _reveal_by_api(world: World) -> str:
    client = world.county.sign_in(Client(), "community_worker")
    answer = client.post(f"/api/v1/requests/{world.request}/reveal_contact", {"purpose": "visit"}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return str(answer.json())


def _read_correction(world: World) -> str:
    return read_correction(world.county.actor("community_worker"), ReadCorrection(correction_id=world.correction))


def _correction_page(world: World) -> str:
    client = world.county.sign_in(Client(), "community_worker")
    return client.post(f"/desk/corrections/{world.correction}/", {"read": "1"}).content.decode()


def _own_export(world: World) -> str:
    actor = world.county.actor("resident")
    return str(export(actor, Export(account_id=actor.account)))


def _owners_own_export(world: World) -> str:
    actor = world.county.actor("neighbour")
    return str(export(actor, Export(account_id=actor.account)))


def _person(world: World) -> str:
    actor = world.county.actor("community_worker")
    return str(
        [people.reveal_person(actor, people.RevealPerson(person_id=world.person, field=f, purpose="contact")) for f in ("name", "phone")]
    )


def _member(world: World) -> str:
    cmd = people.RevealMember(membership_id=world.member, purpose="contact")
    return str(people.reveal_member(world.county.actor("branch_secretary"), cmd))


def _register(kind: str) -> Callable[[World], str]:
    def leave(world: World) -> str:
        import linzhi.domains.people.registers  # noqa: F401 - they declare themselves
        from linzhi.foundation.sheets import commands as sheets
        from linzhi.foundation.sheets.exporting import Target

        out = io.BytesIO()
        cmd = sheets.Export(kind=kind, place=world.county.community.code, purpose="入户核对", clear=True, target=Target(out))
        sheets.export(world.county.actor("community_worker"), cmd)
        return cells_of(out.getvalue())

    return leave


def cells_of(workbook: bytes) -> str:
    """Everything that is written in a workbook."""
    from openpyxl import load_workbook

    rows = load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
    return " ".join(str(cell) for row in rows for cell in row if cell is not None)


# A door: how it is opened, what it must show.
DOORS: dict[str, tuple[Callable[[World], str], set[str]]] = {
    "page of a contact": (_reveal_on_page, {NAME, PHONE}),
    "API of a contact": (_reveal_by_api, {NAME, PHONE}),
    "correction": (_read_correction, {NAME}),
    "page of a correction": (_correction_page, {NAME}),
    "record of a person": (_person, {NAME, PHONE}),
    "row of the closed room": (_member, {NAME, PHONE, SEAT}),
    "own export": (_own_export, {NAME, PHONE}),
    "own export of an owner": (_owners_own_export, {OWNER, CERTIFICATE}),
    "register of residents": (_register("residents"), {NAME, PHONE}),
    "register of owners": (_register("owners"), {OWNER, CERTIFICATE}),
}

# Which door shows a sealed column in clear, or why none does.
READ_AT = {
    "accounts.Account.phone": "own export",
    "files.StoredFile.name": "none: a file's name goes with the file",
    "notify.Message.phone": "none: messages are sent to it",
    "notify.Message.email": "none: messages are sent to it",
    "rights.Correction.text": "correction",
    "rights.Correction.answer": "own export",
    "sheets.SheetImport.file_name": "none: shown masked",
    "sheets.SheetImport.file_key": "none: the engine's",
    "sheets.SheetImport.why": "none: a sentence of the engine, to those who import",
    "sheets.SheetTrace.trace": "none: the engine's",
    "sheets.SheetFault.words": "none: what a preview found, to those who import",
    "people.Person.name": "register of residents",
    "people.Person.phone": "register of residents",
    "people.Identity.number": "own export of an owner",
    "people.Ownership.certificate": "register of owners",
    "people.Membership.person": "row of the closed room",
    "people.Membership.seat": "row of the closed room",
    "people.CheckIn.name": "own export",
    "people.CheckIn.phone": "own export",
    "requests.Request.contact_name": "page of a contact",
    "requests.Request.contact_phone": "page of a contact",
    "requests.ActDraft.words": "none: the writer's own words",
}


def test_every_sealed_column_has_its_door_or_a_reason_for_none() -> None:
    columns = {f"{model._meta.label}.{column}" for model, column in personal.sealed_columns()}
    assert columns == set(READ_AT)
    assert {where for where in READ_AT.values() if not where.startswith("none: ")} <= set(DOORS)


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_what_a_door_shows_in_clear_is_logged_value_by_value(world: World, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, expected = DOORS[door]
    with watching(monkeypatch) as watch:
        shown = opened(world)
    assert secrets_in(shown) >= expected
    assert watch.logged == watch.to_be_logged >= len(expected)
    assert {file for file, _text in watch.opened} <= set(UNLOGGED)
    assert not Opening.objects.filter(purpose="").exists()


@pytest.mark.django_db
def test_pages_and_the_api_that_ask_no_purpose_show_nobody_a_sealed_value(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for role, least in (("anonymous", 5), ("grid_worker", 15), ("community_worker", 20), ("county_officer", 20), ("administrator", 20)):
        client, shown = Client() if role == "anonymous" else world.county.sign_in(Client(), role), 0
        for address in addresses(world):
            with watching(monkeypatch) as watch:
                answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert answer.status_code < 500, address
            assert secrets_in(body.decode("utf-8", "replace")) == set(), f"{role} at {address}"
            assert watch.logged == watch.to_be_logged == 0, address
            shown += answer.status_code == 200
        assert shown >= least, f"{role} sees {shown} pages only: the addresses are filled wrongly"


def addresses(world: World) -> list[str]:
    """Every address of pages and of the API that takes GET, filled with what is in the county."""
    from django.urls import get_resolver

    values: dict[str, Any] = {
        "pk": world.request, "request_id": world.request, "code": world.county.estate.code, "key": "open", "year": 2026, "account_id": 1,
        "person_id": world.person, "estate_code": world.county.estate.code, "uidb36": "1", "kind": "residents", "slug": "residents",
    }  # fmt: skip
    found: list[str] = []

    def walk(patterns: Any, head: str) -> None:
        for pattern in patterns:
            route = head + str(getattr(pattern.pattern, "_route", ""))
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
                continue
            filled = route
            for name in pattern.pattern.converters:
                filled = replace_part(filled, name, str(values.get(name, world.request)))
            if "<" not in filled and "logout" not in filled and not filled.startswith("demo/sign-in"):
                found.append("/" + filled)

    walk(get_resolver().url_patterns, "")
    assert len(found) > 80
    return found


def replace_part(route: str, name: str, value: str) -> str:
    """A route with one of its parts filled."""
    return re.sub(rf"<(\w+:)?{name}>", value, route)
