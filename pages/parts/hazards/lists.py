"""The cases themselves: major hazards one by one, and the lists of what waits, sleeps or came back."""

from collections.abc import Mapping
from typing import Any

from pages.parts import page, proof
from pages.parts.ask import Question, ask
from pages.parts.hazards import cases
from queries import Scope, handling, hazards

LISTED = 200
SETTLED = ["is_owner_settled", "is_measure_settled", "is_fund_settled", "is_limit_settled", "is_plan_settled"]
MAJOR = [
    "hazard_no",
    "grid_name",
    "place",
    "kind",
    "unit",
    "stage",
    "open_days",
    "is_overdue",
    "settled_count",
    *SETTLED,
]
WAITING = ["hazard_no", "grid_name", "place", "kind", "level", "unit", "stage", "filed_at", "due_eff_at"]
Listed = tuple[str, Question, Mapping[str, Any], list[str], str]
LISTS: Mapping[str, Listed] = {
    "oldest": (
        "最久未销",
        hazards.oldest_open,
        {"rows": LISTED},
        [*WAITING, "open_days", "overdue_days", "is_suspended"],
        "没有在办的隐患。",
    ),
    "overdue": (
        "超期",
        hazards.cases,
        {"count": "overdue_stock", "rows": 5000},
        WAITING,
        "没有超期的隐患。",
    ),
    "sleeping": (
        "睡眠件",
        handling.sleeping,
        {"rows": LISTED},
        [*WAITING, "last_step_at", "asleep_days", "is_suspended"],
        "没有超过 14 天没有动作的隐患。",
    ),
    "recurred": (
        "90 天内又犯",
        handling.recurred,
        {"rows": LISTED},
        ["hazard_no", "recurred_no", "grid_name", "place", "part", "kind", "unit", "closed_at", "recurred_at",
         "back_after_days"],
        "这段时间没有复发。",
    ),
}  # fmt: skip


def major(scope: Scope, kind: str) -> None:
    """Every open major hazard with the five things that must be settled; never a rate."""
    cases.show(
        "重大隐患",
        proof.placed(ask(hazards.major_open, scope, kind=kind)),
        MAJOR,
        "major",
        hazards.major_open,
        {"kind": kind},
        scope,
        empty="没有在办的重大隐患。",
        note="五落实：责任、措施、资金、时限、预案。点一行看这一件。",
    )


def waiting(scope: Scope, kind: str) -> None:
    """One list at a time; a row opens its case."""
    listed = page.one_of("list", tuple(LISTS), lambda name: LISTS[name][0])
    title, question, values, columns, empty = LISTS[listed]
    asked = {**values, "kind": kind}
    cases.show(
        title,
        proof.placed(ask(question, scope, **asked)),
        columns,
        f"list_{listed}",
        question,
        asked,
        scope,
        empty=empty,
        note=f"最多列 {values['rows']} 件，点一行看这一件。",
    )
