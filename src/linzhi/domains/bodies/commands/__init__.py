"""Every change of bodies and posts. Importing this package registers the commands."""

from linzhi.domains.bodies.commands.appoint import Appoint, appoint
from linzhi.domains.bodies.commands.create_post import CreatePost, create_post
from linzhi.domains.bodies.commands.dissolve_body import DissolveBody, dissolve_body
from linzhi.domains.bodies.commands.end_holding import EndHolding, end_holding
from linzhi.domains.bodies.commands.follow_account import FollowAccount, follow_account
from linzhi.domains.bodies.commands.follow_grid import FollowGrid, follow_grid
from linzhi.domains.bodies.commands.found_body import FoundBody, found_body
from linzhi.domains.bodies.commands.set_competences import SetCompetences, set_competences
from linzhi.domains.bodies.commands.set_service_area import SetServiceArea, set_service_area

__all__ = [
    "Appoint", "CreatePost", "DissolveBody", "EndHolding", "FollowAccount", "FollowGrid", "FoundBody", "SetCompetences", "SetServiceArea",
    "appoint", "create_post", "dissolve_body", "end_holding", "follow_account", "follow_grid", "found_body", "set_competences",
    "set_service_area",
]  # fmt: skip
