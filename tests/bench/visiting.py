"""Pages: what a load and a filter change cost the server, and how much they send, over the real websocket."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil

from dashboard import DESK, WALL
from data.warehouse import Snapshot
from pages.parts.filters import DAYS, LAST, SINCE
from pages.parts.periods import CHOSEN
from tests.bench.printing import Table, size
from tests.bench.talking import Run, Visitor, visitor
from tests.e2e.serving import dashboard

FILTER = "社区"
TIMES = 3
MONTH = timedelta(days=30)
COSTS = ("load ms", "CPU ms", "again ms", "CPU ms", "filter ms", "CPU ms", "again ms", "CPU ms")
SENT = ("load KB", "packed KB", "filter KB", "packed KB")
HEADINGS = ("page", "size", *COSTS, *SENT)
REMARK = (
    f"Seen by a websocket, without a browser; medians of {TIMES}. Load: a month never asked for; again: a new"
    " session\nwith the same link; filter: another community in an open session; again: one asked for before."
)
GREW = ("page", "from", "to", "load CPU", "again CPU", "filter CPU", "again CPU")


@dataclass(frozen=True)
class Cost:
    """One run as its visitor saw it, and the processor time it took the server."""

    run: Run
    cpu_s: float


class Server:
    """A dashboard that is visited, and the process that serves it."""

    def __init__(self, address: str) -> None:
        self.address = address
        port = str(urlsplit(address).port)
        [self._process] = [child for child in psutil.Process().children() if port in child.cmdline()]

    def load(self, page: str, query: Mapping[str, str]) -> Cost:
        """What a first run in a new session costs."""
        with visitor(self.address, page, query) as session:
            return self.cost(session.run)

    def cost(self, call: Callable[[], Run]) -> Cost:
        """What a run costs."""
        began = self._cpu_s()
        run = call()
        return Cost(run, self._cpu_s() - began)

    def _cpu_s(self) -> float:
        used = self._process.cpu_times()
        return used.user + used.system


def table() -> Table:
    """An empty table; each street adds a line per page."""
    return Table("Pages", HEADINGS, remark=REMARK)


def pages() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Every page of the menu and the wall: its title, its name in the address, what its link must say."""
    scripts = [page for group in DESK.values() for page in group]
    for number, (path, title) in enumerate(scripts):
        yield title, Path(path).stem if number else "", {}
    for group in WALL.values():
        yield from ((title, "", {"wall": "1"}) for _, title in group)


def measure(street: Snapshot, patrols: int) -> Iterator[tuple[object, ...]]:
    """One line per page, all from one server."""
    store = street.path.parents[1]
    with TemporaryDirectory() as log, dashboard(store, Path(log) / "server.log") as address:
        server = Server(address)
        for title, name, link in pages():
            yield (title, size(patrols), *_visited(server, name, link, months(street)))


def months(street: Snapshot) -> list[Mapping[str, str]]:
    """Links to months that no page shows by itself, one for every time."""
    until = street.as_at.date()
    spans = [(until - MONTH * (back + 1), until - MONTH * back) for back in range(1, TIMES + 1)]
    return [{DAYS: CHOSEN, SINCE: f"{since}", LAST: f"{last}"} for since, last in spans]


def _visited(
    server: Server, name: str, link: Mapping[str, str], spans: Sequence[Mapping[str, str]]
) -> list[float | None]:
    """A page's costs and sizes. The wall has no filters: its one load is the first of all."""
    if link:
        loads = [server.load(name, link)]
    else:
        # the first visit of all pays for the page's imports
        server.load(name, link)
        loads = [server.load(name, span) for span in spans]
    last = link or spans[-1]
    again = [server.load(name, last) for _ in range(TIMES)]
    with visitor(server.address, name, last) as session:
        session.run()
        changes, back = _changed(server, session)
    costs = [figure for runs in (loads, again, changes, back) for figure in _times(runs)]
    return [*costs, *_sizes(loads), *_sizes(changes)]


def _changed(server: Server, session: Visitor) -> tuple[list[Cost], list[Cost]]:
    """Communities chosen for the first time, then the same ones again."""

    def choose(name: str) -> Cost:
        return server.cost(lambda: session.run(**{FILTER: [name]}))

    communities = session.options(FILTER)[:TIMES]
    return [choose(name) for name in communities], [choose(name) for name in communities]


def _times(costs: Sequence[Cost]) -> tuple[float | None, float | None]:
    if not costs:
        return None, None
    return median(each.run.wall_s for each in costs) * 1e3, median(each.cpu_s for each in costs) * 1e3


def _sizes(costs: Sequence[Cost]) -> tuple[float | None, float | None]:
    if not costs:
        return None, None
    return median(each.run.sent for each in costs) / 1e3, median(each.run.packed for each in costs) / 1e3


def growth(results: Table) -> Table:
    """How many times the processor time of a page grew from one size to the next."""
    grown = Table("Pages: growth of the server's processor time with the patrols", GREW)
    for title in dict.fromkeys(row[0] for row in results.rows):
        for less, more in pairwise(row for row in results.rows if row[0] == title):
            ratios = [
                float(str(more[at])) / max(float(str(less[at])), 1.0) if more[at] is not None else None
                for at in (3, 5, 7, 9)
            ]
            grown.rows.append((title, less[1], more[1], *ratios))
    return grown
