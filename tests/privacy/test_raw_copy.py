"""Whoever carries the database away reads no phone, no name of a protected person, no certificate, no membership in it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from linzhi.domains.people.commands import (
    MemberRow,
    OwnerRow,
    RecordMemberships,
    RecordOwners,
    RevealMember,
    record_memberships,
    record_owners,
    reveal_member,
)  # fmt: skip
from linzhi.domains.people.models import CheckIn, Identity, Membership, Ownership, Person
from linzhi.domains.people.rules import IDENTITY_PURPOSES, OCCUPATIONS
from linzhi.domains.places.models import Dwelling
from linzhi.foundation.accounts import commands as accounts
from linzhi.foundation.notify.sending import Recipient, post
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.rights.commands import AskCorrection, Export, ask_correction, export
from linzhi.kernel.actor import System
from tests.support.small_county import BEGIN, County

AT = BEGIN + timedelta(days=30)


def secrets(county: County) -> dict[str, list[str]]:
    """What mustn't be readable, by kind; each was written by the code that the platform writes it with."""
    kinds = {
        "phone": ["13655550001", "13655550002", "13655550003", "13655550004", "13655550005"],
        "name": ["慕容听雨", "欧阳琴心", "司徒望月"],
        "certificate": ["浙（2020）青杉不动产权第0098765号"],
        "identity": ["99020119780203403X"],
        "membership": ["云桥市第三机械厂退休支部"],
        "words": ["我的门牌是写错了的"],
    }
    phone, name = kinds["phone"], kinds["name"]
    county.report(contact_name=name[0], contact_phone=phone[0], anonymous=False, at=AT)
    county.report("anonymous", contact_name=name[0], contact_phone=phone[1], at=AT)
    accounts.sign_up(System("accounts.sign_up"), accounts.SignUp(phone=phone[2], name="一位居民", proved=True), at=AT)
    post(AT, to=Recipient(phone=phone[3]), kind="test", title="您反映的事有了进展", key="raw-copy", channels=("sms",))
    ask_correction(county.actor("resident"), AskCorrection(about="other", text=kinds["words"][0], place=county.building.code), at=AT)
    _registers(county, kinds)
    own = county.actor("resident")
    export(own, Export(account_id=own.account), at=AT)
    return kinds


def _registers(county: County, kinds: dict[str, list[str]]) -> None:
    phone, name = kinds["phone"], kinds["name"]
    dwelling = Dwelling.objects.filter(building=county.building).first()
    assert dwelling is not None
    place = {"county": county.territory.path, "path": county.building.path}
    sealed = {"name": Sealed.of(name[1], "name"), "phone": Sealed.of(phone[4], "phone"), "phone_index": blind_index(phone[4])}
    person = Person.objects.create(registered=BEGIN, **sealed, **place)
    number = kinds["identity"][0]
    Identity.objects.create(
        person=person,
        purpose=next(iter(IDENTITY_PURPOSES)),
        number=Sealed.of(number, "identity"),
        number_index=blind_index(number),
        recorded=BEGIN,
        **place,
    )
    certificate = kinds["certificate"][0]
    at, worker, code = AT, county.actor("community_worker"), county.building.code
    owner = OwnerRow(dwelling_id=dwelling.pk, name=name[1], phone=phone[4], denominator=3, certificate=certificate, begin=BEGIN.date())
    Ownership.objects.filter(dwelling=dwelling).delete()
    record_owners(worker, RecordOwners(place=code, rows=(owner,)), at=at)
    # A member who has an account, entered and opened: neither the room nor any log puts the account beside the membership.
    neighbour = county.people["owner"]
    row = MemberRow(person_id=neighbour.pk, kind="seated", standing="probationary", seat=kinds["membership"][0])
    secretary = county.actor("branch_secretary")
    record_memberships(secretary, RecordMemberships(estate=county.estate.code, rows=(row,)), at=at)
    member = Membership.objects.get()
    reveal_member(secretary, RevealMember(membership_id=member.pk, purpose="contact"), at=at)
    export(county.actor("owner"), Export(account_id=county.accounts["owner"].pk), at=at)
    CheckIn.objects.create(
        number="R1",
        path=county.community.path,
        occupation=next(iter(OCCUPATIONS)),
        name=Sealed.of(name[2], "name"),
        phone=Sealed.of(phone[4], "phone"),
        at=AT,
    )


def raw() -> bytes:
    """Every byte that the database's files hold, or on PostgreSQL every column of every row as text; and the files of the data folder."""
    files = b"".join(path.read_bytes() for path in Path(settings.DATA_DIR).rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA database_list")
            path = Path(cursor.fetchone()[2])
        return files + b"".join(part.read_bytes() for part in path.parent.glob(path.name + "*"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            files += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return files


def found_in(data: bytes, kinds: dict[str, list[str]]) -> list[str]:
    forms: list[tuple[str, str, bytes]] = [
        (kind, secret, secret.encode(coding)) for kind, values in kinds.items() for secret in values for coding in ("utf-8", "utf-16-le")
    ]
    forms += [(kind, secret, secret.encode("unicode_escape")) for kind, values in kinds.items() for secret in values]
    return sorted({f"{kind}: {secret}" for kind, secret, form in forms if form in data})


def accounts_beside_members(county: County) -> list[str]:
    """Rows of any table that name a membership and its member's account or record together."""
    member, person, account = Membership.objects.get(), county.people["owner"], county.accounts["owner"].pk
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            text = " ".join(f"{name}={value}" for name, value in row.items())
            about = f"people.membership:{member.pk}" in text or model is Membership
            own = (f"people.person:{person.pk}", f"actor=person:{account}", f"concerns={account}", f"person={person.pk} ")
            if about and any(re.search(rf"{re.escape(word)}(?!\d)", text) for word in own):
                found.append(f"{model._meta.label}: {text}")
    return found


@pytest.mark.django_db(transaction=True)
def test_a_raw_copy_of_the_database_names_nobody(_county_once: Any) -> None:
    from django.db import transaction

    made, rows = _county_once
    with transaction.atomic():
        rows.put_back()
    kinds = secrets(made)
    assert accounts_beside_members(made) == []
    data = raw()
    assert b"requests_request" in data or connection.vendor == "postgresql"
    assert "楼道灯不亮了".encode() in data, "the copy doesn't hold what it should"
    assert found_in(data, kinds) == []


def test_the_search_finds_what_isnt_sealed() -> None:
    kinds = {"phone": ["13655550001"], "name": ["慕容听雨"]}
    assert found_in("x慕容听雨".encode(), kinds) == ["name: 慕容听雨"]
    assert found_in("13655550001".encode("utf-16-le"), kinds) == ["phone: 13655550001"]
    assert found_in(b'{"name": "\\u6155\\u5bb9\\u542c\\u96e8"}', kinds) == ["name: 慕容听雨"]


@pytest.mark.django_db
def test_every_table_is_in_the_copy_and_none_is_forgotten(db: None) -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in apps.get_models() if model._meta.managed} <= tables
