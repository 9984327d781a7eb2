"""Who owes what: the units with overdue cases, and the cases that have waited longest."""

import pandas as pd

from pages.parts import notices, places, tables, words
from pages.parts.ask import street

LISTED = 6
NO_UNIT = "未写责任单位"


def by_unit(owed: pd.DataFrame) -> None:
    """The units of `hazards.overdue_by_unit` that owe most, with how they kept the period's limits."""
    late = owed[owed["overdue_stock"] > 0]
    if len(late) > LISTED:
        rest = int(late["overdue_stock"].iloc[LISTED:].sum())
        notices.quiet(
            f"共 {len(late)} 个单位有超期，下面是最多的 {LISTED} 个，其余共 {words.number(rest)} 件。"
        )
    tables.short(
        late.head(LISTED).assign(unit=late["unit"].fillna(NO_UNIT)),
        [
            "unit",
            ("overdue_stock", "longest_overdue_days"),
            ("on_time_handling_rate", "handled_on_time", "need_to_handle"),
        ],
        "没有单位有超期的隐患。",
        "各责任单位的超期存量",
    )


def oldest(waiting: pd.DataFrame) -> None:
    """The cases of `hazards.oldest_open`."""
    named = places.called(waiting["grid_code"], street())
    tables.short(
        waiting.assign(grid_name=named, unit=waiting["unit"].fillna(NO_UNIT)),
        [("kind", "grid_name"), ("unit", "stage"), ("open_days", "overdue_days")],
        "没有在办的隐患。",
        "在办最久的隐患",
    )
