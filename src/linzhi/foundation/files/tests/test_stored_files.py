"""Who sees a file, how it is served, and what the sweeper takes."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.commands import SignUp, sign_up
from linzhi.foundation.files import attachments, blobs, jobs
from linzhi.foundation.files.commands import Discard, discard
from linzhi.foundation.files.intake import take
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.files.tests.conftest import AT
from linzhi.kernel import clock
from linzhi.kernel.actor import ANONYMOUS, Person, System
from linzhi.kernel.refused import NotAllowed, Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def owner(db):
    return sign_up(System("accounts.sign_up"), SignUp(phone="13800000001", proved=True))


@pytest.fixture
def stored(owner, photo):
    return take(Person(owner.pk), io.BytesIO(photo()))


@pytest.fixture(autouse=True)
def _no_checkers(monkeypatch):
    monkeypatch.setattr(attachments, "_checkers", {})


def get(client, file, thumb: bool = False):
    return client.get(reverse("file_thumb" if thumb else "file", args=[file.pk]))


def test_a_file_is_private_to_its_uploader_until_it_is_attached(client, owner, stored):
    assert get(client, stored).status_code == 404
    client.force_login(owner)
    assert get(client, stored).status_code == 200
    other = sign_up(System("accounts.sign_up"), SignUp(phone="13800000002"))
    client.force_login(other)
    assert get(client, stored).status_code == 404


def test_an_attached_file_is_shown_by_the_area_that_attached_it(client, owner, stored):
    attachments.attach(Person(owner.pk), [stored.pk], area="requests", subject="requests.request:1")
    client.force_login(owner)
    assert get(client, stored).status_code == 404  # no area says yes
    attachments.register("requests", lambda powers, file: powers.actor.account_id == owner.pk and file.subject == "requests.request:1")
    assert get(client, stored).status_code == 200
    client.logout()
    assert get(client, stored).status_code == 404


def test_an_anonymous_visitor_sees_only_their_own_session_s_file(client, photo):
    client.cookies["x"] = "1"
    session = client.session
    session["begun"] = 1
    session.save()
    file = take(ANONYMOUS, io.BytesIO(photo()), session_key=session.session_key)
    assert session.session_key not in str(file.__dict__)
    assert get(client, file).status_code == 200
    assert not attachments.may_see(Powers(ANONYMOUS, AT), file, "another")
    assert not attachments.may_see(Powers(ANONYMOUS, AT), file)


def test_somebody_else_s_file_or_an_unknown_one_cannot_be_attached(owner, stored):
    for actor, pk in ((Person(owner.pk + 1), stored.pk), (ANONYMOUS, stored.pk), (Person(owner.pk), uuid.uuid4())):
        with pytest.raises(Refused, match=r"files\.unknown"):
            attachments.attach(actor, [pk], area="requests", subject="requests.request:2")
    attachments.attach(Person(owner.pk), [stored.pk], area="requests", subject="requests.request:1")
    attachments.attach(Person(owner.pk), [stored.pk], area="requests", subject="requests.request:1")
    with pytest.raises(Refused, match=r"files\.attached"):
        attachments.attach(Person(owner.pk), [stored.pk], area="requests", subject="requests.request:2")
    assert [file.pk for file in attachments.of_subject("requests.request:1")] == [stored.pk]


def test_an_area_has_one_checker():
    attachments.register("requests", bool)
    with pytest.raises(ValueError, match="already"):
        attachments.register("requests", lambda powers, file: True)


def test_headers_keep_a_photo_harmless(client, owner, stored):
    client.force_login(owner)
    response = get(client, stored)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline")
    assert get(client, stored, thumb=True)["Content-Type"] == "image/jpeg"
    again = client.get(reverse("file", args=[stored.pk]), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_tables_are_downloaded_and_pdfs_shown_under_their_names(client, owner):
    table = take(Person(owner.pk), io.BytesIO("编号\n1\n".encode()), "台账.csv")
    paper = take(Person(owner.pk), io.BytesIO(PDF), "合同.pdf")
    client.force_login(owner)
    assert get(client, table)["Content-Disposition"].startswith("attachment")
    assert "%E5%8F%B0%E8%B4%A6.csv" in get(client, table)["Content-Disposition"]
    assert get(client, paper)["Content-Disposition"].startswith("inline")
    assert get(client, paper, thumb=True).status_code == 404


def test_a_name_is_sealed(owner):
    paper = take(Person(owner.pk), io.BytesIO(PDF), "张三的合同.pdf")
    stored = StoredFile.objects.values_list("name", flat=True).get(pk=paper.pk)
    assert "张三的合同" not in stored.stored
    assert stored.open_value() == "张三的合同.pdf"


def test_a_blob_that_is_gone_is_a_404_and_no_error(client, owner, stored):
    blobs.path_of(stored.sha256).unlink()
    client.force_login(owner)
    assert get(client, stored).status_code == 404


def test_only_the_uploader_discards_and_only_what_is_unattached(owner, stored):
    with pytest.raises(NotAllowed):
        discard(Person(owner.pk + 1), Discard(file_id=stored.pk))
    attachments.attach(Person(owner.pk), [stored.pk], area="requests", subject="requests.request:1")
    with pytest.raises(Refused, match="attached"):
        discard(Person(owner.pk), Discard(file_id=stored.pk))


def test_after_a_day_the_sweeper_takes_what_nothing_uses_and_leaves_the_rest(owner, photo, stored):
    kept = take(Person(owner.pk), io.BytesIO(photo(size=(50, 50))))
    attachments.attach(Person(owner.pk), [kept.pk], area="requests", subject="requests.request:1")
    orphan = blobs.write(b"an upload whose row never came")
    draft = blobs.path_of(orphan).with_name(".draft-killed")
    draft.write_bytes(b"half")
    import os

    os.utime(draft, (AT.timestamp(), AT.timestamp()))
    assert jobs.sweep_orphans(AT + timedelta(hours=23)) == 0
    assert blobs.path_of(orphan).exists()
    jobs.sweep_orphans(AT + timedelta(hours=25))
    assert not blobs.path_of(orphan).exists()
    assert not draft.exists()
    assert not blobs.path_of(stored.sha256).exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert blobs.path_of(kept.sha256).exists()
    assert blobs.path_of(kept.sha256, thumb=True).exists()


def test_a_blob_uploaded_again_is_young_again():
    old = blobs.write(b"the same")
    with clock.at_time(AT + timedelta(hours=20)):
        assert blobs.write(b"the same") == old
    assert jobs.sweep_orphans(AT + timedelta(hours=25)) == 0


def test_discarding_one_of_two_rows_leaves_the_shared_blob(owner, photo, stored):
    twin = take(Person(owner.pk), io.BytesIO(photo()))
    assert twin.sha256 == stored.sha256
    attachments.attach(Person(owner.pk), [twin.pk], area="requests", subject="requests.request:1")
    jobs.sweep_orphans(AT + timedelta(hours=25))
    assert blobs.path_of(twin.sha256).exists()


def test_the_database_refuses_an_area_without_a_subject_and_a_photo_without_a_size(stored):
    for change in ({"area": "requests"}, {"width": None}, {"kind": "program"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=stored.pk).update(**change)
