"""The registers of bodies and of posts with their holders as sheets."""

from linzhi.domains.bodies.registers.bodies import BODIES
from linzhi.domains.bodies.registers.posts import POSTS
from linzhi.foundation.sheets.register import declare

declare(BODIES, POSTS)
