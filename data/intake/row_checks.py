"""Checks what two fields of a row must hold between them, as the `[[check]]` tables of its contract say."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.contract import Check
from data.intake.block import is_null
from data.intake.derive import two_persons
from data.intake.work import Work


def check_rows(work: Work) -> None:
    """Notes a fault on rows that fail a check, under the second field, or the first where that is blank.

    Raises ValueError for a rule that nobody wrote.
    """
    for check in work.reader.ledger.checks:
        nothing = pa.nulls(work.count, pa.string())
        first, second = (work.columns.get(name, nothing) for name in check.of)
        fails = _fails(check, first, second)
        work.faults.add(fails & is_null(first), check.reason, check.of[0])
        work.faults.add(fails, check.reason, check.of[1])


def _fails(check: Check, first: pa.Array, second: pa.Array) -> NDArray[np.bool_]:
    wrong: NDArray[np.bool_]
    match check.rule:
        case "two_people":
            wrong = ~two_persons(first, second).to_numpy(zero_copy_only=False)
        case "not_before":
            wrong = _days(second) < _days(first)
        case "within_days":
            wrong = _days(second) - _days(first) > np.timedelta64(check.at_most, "D")
        case _:
            raise ValueError(check.rule)
    return wrong


def _days(column: pa.Array) -> NDArray[np.datetime64]:
    """The days, NaT where one is not told: it is neither before nor after any other."""
    days: NDArray[np.datetime64] = column.cast(pa.timestamp("s")).to_numpy(zero_copy_only=False)
    return days.astype("datetime64[D]")
