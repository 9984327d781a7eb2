"""重点: who needs something done: the red ones first, then one further list at a time."""

from collections.abc import Callable, Mapping

from pages.parts import exhibit, page, proof, tables
from pages.parts.ask import ask
from pages.parts.firms import choice, roll
from queries import Scope, colour_history, three_colour, visits

RED = ["name", "grid_name", "red_days", "reason", "release", "responsible_post", "is_stale"]
LISTS = ("edge", "visits", "rebound", "conflicts", "differently", "overrides")
TITLES = {
    "edge": "临界",
    "visits": "超期未走访",
    "rebound": "转绿后反弹",
    "conflicts": "矛盾",
    "differently": "与评定不同",
    "overrides": "人工调整",
}


def show(scope: Scope, scheme: str) -> None:
    """The red list, and below it one further list at a time."""
    red(scope, scheme)
    listed = page.one_of("watch", LISTS, TITLES.__getitem__)
    SHOWN[listed](scope, scheme)


def red(scope: Scope, scheme: str) -> None:
    """Everyone red, the longest first; a row opens its card."""
    roll.show(
        f"红色{choice.narrowed(scheme)}",
        three_colour.red_list,
        {"scheme": scheme},
        RED,
        "red",
        scope,
        empty="现在没有红的。",
        note="红得最久的在前；点一行看它的卡片：为什么、怎么转绿。",
    )


def _edge(scope: Scope, scheme: str) -> None:
    roll.show(
        "差一步就降级",
        three_colour.near_edge,
        {"scheme": scheme},
        ["name", "grid_name", "colour", "edge_kind", "edge_what", "points_above_floor", "edge_on", "score"],
        "edge",
        scope,
        empty="没有临界的。",
        note="得分：再多一处普通扣分（不含一票否决、封顶）就降一级。期限：绿户有隐患一周内到期，超期就不能评绿。",
    )


def _visits(scope: Scope, scheme: str) -> None:
    values = {"scheme": scheme}
    listed = proof.placed(ask(visits.overdue, scope, **values))
    columns = ["name", "grid_name", "colour", "interval_days", "last_visit_at", "visit_overdue_days"]
    exhibit.show(
        "超期未走访",
        listed,
        columns,
        "firm_visits",
        lambda told: tables.long(told, columns, "firm_visits", "超期未走访", (proof.as_of(scope, values),)),
        visits.overdue,
        values,
        empty="没有到期而未走访的。",
        note="走访间隔随颜色，见规则；红的在前。是服务走访，不是行政检查。",
    )


def _rebound(scope: Scope, scheme: str) -> None:
    roll.show(
        "转绿后 60 天内又变黄、变红",
        colour_history.rebound_list,
        {"scheme": scheme},
        ["name", "grid_name", "turned_green_on", "rebound_on", "rebound_colour", "rebound_days", "colour"],
        "rebound",
        scope,
        empty="这段时间没有反弹。",
        note="反弹日期在所选时段里。",
    )


def _conflicts(scope: Scope, scheme: str) -> None:
    roll.show(
        "两套说法不一致",
        three_colour.conflicts,
        {},
        ["name", "grid_name", "conflict_kind", "green_scheme", "red_scheme", "inherent_risk", "reason",
         "responsible_post"],
        "conflicts",
        scope,
        empty="没有矛盾。",
        note="同一主体在一套体系里绿、另一套里红；或固有风险为红（四色，另一把尺子）而三色为绿。两套体系各列，不合并。",
    )  # fmt: skip


def _differently(scope: Scope, scheme: str) -> None:
    roll.show(
        "会议评定与规则不同",
        three_colour.rated_differently,
        {"scheme": scheme},
        ["name", "grid_name", "colour", "rated_colour", "rated_colour_on", "rated_reason", "score", "reason"],
        "differently",
        scope,
        empty="评定台账与规则没有不同。",
        note="评定台账（会议定的）与规则算出的各自保留，不互相覆盖。",
    )


def _overrides(scope: Scope, scheme: str) -> None:
    roll.show(
        "人工调整（在期）",
        three_colour.overrides,
        {"scheme": scheme},
        ["name", "grid_name", "colour", "colour_by_rule", "override_from_on", "override_until_on",
         "override_left_days", "override_reason"],
        "overrides",
        scope,
        empty="没有在期的人工调整。",
        note="须两人、有理由、最长 30 天；到期自动回到规则的颜色。",
    )  # fmt: skip


SHOWN: Mapping[str, Callable[[Scope, str], None]] = {
    "edge": _edge,
    "visits": _visits,
    "rebound": _rebound,
    "conflicts": _conflicts,
    "differently": _differently,
    "overrides": _overrides,
}
