"""The rows behind the figures of 巡查."""

from collections.abc import Mapping

from pages.parts.behind.rows import Behind
from queries import patrols, visits

DAY = ("patrolled_on", "community", "round_state", "crew_size", "round_minutes", "round_count", "visit_count")
CALL = (
    "name",
    "grid_name",
    "scheme",
    "colour",
    "interval_days",
    "last_visit_at",
    "since_visit_days",
    "is_visit_overdue",
)
CASE = ("hazard_no", "grid_name", "kind", "level", "stage", "unit", "reported_at", "due_eff_at", "handled_at")

ROWS: Mapping[str, tuple[Behind, ...]] = {
    "valid_round_rate": (
        Behind("应出车的社区日", patrols.round_days, DAY),
        Behind("其中达标", patrols.round_days, DAY, only=("round_state", "valid")),
    ),
    "waiting_grids": (
        Behind("超时网格", patrols.waiting_grids, ("grid_name", "last_visit_at", "unvisited_hours")),
    ),
    "visit_coverage_rate": (Behind("应走访", visits.due, CALL),),
    "evening_coverage_rate": (
        Behind("网格", patrols.dose_by_grid, ("grid_name", "evening_visit_count", "visit_count")),
    ),
    "loop_closed_rate": (
        Behind("到期", patrols.found_hazards, CASE, {"count": "loop_due"}),
        Behind("其中按期办结", patrols.found_hazards, CASE, {"count": "loop_answered"}),
    ),
}
