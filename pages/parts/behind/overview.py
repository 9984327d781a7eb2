"""The rows behind the figures of 今日态势."""

from collections.abc import Mapping

from pages.parts import turned_away
from pages.parts.behind.rows import Behind
from queries import data_status, hazards, patrols, three_colour

CASE = (
    "hazard_no",
    "grid_name",
    "kind",
    "level",
    "stage",
    "unit",
    "filed_at",
    "due_eff_at",
    "handled_at",
    "closed_at",
)
RED = ("name", "community", "rated_on", "red_since_on", "red_days", "reason")
VISITS = ("grid_name", "is_covered", "visit_count", "last_visit_at")

ROWS: Mapping[str, tuple[Behind, ...]] = {
    "overdue_stock": (Behind("超期", hazards.cases, CASE, {"count": "overdue_stock"}),),
    "on_time_handling_rate": (
        Behind("应处置", hazards.cases, CASE, {"count": "need_to_handle"}),
        Behind("其中按期处置", hazards.cases, CASE, {"count": "handled_on_time"}),
    ),
    "net_closing": (
        Behind("销号", hazards.cases, CASE, {"count": "closed"}),
        Behind("新增", hazards.cases, CASE, {"count": "entered"}),
    ),
    "patrol_coverage_rate": (Behind("网格", patrols.visits_by_grid, VISITS),),
    "red_enterprises": (Behind("红色企业", three_colour.red_list, RED, only=("scheme", "enterprise")),),
    "red_shops": (Behind("红色商户", three_colour.red_list, RED, only=("scheme", "shop")),),
    "rejected_row_rate": (
        Behind(
            "退回的行",
            data_status.rejected_rows,
            turned_away.COLUMNS,
            {"loaded": "in_period", "rows": 50_000},
        ),
    ),
}
