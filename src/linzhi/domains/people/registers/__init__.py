"""The registers of people that go in and out as Excel."""

from linzhi.domains.people.registers.members import MEMBERS
from linzhi.domains.people.registers.owners import OWNERS
from linzhi.domains.people.registers.residents import RESIDENTS
from linzhi.domains.people.registers.skills import SKILLS
from linzhi.foundation.sheets.register import declare

declare(RESIDENTS, OWNERS, MEMBERS, SKILLS)
