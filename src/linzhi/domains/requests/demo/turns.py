"""The acts of a script that need more than words: handing over, time, parts, duplicates, ratings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from linzhi.domains.requests import commands
from linzhi.domains.requests.demo import hours
from linzhi.domains.requests.demo.acts import Token
from linzhi.domains.requests.demo.case import Case, Tale
from linzhi.kernel.actor import Person

PLAIN = Token("")


class Play(Case):
    """A case with every turn that a script may take."""

    def _late(self, token: Token) -> Iterator[datetime]:
        """The handler will take longer than the limit allows."""
        self.late = True
        yield from ()

    def _sort(self, token: Token) -> Iterator[datetime]:
        """Hand it to a body: by the grid worker where that is enough, else by way of the street."""
        to = token.arg or {"grid": "community", "desk": "community"}.get(self.tale.story.to, self.tale.story.to)
        body = self.cast.body_for(self.request.path, to)
        plain = self.method == "request"
        yield self.wait(token, (6, 70), "office" if plain else "awake")
        above = {"divide": "street", "street": "street", "community": "community"}.get(self.step)  # back from a resident who isn't content
        worker = self.who(above or ("community" if plain else "grid"))
        if above is None and self.method in ("whistle", "graded") and not self.cast.is_local(self.request.path, body):
            if self.method == "whistle":
                self.do("whistle", worker, note=self.say("whistle"))
            else:
                self.do("escalate", worker, choice="street", note=self.say("escalate"))
            yield self.wait(PLAIN, (15, 100), "office")
            worker = self.who("street")
        self.do("dispatch", worker, body_id=body, note=self.say("dispatch"))

    def _whistle(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (10, 60), "awake")
        self.do("whistle", self.who("grid"), note=self.say("whistle"))

    def _assign(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (60, 400), "office")
        body = self.cast.body_for(self.request.path, token.arg or self.tale.story.to)
        self.do("assign_finally", self.who("street"), body_id=body, note=self.say("assign"))

    def _hand_over(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (60, 400), "office")
        body = self.cast.body_for(self.request.path, token.arg)
        self.do("hand_over", self.who("handler"), body_id=body, note=self.say("hand_over"))

    def _joint(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (30, 200), "office")
        self.joint_body = self.cast.body_for(self.request.path, token.arg)
        self.do("invite_joint", self.who("handler"), body_id=self.joint_body, note=self.say("joint"))

    def _feedback(self, token: Token) -> Iterator[datetime]:
        """The result, sometimes with a photo of it; late when the script said so, quick for a question."""
        days = self.random.choice((0, 1, 1, 2, 2, 3, 4))
        if self.late:
            days = self.random.choice((6, 7, 9)) if self.tale.story.nature == "help" else self.random.choice((11, 12))
            self.late = False
        elif self.tale.story.nature in ("consult", "praise"):
            days = 0
        if self.request.urgent or token.unit or token.clock or not days:
            yield self.wait(token, (60, 300) if not self.request.urgent else (900, 901), "office")
        else:
            self.at = hours.workdays_on(self.at, days, f"{self.random.randrange(9, 17):02d}:{self.random.randrange(60):02d}")
            yield self.at
        actor = self.who("handler")
        story = self.tale.story
        photos = (self.world.album.upload(actor, story.photo, self.at, after=True),) if self.tale.photo and story.photo else ()
        self.do("give_feedback", actor, say=self.say("result"), photos=photos)

    def _verify(self, token: Token) -> Iterator[datetime]:
        """Looked at by whom the method asks: the grid, the branch, the committee or the community."""
        who = token.arg or {"whistle": "grid", "graded": "secretary", "closed-loop": "committee", "request": "community"}[self.method]
        yield self.wait(token, (40, 900), "office" if who == "community" else "awake")
        self.do("verify", self.who(who), say=self.say("supervised" if who == "committee" else "verify"))

    def _redo(self, token: Token) -> Iterator[datetime]:
        who = token.arg or {"whistle": "grid", "graded": "secretary", "closed-loop": "committee", "request": "community"}[self.method]
        yield self.wait(token, (40, 600), "awake")
        self.do("redo", self.who(who), note=self.say("redo"))

    def _direct(self, token: Token) -> Iterator[datetime]:
        """Done on the spot; a question is answered from the desk within the hour."""
        asked = self.tale.story.to == "desk"
        yield self.wait(token, (6, 45) if asked else (20, 150), "office" if asked else "awake")
        self.do("handle_directly", self.who("community" if asked or self.method == "request" else "grid"), say=self.say("result"))

    def _extend(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (500, 1800), "office")
        self.do("request_extension", self.who("handler"), limit=f"{token.arg or 3} working days", note=self.say("extend"))

    def _grant(self, token: Token) -> Iterator[datetime]:
        yield from self._decide(token, "grant_extension", "grant")

    def _refuse(self, token: Token) -> Iterator[datetime]:
        yield from self._decide(token, "refuse_extension", "refuse")

    def _decide(self, token: Token, name: str, kind: str) -> Iterator[datetime]:
        """On more time decides somebody else than who asked: where the community has it, the street."""
        yield self.wait(token, (30, 240), "office")
        worker = self.who("community")
        asked = self.request.matter.actors["requests.request_extension"]
        self.do(name, self.who("street") if worker.key == asked else worker, note=self.say(kind))

    def _suspend(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (300, 1500), "office")
        until = self.at + timedelta(days=int(token.arg or 40))
        self.do("suspend", self.who("community"), say=self.say("suspend"), until=until)

    def _split(self, token: Token) -> Iterator[datetime]:
        """Cut into the tale's parts, each with a script of its own."""
        yield self.wait(token, (30, 200), "office")
        texts = tuple(text for text, _script in self.tale.parts)
        self.do("split", self.who("community"), parts=texts, note="涉及几家，拆开同时办。")
        for number, part in enumerate(self.request.parts.order_by("pk")):
            tale = Tale(self.tale.story, self.tale.estate, self.tale.building, "part", words=self.tale.words)
            self.world.spawn(Play(self.world, tale, self.tale.parts[number][1], self.at, f"{self.seed}/{number}", part))

    def _duplicate(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (15, 90), "office")
        other = self.world.scenes[token.arg].request
        self.do("mark_duplicate", self.who("community"), same_as_id=other.pk, say=self.say("duplicate"))

    def _follow(self, token: Token) -> Iterator[datetime]:
        """Some neighbours join, one after the other."""
        if not self.request.public:
            return
        own = self.request.reporter_id
        joined = self.random.sample([account for account in self.cast.everyone if account != own], int(token.arg or 2))
        for account in joined:
            yield self.wait(token, (3, 50), "now")
            cmd = commands.Follow(request_id=self.request.pk, say=self.say("follow") if self.random.random() < 0.6 else "")
            self.keep(commands.follow(Person(account), cmd, at=self.at))

    def _reveal(self, token: Token) -> Iterator[datetime]:
        """Look up the number to make an appointment, where one was left."""
        if not self.request.contact_phone:
            return
        yield self.wait(token, (5, 40), "awake")
        self.do("reveal_contact", self.who(token.arg or "grid"), purpose="visit", note="约上门时间")

    def _locate(self, token: Token) -> Iterator[datetime]:
        yield self.wait(token, (60, 400), "office")
        self.do("locate", self.world.officer, place_code=self.cast.estate(token.arg).code)

    def _answer(self, token: Token) -> Iterator[datetime]:
        if self.request.ratings.filter(low=True, replied_at__isnull=True).exists():
            yield from self._plain(token)

    def _rate(self, token: Token) -> Iterator[datetime]:
        """Stars and a word by the reporter; where there is nobody to give them, the community calls."""
        if self.request.reporter_id is None and self.tale.channel != "code":
            yield from self._plain(Token("call", "", token.amount, token.unit, token.clock))
            return
        stars = int(token.arg or self.random.choices((5, 4, 3), (62, 30, 8))[0])
        kind = "thanks" if stars > 3 else "so_so" if stars == 3 else "grumble"
        yield self.wait(token, (1, 240), "awake")
        said = self.say(kind) if stars < 3 or self.random.random() < 0.7 else ""
        self.do("rate", self.who("reporter"), stars=stars, say=said)
