"""Import: a file through the real command line against pandas doing the same job."""

import json
from collections.abc import Sequence
from pathlib import Path

from data.warehouse import Snapshot, Store
from tests import builders
from tests.bench import files
from tests.bench.measuring import Cost, child
from tests.bench.printing import Table, size

HEADINGS = (
    "what",
    "size",
    "ours s",
    "CPU s",
    "MB",
    "pandas s",
    "CPU s",
    "MB",
    "ratio",
    "rows/s",
    "accepted",
    "pandas",
)
REMARK = (
    "Ratio: ours / pandas, wall. MB: most memory held at once, with children. The last two: rows each kept."
)
# The laws of the house allow a file of two million rows without being asked.
MOST_CSV, WORKBOOK = 2_000_000, 200_000


def measure(base: Snapshot, work: Path, sizes: Sequence[int], workbook: int = WORKBOOK) -> Table:
    """One line per CSV of `sizes` patrols, and one for a workbook; `base` is the street they are told of."""
    table = Table("Import: checked, cleaned and published", HEADINGS, remark=REMARK)
    with base.cursor() as cursor:
        grids = cursor.execute("select grid_code, community from grid order by grid_code").fetchall()
    codes = work / "grids.txt"
    codes.write_text("\n".join(code for code, _ in grids), "utf-8")
    for rows in (each for each in sizes if each <= MOST_CSV):
        path = work / f"patrols-{rows}.csv"
        files.write_csv(base, path, rows)
        table.rows.append(_line("csv gb18030", path, rows, grids, codes))
    if workbook:
        path = work / f"patrols-{workbook}.xlsx"
        files.write_xlsx(base, path, workbook)
        table.rows.append(_line("xlsx", path, workbook, grids, codes))
    return table


def _line(
    what: str, path: Path, rows: int, grids: Sequence[tuple[str, str]], codes: Path
) -> tuple[object, ...]:
    store = path.with_suffix(".store")
    named = [{"grid_code": code, "community": community} for code, community in grids]
    builders.load(Store(store), grid=named)
    ours, said = child("-m", "data", "load", str(path), "--store", str(store), "--json", ends=(0, 1))
    plain, kept = child(
        "-m", "tests.bench.plain_import", str(path), str(codes), str(path.with_suffix(".parquet"))
    )
    path.unlink()
    return (
        what,
        size(rows),
        *_told(ours),
        *_told(plain),
        ours.wall_s / plain.wall_s,
        rows / ours.wall_s,
        _accepted(said),
        int(kept),
    )


def _told(cost: Cost) -> tuple[float, float, float]:
    return cost.wall_s, cost.cpu_s, cost.peak_mb


def _accepted(report: str) -> int:
    """Raises KeyError or ValueError where the load said nothing of what it took in."""
    return sum(sum(each["accepted"].values()) for each in json.loads(report)["files"])
