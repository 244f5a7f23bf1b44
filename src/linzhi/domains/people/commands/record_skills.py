"""Who offers which skill, many at once: what was asked at the doors comes in with how each person agreed. JS-04, AQ-17."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from linzhi.domains.people.commands.agreeing import write_down
from linzhi.domains.people.commands.matching import must_be_a_place, refuse_bad
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.commands.skill_rows import SkillPlan, SkillRow, plan_skills
from linzhi.domains.people.models import Person, SkillOffer
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.sheets.register import CHUNK, Trace
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordSkills(Input):
    """`place` is the code of the place in which all the estates lie."""

    place: str
    rows: Annotated[tuple[SkillRow, ...], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: RecordSkills) -> Territory:
    return locate(cmd.place)


@command("people.record_skills", on=_load)
def record_skills(ctx: Context, cmd: RecordSkills, where: Territory) -> Trace:
    """Put skills on offer and correct what is said of them, all rows or none; returns what each row did, in their order.

    Refused with the number of the first bad row: somebody who neither lives nor owns in the estate, a field that isn't on the place's list
    (`talent.fields`), and whoever's consent isn't in force and of whom the row doesn't say how they agreed. The consents that rows bring
    are kept under the persons' records, to the text that is in force. A row with an end takes the offer back, its words with it.
    """
    must_be_a_place(where)
    today = day_of(ctx.at)
    plans = plan_skills(where, cmd.rows, today)
    for number, plan in enumerate(plans, start=1):
        refuse_bad(number, plan.faults)
    ways: dict[Person, str] = {}
    for plan in plans:
        if plan.consent is None and plan.person is not None and plan.row.end is None:
            ways.setdefault(plan.person, plan.row.how)
    made = write_down(ctx, ways)
    fresh: dict[tuple[int, str, str], SkillPlan] = {}
    for plan in plans:
        if plan.fresh and fresh.setdefault((plan.row.person_id, plan.path, plan.row.field), plan) is not plan:
            plan.fresh = False  # the same skill twice in the rows
    rows = [
        SkillOffer(
            person=plan.person, path=plan.path, field=plan.row.field, words=plan.row.words, hours=plan.row.hours, source=plan.row.source,
            consent_id=plan.consent or made[plan.row.person_id], begin=today,
        )
        for plan in fresh.values()
    ]  # fmt: skip
    for plan, offer in zip(fresh.values(), SkillOffer.objects.bulk_create(rows), strict=True):
        plan.kept = offer
    for plan in plans:
        plan.kept = plan.kept or fresh[plan.row.person_id, plan.path, plan.row.field].kept
    changed = [plan for plan in plans if plan.changes]
    _revise(changed, made)
    ctx.note(created=len(fresh), changed=len(changed), unchanged=len(plans) - len(fresh) - len(changed), consents=len(made))
    return [_trace(plan, made) for plan in plans]


def _revise(changed: list[SkillPlan], made: dict[int, int]) -> None:
    offers = []
    for plan in changed:
        offer = plan.kept
        assert offer is not None
        for name, (_old, new) in plan.changes.items():
            setattr(offer, name, new)
        offer.consent_id = plan.consent or made.get(plan.row.person_id, offer.consent_id)
        offers.append(offer)
    SkillOffer.objects.bulk_update(offers, ["words", "hours", "source", "end", "consent_id"])


def _trace(plan: SkillPlan, made: dict[int, int]) -> dict[str, Any]:
    assert plan.kept is not None
    kept = {name: [None if value is None else str(value) for value in pair] for name, pair in plan.changes.items()}
    return {"state": plan.state, "offer": plan.kept.pk, "consent": made.get(plan.row.person_id), "changes": kept}
