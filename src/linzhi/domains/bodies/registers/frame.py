"""What both registers share: rows of a sheet as inputs, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from linzhi.domains.places.commands.bulk import Compared
from linzhi.foundation.sheets.register import Fault, Row, Verdict
from linzhi.web.forms import sentence


def input_of(row_type: Any, row: Row) -> Any:
    """A row as an input; an empty cell says nothing: the field keeps its default."""
    return row_type(**{name: value for name, value in row.items() if value is not None})


def judge_rows(
    row_type: Any, rows: Sequence[Row], compare: Callable[[list[Any]], Sequence[Compared]], before: Callable[[Any], dict[str, Any]]
) -> list[Verdict]:
    """One verdict per row; a row that isn't even an input gets the input's own faults."""
    verdicts: dict[int, Verdict] = {}
    inputs = []
    for number, row in enumerate(rows):
        try:
            inputs.append((number, input_of(row_type, row)))
        except ValidationError as error:
            details = error.errors(include_url=False)
            faults = tuple(Fault(str(detail["loc"][0]) if detail["loc"] else "", sentence(detail)) for detail in details)
            verdicts[number] = Verdict("bad", faults)
    for (number, _given), line in zip(inputs, compare([given for _number, given in inputs]), strict=True):
        faults = tuple(Fault(fault.field, fault.why, fault.remedy) for fault in line.faults)
        verdicts[number] = Verdict(line.state, faults, before(line) if line.state == "changed" else {})
    return [verdicts[number] for number in range(len(rows))]
