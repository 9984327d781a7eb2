"""Kinds, grids, communities or units compared: how long their cases last, and who keeps the limits."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pages.parts import charts, exhibit, labels, notices, page, places, tables, words
from pages.parts.ask import ask, street
from pages.parts.charts import Limits
from pages.parts.hazards.kinds import KIND
from queries import Scope, handling

WEEKS = 13
LEAST, ENDS = 30, 3
FLAGGED = ("named", "attention")
BY, GRID = "by", "grid"
NOUNS = {"unit": "单位", "kind": "类别", "community": "社区", "grid": "网格"}
CURVES = [
    "group_name",
    "case_count",
    "still_open_count",
    "still_open_rate",
    "median_days",
    "third_quartile_days",
]
RATES = [
    "group_name",
    "worst_no",
    "on_time_handling_rate",
    "handled_on_time",
    "need_to_handle",
    "on_time_handling_rate_low",
    "on_time_handling_rate_high",
    "expected_rate",
    "standing",
    "overdue_stock",
]


def chosen() -> str:
    """By what the cases are told apart, kept in the link."""
    return page.one_of(BY, tuple(NOUNS), lambda by: f"按{NOUNS[by]}")


def curves(scope: Scope, by: str, kind: str) -> None:
    """The share still open so many days after filing, at most five groups and all others."""
    covered = scope.reaching(WEEKS)
    rows = _called(ask(handling.time_to_close_by, covered, by=by, kind=kind), by)
    exhibit.show(
        "立案后多久销号",
        rows,
        [*CURVES, "since_filing_days", "share_open"],
        "curves",
        lambda told: _curves(told, by),
        handling.time_to_close_by,
        {"by": by, "kind": kind},
        empty="这段时间没有立案。",
        note=f"近 {WEEKS} 周立案的，还没销号的也计在内；不满 {LEAST} 件的{NOUNS[by]}并入其他。",
        scope=covered,
    )


def standings(scope: Scope, by: str, kind: str) -> None:
    """The on-time rates over what they were counted from, with the limits of chance, and as a table."""
    covered = scope.reaching(WEEKS)
    rows = _called(ask(handling.standings, covered, by=by, kind=kind), by)
    few = rows[~rows["is_rankable"]]
    left_out = f"{len(few)} 个{NOUNS[by]}不满 {LEAST} 件，不排。" if len(few) else ""
    exhibit.show(
        "谁不按期，是不是碰巧",
        rows[rows["is_rankable"]],
        RATES,
        "standings",
        lambda told: _standings(told, by),
        handling.standings,
        {"by": by, "kind": kind},
        empty=f"近 {WEEKS} 周没有哪个{NOUNS[by]}应处置满 {LEAST} 件，不排名。",
        note=f"近 {WEEKS} 周到期的按期处置率。虚线内的高低可能是碰巧；区间整个低于整体才提示：95% 关注，"
        f"99.8% 点名。{left_out}",
        scope=covered,
    )


def _called(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The groups by the names people use; grids by their label."""
    names = places.called(rows["group_name"], street()) if by == GRID else rows["group_name"]
    unnamed = f"未写{NOUNS[by]}"
    if "group_count" not in rows:
        return rows.assign(group_name=names.fillna(unnamed))
    merged = [f"其他 {count} 个{NOUNS[by]}" if count else unnamed for count in rows["group_count"]]
    return rows.assign(group_name=names.where(names.notna(), pd.Series(merged, rows.index)))


def _curves(rows: pd.DataFrame, by: str) -> None:
    drawn: dict[str, tuple[list[float], list[float | None]]] = {}
    ends: list[Mapping[Any, Any]] = []
    for _, curve in rows.groupby("group_no"):
        end = curve.iloc[-1].to_dict()
        if end["case_count"] < LEAST:
            notices.quiet(f"{end['group_name']}共 {words.number(end['case_count'])} 件，太少，不画。")
            continue
        drawn[end["group_name"]] = (curve["since_filing_days"].tolist(), curve["share_open"].tolist())
        ends.append(end)
    if not drawn:
        return
    charts.steps(drawn, labels.term("share_open"), "chart_curves")
    tables.short(
        pd.DataFrame(ends),
        [
            "group_name",
            ("median_days", "third_quartile_days"),
            ("still_open_rate", "still_open_count", "case_count"),
        ],
        "没有曲线。",
        "各组的结案天数和未结占比",
    )


def _standings(rows: pd.DataFrame, by: str) -> None:
    rate = float(rows["street_rate"].iloc[0])
    charts.funnel(
        rows["group_name"].tolist(),
        rows["need_to_handle"].tolist(),
        rows["on_time_handling_rate"].tolist(),
        rate,
        _limits(rate, int(rows["need_to_handle"].max())),
        labels.term("on_time_handling_rate"),
        "chart_standings",
        named=rows.loc[rows["standing"].isin(FLAGGED), "group_name"].tolist(),
        chooses=KIND if by == "kind" else "",
    )
    place = pd.Series(range(len(rows)), rows.index)
    is_listed = (place < ENDS) | (place >= len(rows) - ENDS) | rows["standing"].isin(FLAGGED)
    tables.short(
        rows[is_listed],
        [
            ("group_name", "worst_no"),
            ("on_time_handling_rate", "handled_on_time", "need_to_handle"),
            ("on_time_handling_rate_low", "on_time_handling_rate_high"),
            ("standing", "expected_rate"),
        ],
        "没有可排的。",
        f"按期处置率最低和最高的{NOUNS[by]}",
    )


def _limits(rate: float, largest: int) -> list[Limits]:
    """How far chance alone carries a rate that is the street's, for every size up to the largest."""
    sizes = [float(size) for size in range(LEAST, max(largest, LEAST + 1) + 1, max(largest // 60, 1))]
    found = []
    for name, z in (("95%", 1.96), ("99.8%", 3.09)):
        reach = [z * (rate * (1 - rate) / size) ** 0.5 for size in sizes]
        found.append(
            Limits(
                name,
                sizes,
                [max(rate - each, 0.0) for each in reach],
                [min(rate + each, 1.0) for each in reach],
            )
        )
    return found
