"""Loading what commands on imports are about, and the register's own power, which every one of them asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands import Input
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import Register, register_of
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotAllowed, NotFound


class OnImport(Input):
    """Which import."""

    import_id: int


def load(cmd: OnImport) -> SheetImport:
    """The import, locked. Raises NotFound."""
    found = SheetImport.objects.select_for_update().filter(pk=cmd.import_id).first()
    if found is None:
        raise NotFound(_("没有这次导入。"))
    return found


def place(code: str) -> Territory:
    """The place with a code. Raises NotFound."""
    found = Territory.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("没有编码为“%(code)s”的地方。") % {"code": code})
    return found


def register(code: str) -> Register:
    """The register with a code. Raises NotFound."""
    try:
        return register_of(code)
    except KeyError as error:
        raise NotFound(_("没有“%(code)s”这种台账。") % {"code": code}) from error


def must_hold(powers: Powers, action: str, where: Territory) -> None:
    """Refuse whoever may not do the register's own action at the place."""
    decision = powers.decide(action, where)
    if not decision:
        raise NotAllowed(action, decision.reason)


def must_keep(powers: Powers, one: SheetImport) -> Register:
    """The register of an import. Refused for whoever may not write it at the import's place."""
    found = register(one.register)
    must_hold(powers, found.action, place(one.place))
    return found
