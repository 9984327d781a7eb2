"""What was missed and what is about to be: grids that wait too long, intervals that run out by tomorrow."""

import pandas as pd

from pages.parts import exhibit, labels, proof, tables, words
from pages.parts.ask import ask
from queries import Scope, patrols

LISTED = 8
WAITING = ["grid_name", "last_visit_at", "unvisited_hours"]
TOMORROW = ["gap_kind", "name", "grid_name", "colour", "last_visit_at", "runs_out_at"]


def waiting(scope: Scope) -> None:
    """The grids nobody has been to for longer than the rule allows."""
    [all_grids] = ask(patrols.waiting, scope).to_dict("records")
    rows = proof.placed(ask(patrols.waiting_grids, scope))
    waits = (
        f"各网格距上次巡查中位数 {words.number(all_grids['median_unvisited_hours'])} 小时，"
        f"最长 {words.number(all_grids['longest_unvisited_hours'])} 小时，"
        if all_grids["never_visited_grids"] < all_grids["grid_count"]
        else ""
    )
    exhibit.show(
        "超时没人去的网格",
        rows,
        WAITING,
        "waiting",
        lambda told: tables.first(told, LISTED, "个网格", WAITING, "", "超时没人去的网格"),
        patrols.waiting_grids,
        empty="没有网格等得太久。" if all_grids["waiting_grids"] == 0 else "还没有巡查记录，说不出等了多久。",
        note=f"超过 {words.number(all_grids['grid_interval_hours'])} 小时算超时；{waits}"
        f"从未巡查的 {words.number(all_grids['never_visited_grids'])} 个。",
    )


def tomorrow(scope: Scope) -> None:
    """Who is in time today and will not be by tomorrow night: some grids, some subjects, red first."""
    [all_grids] = ask(patrols.waiting, scope).to_dict("records")
    has_visits = all_grids["never_visited_grids"] < all_grids["grid_count"]
    rows = proof.placed(ask(patrols.gaps_tomorrow, scope))
    counts = rows["gap_kind"].value_counts()
    told = "，".join(f"{labels.said('gap_kind', str(kind))} {count}" for kind, count in counts.items())
    exhibit.show(
        "明天要断档的",
        rows,
        TOMORROW,
        "tomorrow",
        _both,
        patrols.gaps_tomorrow,
        empty="到明天夜里，没有网格、企业或商户会超过间隔。"
        if has_visits
        else "还没有巡查记录，说不出明天哪里要断档。",
        note=f"现在还没超，明天不去就超过间隔：{told}。" if told else "",
    )


def _both(rows: pd.DataFrame) -> None:
    is_grid = rows["gap_kind"] == "grid"
    grids = rows[is_grid].assign(name=rows["grid_name"], grid_name=None)
    first = max(LISTED // 2, LISTED - int((~is_grid).sum()))
    shown = pd.concat([grids.head(first), rows[~is_grid].head(LISTED - min(first, len(grids)))])
    tables.short(
        shown.assign(gap_name=shown["name"]),
        [("gap_name", "grid_name"), ("gap_kind", "colour"), "runs_out_at"],
        "",
        "明天要断档的网格、企业和商户",
    )
    tables.rest(len(rows), LISTED, "个")
