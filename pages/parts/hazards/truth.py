"""Whether closings hold and hazards are found early: recurrence, sleeping cases, first response, sources."""

import pandas as pd

from pages.parts import charts, exhibit, labels, notices, page, words
from pages.parts.ask import ask
from pages.parts.charts import Series
from pages.parts.hazards import strip
from queries import Scope, handling, hazards

WEEKS, WEEKS_OF_PLACES = 52, 13


def soundness(scope: Scope, kind: str) -> None:
    """The figures that say whether a closing is one, in a strip."""
    exhibit.show(
        "销得真不真",
        ask(handling.soundness, scope, kind=kind),
        ["figure", "value", "numerator", "denominator", "value_before"],
        "soundness",
        lambda rows: strip.show(rows, page.compared_with(scope)),
        handling.soundness,
        {"kind": kind},
        note="复发率只看观察期在本期满了的销号；90 天要同场所、同部位、同类，30 天只要同场所、同类。",
    )


def recurrence(scope: Scope, kind: str) -> None:
    """The share that came back within 90 days, by the month of closing; what is still watched is said."""
    covered = scope.reaching(WEEKS)
    rows = ask(handling.recurrence, covered, kind=kind)
    watched = rows[rows["is_still_watched"]]
    waiting = int((watched["closed_with_place"] - watched["followed"]).sum())
    exhibit.show(
        "销号后 90 天又犯",
        rows if rows["followed"].sum() else rows.head(0),
        ["month_on", "recurrence_rate", "recurred", "followed", "closed_with_place", "is_still_watched"],
        "recurrence",
        _months,
        handling.recurrence,
        {"kind": kind},
        empty="还没有观察满 90 天、写明场所的销号。",
        note="按销号的月份"
        + (f"；近 90 天销号的 {words.number(waiting)} 件观察中，不进分母。" if waiting else "。"),
        scope=covered,
    )


def sources(scope: Scope, kind: str) -> None:
    """How the cases filed in the period were found, and how much stands in few grids."""
    rows = ask(hazards.by_source, scope, kind=kind)
    exhibit.show(
        "怎么发现的",
        rows[rows["filed"] > 0],
        ["source", "filed", "filed_share_rate", "is_found_actively"],
        "sources",
        _sources,
        hazards.by_source,
        {"kind": kind},
        empty="这段时间没有立案。",
        note="巡查、自查、互查、随手拍、移动网格员是主动发现；热线、上级交办不是；其余不计。",
    )
    [most] = ask(hazards.concentration, scope.reaching(WEEKS_OF_PLACES), kind=kind).to_dict("records")
    if most["filed_in_grids"]:
        notices.quiet(
            f"集中度：近 {WEEKS_OF_PLACES} 周立案最多的 {most['top_grid_count']} 个网格（五分之一）占 "
            f"{words.percent(most['top_fifth_rate'])}（"
            f"{words.part_of(most['filed_in_top_grids'], most['filed_in_grids'])}）。"
        )


def _months(rows: pd.DataFrame) -> None:
    known = rows[rows["followed"] > 0]
    months = [f"{at:%y}年{at.month}月" for at in known["month_on"]]
    bases = [words.part_of(*pair) for pair in known[["recurred", "followed"]].itertuples(index=False)]
    said = [f"{month} {base}" for month, base in zip(months, bases, strict=True)]
    term = labels.term("recurrence_rate")
    charts.lines(
        [Series(term.label, months, known["recurrence_rate"].tolist(), said)], term, "chart_recurrence"
    )


def _sources(rows: pd.DataFrame) -> None:
    charts.bars(
        [labels.said("source", source) for source in rows["source"]],
        rows["filed"].tolist(),
        labels.term("filed"),
        "chart_sources",
        bases=[f"件，{words.percent(share)}" for share in rows["filed_share_rate"]],
    )
