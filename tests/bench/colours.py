"""Colours: everybody evaluated monthly and at every event, and stored, against monthly points in pandas."""

import json
from pathlib import Path

from tests.bench.measuring import MEGABYTE, child
from tests.bench.printing import Table, size

HEADINGS = (
    "what",
    "size",
    "months",
    "ours s",
    "CPU s",
    "MB",
    "pandas s",
    "CPU s",
    "MB",
    "ratio",
    "rows",
    "rows/s",
)
REMARK = (
    "facts: the ledgers told as spells. colours: points, vetoes, the way back, every reason, all stored."
    " pandas: points on the first of every month only, from the same spells."
)
SUBJECTS, MONTHS = 100_000, 36


def measure(work: Path, subjects: int = SUBJECTS, months: int = MONTHS) -> Table:
    """A line for the facts, one for the colours, one for both with the commit."""
    table = Table("Colours: a street's whole history, at every build", HEADINGS, remark=REMARK)
    folder = work / f"colours-{subjects}"
    folder.mkdir()
    file = folder / "street.duckdb"
    ours, said = child("-m", "tests.bench.many_subjects", str(file), str(subjects), str(months))
    plain, _ = child("-m", "tests.bench.plain_colours", str(file), str(folder / "plain.parquet"))
    told = json.loads(said)
    rows = told["rows"]
    steps = {name: told[name] for name in ("facts", "colours", "commit", "checkpoint")}
    whole = [sum(each[at] for each in steps.values()) for at in (0, 1)]
    for what, (wall_s, cpu_s), count in (
        ("facts", steps["facts"], rows["fact_spell"]),
        ("colours", steps["colours"], rows["colour_evaluation"]),
        ("both, committed", whole, sum(rows.values())),
    ):
        table.rows.append(
            (
                what,
                size(subjects),
                months,
                wall_s,
                cpu_s,
                ours.peak_mb if what.startswith("both") else None,
                plain.wall_s,
                plain.cpu_s,
                plain.peak_mb,
                wall_s / plain.wall_s,
                count,
                count / wall_s,
            )
        )
    table.remark += f" The file has {file.stat().st_size / MEGABYTE:,.0f} MB."
    return table
