"""先存着: what was written for an act waits for its writer, for nobody else, and is gone when it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linzhi.domains.requests import queries
from linzhi.domains.requests.commands import KeepDraft, keep_draft
from linzhi.domains.requests.models import ActDraft, Request
from linzhi.domains.requests.tests.test_page_staff_case import page_of, send
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.audit.models import Entry
from linzhi.kernel.clock import now
from linzhi.kernel.refused import Refused

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
ACCEPT = "requests.accept"
WORDS = "写到一半：明天上午去看"


def kept(county: County, role: str, made: Request) -> dict[str, dict[str, str]]:
    """The drafts of somebody on a request, by act."""
    return {act: one.words for act, one in queries.drafts_of(Powers(county.actor(role), now()), made).items()}


def test_what_was_written_is_offered_again_and_gone_when_it_is_sent(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    answer = send(client, made, ACCEPT, say=WORDS, note="问过老吴", keep="words")
    assert answer.status_code == 302
    assert made.matter.step == Request.objects.select_related("matter").get(pk=made.pk).matter.step
    shown = page_of(client, made, f"?act={ACCEPT}")
    assert WORDS in shown and "问过老吴" in shown and "存的，还没发出" in shown
    assert "有存着的" in page_of(client, made)
    assert send(client, made, ACCEPT, say="受理了。").status_code == 302
    assert kept(county, "community_worker", made) == {}


def test_an_empty_field_may_be_kept_for_later_and_a_template_comes_before_it(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    assert send(client, made, "requests.decline", say="", note="先问社区", keep="words").status_code == 302
    assert kept(county, "community_worker", made) == {"requests.decline": {"note": "先问社区"}}
    shown = page_of(client, made, "?act=requests.decline&text=2")
    assert "正在走诉讼或仲裁" in shown and "先问社区" in shown


def test_a_draft_can_be_dropped(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    send(client, made, ACCEPT, say=WORDS, keep="words")
    send(client, made, ACCEPT, say=WORDS, keep="drop")
    assert kept(county, "community_worker", made) == {}
    assert WORDS not in page_of(client, made, f"?act={ACCEPT}")


def test_nobody_else_finds_it_and_nothing_keeps_it_in_clear(county: County) -> None:
    made = county.report()
    keep_draft(county.actor("community_worker"), KeepDraft(request_id=made.pk, act=ACCEPT, words={"say": WORDS}))
    assert kept(county, "community_worker", made) == {ACCEPT: {"say": WORDS}}
    assert kept(county, "street_dispatcher", made) == {}
    assert WORDS not in str(list(ActDraft.objects.values())) + str(list(Entry.objects.values()))


def test_keeping_again_keeps_the_last_words_only(county: County) -> None:
    made = county.report()
    for words in ("一", "二"):
        keep_draft(county.actor("community_worker"), KeepDraft(request_id=made.pk, act=ACCEPT, words={"say": words}))
    assert kept(county, "community_worker", made) == {ACCEPT: {"say": "二"}}


def test_what_nobody_came_back_to_for_a_month_is_gone(county: County) -> None:
    old, new = county.report(), county.report("owner", "门坏了")
    begin = now()
    actor = county.actor("community_worker")
    keep_draft(actor, KeepDraft(request_id=old.pk, act=ACCEPT, words={"say": WORDS}), at=begin)
    keep_draft(actor, KeepDraft(request_id=new.pk, act=ACCEPT, words={"say": WORDS}), at=begin + timedelta(days=31))
    assert [draft.request_id for draft in ActDraft.objects.all()] == [new.pk]  # type: ignore[attr-defined]


def test_too_much_is_refused_and_what_was_kept_stays(client: Client, county: County) -> None:
    made = county.report()
    county.sign_in(client, "community_worker")
    send(client, made, ACCEPT, say=WORDS, keep="words")
    with pytest.raises(Refused, match="太长了"):
        keep_draft(county.actor("community_worker"), KeepDraft(request_id=made.pk, act=ACCEPT, words={"say": "长" * 6001}))
    answer = send(client, made, ACCEPT, say="长" * 6001, keep="words")
    assert answer.status_code == 422
    assert "长" * 6001 in answer.content.decode()
    assert kept(county, "community_worker", made) == {ACCEPT: {"say": WORDS}}
