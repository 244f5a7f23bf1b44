"""A change of keys walks every store, goes on where it stopped, and drops no key that a value needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.accounts.sessions import SessionStore
from linzhi.foundation.privacy import keys, rotation, stores
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.models import KeyWalk
from linzhi.foundation.privacy.sealing import blind_index, blind_indexes, key_of, seal
from linzhi.kernel import clock

pytestmark = pytest.mark.django_db
AT = clock.datetime.fromisoformat("2026-11-20T09:00:00+08:00")


@pytest.fixture(autouse=True)
def _key_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    for name, byte in (("data_key", "ab"), ("index_key", "cd")):
        (tmp_path / name).write_text(byte * 32)
    settings.KEY_FILES = {name: tmp_path / name for name in ("data_key", "index_key")}
    keys.forget()
    yield
    keys.forget()


def accounts(count: int) -> list[Account]:
    phones = [f"139{number:08d}" for number in range(count)]
    return Account.objects.bulk_create(
        Account(name="甲", phone=Sealed.of(phone, "phone"), phone_index=blind_index(phone), created=AT) for phone in phones
    )


def sealed_by(account: Account) -> str:
    return key_of(Account.objects.get(pk=account.pk).phone.stored)


def test_every_value_is_sealed_anew_and_says_the_same() -> None:
    made = accounts(3)
    fresh = keys.add("data_key")
    rotation.begin(AT)
    rotation.run(AT)
    assert {sealed_by(account) for account in made} == {fresh}
    assert [account.phone.open_value() for account in Account.objects.order_by("pk")] == [f"139{n:08d}" for n in range(3)]
    assert all(row.finished for row in rotation.standing())


def test_a_walk_that_stopped_goes_on_at_its_watermark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 4)
    made = accounts(10)
    fresh = keys.add("data_key")
    rotation.begin(AT)
    KeyWalk.objects.exclude(store="accounts.Account.phone").delete()
    rotation.run(AT, most=1)
    assert [sealed_by(account) == fresh for account in made] == [True] * 4 + [False] * 6
    walk = KeyWalk.objects.get(store="accounts.Account.phone")
    assert (walk.after, walk.done, walk.total, walk.finished) == (str(made[3].pk), 4, 10, None)
    monkeypatch.setattr(stores, "seal_many", seal_nothing_before(made[4], stores.seal_many))
    rotation.run(AT)
    assert {sealed_by(account) for account in made} == {fresh}


def seal_nothing_before(account: Account, plain: Any) -> Any:
    """Fails when a second run begins at the beginning: it would seal all ten."""
    sealed = 0

    def counted(texts: Any) -> list[str]:
        nonlocal sealed
        wanted = list(texts)
        sealed += len(wanted)
        assert sealed <= 6
        return list(plain(wanted))

    return counted


def test_an_edit_at_the_same_moment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    (account,) = accounts(1)
    keys.add("data_key")
    rotation.begin(AT)
    plain = rotation._write

    def edited_meanwhile(store: Any, rows: Any) -> int:
        if store.name == "accounts.Account.phone":
            Account.objects.filter(pk=account.pk).update(phone=Sealed.of("13800000000", "phone"))
        return plain(store, rows)

    monkeypatch.setattr(rotation, "_write", edited_meanwhile)
    rotation.run(AT)
    assert Account.objects.get().phone.open_value() == "13800000000"


def test_what_was_sealed_with_the_old_key_behind_the_watermark_is_found_before_a_key_goes() -> None:
    (account,) = accounts(1)
    old = Sealed.of("13700000000", "phone")
    keys.add("data_key")
    rotation.begin(AT)
    rotation.run(AT)
    Account.objects.filter(pk=account.pk).update(phone=old)  # by a process that didn't know the new key yet
    assert {store.name: count for store, count in rotation.needing("data_key") if count} == {"accounts.Account.phone": 1}


def test_blind_indexes_are_computed_anew_and_look_ups_find_their_rows_all_the_while() -> None:
    accounts(3)
    phone = "13900000001"
    keys.add("index_key")
    assert Account.objects.filter(phone_index__in=blind_indexes(phone)).count() == 1
    rotation.begin(AT)
    rotation.run(AT)
    assert Account.objects.get(phone_index=blind_index(phone)).phone.open_value() == phone
    assert not any(count for _store, count in rotation.needing("index_key"))
    keys.drop_older("index_key")
    assert Account.objects.filter(phone_index__in=blind_indexes(phone)).count() == 1


def test_sessions_and_second_factors_are_walked_too(db: None) -> None:
    from allauth.mfa.models import Authenticator

    (account,) = accounts(1)
    store = SessionStore()
    store["phone"] = "13900000000"
    store.save()
    Authenticator.objects.create(user=account, type="totp", data={"secret": seal("GEZDGNBV"), "plain": "x"})
    keys.add("data_key")
    assert {one.name for one, count in rotation.needing("data_key") if count} >= {"sessions.Session.session_data", "mfa.Authenticator.data"}
    rotation.begin(AT)
    rotation.run(AT)
    keys.drop_older("data_key")
    assert SessionStore(session_key=store.session_key)["phone"] == "13900000000"
    assert Session.objects.count() == 1
    assert stores.unseal(Authenticator.objects.get().data["secret"]) == "GEZDGNBV" and Authenticator.objects.get().data["plain"] == "x"


def test_the_job_begins_by_itself_when_the_ring_has_an_older_key_and_does_nothing_otherwise() -> None:
    (account,) = accounts(1)
    assert rotation.run(AT) == 0 and not KeyWalk.objects.exists()
    fresh = keys.add("data_key")
    assert rotation.run(AT) > 0 and sealed_by(account) == fresh


def test_another_cipher_is_walked_to_as_well(settings: Any) -> None:
    (account,) = accounts(1)
    settings.DATA_CIPHER = "aes"
    rotation.begin(AT)
    rotation.run(AT)
    assert Account.objects.get(pk=account.pk).phone.stored.startswith("v1.a.")
