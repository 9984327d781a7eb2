"""Pages: what a page's script costs on the server, asked for the first time and again."""

import json
from collections.abc import Iterator

from data.warehouse import Snapshot
from tests.bench.measuring import child
from tests.bench.printing import Table, size

HEADINGS = ("page", "size", "cold ms", "cold CPU ms", "of it SQL ms", "questions", "warm ms", "warm CPU ms")
REMARK = (
    "Script time without a browser. Cold: nothing was asked before; warm: median of 5, every answer kept."
)


def table() -> Table:
    """An empty table; each street adds a line per page."""
    return Table("Pages", HEADINGS, remark=REMARK)


def measure(street: Snapshot, patrols: int) -> Iterator[tuple[object, ...]]:
    """One line per page, measured in a process of its own."""
    store = street.path.parents[1]
    _, said = child("-m", "tests.bench.visit", str(store))
    for page, figures in json.loads(said).items():
        yield (page, size(patrols), *figures)
