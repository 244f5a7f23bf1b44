"""Say which of our columns the headings of a ledger mean."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, command
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport, SheetLayout
from linzhi.kernel.refused import Refused


class MapColumns(loading.OnImport):
    """`chosen`: for each heading that we didn't know, the code of a column, or empty for "not imported"."""

    chosen: dict[str, str]


@command("sheets.map_columns", on=loading.load)
def map_columns(ctx: Context, cmd: MapColumns, one: SheetImport) -> SheetImport:
    """Keep the mapping, for this import and for the next file with the same headings at this place or below.

    Refused when a column that must be there is still missing, when two headings mean the same column, and once rows were taken.
    """
    register = loading.must_keep(ctx.powers, one)
    if one.state not in ("uploaded", "previewed", "refused") or one.row:
        raise Refused("sheets.state", _("这次导入已经开始了，列名不能再改。"))
    facts = one.mapping
    titles = {column.code: str(column.title) for column in register.columns}
    chosen = {heading: code for heading, code in cmd.chosen.items() if heading in facts["unknown"] and (not code or code in titles)}
    given = [code for code in chosen.values() if code]
    doubled = [code for code in given if given.count(code) > 1 or code in facts["known"]]
    if doubled:
        raise Refused("sheets.doubled", _("有两列都对应“%(title)s”，只能留一列。") % {"title": titles[doubled[0]]}, status=422)
    missing = [code for code in facts["missing"] if code not in given]
    if missing:
        names = "、".join(titles[code] for code in missing)
        raise Refused("sheets.missing", _("还缺这几列：%(list)s。请指给我们看是表里的哪一列；表里没有，就补上再传。") % {"list": names}, status=422)
    one.mapping = {**facts, "chosen": chosen}
    one.state = "uploaded"
    one.save(update_fields=["mapping", "state"])
    SheetLayout.objects.update_or_create(
        register=one.register, signature=facts["signature"], path=one.path,
        defaults={"mapping": chosen, "account_id": ctx.actor.account_id, "at": ctx.at},
    )  # fmt: skip
    return one
