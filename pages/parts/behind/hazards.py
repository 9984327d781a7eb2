"""The rows behind the figures of 隐患销号."""

from collections.abc import Mapping

from pages.parts.behind.overview import CASE
from pages.parts.behind.rows import Behind
from queries import hazards


def _cases(part: str, count: str) -> Behind:
    return Behind(part, hazards.cases, CASE, {"count": count})


DUE = _cases("应处置", "need_to_handle")

ROWS: Mapping[str, tuple[Behind, ...]] = {
    "on_time_handling_rate_first": (DUE, _cases("其中首次处置按期", "handled_on_time_first")),
    "closing_rate": (DUE, _cases("其中已结案", "closed_of_due")),
    "open_stock": (_cases("期末在办", "open_stock"), _cases("其中重大", "major_open")),
    "rework_rate": (DUE, _cases("其中返工", "reworked")),
    "extension_rate": (_cases("原期限到期", "due_by_first_limit"), _cases("其中延期", "extended")),
    "open_suspended": (_cases("挂账在办", "open_suspended"),),
    "void_rate": (_cases("新增", "entered"), _cases("其中作废", "voided_of_entered")),
}
