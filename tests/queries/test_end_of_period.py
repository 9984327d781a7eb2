"""A finished period counts what fell due at the last second of its last day."""

from datetime import date, datetime
from pathlib import Path

from queries import Scope
from queries.hazards import case_measures, time_to_close
from queries.scope import looked_at
from tests.builders import street_of

LAST_WEEK = (date(2026, 11, 9), date(2026, 11, 16))


def test_a_case_due_on_sunday_without_a_time_belongs_to_its_week(tmp_path: Path) -> None:
    due = {"reported_at": "2026-11-10 09:00", "filed_at": "2026-11-10 09:00", "due_at": "2026-11-15 23:59:59"}
    street = street_of(tmp_path, hazard=[due, {**due, "handled_at": "2026-11-14 10:00"}])
    scope = Scope(*LAST_WEEK, as_at=looked_at(LAST_WEEK[1], datetime(2026, 11, 22, 10)))
    week = case_measures(street, scope).iloc[0]
    assert (week["need_to_handle"], week["handled_on_time"], week["overdue_stock"]) == (2, 1, 1)


def test_a_case_closed_on_the_day_it_was_filed_lasted_no_negative_time(tmp_path: Path) -> None:
    row = {"reported_at": "2026-11-10 09:00", "filed_at": "2026-11-10 09:00", "closed_at": "2026-11-10"}
    street = street_of(tmp_path, hazard=[row])
    curve = time_to_close(street, Scope(*LAST_WEEK))
    assert curve.select_dtypes("number").min().min() >= 0
