"""人民建议: what became of them, by class and by subject, and how soon they were answered."""

import pandas as pd

from pages.parts import charts, exhibit, labels, tables, words
from pages.parts.ask import ask
from pages.parts.reports.clocks import lasted
from queries import Scope, reports

CLASSES = ("class_a_count", "class_b_count", "class_c_count", "class_d_count", "class_other_count")
RATE = ["adoption_rate", "adopted_count", "decided_suggestion_count"]
ANSWERED = ["on_time_reply_rate", "replied_on_time_count", "replied_with_limit_count"]


def classes(scope: Scope) -> None:
    """The decided ones by class; how many were adopted and how long a reply took."""
    rows = ask(reports.suggestions, scope)
    [told] = rows.to_dict("records")
    exhibit.show(
        "人民建议办成了什么",
        rows if told["decided_suggestion_count"] else rows.head(0),
        ["suggestion_count", *RATE, *CLASSES, *ANSWERED, "half_days", "ninth_decile_days"],
        "suggestions",
        _classes,
        reports.suggestions,
        empty=f"这段时间提出 {words.number(told['suggestion_count'])} 件建议，没有办理完的。",
        note=f"采纳率 {words.percent(told['adoption_rate'])}（"
        f"{words.part_of(told['adopted_count'], told['decided_suggestion_count'])}，分母是办理完的）；"
        f"{_answered(told['half_days'])}。",
    )


def by_kind(scope: Scope) -> None:
    """What is suggested and adopted, by subject."""
    exhibit.show(
        "建议说的是什么",
        ask(reports.suggestions_by_kind, scope),
        ["suggestion_kind", "suggestion_count", *RATE, *CLASSES[:4]],
        "suggestion_kinds",
        lambda rows: tables.short(
            rows,
            ["suggestion_kind", "suggestion_count", ("adoption_rate", *RATE[1:])],
            "没有建议。",
            "各类建议的采纳",
        ),
        reports.suggestions_by_kind,
        empty="这段时间没有建议。",
    )


def _answered(half_days: float | None) -> str:
    """How soon half of them were answered, where half were."""
    if words.is_missing(half_days):
        return "还没有半数答复"
    return f"提出后半数在 {lasted(half_days)}内答复"


def _classes(rows: pd.DataFrame) -> None:
    [told] = rows.to_dict("records")
    shown = [name for name in CLASSES if told[name] or name != CLASSES[-1]]
    charts.bars(
        [labels.label(name) for name in shown],
        [told[name] for name in shown],
        labels.term("suggestion_count"),
        "chart_suggestions",
        bases=["件"] * len(shown),
    )
