"""The 小红车 rounds against the rule: who went out, with how many, for how long."""

import pandas as pd

from pages.parts import charts, exhibit, labels, page, tables, theme, words
from pages.parts.ask import ask
from pages.parts.patrols import shares
from queries import Scope, patrols

STATES = ("valid", "too_short", "too_few", "both", "none", "unknown", "unreported")
SHORTEST_WEEKS, LISTED = 4, 8
ROUNDS = "车次合不合规定"
DAY = ["patrolled_on", "community", "round_state", "round_count", "crew_size", "round_minutes", "visit_count"]
RATES = (
    ("round_out_rate", "out_round_days", "required_round_days"),
    ("crew_met_rate", "crew_met_rounds", "crew_known_rounds"),
    ("long_round_rate", "long_rounds", "timed_rounds"),
    ("empty_round_rate", "empty_rounds", "noted_rounds"),
)


def by_day(scope: Scope) -> None:
    """The owed days, each with its communities by what came of their round."""
    covered = scope.reaching(SHORTEST_WEEKS)
    exhibit.show(
        "每天出车",
        ask(patrols.round_states, covered),
        ["patrolled_on", "round_state", "round_days"],
        "round_states",
        _stacked,
        patrols.round_states,
        empty="这段时间没有应出车的日子。",
        note=f"每个社区每个应出车日一车，傍晚以后才算到期；{page.period(covered)}。",
        scope=covered,
    )


def rates(scope: Scope) -> None:
    """Crew, time and empty rounds, each with what it was counted from."""
    rows = ask(patrols.round_measures, scope)
    [told] = rows.to_dict("records")
    exhibit.show(
        ROUNDS,
        rows if told["required_round_days"] or told["round_count"] else rows.head(0),
        [*shares.columns(RATES), "round_count", "contacts_per_round"],
        "round_measures",
        lambda _: shares.bars(told, RATES, ROUNDS, "chart_round_measures"),
        patrols.round_measures,
        empty="这段时间没有车次。",
        note=f"{words.number(told['round_count'])} 个车次，平均每车服务 "
        f"{words.number(told['contacts_per_round'])} 人次。一个社区一天一个半天算一个车次；"
        "姓名不入库，分不出干部和网格员，只按人数。",
    )


def missed(scope: Scope) -> None:
    """The communities whose newest owed round was wanting, by name of the community, never of a person."""
    rows = ask(patrols.round_days, scope)
    newest = rows[rows["patrolled_on"] == rows["patrolled_on"].max()]
    wanting = newest[newest["round_state"] != "valid"]
    day = words.day(newest["patrolled_on"].iloc[0].date()) if len(newest) else ""
    exhibit.show(
        f"{day}没出够车的社区" if day else "没出够车的社区",
        wanting,
        DAY,
        "missed",
        _missed,
        patrols.round_days,
        empty=f"{day}各社区都出够了车。" if day else "这段时间没有应出车的日子。",
        note=f"最近一个应出车日，{len(newest)} 个社区中达标 {len(newest) - len(wanting)} 个。" if day else "",
    )


def _missed(rows: pd.DataFrame) -> None:
    tables.first(
        rows,
        LISTED,
        "个社区",
        ["community", "round_state", ("round_minutes", "crew_size", "visit_count")],
        "",
        "最近一个应出车日没出够车的社区",
    )


def _stacked(rows: pd.DataFrame) -> None:
    counts = rows.pivot(index="patrolled_on", columns="round_state", values="round_days").fillna(0)
    shown = [state for state in STATES if state in counts]
    charts.stacked(
        [day.date() for day in counts.index],
        {labels.said("round_state", state): counts[state].tolist() for state in shown},
        labels.term("round_days"),
        "chart_round_states",
        {labels.said("round_state", state): fill for state, fill in _fills().items()},
    )


def _fills() -> dict[str, str]:
    """Every state always in the same colour, whichever others occur; what nobody told is grey."""
    told = dict(zip(STATES, theme.palette(), strict=False))
    return told | dict.fromkeys(("unknown", "unreported"), theme.UNREPORTED)
