"""Patrols and hazards on their way into files: a file a calendar year, cut where it would grow too long."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.coordinates import from_wgs84
from data.demo.office_files import WGS84, Layout, write_csv, write_workbook
from data.demo.slips import slip
from data.demo.street import STREET_NAME

ROWS_A_FILE = 900_000
ROWS_A_WORKBOOK = 60_000
PATROL_FAULTS = (
    ("巡查时间", "2026/13/1"),
    ("巡查时间", "1月5日"),
    ("网格编码", "990101001099001"),
    ("走访人次", "-3"),
    ("走访人次", "约20"),
    ("社区", "石埠新村社区"),
)
HAZARD_FAULTS = (
    ("发现时间", "2026/13/1"),
    ("网格编码", "990101001018009"),
    ("隐患等级", "特别重大"),
    ("整改状态", "基本完成"),
    ("销号时间", "2016-01-05"),
    ("返工次数", "两次"),
)
CLASH = ("隐患描述", "同一编号又登记了一处")
# The office's own words in the year of the oldest file, before the platform settled on the present ones.
OLD_WORDS = {
    "发现时间": "排查日期",
    "复查时间": "验证时间",
    "销号时间": "销号日期",
    "单位名称": "隐患单位",
    "立案时间": "受理时间",
}


@dataclass
class Stream:
    """Month tables gathered until their year is over or the file is long enough, then handed to `write`."""

    write: Callable[[pa.Table, int, int], Path]
    waiting: list[pa.Table] = field(default_factory=list)
    year: int = 0
    part: int = 0

    def take(self, year: int, table: pa.Table) -> Iterator[Path]:
        """Add one month; yields the file that became full, if one did."""
        if self.waiting and (year != self.year or self._rows + table.num_rows > ROWS_A_FILE):
            yield self._flush()
        self.part = self.part if year == self.year else 0
        self.year = year
        self.waiting.append(table)

    def end(self) -> Iterator[Path]:
        """Write what is left."""
        if self.waiting:
            yield self._flush()

    @property
    def _rows(self) -> int:
        return sum(table.num_rows for table in self.waiting)

    def _flush(self) -> Path:
        table = pa.concat_tables(self.waiting)
        self.waiting, self.part = [], self.part + 1
        return self.write(table, self.year, self.part)


def patrol_writer(folder: Path) -> Callable[[pa.Table, int, int], Path]:
    """Writes 巡查记录 of a year as an exported CSV in GB18030, even years with slashes in their dates."""

    def write(table: pa.Table, year: int, part: int) -> Path:
        table, slips = slip(table, f"patrol {year} {part}", PATROL_FAULTS, repeats=2)
        return write_csv(
            folder / _name("巡查记录", year, part, "csv"), table, slashes=year % 2 == 0, slips=slips
        )

    return write


def hazard_writer(folder: Path, until: date) -> Callable[[pa.Table, int, int], Path]:
    """Writes 隐患台账: the running year as a workbook, the year before in GCJ-02, the oldest in old words."""

    def write(table: pa.Table, year: int, part: int) -> Path:
        table, slips = slip(table, f"hazard {year} {part}", HAZARD_FAULTS, repeats=1, clash=CLASH)
        if year == until.year and table.num_rows <= ROWS_A_WORKBOOK:
            layout = Layout(
                f"{STREET_NAME}{year}年隐患排查整治台账",
                sheet=f"{year}年",
                footer="注：整改期限按工作日计算。",
                heading_notes=WGS84,
            )
            path = folder / _name("隐患台账", year, part, "xlsx")
            return write_workbook(path, table, layout, until, slips=slips)
        words = {"经度": "经度（GCJ-02）", "纬度": "纬度（GCJ-02）"} if year == until.year - 1 else {}
        if words:
            table = _in_gcj02(table)
        elif year < until.year - 2:
            words = OLD_WORDS
        table = table.rename_columns([words.get(name, name) for name in table.column_names])
        renamed = {(row, words.get(name, name)): text for (row, name), text in slips.items()}
        return write_csv(folder / _name("隐患台账", year, part, "csv"), table, slips=renamed)

    return write


def _in_gcj02(table: pa.Table) -> pa.Table:
    lon, lat = (pc.fill_null(table[name], float("nan")).to_numpy() for name in ("经度", "纬度"))
    shifted = from_wgs84(lon, lat, "GCJ-02")
    for name, degrees in zip(("经度", "纬度"), shifted, strict=True):
        column = pa.array(np.round(degrees, 6), from_pandas=True)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _name(title: str, year: int, part: int, ending: str) -> str:
    return f"{title}_{year}年{'' if part == 1 else f'_{part}'}.{ending}"
