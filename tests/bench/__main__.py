"""Prints how fast the product is: python -m tests.bench [import|snapshot|questions|pages|colours]."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psutil

from data.warehouse import Snapshot, Store
from tests.bench import answering, asking, colours, importing, snapshots, visiting
from tests.bench.measuring import child
from tests.bench.printing import row_counts

PARTS = ("import", "snapshot", "questions", "pages", "colours")
# Ten million patrols take minutes to grow: on request.
USUAL = "60k,1M"
TODAY = "2026-11-22"


def main(words: Sequence[str] | None = None) -> int:
    """Runs the parts asked for, printing each table when it is complete."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    parser.add_argument("--rows", type=row_counts, default=row_counts(USUAL), help=f"sizes; usually {USUAL}")
    parser.add_argument(
        "--work", type=Path, help="where to build; the demonstration found there is used again"
    )
    asked = parser.parse_args(words)
    if not set(asked.parts) <= set(PARTS):
        parser.error(f"parts are {', '.join(PARTS)}")
    if asked.work:
        asked.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=asked.work, prefix="bench-") as folder:
        own = Path(folder)
        os.environ |= {"STREET_TODAY": TODAY, "STREET_KEY_FILE": str(own / "key"), "STREET_DEMO": "0"}
        print(machine())
        parts = asked.parts or PARTS
        if set(parts) == {"colours"}:
            print(colours.measure(own), flush=True)
        else:
            run(demonstration(asked.work or own), own, parts, asked.rows)
    return 0


def machine() -> str:
    """The machine in words: seconds mean nothing without it."""
    memory_gb = psutil.virtual_memory().total / 1e9
    return f"{os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()} {platform.machine()}"


def demonstration(folder: Path) -> Snapshot:
    """The demonstration street of three years, built unless it lies there."""
    store = Store(folder / "demonstration")
    if not store.names():
        child("-m", "data", "demo", "--store", str(store.folder), ends=(0, 1))
    street = store.newest()
    assert street is not None
    return street


def run(base: Snapshot, work: Path, parts: Sequence[str], sizes: Sequence[int]) -> None:
    """Measures and prints the parts over streets grown from `base`."""
    if "colours" in parts:
        print(colours.measure(work), flush=True)
    if "import" in parts:
        print(importing.measure(base, work, sizes), flush=True)
    if not {"snapshot", "questions", "pages"} & set(parts):
        return
    built, answered, visited, asked = (part.table() for part in (snapshots, answering, visiting, asking))
    for patrols in sizes:
        street = snapshots.grown(base, work, patrols, built)
        if "questions" in parts:
            answered.rows.extend(answering.measure(street, patrols))
        if "pages" in parts:
            visited.rows.extend(visiting.measure(street, patrols))
            asked.rows.extend(asking.measure(street, patrols))
    tables = [("snapshot", built), ("questions", answered), ("pages", visited), ("pages", asked)]
    for part, table in [*tables, ("pages", visiting.growth(visited))]:
        if part in parts:
            print(table, flush=True)
    if "questions" in parts:
        print(answering.slow(answered), flush=True)


if __name__ == "__main__":
    sys.exit(main())
