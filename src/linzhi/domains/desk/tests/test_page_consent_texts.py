"""同意书: publishing the next version, and what becomes of those who agreed to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.desk.pages.admin_consents import SKILLS
from linzhi.foundation.consents.commands import Give, give
from linzhi.foundation.consents.models import ConsentText
from linzhi.foundation.consents.queries import account_subject, holds
from linzhi.kernel import clock

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
PAGE = "/desk/consents/"
NEW = f"{PAGE}{SKILLS}/new/"
FIRST = {"title": "能人库", "text": "社区需要时可以联系我来帮忙。随时可以撤回。", "fields_used": ["people.Person.phone"], "renews": "1"}
SURE = {"confirmed": "1"}


@pytest.fixture
def administrator(county: County, client: Client) -> Client:
    return county.sign_in(client, "administrator")


def agree(county: County) -> str:
    subject = account_subject(county.accounts["resident"].pk)
    version = ConsentText.objects.filter(purpose=SKILLS).latest("version").version
    give(county.actor("resident"), Give(subject=subject, purpose=SKILLS, version=version))
    return subject


def test_a_text_is_looked_at_first_and_then_published(administrator: Client) -> None:
    assert "还没有发布" in administrator.get(f"{PAGE}{SKILLS}/").content.decode()
    assert "这是第一版" in administrator.post(NEW, FIRST).content.decode()
    assert not ConsentText.objects.exists()
    administrator.post(NEW, FIRST | SURE)
    made = ConsentText.objects.get()
    assert (made.version, made.fields, made.renews) == (1, ["people.Person.phone"], True)
    page = administrator.get(f"{PAGE}{SKILLS}/").content.decode()
    assert "社区需要时可以联系我来帮忙" in page and "祁管" in page and "people.Person" not in page


def test_asking_anew_ends_the_earlier_ones_and_says_so_first(county: County, administrator: Client) -> None:
    administrator.post(NEW, FIRST | SURE)
    subject = agree(county)
    wider = FIRST | {"text": "社区和物业需要时可以联系我来帮忙。随时可以撤回。"}
    assert "现在有效的 1 份同意到此为止" in administrator.post(NEW, wider).content.decode()
    administrator.post(NEW, wider | SURE)
    assert not holds(subject, SKILLS, clock.now())


def test_a_mended_word_leaves_them_standing(county: County, administrator: Client) -> None:
    administrator.post(NEW, FIRST | SURE)
    subject = agree(county)
    mended = {key: value for key, value in FIRST.items() if key != "renews"} | {"text": FIRST["text"] + "谢谢您。"}
    assert "接着有效" in administrator.post(NEW, mended).content.decode()
    administrator.post(NEW, mended | SURE)
    assert holds(subject, SKILLS, clock.now())
    assert [text.version for text in ConsentText.objects.order_by("version")] == [1, 2]


def test_wider_use_without_asking_anew_and_the_same_text_again_are_refused(administrator: Client) -> None:
    administrator.post(NEW, FIRST | SURE)
    quiet = {key: value for key, value in FIRST.items() if key != "renews"}
    widened = quiet | {"text": FIRST["text"] + "谢谢。", "fields_used": ["people.Person.phone", "people.Person.name"]}
    for given, says in ((widened, "重新征得同意"), (quiet, "不用再发布")):
        answer = administrator.post(NEW, given | SURE)
        assert answer.status_code == 422 and says in answer.content.decode()
    assert ConsentText.objects.count() == 1


def test_the_county_office_may_and_a_community_may_not(county: County, client: Client) -> None:
    assert county.sign_in(client, "county_officer").get(PAGE).status_code == 200
    worker = county.sign_in(Client(), "community_worker")
    assert [worker.get(PAGE).status_code, worker.post(NEW, FIRST | SURE).status_code] == [403, 403]
    assert county.sign_in(client, "county_officer").get(f"{PAGE}no.such/").status_code == 404
