"""The ordinary life of the year: what comes in on which day, from whom, and how it usually goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from linzhi.domains.places.demo import PLANS
from linzhi.domains.places.queries import Building
from linzhi.domains.requests.demo.case import Tale
from linzhi.domains.requests.demo.hours import is_workday, when_people_report
from linzhi.domains.requests.demo.houses import HOUSES
from linzhi.domains.requests.demo.neighbours import NEIGHBOURS
from linzhi.domains.requests.demo.story import Story
from linzhi.domains.requests.demo.turns import Play
from linzhi.domains.requests.demo.world import World
from linzhi.domains.requests.demo.yards import YARDS
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.clock import BEIJING

STORIES: dict[str, Story] = {**HOUSES, **YARDS, **NEIGHBOURS}
DAYS = 365
HOMES = {plan.name: sum(n * units * floors * rooms for n, units, floors, rooms in plan.blocks) for plan in PLANS}
OLD = {plan.name for plan in PLANS if plan.kind in ("old", "family_yard", "resettlement")}

# (how often lately, how often long ago, script): what is long past is told in fewer lines
USUAL: tuple[tuple[int, int, str], ...] = (
    (30, 6, "respond sort sign progress feedback verify solved rate"),
    (16, 22, "respond sort sign feedback verify solved rate"),
    (12, 14, "respond sort sign feedback verify solved call"),
    (6, 34, "respond direct verify solved rate"),
    (7, 5, "respond sort sign late feedback verify solved rate"),
    (4, 2, "respond sort sign feedback verify unsolved sort sign progress feedback verify solved rate"),
    (3, 2, "respond sort sign progress feedback redo progress feedback verify solved rate"),
    (3, 2, "respond sort return sort:community sign feedback verify solved rate"),
    (3, 2, "respond sort sign feedback verify solved rate:1 answer"),
    (2, 2, "respond sort sign feedback verify solved rate:2 answer"),
    (2, 1, "respond sort sign progress extend grant feedback verify solved rate"),
    (2, 1, "respond reveal sort sign remark progress feedback verify solved rate"),
    (2, 1, "respond follow:1 sort sign progress feedback verify solved rate"),
    (1, 1, "respond sort sign extend refuse feedback verify solved rate"),
    (1, 1, "respond sort sign suspend:20 resume feedback verify solved rate"),
    (2, 2, "respond withdraw"),
    (1, 1, "respond sort sign feedback verify conclude"),
    (1, 1, "respond sort sign beyond beyond_ok"),
)
ON_THE_SPOT: tuple[tuple[int, int, str], ...] = (
    (60, 60, "respond direct verify solved rate"),
    (30, 34, "respond direct verify solved call"),
    (6, 4, "respond direct verify solved rate:2 answer"),
    (4, 2, "respond sort sign feedback verify solved rate"),
)
LATELY = timedelta(days=75)


def background(world: World, count: int) -> None:
    """Let about `count` requests come in over the year, more in the later months."""
    random = Random(f"qinghe:{world.now.astimezone(BEIJING).date()}")
    for number, at in enumerate(_moments(world.now, count, random)):
        tale = _tale(world, at, random)
        world.spawn(Play(world, tale, _script(tale, random, lately=at > world.now - LATELY), at, f"{number}:{at:%y%m%d}"))


def _moments(now: datetime, count: int, random: Random) -> Iterator[datetime]:
    days = [now - timedelta(days=DAYS - n) for n in range(DAYS + 1)]
    weights = [(0.5 + n / DAYS) * (1.1 if is_workday(day) else 0.75) for n, day in enumerate(days)]
    for day in sorted(random.choices(days, weights, k=count)):
        at = when_people_report(day, random)
        if at < now:
            yield at


def _script(tale: Tale, random: Random, *, lately: bool) -> str:
    story = tale.story
    table = ON_THE_SPOT if story.to in ("desk", "grid") else USUAL
    script = random.choices([row[2] for row in table], [row[0] if lately else row[1] for row in table])[0]
    if story.nature in ("praise", "tip_off") and "rate:" in script or "withdraw" in script and tale.channel not in ("resident", "code"):
        return ON_THE_SPOT[0][2]
    return "decline" if story.nature == "complaint" and random.random() < 0.02 else script


def _tale(world: World, at: datetime, random: Random) -> Tale:
    estate = random.choices(list(HOMES), list(HOMES.values()))[0]
    building = random.choice(world.cast.buildings(estate))
    fitting = {key: story for key, story in STORIES.items() if _fits(story, estate, building, at)}
    story = random.choices(list(fitting.values()), [story.weight for story in fitting.values()])[0]
    channel = random.choices(("resident", "code", "grid", "call", "hotline"), (54, 13, 16, 11, 6))[0]
    accused = ""
    if story.nature == "tip_off":
        channel = "code"
        company = world.cast.body_for(estate_of(building.path), "property")
        # Where there is no company the community stands in for it, which wouldn't look into itself.
        bodies = world.county.bodies.items()
        accused = next((name for name, body in bodies if body.pk == company and body.kind == "property_company"), "")
    recent = at > world.now - timedelta(days=40)
    return Tale(
        story, estate, building, channel, told=random.randrange(4), unit=str(random.randint(1, building.units)), accused=accused,
        floor=random.randint(2, building.floors), photo=recent and random.random() < 0.5,
        reporter=random.choice(world.cast.residents[estate]) if channel == "grid" and random.random() < 0.3 else None,
    )  # fmt: skip


def _fits(story: Story, estate: str, building: Building, at: datetime) -> bool:
    if story.months and at.astimezone(BEIJING).month not in story.months:
        return False
    if story.where == "tall":
        return building.floors > 7
    if story.where == "garage":
        return estate not in OLD
    return story.where == "any" or estate in OLD
