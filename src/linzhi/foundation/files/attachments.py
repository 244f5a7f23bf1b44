"""What a file belongs to, and who decides who may see it: the area that attached it."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files import blobs
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.privacy.fields import Sealed
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused

Checker = Callable[[Powers, StoredFile], bool]
_checkers: dict[str, Checker] = {}


def register(area: str, checker: Checker) -> None:
    """Let `checker(powers, file)` decide who sees the files attached by an area. Refused when the area has one."""
    if _checkers.get(area, checker) is not checker:
        raise ValueError(f"the area {area} already has a checker of files")
    _checkers[area] = checker


def session_digest(session_key: str) -> str:
    """What is kept of an anonymous visitor's session: enough to know them again, not enough to become them."""
    return hmac.new(settings.SECRET_KEY.encode(), b"files:" + session_key.encode(), sha256).hexdigest()


def is_uploader(actor: Actor, file: StoredFile, session_key: str = "") -> bool:
    """Whether the actor, or the anonymous visitor behind the session, uploaded this file."""
    if file.uploaded_by is not None:
        return actor.account_id == file.uploaded_by
    if file.session_digest:
        return bool(session_key) and hmac.compare_digest(file.session_digest, session_digest(session_key))
    return actor.kind == "system"


def attach(actor: Actor, ids: Iterable[uuid.UUID], *, area: str, subject: str, session_key: str = "") -> list[StoredFile]:
    """Attach uploads to a subject (`requests.request:17`), inside the caller's command.

    Refused when one isn't there, wasn't uploaded by this actor or session, or belongs to something else already:
    else a known id would open somebody else's photo.
    """
    wanted = list(dict.fromkeys(ids))
    files = {file.pk: file for file in StoredFile.objects.select_for_update().filter(pk__in=wanted)}
    for pk in wanted:
        file = files.get(pk)
        if file is None or not is_uploader(actor, file, session_key):
            raise Refused("files.unknown", _("有一个文件找不到了，可能放得太久。请重新选一下。"), status=422, field="photos")
        if file.subject and (file.area, file.subject) != (area, subject):
            raise Refused("files.attached", _("这个文件已经附在别的事项里了。"), status=422, field="photos")
    StoredFile.objects.filter(pk__in=wanted).update(area=area, subject=subject)
    for file in files.values():
        file.area, file.subject = area, subject
    return [files[pk] for pk in wanted]


def make_nobodys(subject: str, at: datetime) -> list[uuid.UUID]:
    """Put files of nobody in the place of a subject's uploads: for a report that is to be nobody's. Returns the new ids, in the old order.

    The audit entry of an upload names the file and who sent it, and is never changed. So the report gets rows with other ids, dated
    by the report, under a blob dated the same; the uploads' own rows go, with others of the same content that the uploader hasn't used.
    """
    fresh = []
    for file in of_subject(subject):
        if file.uploaded_by is not None:
            StoredFile.objects.filter(sha256=file.sha256, uploaded_by=file.uploaded_by, subject="").delete()
        StoredFile.objects.filter(pk=file.pk).delete()
        file.pk, file.uploaded_by, file.session_digest, file.created = uuid.uuid4(), None, "", at
        file.name = Sealed.of("", "text")
        file.save(force_insert=True)
        blobs.redate(file.sha256)
        fresh.append(file.pk)
    return fresh


def of_subject(subject: str) -> list[StoredFile]:
    """The files of one subject, oldest first. The caller has already decided who may see the subject."""
    return list(StoredFile.objects.filter(subject=subject).order_by("created", "pk"))


def may_see(powers: Powers, file: StoredFile, session_key: str = "") -> bool:
    """Whether this actor may see the file: public, their own while unattached, or shown by the area it is attached to."""
    if file.public:
        return True
    if not file.subject:
        return is_uploader(powers.actor, file, session_key)
    checker = _checkers.get(file.area)
    return checker is not None and checker(powers, file)
