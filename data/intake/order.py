"""Checks that the steps of a record follow each other in time."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.intake.work import Work

Moments = NDArray[np.datetime64]
# Closing on an earlier day than reporting has a reason of its own in the import contract.
CLOSED_TOO_EARLY = ("reported_at", "closed_at")


def check_order(work: Work) -> None:
    """Notes a fault on rows where a later step stands before an earlier one, wherever both are given."""
    steps = [name for name in work.reader.ledger.order if name in work.columns]
    moments: Mapping[str, Moments] = {name: _moments(work.columns[name]) for name in steps}
    pairs = [(earlier, later) for at, earlier in enumerate(steps) for later in steps[at + 1 :]]
    # What closes too early is told as that, though the same date may also stand for its handling.
    for earlier, later in sorted(pairs, key=lambda pair: pair != CLOSED_TOO_EARLY):
        is_closing = (earlier, later) == CLOSED_TOO_EARLY
        # A step that another column stands for (整改完成日期) is only as exact as the day it names.
        is_borrowed = not {earlier, later} <= set(work.reader.header.columns)
        wrong = is_before(moments[later], moments[earlier], by_day=is_closing or is_borrowed)
        reason = "closed_before_reported" if is_closing else "times_out_of_order"
        work.faults.add(wrong, reason, _told(work, later))


def is_before(later: Moments, earlier: Moments, by_day: bool = False) -> NDArray[np.bool_]:
    """Where the later step stands before the earlier one; by day where either tells no time of day."""
    later_day, earlier_day = later.astype("datetime64[D]"), earlier.astype("datetime64[D]")
    wrong_day: NDArray[np.bool_] = later_day < earlier_day
    if by_day:
        return wrong_day
    timed = (later != later_day) & (earlier != earlier_day)
    return np.where(timed, later < earlier, wrong_day)


def _told(work: Work, name: str) -> str:
    """The field whose heading to name: a filled column's fault lies where its value came from."""
    if name in work.reader.header.columns:
        return name
    return next((fill.source for fill in work.reader.ledger.fill if fill.into == name), name)


def _moments(column: pa.Array) -> Moments:
    moments: Moments = column.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return moments
