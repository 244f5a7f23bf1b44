"""Who acts: the people of the demo county by what they are to a place."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.bodies.demo import DemoCounty
from linzhi.domains.people.demo import NAMED
from linzhi.domains.places.queries import Building, Estate
from linzhi.foundation.access.granting import holders
from linzhi.foundation.territory.paths import estate_of
from linzhi.kernel.actor import Actor, Person

ROLES = {
    "grid": "grid_worker", "community": "community_worker", "street": "street_dispatcher", "county": "county_officer",
    "secretary": "branch_secretary", "committee": "committee_member", "head": "building_head",
}  # fmt: skip


class Cast:
    """Look-ups of places, bodies and people, kept for the run: nobody changes post while the year is played."""

    def __init__(self, county: DemoCounty, now: datetime) -> None:
        self.county = county
        self.now = now
        self.holders = cache(self._holders)
        self.body_for = cache(self._body_for)
        self.buildings = cache(self._buildings)
        self.members = cache(lambda body_id, role: bodies.members(body_id, role, now))
        self.residents = {name: list(ids) for name, ids in county.neighbours.residents.items()}
        for named in NAMED:
            if named.key in county.accounts and named.key not in ("resident", "owner"):
                self.residents.setdefault(named.estate, []).append(county.accounts[named.key])
        self.everyone = sorted(account for accounts in self.residents.values() for account in accounts)

    def estate(self, name: str) -> Estate:
        """The estate with this name."""
        return self.county.ground.estates[name]

    def _buildings(self, estate: str) -> list[Building]:
        return list(self.estate(estate).buildings.order_by("path"))

    def building(self, estate: str, number: str) -> Building:
        """The building of an estate; KeyError when there is none."""
        return {row.number: row for row in self.buildings(estate)}[number]

    def _holders(self, role: str, path: str) -> list[int]:
        return holders(role, path, self.now)

    def person(self, what: str, path: str, number: int = 0) -> Actor | None:
        """Somebody who is `grid`, `community`, `street`, `county`, `secretary` or `committee` to the place, or None."""
        found = self.holders(ROLES[what], path)
        return Person(found[number % len(found)]) if found else None

    def staff(self, what: str, path: str, number: int = 0) -> Actor:
        """As `person`; the county's officer stands in where nobody holds the post (a sheet without a place)."""
        return self.person(what, path, number) or self.person("community", path) or Person(self.county.accounts["county_officer"])

    def of_body(self, body_id: int, number: int = 0) -> Actor:
        """Somebody who answers for a body that has a request."""
        for role in ("property_handler", "department_handler", "community_worker", "street_dispatcher"):
            if found := self.members(body_id, role):
                return Person(found[number % len(found)])
        raise LookupError(f"nobody answers for body {body_id}")

    def _body_for(self, path: str, to: str) -> int:
        """The body that does this kind of work at a place; where there is no company, the community."""
        if to == "property":
            found = bodies.bodies_for(path, "property_company", self.now)
        elif to == "community":
            found = []
        else:
            found = bodies.competent_bodies(path, to, self.now)
        found = found or bodies.bodies_for(path, "residents_committee", self.now)
        return found[0].pk

    def is_local(self, path: str, body_id: int) -> bool:
        """Whether the grid worker may dispatch to the body without the street: the company or the community itself."""
        return body_id in (self.body_for(estate_of(path) or path, "property"), self.body_for(estate_of(path) or path, "community"))
