"""Which old snapshots may go: the newest stay, one a week for a good year, and those a meeting was shown."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from data.snapshots import stamp_of

NEWEST_KEPT = 8
WEEKS_KEPT = 60


def superfluous(names: Iterable[str], pinned: Collection[str]) -> list[str]:
    """The names that may be removed, oldest first. Of each ISO week the last snapshot stays."""
    newest_first = sorted(names, reverse=True)
    if not newest_first:
        return []
    horizon = stamp_of(newest_first[0]) - timedelta(weeks=WEEKS_KEPT)
    kept = {*newest_first[:NEWEST_KEPT], *pinned}
    weeks: set[tuple[int, int]] = set()
    for name in newest_first:
        week = stamp_of(name).isocalendar()[:2]
        if stamp_of(name) >= horizon and week not in weeks:
            weeks.add(week)
            kept.add(name)
    return sorted(set(newest_first) - kept)
