"""One request in play: a script of acts, each done by the right person at a believable time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from linzhi.domains.people.demo import phone
from linzhi.domains.places.queries import Building
from linzhi.domains.requests import commands
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.domains.requests.demo import hours
from linzhi.domains.requests.demo.acts import ACTS, MINUTES, Token, tokens
from linzhi.domains.requests.demo.story import Story
from linzhi.domains.requests.demo.words import WORDS
from linzhi.domains.requests.models import Request
from linzhi.flow import library
from linzhi.kernel.actor import ANONYMOUS, Actor, Person

if TYPE_CHECKING:
    from linzhi.domains.requests.demo.world import World

STRANGERS = 9000
"""From which number on the demo's phones belong to nobody with an account."""
CALLERS = ("张先生", "李女士", "王阿姨", "刘师傅", "陈女士", "赵大爷", "周先生", "孙女士", "吴阿姨", "郑先生")
QUICK = {"respond": (1, 9), "progress": (6, 50)}
"""Where the method asks for an answer within minutes."""


@dataclass(frozen=True)
class Tale:
    """What is told, where and by whom. `channel`: resident, code (no account, keeps the code), grid, call, hotline or part.

    `told` picks a variant of the story; `words` override what is said at a kind of act; `parts` are texts with the scripts of the parts.
    """

    story: Story
    estate: str
    building: Building | None
    channel: str = "resident"
    reporter: int | None = None
    told: int = 0
    unit: str = "1"
    floor: int = 3
    title: str = ""
    text: str = ""
    place_text: str = ""
    photo: bool = False
    accused: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()
    phone: str = ""


