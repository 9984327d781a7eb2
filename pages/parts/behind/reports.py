"""The rows behind the figures of 群众上报; who sent them is never shown."""

from collections.abc import Mapping

from pages.parts.behind.rows import Behind
from queries import reports

REPORT = (
    "report_no",
    "report_channel",
    "grid_name",
    "report_kind",
    "place",
    "unit",
    "reported_at",
    "dispatched_at",
    "handled_at",
    "feedback_at",
    "is_valid",
    "duplicate_of",
    "answer",
)
SUGGESTION = (
    "suggestion_no",
    "channel",
    "suggestion_kind",
    "title",
    "unit",
    "submitted_at",
    "replied_at",
    "result_class",
)


def _reports(part: str, count: str) -> Behind:
    return Behind(part, reports.report_rows, REPORT, {"count": count})


def _suggestions(part: str, count: str) -> Behind:
    return Behind(part, reports.suggestion_rows, SUGGESTION, {"count": count})


ROWS: Mapping[str, tuple[Behind, ...]] = {
    "report_count": (_reports("来件", "reported"),),
    "valid_report_rate": (_reports("已判定来件", "judged"), _reports("其中有效", "valid")),
    "duplicate_report_rate": (_reports("重复来件", "duplicate"),),
    "dispatch_hours": (_reports("要派单的来件", "to_dispatch"),),
    "handling_days": (_reports("本期派单的来件", "dispatched"),),
    "feedback_rate": (_reports("应反馈来件", "to_answer"), _reports("其中已反馈", "answered")),
    "satisfaction_rate": (
        _reports("有效回访的来件", "called_back"),
        _suggestions("有效回访的建议", "called_back"),
    ),
    "effective_call_back_rate": (
        _reports("应回访的来件", "to_call_back"),
        _suggestions("应回访的建议", "to_call_back"),
    ),
    "adoption_rate": (_suggestions("已办理建议", "decided"), _suggestions("其中采纳", "adopted")),
}
