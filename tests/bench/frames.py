"""A snapshot's ledgers held in memory as plain data frames: what the questions are measured against."""

from collections.abc import Mapping

import pandas as pd

from data.warehouse import Snapshot

# Ten million rows of everything would not fit; these are all that the plain answers touch.
HELD: Mapping[str, str] = {
    "patrol_log": "patrolled_at, grid_code, community, finding_count, contact_count, stay_minutes",
}


class Frames:
    """The current rows of each table, read when first asked for."""

    def __init__(self, street: Snapshot) -> None:
        self.street = street
        self._held: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self._held:
            with self.street.cursor() as cursor:
                self._held[table] = cursor.execute(f"select {HELD.get(table, '*')} from {table}").df()
        return self._held[table]
