"""What we ask about closings: which do not look real, what was reported twice, the life of one case."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pandas as pd

from data.photos import Album, album
from data.store.reader import Snapshot
from queries import run, settled
from queries.closures import photo_evidence
from queries.scope import Scope

# Below so many closings of a kind or a unit before the period, nothing is said of what is usual.
LEAST_HISTORY = 100
MONDAY = 1
WATCHED = timedelta(days=30)


def photos(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The photos that closings of the period and of the two years before it name, by file name.

    One row is one closing that names a photo, of the whole street: a photo may be another community's.

    Columns: hazard_no, photo_before, photo_after, is_of_period, closed_at
    Source: hazard
    """
    return run(street, "closures/photos", scope)


def review_list(
    street: Snapshot,
    scope: Scope,
    kind: str = "",
    least_history: int = LEAST_HISTORY,
    meeting_weekday: int = MONDAY,
) -> pd.DataFrame:
    """复核清单: the closings of the period that should be looked at again. One row is one closing.

    A reason, never a verdict: it changes no rate and speaks of no person. A sign is null where the ledger
    cannot tell. `signs` names those that hold, as codes; closing shortly before the limit by itself puts a
    case on the list only where few do so. `meeting_weekday` is the day of the weekly meeting, 1 for Monday.

    Columns: hazard_no, community, grid_code, place, part, kind, level, unit, filed_at, due_eff_at,
        handled_at, verified_at, closed_at, closing_hours (小时), is_self_verified, is_too_fast,
        is_without_photo, is_photo_repeated, is_last_minute, is_recurred, is_burst, sign_count (项), signs,
        recurred_no, photo_before, photo_after, batch_id, source_sheet, source_row
    Source: hazard
    """
    return _judged(street, "review_list", scope, kind, least_history, meeting_weekday)


def rules(
    street: Snapshot,
    scope: Scope,
    kind: str = "",
    least_history: int = LEAST_HISTORY,
    meeting_weekday: int = MONDAY,
) -> pd.DataFrame:
    """How many closings of the period each rule could judge. One row is one rule; none without a closing.

    Columns: sign_order, sign, spoken_against, could_judge, could_not_judge (件), spoken_against_rate (0-1)
    Source: hazard
    """
    return _judged(street, "rules", scope, kind, least_history, meeting_weekday)


def figures(
    street: Snapshot,
    scope: Scope,
    kind: str = "",
    least_history: int = LEAST_HISTORY,
    meeting_weekday: int = MONDAY,
) -> pd.DataFrame:
    """销号率, 实销率 and how much should be looked at again, beside the period before. One row is one card.

    实销率 is counted of the closings whose thirty days of watching ended in the period, so that a running
    week has one; it is null where no closing can be judged by photo, verifier and recurrence.

    Columns: card, figure, value, value_before, numerator, denominator
    Source: hazard
    """
    return _judged(street, "figures", scope, kind, least_history, meeting_weekday)


def closings(
    street: Snapshot,
    scope: Scope,
    count: str = "to_review",
    kind: str = "",
    least_history: int = LEAST_HISTORY,
    meeting_weekday: int = MONDAY,
) -> pd.DataFrame:
    """The closings behind a count of `figures`: closed_dated, to_review, judged_for_real, really_closed.

    One row is one closing.

    Columns: hazard_no, community, grid_code, place, kind, unit, filed_at, due_eff_at, closed_at, signs,
        is_really_closed, batch_id, source_sheet, source_row
    Source: hazard
    Raises: duckdb.Error for a count of another name.
    """
    return _judged(street, "closings", scope, kind, least_history, meeting_weekday, count=count)


def duplicates(
    street: Snapshot, scope: Scope, kind: str = "", metres: int = 50, hours: int = 72, rows: int = 1000
) -> pd.DataFrame:
    """Pairs for a person to confirm: the same kind within so many metres and hours, not linked yet.

    One row is one pair; the later one was reported in the period. Hazards without coordinates, and void
    ones, are in none.

    Columns: first_hazard_no, hazard_no, community, grid_code, kind, first_place, place, first_part,
        part, first_source, source, first_reported_at, reported_at, apart_hours (小时), apart_m (米),
        is_first_open, is_open, batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "closures/duplicates", scope, kind=kind, metres=metres, hours=hours, rows=rows)


def case_life(street: Snapshot, scope: Scope, hazard_no: str = "") -> pd.DataFrame:
    """The steps and limits of one case in the order of time, as far as `as_at`. One row is one of them.

    Columns: step_order, step, is_limit, happened_at, since_report_days (天)
    Source: hazard
    """
    return run(street, "closures/case_life", scope, hazard_no=hazard_no)


def case_card(street: Snapshot, scope: Scope, hazard_no: str = "") -> pd.DataFrame:
    """Everything known of one case at `as_at`. One row; none for a number nobody knows.

    Columns: hazard_no, reopen_of, community, grid_code, place, part, kind, case_kind, level, description,
        source, unit, stage, reported_at, filed_at, due_at, extended_due_at, due_eff_at, handled_at,
        closed_at, closed_basis, closing_level, is_overdue, is_extended, is_suspended, is_self_handled,
        rework_count (次), is_self_verified, measure, fund, emergency_plan, note, photo_before, photo_after,
        known_since, batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "closures/case_card", scope, hazard_no=hazard_no)


def same_place(street: Snapshot, scope: Scope, hazard_no: str = "", rows: int = 20) -> pd.DataFrame:
    """The other cases at the place of one case, newest first. One row is one case.

    Columns: hazard_no, kind, part, is_same_kind, stage, reported_at, closed_at, batch_id, source_sheet,
        source_row
    Source: hazard
    """
    return run(street, "closures/same_place", scope, hazard_no=hazard_no, rows=rows)


def _judged(
    street: Snapshot,
    question: str,
    scope: Scope,
    kind: str,
    least_history: int,
    meeting_weekday: int,
    **values: object,
) -> pd.DataFrame:
    """Ask with what the photos say, of every closing that the question may look at."""
    now = settled(street, scope)
    whole = replace(now, since=now.before().since - WATCHED, communities=(), grids=())
    repeated, unlike = _photo_evidence(street, whole, album())
    return run(
        street,
        f"closures/{question}",
        scope,
        kind=kind,
        least_history=least_history,
        meeting_weekday=meeting_weekday,
        repeated=list(repeated),
        unlike=list(unlike),
        **values,
    )


@lru_cache(maxsize=32)
def _photo_evidence(street: Snapshot, scope: Scope, known: Album) -> tuple[list[str], list[str]]:
    """Worked out once for all questions of a page. Photos are no part of a snapshot, which is built from
    batches alone: they may be added, mended or moved after the ledger was loaded."""
    return photo_evidence.judged(photos(street, scope), known)
