"""How places stand, what opens and closes, and that saying it twice changes nothing."""

from datetime import date, timedelta

import pytest

from linzhi.domains.bodies.commands import FoundBody, found_body
from linzhi.domains.compliance.commands import Evaluate, ExcuseFinding, evaluate, excuse_finding
from linzhi.domains.compliance.models import Finding, Standing, Tally
from linzhi.domains.places.tests.ground import AT, SETUP, SmallCounty, holder
from linzhi.kernel.actor import System
from linzhi.kernel.refused import NotAllowed, Refused

JOB = System("compliance.refresh")


def states(ref: int, subject: str = "estate") -> dict[str, str]:
    row = Standing.objects.select_related("layout").get(subject=subject, ref=ref)
    return dict(zip(row.layout.checks, row.states, strict=True))


def test_a_gap_opens_a_finding_and_closes_by_itself_when_the_register_shows_that_it_is_mended(ground: SmallCounty) -> None:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    assert states(ground.east.pk)["self-government"] == "n"
    assert Finding.objects.filter(check_code="self-government", subject=f"estate:{ground.east.pk}", closed=None).count() == 1
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT + timedelta(days=2))
    assert states(ground.east.pk)["self-government"] == "m"
    mended = Finding.objects.get(check_code="self-government", subject=f"estate:{ground.east.pk}")
    assert (mended.opened, mended.closed) == (AT, AT + timedelta(days=2))


def test_evaluating_twice_changes_nothing(ground: SmallCounty) -> None:
    first = evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    again = evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    assert first.subjects == again.subjects > 0
    assert (again.changed, again.opened, again.closed) == (0, 0, 0)


def test_what_can_be_told_of_a_place_does_not_depend_on_how_much_is_evaluated_with_it(ground: SmallCounty) -> None:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    before = list(Standing.objects.order_by("subject", "ref").values_list("subject", "ref", "figures", "states"))
    for path in (ground.east.path, ground.east.path[:-5]):
        place = type(ground.county).objects.get(path=path)
        outcome = evaluate(JOB, Evaluate(place=place.code), at=AT)
        assert (outcome.changed, outcome.opened, outcome.closed) == (0, 0, 0)
    assert before == list(Standing.objects.order_by("subject", "ref").values_list("subject", "ref", "figures", "states"))


def test_a_tally_counts_each_subject_of_a_place_once(ground: SmallCounty) -> None:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    counts = Tally.objects.get(path=ground.county.path, day=AT.date()).counts["self-government"]
    assert sum(counts.get(state, 0) for state in "mnp-?") == Standing.objects.filter(subject="estate").count()


def test_a_finding_is_excused_with_a_reason_until_a_day_by_the_street_or_the_county_and_nobody_else(ground: SmallCounty) -> None:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    finding = Finding.objects.filter(check_code="self-government", closed=None).first()
    assert finding is not None
    until = AT.date() + timedelta(days=90)
    said = ExcuseFinding(finding_id=finding.pk, reason="小区列入明年改造，改造后再组建", until=until)
    with pytest.raises(NotAllowed):
        excuse_finding(holder("community_worker", ground.county.path), said, at=AT)
    officer = holder("county_officer", ground.county.path)
    excuse_finding(officer, said, at=AT)
    finding.refresh_from_db()
    assert (finding.excused_until, finding.excused_reason, finding.closed) == (until, "小区列入明年改造，改造后再组建", None)
    with pytest.raises(Refused, match="最长一年"):
        excuse_finding(officer, said.model_copy(update={"until": date(2099, 1, 1)}), at=AT)


def test_a_whole_city_is_evaluated_as_its_counties_are(ground: SmallCounty) -> None:
    city = ground.county.parent
    assert city is not None
    whole = evaluate(JOB, Evaluate(place=city.code), at=AT)
    again = evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    assert whole.subjects >= again.subjects > 0 and again.changed == 0
    assert Tally.objects.filter(path=ground.county.path).exists() and not Tally.objects.filter(path=city.path).exists()


def test_one_estate_evaluated_by_itself_leaves_the_same_counts_as_everything_counted_anew(ground: SmallCounty) -> None:
    evaluate(JOB, Evaluate(place=ground.county.code), at=AT)
    found_body(SETUP, FoundBody(place=ground.east.code, kind="owners_committee", name="东苑业委会"), at=AT)
    assert evaluate(JOB, Evaluate(place=ground.east.code), at=AT).changed == 1
    by_change = {row.path: row.counts for row in Tally.objects.all()}
    assert evaluate(JOB, Evaluate(place=ground.county.code), at=AT).changed == 0
    assert by_change == {row.path: row.counts for row in Tally.objects.all()}
