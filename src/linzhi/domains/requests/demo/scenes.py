"""What the demo must show today: the named scenes and every exception, begun so that they stand there now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from linzhi.domains.requests.demo.case import Tale
from linzhi.domains.requests.demo.hours import at_time_of, is_workday, workdays_ago
from linzhi.domains.requests.demo.story import Story
from linzhi.domains.requests.demo.turns import Play
from linzhi.domains.requests.demo.words import SHEETS
from linzhi.domains.requests.demo.world import World
from linzhi.domains.requests.demo.year import STORIES


@dataclass(frozen=True)
class Scene:
    """One scene. `begin` is `3w 09:12` (working days ago), `90m`, `6h` or `40d` ago, or `D 09:12`: the last whole working day."""

    name: str
    story: str
    estate: str
    building: str
    begin: str
    script: str
    who: str = ""
    channel: str = "resident"
    told: int = 0
    title: str = ""
    text: str = ""
    spot: str = ""
    unit: str = "1"
    floor: int = 2
    photo: bool = False
    accused: str = ""
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()
    phone: str = ""


def begin_of(begin: str, now: datetime) -> datetime:
    """The moment that a scene's `begin` means."""
    first, _space, clock = begin.partition(" ")
    if first == "D":
        today = is_workday(now) and now >= at_time_of(now, "15:45")
        return workdays_ago(now, 0 if today else 1, clock)
    amount, unit = int(first[:-1]), first[-1]
    if unit == "w":
        return workdays_ago(now, amount, clock)
    span = {"m": timedelta(minutes=amount), "h": timedelta(hours=amount), "d": timedelta(days=amount)}[unit]
    return at_time_of(now - span, clock) if clock else now - span


def stage(world: World, scenes: tuple[Scene, ...]) -> None:
    """Let the scenes begin when they should."""
    for scene in scenes:
        building = world.cast.building(scene.estate, scene.building) if scene.building else None
        tale = Tale(
            STORIES[scene.story], scene.estate, building, scene.channel, world.county.accounts[scene.who] if scene.who else None,
            scene.told, scene.unit, scene.floor, scene.title, scene.text, scene.spot, scene.photo, scene.accused, scene.words,
            scene.parts, scene.phone,
        )  # fmt: skip
        case = Play(world, tale, scene.script, begin_of(scene.begin, world.now), scene.name)
        world.scenes[scene.name] = case
        world.spawn(case)


def sheets(world: World) -> None:
    """A dozen sheets of the hotline that don't say where: they wait for a place."""
    for number, (title, text, nature, category) in enumerate(SHEETS):
        story = Story(category, "property", ((title, text),), (), nature=nature)
        at = workdays_ago(world.now, 1 + number // 6, f"{9 + number % 3 * 3:02d}:{(number * 7) % 60:02d}")
        world.spawn(Play(world, Tale(story, "", None, "hotline"), "", at, f"sheet{number}"))
