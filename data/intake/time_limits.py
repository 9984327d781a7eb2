"""Reads a time limit (3个工作日, 5工作时) where a due date should stand, and works out when it ends."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.time_limit import time_limit
from data.days.worktime import due_at_each
from data.intake.work import Work


def settle(work: Work) -> None:
    """Gives rows whose due cell is a limit the moment it ends, counted from filing, else from the report.

    Working days and hours follow the calendar; the day of filing does not count.
    """
    for each in work.reader.ledger.fields:
        starts = [work.columns[name] for name in each.counts_from if name in work.columns]
        text = work.text(each.name) if each.counts_from else None
        if text is None or not starts:
            continue
        known = {cell: time_limit(cell) for cell in text.unique().to_pylist()}
        if not any(known.values()):
            continue
        limits = [known[cell] for cell in text.to_pylist()]
        due = due_at_each(
            pd.Series(pc.coalesce(*starts).cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)),
            pd.Series([float(found[0]) if found else np.nan for found in limits]),
            pd.Series([found[1] if found else None for found in limits]),
        )
        ends = pa.array(due, pa.timestamp("us"), from_pandas=True)
        work.columns[each.name] = pc.coalesce(work.columns[each.name], ends)
