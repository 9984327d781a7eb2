"""Writes the files an import is measured with: patrols as an office hands them in, a few rows at fault."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pc
import xlsxwriter

from data.warehouse import Snapshot

BATCH_ROWS = 100_000
# Of 10,000 rows: 25 told twice, 20 with untidy text, 5 in an unknown grid, 3 on a day that cannot be.
PATROLS = """
with visit as (
    select *, copy * $held + nth as row from (select *, row_number() over () - 1 as nth from base)
    cross join (select unnest(range($copies)) as copy)
    where copy * $held + nth < $wanted
),
twice as (
    select *, row as said from visit where row % 400 <> 399
    union all
    select *, row + 1 from visit where row % 400 = 398
)
select
    'XC' || strftime(patrolled_at, '%Y%m') || lpad(cast(row as varchar), 7, '0') as 巡查编号,
    case row % 3333 when 7 then '2026年13月1日' else strftime(patrolled_at, '%Y/%m/%d %H:%M') end as 巡查时间,
    community as 社区,
    case row % 2000 when 11 then 'WG-9999' else grid_code end as 网格编码,
    ['王建国', '李秀英、张伟', '陈静、刘洋、赵磊', '周敏、吴强'][1 + row % 4] as 巡查人,
    coalesce(kind, '日常巡查') as 巡查方式,
    case row % 500 when 13 then '　ＡＢ' || coalesce(place, '某处') || '  ' else place end as 巡查对象,
    cast(contact_count as varchar) as 走访人次,
    cast(finding_count as varchar) as 发现问题数,
    cast(stay_minutes as varchar) as 停留分钟,
    cast(lon as varchar) as "经度（WGS-84）",
    cast(lat as varchar) as "纬度（WGS-84）",
    note as 备注
from twice
order by said
"""


def _patrols(base: Snapshot, rows: int) -> Iterator[pa.RecordBatch]:
    """Patrols as texts, in batches: the street's own visits, again and again until there are `rows`."""
    with base.cursor() as cursor:
        visits = cursor.sql("select * from patrol_log order by patrolled_at, record_key").to_arrow_table()
    with duckdb.connect() as writing:
        writing.register("base", visits)
        held = visits.num_rows
        values = {"held": held, "wanted": rows, "copies": -(-rows // held)}
        yield from writing.sql(PATROLS, params=values).to_arrow_reader(BATCH_ROWS)


def write_csv(base: Snapshot, path: Path, rows: int) -> None:
    """A GB18030 CSV of patrols."""
    with path.open("wb") as file:
        for number, batch in enumerate(_patrols(base, rows)):
            text = pa.BufferOutputStream()
            pc.write_csv(batch, text, pc.WriteOptions(include_header=number == 0))
            file.write(text.getvalue().to_pybytes().decode().encode("gb18030"))


def write_xlsx(base: Snapshot, path: Path, rows: int) -> None:
    """A workbook of patrols: numbers as numbers, all else as text."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("巡查")
        row = 1
        for batch in _patrols(base, rows):
            names = batch.schema.names
            sheet.write_row(0, 0, names) if row == 1 else None
            numeric = {at for at, name in enumerate(names) if name[0] in "走发停经纬"}
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                for at, cell in enumerate(cells):
                    if cell is None:
                        continue
                    if at in numeric:
                        sheet.write_number(row, at, float(cell))
                    else:
                        sheet.write_string(row, at, cell)
                row += 1
