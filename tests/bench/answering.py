"""Questions: every question's warm time against pandas on the same rows held in memory."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from data.warehouse import Snapshot
from queries import Scope
from queries.catalogue import questions
from tests.bench.frames import Frames
from tests.bench.measuring import warm
from tests.bench.plain_answers import plain
from tests.bench.printing import Table, size

HEADINGS = ("question", "size", "scope", "ours ms", "CPU ms", "pandas ms", "ratio", "rows", "pandas does")
REMARK = "Warm median of 5; pandas holds the tables in memory already. A group-by does less than is asked."
DAYS = {"30 days": 30, "1 year": 365}
SLOW_MS = 300.0


def table() -> Table:
    """An empty table; each street adds a line per question and scope."""
    return Table("Questions", HEADINGS, remark=REMARK)


def scopes(street: Snapshot) -> dict[str, Scope]:
    """The last month and the last year of a street, its own day included."""
    until = street.as_at.date() + timedelta(days=1)
    return {name: Scope(until - timedelta(days=days), until) for name, days in DAYS.items()}


def measure(street: Snapshot, patrols: int, times: int = 5) -> Iterator[tuple[object, ...]]:
    """One line per question and scope."""
    frames = Frames(street)
    for question in questions():
        what, answer = plain(question)
        for name, scope in scopes(street).items():
            rows = len(question.ask(street, scope))
            ours = warm(partial(question.ask, street, scope), times)
            theirs = warm(partial(answer, frames, scope), times)
            ratio = ours.wall_s / theirs.wall_s
            spent = (ours.wall_s * 1e3, ours.cpu_s * 1e3, theirs.wall_s * 1e3)
            yield (question.name, size(patrols), name, *spent, ratio, rows, what)


def slow(results: Table) -> str:
    """The questions over 300 ms, in words."""
    found = [
        f"{row[0]} at {row[1]}, {row[2]}: {_ms(row):,.0f} ms" for row in results.rows if _ms(row) > SLOW_MS
    ]
    return "\n".join([f"\nOver {SLOW_MS:.0f} ms: {len(found) or 'none'}", *found])


def _ms(row: tuple[object, ...]) -> float:
    """The lesser of wall and CPU: other work on the machine makes a question slow on the wall alone."""
    return min(float(str(row[3])), float(str(row[4])))
