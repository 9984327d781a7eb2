"""What we ask about what the public says: is it taken up, handled and answered, and where nobody speaks."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def figures(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The figures of the page's head against the period before. One row is one figure.

    What no ledger tells is null. `dispatch_hours` and `handling_days` are the medians of `clocks`.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: public_report, hazard, suggestion
    """
    return run(street, "reports/figures", scope)


def by_channel(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The measures channel by channel: snap, rider, hotline, suggestion. One row is one channel.

    A channel that never sent anything, and what its ledgers never tell, is null. The hotline is the reports
    whose own channel says so or, where none does, the hazards of that source. With a `kind` of problem the
    suggestions, which have kinds of their own, are left out.

    Columns: report_channel, report_count, first_report_count, judged_report_count, valid_report_count,
        duplicate_report_count, handled_report_count, to_answer_count, answered_count, to_call_back_count,
        called_back_count, satisfied_count (件), valid_report_rate, duplicate_report_rate, feedback_rate,
        satisfaction_rate, effective_call_back_rate (0-1)
    Source: public_report, hazard, suggestion
    """
    return run(street, "reports/by_channel", scope, kind=kind)


def by_week(street: Snapshot, scope: Scope, kind: str = "", channel: str = "") -> pd.DataFrame:
    """Reports week by week, of one `kind` or `channel` where named; suggestions are not among them.

    One row is one week, by its Monday; the first may begin earlier. Before the ledgers begin it is null.

    Columns: week_on, report_count, snap_count, rider_count, hotline_count, judged_report_count,
        valid_report_count, duplicate_report_count (件), valid_report_rate, duplicate_report_rate (0-1)
    Source: public_report, hazard
    """
    return run(street, "reports/by_week", scope, kind=kind, channel=channel)


def kinds(street: Snapshot, scope: Scope, rows: int = 30) -> pd.DataFrame:
    """What is reported, most first, beside the period before. One row is one kind of problem.

    Columns: report_kind, report_count, report_count_before, judged_report_count, valid_report_count,
        duplicate_report_count (件), valid_report_rate (0-1)
    Source: public_report, hazard
    """
    return run(street, "reports/kinds", scope, rows=rows)


def kinds_by_week(street: Snapshot, scope: Scope, rows: int = 6) -> pd.DataFrame:
    """The commonest kinds week by week, the others together as 其他. One row is one week and kind.

    Columns: week_on, report_kind, report_count (件)
    Source: public_report, hazard
    """
    return run(street, "reports/kinds_by_week", scope, rows=rows)


def clocks(street: Snapshot, scope: Scope, kind: str = "", channel: str = "") -> pd.DataFrame:
    """The four clocks of what was neither unfounded nor a repetition, waiting ones counted (Kaplan-Meier).

    One row is one clock: dispatch (上报→派单), handling (派单→处置), feedback (处置→反馈), whole (上报→反馈).

    A report stands in a clock in whose period it began to wait. A quantile the curve has not reached is null.

    Columns: clock, begun_count, ended_count, waiting_count (件), waiting_rate (0-1), half_days,
        ninth_decile_days (天)
    Source: public_report, hazard
    """
    return run(street, "reports/clocks", scope, kind=kind, channel=channel)


def clock_curves(
    street: Snapshot, scope: Scope, kind: str = "", channel: str = "", days: int = 30
) -> pd.DataFrame:
    """The curves behind `clocks`, in steps of six hours for at most so many days.

    One row is one clock and length of waiting.

    Columns: clock, waited_days (天), share_waiting (0-1)
    Source: public_report, hazard
    """
    return run(street, "reports/clock_curves", scope, kind=kind, channel=channel, days=days)


def report_rows(
    street: Snapshot,
    scope: Scope,
    count: str = "reported",
    kind: str = "",
    channel: str = "",
    rows: int = 50_000,
) -> pd.DataFrame:
    """The reports behind one count, such as "valid" or "answered"; never who sent them.

    One row is one report.

    Columns: report_channel, report_no, duplicate_of, community, grid_code, report_kind, place, unit,
        reported_at, dispatched_at, handled_at, feedback_at, is_valid, is_duplicate, answer, batch_id,
        source_sheet, source_row
    Source: public_report, hazard
    """
    return run(street, "reports/report_rows", scope, count=count, kind=kind, channel=channel, rows=rows)


def suggestions(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """What became of the suggestions: adopted of decided, the classes A to D, and the time to a reply.

    One row, also without a suggestion. Decisions count in the period of their reply.

    Columns: suggestion_count, decided_suggestion_count, adopted_count, class_a_count, class_b_count,
        class_c_count, class_d_count, class_other_count, replied_on_time_count, replied_with_limit_count (件),
        adoption_rate, on_time_reply_rate (0-1), half_days, ninth_decile_days (天)
    Source: suggestion
    """
    return run(street, "reports/suggestions", scope)


def suggestions_by_kind(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """What is suggested and what of it is adopted. One row is one kind of suggestion.

    Columns: suggestion_kind, suggestion_count, decided_suggestion_count, adopted_count, class_a_count,
        class_b_count, class_c_count, class_d_count (件), adoption_rate (0-1)
    Source: suggestion
    """
    return run(street, "reports/suggestions_by_kind", scope)


def suggestion_rows(
    street: Snapshot, scope: Scope, count: str = "submitted", rows: int = 50_000
) -> pd.DataFrame:
    """The suggestions behind one count, such as "adopted". One row is one suggestion.

    Columns: suggestion_no, channel, community, grid_code, suggestion_kind, title, unit, submitted_at, due_at,
        replied_at, result_class, is_adopted, answer, batch_id, source_sheet, source_row
    Source: suggestion
    """
    return run(street, "reports/suggestion_rows", scope, count=count, rows=rows)


def riders(street: Snapshot, scope: Scope, days: int = 30) -> pd.DataFrame:
    """How many riders reported within the last `days`, of all who ever did, and their reports of the period.

    One row; never a rider. Under five riders, or where subtraction would tell of so few, the count is null.

    Columns: active_rider_count, known_rider_count (人), active_rider_rate (0-1), report_count,
        judged_report_count, valid_report_count (件), valid_report_rate (0-1)
    Source: public_report
    """
    return run(street, "reports/riders", scope, days=days)


def disputes(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """Quarrels that reports, cases and suggestions name as such; no ledger tells how a mediation ended.

    One row is one ledger and kind.

    Columns: ledger, dispute_kind, dispute_count, handled_dispute_count (件)
    Source: public_report, hazard, suggestion
    """
    return run(street, "reports/disputes", scope)


def silent_grids(
    street: Snapshot, scope: Scope, days: int = 90, least_days: int = 20, lasting_days: int = 14
) -> pd.DataFrame:
    """How keen people are to report, grid by grid, from how often they report again what is still there.

    One row is one grid, the quiet ones first. Over the `days` up to `as_at`, whatever the period is: an
    incident is there from its first report until it is handled, and reports of it in between come at the
    grid's pace. `repeats_per_day` is repeats by exposed days; `reports_per_day` that pace drawn towards the
    street's (gamma prior by moments over all grids), with its 95 % interval. `detection_days` is ln 2 by the
    pace. `unseen_count` is how many more incidents would have been reported at the pace of the keenest grid,
    if one that nobody reports goes away after `lasting_days`. `voice`: unknown (no report at all), too_few
    (under `least_days` of exposure), not_told (no ledger tells repeats), quiet or keen (the interval leaves
    the street's pace out), usual. All estimates of the first three are null.

    Columns: community, grid_code, grid_name, voice, report_count, incident_count, repeat_count,
        found_otherwise_count (件), exposed_days (天), repeats_per_day, reports_per_day,
        reports_per_day_low, reports_per_day_high (件/天), detection_days, detection_days_low,
        detection_days_high (天), unseen_count, unseen_count_low, unseen_count_high (件),
        street_reports_per_day (件/天)
    Source: public_report, hazard, grid
    """
    return run(
        street, "reports/silent_grids", scope, days=days, least_days=least_days, lasting_days=lasting_days
    )
