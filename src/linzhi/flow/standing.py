"""What an actor is to a matter: the roles held over its place, and relations to it."""

from __future__ import annotations

from linzhi.flow.models import Matter
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import covers


def roles(powers: Powers, matter: Matter) -> set[str]:
    """Roles over the matter's place, plus `handler`, `joint`, `reporter` or `system` where they apply.

    Whoever belongs to the body accused has no standing but that of the reporter.
    """
    actor = powers.actor
    found: set[str] = {"system"} if actor.kind == "system" else set()
    if actor.account_id is not None and actor.account_id == matter.reporter_id:
        found.add("reporter")
    grants = [(role, grant) for role, held in powers.grants.items() for grant in held]
    if matter.accused_body_id is not None and any(grant.body_id == matter.accused_body_id for _role, grant in grants):
        return found
    joint = _joint_bodies(matter) if grants else set()
    for role, grant in grants:
        if covers(grant.path, matter.path):
            found.add(role)
        if grant.body_id is not None and grant.body_id == matter.handler_body_id:
            found.add("handler")
        if grant.body_id in joint:
            found.add("joint")
    return found


def _joint_bodies(matter: Matter) -> set[int]:
    if not any(act.endswith(".invite_joint") for act in matter.actors):
        return set()
    rows = matter.tasks.filter(kind="joint", done_at__isnull=True).values_list("body_id", flat=True)
    return {body for body in rows if body is not None}
