"""What is looked for, each by the named figures and lists of the domain that it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from linzhi.domains.bodies import metrics as bodies
from linzhi.domains.bodies import queries as body_lists
from linzhi.domains.compliance.commands import Found
from linzhi.domains.people import metrics as people
from linzhi.domains.places import metrics as places
from linzhi.domains.places.queries import Estate, in_force
from linzhi.domains.places.queries.partition import grid_problems
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import System
from linzhi.kernel.clock import day_of

SOON = 90
"""How many days before its end a term is said to run out: a local setting."""
Found_ = dict[str, list[Found]]


def grids(county: Territory, at: datetime) -> Found_:
    """Ground in no grid, in two, or in the wrong one (CM-03)."""
    found: Found_ = {"grid_gap": [], "grid_overlap": [], "grid_fault": []}
    for problem in grid_problems(county.path, day_of(at)):
        kind = f"grid_{problem.kind}" if problem.kind in ("gap", "overlap") else "grid_fault"
        subject = f"{problem.kind}:{problem.path}:{'+'.join(problem.grids)}"[:80]
        found[kind].append(Found(subject=subject, path=problem.community, words=problem.words, code=""))
    return found


def profiles(county: Territory, at: datetime) -> Found_:
    """Estates whose profile lacks something, or wasn't verified in time (JS-01, LD-20)."""
    on = day_of(at)
    complete = places.completeness(county.path, on)
    found: Found_ = {"profile_missing": [], "profile_due": []}
    for pk, path, name, code in Estate.objects.filter(in_force(on), path__in=complete).values_list("pk", "path", "name", "code"):
        one = complete[path]
        if one.filled < one.needed:
            words = _("%(estate)s还有 %(n)d 项资料没填（%(filled)d/%(needed)d）。") % {
                "estate": name, "n": one.needed - one.filled, "filled": one.filled, "needed": one.needed,
            }  # fmt: skip
            found["profile_missing"].append(Found(subject=f"places.estate:{pk}", path=path, words=words, code=code))
        if one.due:
            last = _("上次是 %(day)s") % {"day": one.verified} if one.verified else _("还没复核过")
            words = _("%(estate)s的资料该复核了，%(last)s。") % {"estate": name, "last": last}
            found["profile_due"].append(Found(subject=f"places.estate:{pk}", path=path, words=words, code=code))
    return found


def self_government(county: Territory, at: datetime) -> Found_:
    """Estates that have neither an owners' committee nor a management committee (JS-14)."""
    on = day_of(at)
    there = body_lists.Body.objects.filter(in_force(on), path=OuterRef("path"), kind__in=("owners_committee", "management_committee"))
    rows = Estate.objects.filter(~Exists(there), in_force(on), within("path", county.path))
    return {
        "self_government_none": [
            Found(subject=f"places.estate:{pk}", path=path, words=_("%(estate)s没有业委会，也没有物管会。") % {"estate": name}, code=code)
            for pk, path, name, code in rows.values_list("pk", "path", "name", "code")
        ]
    }


def posts(county: Territory, at: datetime) -> Found_:
    """Vacant posts, and terms that are over or run out soon."""
    powers = Powers(System("compliance.refresh"), at)
    found: Found_ = {"post_vacant": [], "term_over": [], "term_soon": []}
    for post in body_lists.vacant_posts(county.path, at):
        words = _("%(body)s的“%(post)s”没有人。") % {"body": post.body.name, "post": post.title}
        found["post_vacant"].append(Found(subject=f"bodies.post:{post.pk}", path=post.path, words=words))
    for row in body_lists.running_out(powers, county.path, within_days=SOON):
        over = row.over(day_of(at))
        what = _("第 %(n)s 届") % {"n": row.name} if row.what == "term" else row.name
        sentence = _("%(body)s%(what)s的任期 %(day)s 已满。") if over else _("%(body)s%(what)s的任期 %(day)s 届满。")
        words = sentence % {"body": row.body_name, "what": what, "day": row.end}
        subject = f"bodies.body:{row.body_id}:{row.what}:{row.name}"[:80]
        found["term_over" if over else "term_soon"].append(Found(subject=subject, path=row.path, words=words))
    return found


def branches(county: Territory, at: datetime) -> Found_:
    """What estates must have of the party's organisation and don't, and what they have twice (LD-03, LD-08, LD-09, JS-05, JS-06)."""
    found: Found_ = {"branch_due": [], "group_due": [], "instructor_due": [], "branch_twice": []}
    for one in bodies.branch_verdicts(county.path, day_of(at)):
        subject = f"places.estate:{one.estate_id}"
        if not one.met:
            words = {
                "branch": _("%(estate)s计入人数的正式党员已到规定数，还没有党支部。"),
                "group": _("%(estate)s有党员，还没有党小组。"),
                "instructor": _("%(estate)s没有党员，也没有指导员或结对单位。"),
            }[one.due] % {"estate": one.name}
            found[f"{one.due}_due"].append(Found(subject=subject, path=one.path, words=words))
        if one.branches > 1:
            words = _("%(estate)s有 %(n)d 个党支部。") % {"estate": one.name, "n": one.branches}
            found["branch_twice"].append(Found(subject=subject, path=one.path, words=words))
    return found


def filings(county: Territory, at: datetime) -> Found_:
    """Secretaries in office whose filing isn't done (CM-19, AQ-08)."""
    found = []
    for holding in body_lists.unfiled_secretaries(county.path, at):
        words = _("%(body)s%(post)s还没有备案。") % {"body": holding.post.body.name, "post": holding.post.title}
        found.append(Found(subject=f"bodies.holding:{holding.pk}", path=holding.post.path, words=words))
    return {"secretary_unfiled": found}


def persons(county: Territory, at: datetime) -> Found_:
    """Records that may be one person, and homes without an owner; counts and numbers only, no names."""
    found: Found_ = {"persons_alike": [], "homes_without_owner": []}
    for alike in people.alike(county.path):
        words = _("登记号 %(numbers)s 的手机号相同，姓名不同。") % {"numbers": "、".join(str(pk) for pk in alike.persons)}
        subject = f"people.person:{'+'.join(str(pk) for pk in alike.persons)}"[:80]
        found["persons_alike"].append(Found(subject=subject, path=alike.path, words=words))
    for path, (without, homes) in people.homes_without_owner(county.path, day_of(at)).items():
        if without:
            estate = next(iter(Estate.objects.filter(path=path)), None)
            words = _("%(estate)s有 %(n)d 套住宅没有登记业主（共 %(homes)d 套）。") % {
                "estate": estate.name if estate else path, "n": without, "homes": homes,
            }  # fmt: skip
            found["homes_without_owner"].append(Found(subject=f"places.estate:{path}", path=path, words=words))
    return found


def surveys(county: Territory, at: datetime) -> Found_:
    """Surveys past their last day with doors where nobody was, by grid worker's estate (LD-19)."""
    found = []
    for survey, path, left in people.surveys_late(county.path, day_of(at)):
        words = _("“%(survey)s”已过截止日，还有 %(n)d 户没走到。") % {"survey": survey.title, "n": left}
        found.append(Found(subject=f"people.survey:{survey.pk}:{path}", path=path, words=words))
    return {"survey_late": found}


FINDERS: tuple[Callable[[Territory, datetime], Found_], ...] = (
    grids, profiles, self_government, posts, branches, filings, persons, surveys,
)  # fmt: skip
