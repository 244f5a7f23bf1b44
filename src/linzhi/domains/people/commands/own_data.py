"""What people hold about an account: for its owner, and how it is forgotten. Registers itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.commands.matching import named_index
from linzhi.domains.people.models import CheckIn, Identity, Membership, Ownership, Person, Residence, SkillOffer
from linzhi.domains.people.queries.members import member_index, member_indexes, own_subjects
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, RESIDENCE_KINDS, STANDINGS
from linzhi.domains.places import queries as places
from linzhi.foundation.consents.commands import subject as consents
from linzhi.foundation.privacy import personal
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.personal import Eraser, Section, Show, eraser, exporter
from linzhi.foundation.privacy.queries import also_about
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.territory.paths import county_of

PERSON = "people.person"
CHECK_IN = "people.checkin"


def _records(account_id: int) -> list[Person]:
    own = Person.objects.filter(account_id=account_id)
    return list(Person.objects.filter(Q(account_id=account_id) | Q(merged_into__in=own)).order_by("pk"))


def own(account_id: int, show: Show) -> Iterable[Section]:
    """The person's records with homes, shares, identity numbers, offers and check-ins."""
    for person in _records(account_id):
        facts = ((_t("姓名"), show(person, "name")), (_t("手机号"), show(person, "phone")), (_t("登记时间"), person.registered))
        yield Section(_t("人员登记"), (facts,))
        homes: list[Residence | Ownership] = [*person.residences.order_by("begin"), *person.ownerships.order_by("begin")]
        rooms = places.dwellings_by_id([home.dwelling_id for home in homes])
        rows = tuple(
            (
                (_t("房屋"), places.label_of(rooms[home.dwelling_id]) if home.dwelling_id in rooms else ""),
                (_t("关系"), str(RESIDENCE_KINDS[home.kind]) if isinstance(home, Residence) else _t("业主")),
                (_t("从"), home.begin.isoformat()), (_t("到"), home.end.isoformat() if home.end else ""),
                (_t("产权证号"), show(home, "certificate") if isinstance(home, Ownership) else ""),
            )
            for home in homes
        )  # fmt: skip
        if rows:
            yield Section(_t("住处和房屋"), rows)
        numbers = tuple(((_t("用途"), one.purpose), (_t("证件号码"), show(one, "number"))) for one in person.identities.all())
        if numbers:
            yield Section(_t("证件号码"), numbers)
        offers = tuple(((_t("会什么"), one.words or one.field), (_t("从"), one.begin.isoformat())) for one in person.skills.all())
        if offers:
            yield Section(_t("能人库"), offers)
        memberships = _memberships(person, clear=show(person, "name") != person.name.masked)
        if memberships:
            yield Section(_t("党员登记"), memberships)
    checked = tuple(
        ((_t("编号"), one.number), (_t("姓名"), show(one, "name")), (_t("手机号"), show(one, "phone")), (_t("时间"), one.at))
        for one in CheckIn.objects.filter(account_id=account_id).order_by("at")
    )
    if checked:
        yield Section(_t("报到"), checked)


def _memberships(person: Person, *, clear: bool) -> tuple[tuple[tuple[str, str | datetime], ...], ...]:
    """What the closed room holds, for the member. Not shown through `show`: its log would put the account beside the membership."""
    rows = Membership.objects.filter(person_index__in=member_indexes(county_of(person.path), person.pk)).order_by("begin")
    return tuple(
        (
            (_t("关系"), str(MEMBERSHIP_KINDS[one.kind])), (_t("身份"), str(STANDINGS[one.standing])),
            (_t("组织关系在哪里"), one.seat.open_value() if clear else one.seat.masked), (_t("从"), one.begin.isoformat()),
            (_t("到"), one.end.isoformat() if one.end else ""),
        )
        for one in rows
    )  # fmt: skip


def find(account_id: int) -> Sequence[str]:
    """The records of the account's person, and its check-ins."""
    checked = CheckIn.objects.filter(account_id=account_id).values_list("pk", flat=True)
    return [*(f"{PERSON}:{person.pk}" for person in _records(account_id)), *(f"{CHECK_IN}:{pk}" for pk in checked)]


def erase(subjects: Sequence[str], at: datetime) -> int:
    """Empty phones, and names of those who own nothing; delete what rested on consent. Records made after `at` are somebody else's."""
    CheckIn.objects.filter(pk__in=_numbers(subjects, CHECK_IN), at__lte=at).delete()
    erased = 0
    for person in Person.objects.select_for_update().filter(pk__in=_numbers(subjects, PERSON), registered__lte=at):
        SkillOffer.objects.filter(person=person).delete()
        Membership.objects.filter(person_index__in=member_indexes(county_of(person.path), person.pk)).delete()
        person.phone, person.phone_index, person.account_id = Sealed("", "phone"), "", None
        if not Ownership.objects.filter(person=person, end__isnull=True).exists():
            # The roll of owners is kept by law; somebody who owns nothing isn't on it.
            Identity.objects.filter(person=person).delete()
            Residence.objects.filter(person=person).update(named="")
            Ownership.objects.filter(person=person).update(named="", certificate=Sealed("", "code"), certificate_index="")
            person.name = Sealed("", "name")
        person.save(update_fields=["name", "phone", "phone_index", "account_id"])
        erased += 1
    return erased


def _numbers(subjects: Sequence[str], kind: str) -> list[int]:
    return [int(subject.partition(":")[2]) for subject in subjects if subject.startswith(f"{kind}:")]


def _named(dwelling_id: int, person: str | None, firm: str | None = None) -> str:
    return named_index(dwelling_id, person or firm or "")


exporter("people", own)
also_about("people", own_subjects)
eraser(
    Eraser(
        "people", find, erase, removes=_("登记的手机号；不是业主的，连姓名；能人库、报到、党员登记"),
        keeps=_("业主的姓名、房屋和份额：业主名册依法留存（民法典第二百七十八条；个人信息保护法第四十七条第二款）"),
    )
)  # fmt: skip
consents.register(PERSON, lambda pk: Person.objects.filter(pk=pk).values_list("path", flat=True).first())
for _model in ("people.Person", "people.CheckIn"):
    personal.indexed(_model, "phone_index", "phone", make=lambda phone: blind_index(phone) if phone else "")
personal.indexed("people.Identity", "number_index", "number")
personal.indexed("people.Residence", "named", "dwelling_id", "person__name", make=_named)
personal.indexed("people.Ownership", "named", "dwelling_id", "person__name", "firm__name", make=_named)
personal.indexed("people.Ownership", "certificate_index", "certificate")
personal.indexed("people.Membership", "person_index", "path", "person", make=lambda path, pk: member_index(county_of(path), int(pk)))
