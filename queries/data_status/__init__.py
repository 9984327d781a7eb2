"""What we ask about the data itself: what was loaded, how old it is, what was turned away.

Source: the batches.
"""

import pandas as pd

from data.contract import ledgers
from data.store.reader import Snapshot
from queries import Scope, run

CADENCE = {name: each.cadence_days for name, each in sorted(ledgers().items()) if each.cadence_days}
SEASONAL = sorted(name for name, each in ledgers().items() if each.is_seasonal)


def batches(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """Every file loaded, the newest first, whatever the scope's days. One row is one batch.

    Columns: batch_id, batch_no, load_id, loaded_at, ledger, file_name, template, accepted_count,
        merged_count, rejected_count (行), rejected_row_rate (0-1), notes, is_demo
    Source: batch
    """
    return run(street, "data_status/batches", scope)


def ages(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How old each ledger is at `as_at`, the most overdue first.

    One row is one ledger; one never loaded has no age. `is_behind` is null where nothing is expected: never
    loaded, or a holiday's ledger more than 40 days before or 60 after 正月初一.

    Columns: ledger, cadence_days (天), record_count (条), batch_count (个), last_loaded_at, newest_at,
        age_days (天), is_behind
    Source: every ledger, batch
    """
    cadences = list(CADENCE.values())
    return run(street, "data_status/ages", scope, ledgers=list(CADENCE), cadences=cadences, seasonal=SEASONAL)


def rejected_by_reason(street: Snapshot, scope: Scope, batch_id: str = "") -> pd.DataFrame:
    """Rows turned away, by ledger, reason and column.

    One row is one of these; `batch_id` narrows to one file.

    Columns: ledger, rejected_for, heading, rejected_count (行), file_count (个), example, last_loaded_at
    Source: rejected_row, batch
    """
    return run(street, "data_status/rejected_by_reason", scope, batch_id=batch_id)


def rejected_rows(
    street: Snapshot,
    scope: Scope,
    search: str = "",
    rejected_for: str = "",
    batch_id: str = "",
    rows: int = 500,
    loaded: str = "",
) -> pd.DataFrame:
    """The rows turned away, newest file first. One row is one row of a file; `search` looks in all its texts.

    Of every file ever loaded, or with `loaded` "in_period" of those loaded within the scope's days.

    Columns: batch_id, loaded_at, ledger, file_name, source_sheet, source_row, heading, cell_text,
        rejected_for, message
    Source: rejected_row, batch
    """
    return run(
        street,
        "data_status/rejected_rows",
        scope,
        search=search,
        rejected_for=rejected_for,
        batch_id=batch_id,
        rows=rows,
        loaded=loaded,
    )
