"""The patrols week by week, one measure at a time, beside an earlier time the reader chooses."""

from pages.parts import labels, page, series
from queries import patrols

MEASURES = (
    "patrol_coverage_rate",
    "valid_round_rate",
    "evening_coverage_rate",
    "visit_count",
    "stay_minutes",
    "contact_count",
    "finding_rate",
)


def show() -> None:
    """The choice of the measure, the comparison, and the line."""
    measure = page.one_of("weekly", MEASURES, labels.label)
    versus = series.comparison()
    series.show(f"每周{labels.label(measure)}", patrols.by_week, "week_on", measure, "weekly_line", versus)
