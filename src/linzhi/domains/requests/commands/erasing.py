"""How requests forget a person. Called by `rights.erase` and by the replay of the list of erasures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests.models import ActDraft, Follow, Request
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.personal import Eraser, eraser
from linzhi.foundation.rights.queries import held_rows

KIND = "requests.reporter"


def find(account_id: int) -> Sequence[str]:
    """Everything the account reported or follows, under one name: its requests may be many. Those under a legal hold by name, too."""
    held = Request.objects.filter(reporter_id=account_id, pk__in=held_rows("requests.request")).values_list("pk", flat=True)
    return [f"{KIND}:{account_id}", *(f"requests.request:{pk}" for pk in held)]


def erase(subjects: Sequence[str], at: datetime) -> int:
    """Empty the contact of what these accounts reported, and delete what they follow and hadn't sent; returns how many contacts."""
    accounts = [int(subject.partition(":")[2]) for subject in subjects if subject.startswith(f"{KIND}:")]
    Follow.objects.filter(account_id__in=accounts).delete()
    ActDraft.objects.filter(account_id__in=accounts).delete()
    own = Request.objects.filter(reporter_id__in=accounts).exclude(contact_name__empty=True, contact_phone__empty=True)
    return own.update(contact_name=Sealed("", "name"), contact_phone=Sealed("", "phone"), contact_index="")


eraser(
    Eraser(
        "requests", find, erase, removes=_("诉求上的联系人和电话、跟进、没交的草稿"),
        keeps=_("诉求怎么说的、怎么办的：政务办理要存档（个人信息保护法第四十七条第二款），只剩编号，不再有姓名和电话"),
    )
)  # fmt: skip