class Case:
    """Plays one tale by its script. `life` yields the moment of each act; the world resumes it when that has come."""

    def __init__(self, world: World, tale: Tale, script: str, at: datetime, seed: str, request: Request | None = None) -> None:
        self.world = world
        self.cast = world.cast
        self.tale = tale
        self.script = tokens(script)
        self.at = at
        self.seed = seed
        self.random = Random(seed)
        self._request = request
        self.joint_body = 0
        self.late = False
        self._said: dict[str, int] = {}

    @property
    def request(self) -> Request:
        """The request, once it has been made."""
        assert self._request is not None
        return self._request

    @property
    def step(self) -> str:
        """Where the matter stands."""
        return self.request.matter.step

    def life(self) -> Iterator[datetime]:
        """Act after act, until the script ends or the world stops asking."""
        yield self.at
        if self._request is None:
            self._open()
        for token in self.script:
            special = getattr(self, f"_{token.name}", None)
            try:
                yield from special(token) if special else self._plain(token)
            except Exception as error:
                error.add_note(f"in the case {self.seed!r}, {token}, at the step {self.step!r}")
                raise

    # when and with which words

    def wait(self, token: Token, span: tuple[int, int], kind: str) -> datetime:
        """Set the moment of the next act."""
        if token.clock:
            self.at = hours.at_time_of(self.at, token.clock)
        elif token.unit == "w":
            self.at = hours.workdays_on(self.at, token.amount, f"{self.random.randrange(9, 12):02d}:{self.random.randrange(60):02d}")
        elif token.unit:
            self.at += timedelta(minutes=token.amount * MINUTES[token.unit], seconds=self.random.randrange(50))
        else:
            if self.request.urgent and span[1] > 12:
                span, kind = ((15, 65), "now") if span[1] >= 900 else ((3, 12), "now")
            self.at += timedelta(minutes=self.random.randint(*span), seconds=self.random.randrange(60))
            if kind == "office":
                self.at = hours.in_office(self.at, self.random)
            elif kind == "awake":
                self.at = hours.awake(self.at, self.random)
        return self.at

    def say(self, kind: str) -> str:
        """Words of a kind: the tale's own first, then the story's, then what people say in passing; not the same twice in a row."""
        story: tuple[str, ...] = getattr(self.tale.story, kind, ()) if kind not in ("solved", "unit") else ()
        choices = self.tale.words.get(kind) or story or WORDS[kind]
        number = self._said.get(kind, 0 if kind in self.tale.words else self.random.randrange(len(choices)))
        self._said[kind] = number + 1
        return self._fill(choices[number % len(choices)])

    def _fill(self, text: str) -> str:
        number = self.tale.building.number if self.tale.building else ""
        return text.format(b=number, u=self.tale.unit, f=self.tale.floor)

    # who

    def who(self, what: str) -> Actor:
        """The actor for `grid`, `handler`, `joint`, `reporter` and the posts of the place."""
        if what == "handler":
            return self.cast.of_body(self.request.matter.handler_body_id or 0, self.request.pk)
        if what == "joint":
            return self.cast.of_body(self.joint_body)
        if what == "reporter":
            return self._reporter()
        number = 1 if what == "street" and self.random.random() < 0.3 else 0
        return self.cast.staff(what, self.request.path, number)

    def _reporter(self) -> Actor:
        if self.request.reporter_id is not None:
            return Person(self.request.reporter_id)
        return ANONYMOUS if self.tale.channel == "code" else self.cast.staff("community", self.request.path)

    def do(self, name: str, actor: Actor, **given: Any) -> None:
        """Run one command at the moment reached."""
        command = getattr(commands, name)
        model = getattr(commands, "".join(part.title() for part in name.split("_")))
        if actor is ANONYMOUS:
            given["code"] = status_code_of(self.request)
        self.keep(command(actor, model(request_id=self.request.pk, **given), at=self.at))

    def keep(self, request: Request) -> None:
        """Take over how the request stands after a command."""
        self._request = request

    # the acts

    def _plain(self, token: Token) -> Iterator[datetime]:
        act = ACTS[token.name]
        if token.name == "sign" and self.step != "sign":
            return
        if token.name == "respond" and self.step == "accept":
            act = ACTS["accept"]
        elif token.name in QUICK and self.method == "closed-loop":
            act = replace(act, wait=QUICK[token.name])
        yield self.wait(token, act.wait, act.hours)
        given = {name: self.say(kind) for name, kind in (("say", act.say), ("note", act.note)) if kind}
        self.do(act.command, self.who(token.arg or act.who), **given)

    def _open(self) -> None:
        tale, story = self.tale, self.tale.story
        title, text = story.told[tale.told % len(story.told)]
        place: Any = tale.building or (self.cast.estate(tale.estate) if tale.estate else self.world.county.ground.county)
        told: dict[str, Any] = {
            "place_code": place.code, "nature": story.nature,
            "title": self._fill(tale.title or title), "text": self._fill(tale.text or text),
            "category": story.category, "urgent": story.urgent, "public": story.public, "place_text": tale.place_text,
        }  # fmt: skip
        if tale.accused:
            told["accused_body_id"] = self.world.county.bodies[tale.accused].pk
        stranger, name = tale.phone or phone(STRANGERS + self.random.randrange(900)), self.random.choice(CALLERS)
        if tale.channel in ("grid", "call"):
            actor = self.cast.staff("grid" if tale.channel == "grid" else "community", place.path)
            known = self.world.phones.get(tale.reporter or 0, stranger)
            cmd = commands.Record(**told, channel=tale.channel, contact_name=name, contact_phone=known)
            self._request = commands.record(actor, cmd, at=self.at)
        elif tale.channel == "code":
            leaves = bool(tale.phone) or story.nature != "tip_off" and self.random.random() < 0.7
            left = {"contact_name": name, "contact_phone": stranger} if leaves else {}
            self._request = commands.report(ANONYMOUS, commands.Report(**told, anonymous=True, **left), at=self.at)
        elif tale.channel == "hotline":
            self._take_sheet(told, place, name, stranger)
        else:
            actor = Person(tale.reporter or self.random.choice(self.cast.residents[tale.estate]))
            photos = (self.world.album.upload(actor, story.photo, self.at),) if tale.photo and story.photo else ()
            own = self.world.phones.get(actor.account_id or 0, "")
            self._request = commands.report(actor, commands.Report(**told, photos=photos, contact_phone=own), at=self.at)

    def _take_sheet(self, told: dict[str, Any], place: Any, name: str, number: str) -> None:
        kept = {key: told[key] for key in ("nature", "title", "text", "category", "place_text", "place_code")}
        actor = self.cast.staff("street", place.path) if self.tale.estate else self.world.officer
        sheet = commands.TakeSheet(**kept, source="12345", source_id=self.world.next_sheet(self.at), caller=name, phone=number)
        self._request = commands.take_sheet(actor, sheet, at=self.at)

    @property
    def method(self) -> str:
        """The method that the matter follows: whistle, closed-loop, graded or request."""
        return library.of_version(self.request.matter.version_id).id
