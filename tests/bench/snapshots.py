"""Snapshot: how long a street of so many patrols takes to build, against pandas sorting the same Parquet."""

from pathlib import Path

from data.warehouse import Snapshot, Store
from tests.bench import growing
from tests.bench.measuring import MEGABYTE, child
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
    "patrols/s",
    "file MB",
)
REMARK = (
    "All ledgers, hazards in proportion up to 400k. Ours makes versions, checks, syncs; pandas only sorts."
)


def table() -> Table:
    """An empty table; a line is added for every street built."""
    return Table("Snapshot: batches into one file to read", HEADINGS, remark=REMARK)


def grown(base: Snapshot, work: Path, patrols: int, results: Table) -> Snapshot:
    """The street grown to so many patrols, published by a process of its own; its cost joins `results`."""
    own = work / f"street-{patrols}"
    store, drafts, plain = own / "store", own / "drafts", own / "plain"
    for folder in (drafts, plain):
        folder.mkdir(parents=True)
    growing.drafts(base, drafts, patrols)
    now = base.built_at.isoformat()
    ours, _ = child("-m", "tests.bench.publishing", str(store), str(drafts), now)
    theirs, _ = child("-m", "tests.bench.plain_snapshot", str(store / "batches"), str(plain))
    street = Store(store).newest()
    assert street is not None
    results.rows.append(
        (
            "build",
            size(patrols),
            ours.wall_s,
            ours.cpu_s,
            ours.peak_mb,
            theirs.wall_s,
            theirs.cpu_s,
            theirs.peak_mb,
            ours.wall_s / theirs.wall_s,
            patrols / ours.wall_s,
            street.path.stat().st_size / MEGABYTE,
        )
    )
    return street
