"""The case measures once more, in slow plain Python, one case and one rule at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Period:
    since: datetime
    until: datetime
    as_at: datetime

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until


@dataclass(frozen=True)
class Case:
    """A hazard row, seen at one moment: what had not happened by then is None."""

    row: Mapping[str, Any]
    as_at: datetime

    def known(self, moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment <= self.as_at else None

    def told(self, name: str) -> datetime | None:
        found: datetime | None = self.row.get(name)
        return found

    @property
    def filed(self) -> datetime | None:
        if self.told("filed_at") is None and not self.row["has_filing"]:
            return self.known(self.row["reported_at"])
        return self.known(self.told("filed_at"))

    @property
    def handled(self) -> datetime | None:
        return self.known(self.told("handled_at") or self.told("closed_at"))

    @property
    def handled_first(self) -> datetime | None:
        first = self.told("handled_first_at") or self.told("handled_at") or self.told("closed_at")
        return self.known(first)

    @property
    def closed(self) -> datetime | None:
        return self.known(self.told("closed_at"))

    @property
    def is_closed_undated(self) -> bool:
        return self.told("closed_at") is None and self.row.get("status") == "closed"

    @property
    def is_closed(self) -> bool:
        return self.closed is not None or self.is_closed_undated

    @property
    def is_handled(self) -> bool:
        return self.handled is not None or (self.told("handled_at") is None and self.is_closed_undated)

    @property
    def void(self) -> datetime | None:
        return self.known(self.told("voided_at"))

    @property
    def is_self_handled(self) -> bool:
        return bool(self.row.get("is_self_handled"))

    @property
    def is_suspended(self) -> bool:
        return bool(self.row.get("is_suspended"))

    @property
    def is_case(self) -> bool:
        return self.filed is not None and self.void is None and not self.is_self_handled

    @property
    def is_open(self) -> bool:
        return self.is_case and not self.is_closed

    @property
    def due(self) -> datetime | None:
        return self.told("extended_due_at") or self.told("due_at")

    @property
    def is_handled_on_time(self) -> bool:
        return self.handled is not None and self.due is not None and self.handled <= self.due

    @property
    def is_overdue(self) -> bool:
        return (
            self.is_open
            and not self.is_suspended
            and self.due is not None
            and self.due < self.as_at
            and not self.is_handled_on_time
        )

    @property
    def is_reopened(self) -> bool:
        return self.row.get("reopen_of") is not None

    @property
    def entered(self) -> datetime | None:
        return None if self.is_self_handled else self.filed

    @property
    def left(self) -> tuple[datetime, str] | None:
        """When it left the stock and how: "closed" or "voided"."""
        if self.entered is None:
            return None
        ways = [(self.void, 1, "voided")] if self.void else []
        if self.is_closed:
            ways.append((self.closed or self.entered, 0, "closed"))
        if not ways:
            return None
        moment, _, how = min(ways)
        return max(moment, self.entered), how


def seen(rows: Iterable[Mapping[str, Any]], as_at: datetime) -> list[Case]:
    """The cases reported by then."""
    return [Case(row, as_at) for row in rows if row["reported_at"] <= as_at]


def counts(rows: Iterable[Mapping[str, Any]], period: Period) -> dict[str, int]:
    """Every count of `case_measures` and `balance`, by name."""
    cases = seen(rows, period.as_at)
    end = min(period.until, period.as_at)
    valid = [case for case in cases if case.is_case]
    running = [case for case in valid if not case.is_suspended]
    need = [case for case in running if case.due and period.since <= case.due < end]
    reported = [case for case in cases if period.holds(case.row["reported_at"]) and not case.is_reopened]
    to_file = [case for case in reported if not case.is_self_handled]
    by_first = [case for case in valid if period.holds(case.told("due_at"))]
    entered = [case for case in cases if period.holds(case.entered)]
    left = [case.left[1] for case in cases if case.left and period.holds(case.left[0])]
    reworked = [case for case in need if (case.row.get("rework_count") or 0) > 0]

    def stock(moment: datetime) -> int:
        here = [case for case in cases if case.entered and case.entered < moment]
        return sum(1 for case in here if case.left is None or case.left[0] >= moment)

    return {
        "need_to_handle": len(need),
        "handled_on_time": sum(case.is_handled_on_time for case in need),
        "handled_on_time_first": sum(
            1 for case in need if case.handled_first and case.due and case.handled_first <= case.due
        ),
        "handled_of_due": sum(case.is_handled for case in need),
        "overdue_unhandled": sum(not case.is_handled for case in need),
        "closed_of_due": sum(case.is_closed for case in need),
        "closed_on_time": sum(1 for case in need if case.closed and case.due and case.closed <= case.due),
        "reworked": len(reworked),
        "rework_times": sum(case.row["rework_count"] for case in reworked),
        "not_yet_due": sum(
            1
            for case in running
            if case.due and period.as_at <= case.due < period.until and not case.is_handled
        ),
        "due_by_first_limit": sum(not case.is_suspended for case in by_first),
        "extended": sum(
            1
            for case in by_first
            if case.row.get("extended_due_at") and case.row["extended_due_at"] > case.row["due_at"]
        ),
        "suspended": sum(case.is_suspended for case in valid),
        "open_suspended": sum(case.is_suspended and case.is_open for case in valid),
        "reported": len(reported),
        "reported_to_file": len(to_file),
        "filed_of_reported": sum(case.filed is not None for case in to_file),
        "filed": sum(period.holds(case.filed) for case in valid),
        "self_handled": sum(case.is_self_handled and period.holds(case.filed) for case in cases),
        "open_stock": sum(case.is_open for case in cases),
        "overdue_stock": sum(case.is_overdue for case in cases),
        "major_open": sum(case.is_open and case.row.get("level") == "major" for case in cases),
        "entered": len(entered),
        "voided_of_entered": sum(case.void is not None for case in entered),
        "closed": left.count("closed"),
        "voided": left.count("voided"),
        "opening_stock": stock(period.since),
        "newly_filed": sum(not case.is_reopened for case in entered),
        "reopened": sum(case.is_reopened for case in entered),
        "closing_stock": stock(period.until),
    }


def kaplan_meier(lifetimes: Iterable[tuple[timedelta, bool]]) -> list[tuple[timedelta, float]]:
    """The curve's steps from (how long, whether it ended): after each ending, the share still going."""
    told = sorted(lifetimes)
    share, steps = 1.0, []
    for moment in sorted({lasted for lasted, has_ended in told if has_ended}):
        at_risk = sum(lasted >= moment for lasted, _ in told)
        ended = sum(lasted == moment and has_ended for lasted, has_ended in told)
        share *= 1 - ended / at_risk
        steps.append((moment, share))
    return steps
