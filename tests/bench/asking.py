"""Pages: the questions each one asks and how long each takes when nothing is known yet."""

import json
from collections.abc import Iterator

from data.warehouse import Snapshot
from tests.bench.measuring import child
from tests.bench.printing import Table, size

HEADINGS = ("page", "size", "question", "ms", "of the page")
REMARK = (
    "Asked for the first time, the program being loaded; the slowest first, those over a twentieth of it."
)
SHARE = 0.05


def table() -> Table:
    """An empty table; each street adds a line per page and slow question."""
    return Table("Pages: their slowest questions", HEADINGS, remark=REMARK)


def measure(street: Snapshot, patrols: int) -> Iterator[tuple[object, ...]]:
    """One line per page and question, all pages visited in one process of their own."""
    _, said = child("-m", "tests.bench.visit", str(street.path.parents[1]))
    for title, asked in json.loads(said).items():
        whole = sum(asked.values())
        for name, took_ms in sorted(asked.items(), key=lambda each: -each[1]):
            if took_ms >= SHARE * whole:
                yield (title, size(patrols), name, took_ms, took_ms / whole)
