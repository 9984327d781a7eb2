"""The clerk's desk: which ledger goes into which file, under which title, with which slips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data.demo.office_files import Layout, write_csv, write_workbook
from data.demo.slips import slip
from data.demo.street import STREET_NAME

ROWS_A_CSV = 900_000
ROWS_A_WORKBOOK = 60_000
Faults = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """Writes tables into one folder on the last day of data."""

    folder: Path
    today: date

    def book(
        self,
        name: str,
        table: pa.Table,
        title: str,
        faults: Faults = (),
        *,
        repeats: int = 0,
        layout: Layout | None = None,
    ) -> Iterator[Path]:
        """The table as a workbook, or as a CSV where it is too long for one; nothing where it is empty."""
        if table.num_rows > ROWS_A_WORKBOOK:
            yield from self.csv(name, table, faults, repeats=repeats)
        elif table.num_rows:
            table, slips = slip(table, name, faults, repeats=repeats)
            dressed = layout or Layout(f"{STREET_NAME}{title}")
            yield write_workbook(self.folder / f"{name}.xlsx", table, dressed, self.today, slips=slips)

    def csv(
        self, name: str, table: pa.Table, faults: Faults = (), *, repeats: int = 0, encoding: str = "gb18030"
    ) -> Iterator[Path]:
        """The table as one CSV, or as several numbered ones where it is too long."""
        for part, start in enumerate(range(0, table.num_rows, ROWS_A_CSV), 1):
            called = name if part == 1 else f"{name}_{part}"
            piece, slips = slip(table.slice(start, ROWS_A_CSV), called, faults, repeats=repeats)
            yield write_csv(self.folder / f"{called}.csv", piece, encoding=encoding, slips=slips)

    def yearly(
        self, name: str, table: pa.Table, moment: str, faults: Faults = (), *, encoding: str = "gb18030"
    ) -> Iterator[Path]:
        """The table as one CSV a calendar year of the column `moment`."""
        year = pc.year(table[moment])
        for each in sorted(pc.unique(year).to_pylist()):
            yield from self.csv(
                f"{name}_{each}年", table.filter(pc.equal(year, each)), faults, encoding=encoding
            )
