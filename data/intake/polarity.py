"""Refuses colours of which nobody has said whether red is the worst or, as with flags and lists, the best."""

import re

from data.cleaning.values import tidy
from data.contract import Field
from data.intake.work import Work
from data.trouble import FileRefused

# 红旗 and 红榜 praise in some places; 红码, 红牌 and 红色 warn everywhere.
FLAG_OR_LIST = re.compile("[红紅绿綠黄黃蓝藍白黑]色?[旗榜]")
IN_HEADING = re.compile("[旗榜]")
MOST_NAMED = 4


def confirm(work: Work) -> None:
    """Raises FileRefused("polarity_unconfirmed") where a colour is a flag or a list and no template tells it.

    Only ledgers whose colours have a `polarity` are looked at.
    """
    ledger, header = work.reader.ledger, work.reader.header
    if "polarity" in header.columns or all(each.name != "polarity" for each in ledger.fields):
        return
    for index in header.columns.get("colour", ()):
        seen = [text for text in (header.whole_heading(index),) if IN_HEADING.search(text)]
        cells = (tidy(text).replace(" ", "") for text in work.block[f"c{index}"].unique().to_pylist())
        seen += sorted({cell for cell in cells if FLAG_OR_LIST.search(cell)})
        if seen:
            raise _refused(ledger.field("colour"), header.heading(index), seen)


def _refused(colour: Field, heading: str, seen: list[str]) -> FileRefused:
    more = "等" if len(seen) > MOST_NAMED else ""
    named = "、".join(f"「{text[:20]}」" for text in seen[:MOST_NAMED]) + more
    return FileRefused(
        "polarity_unconfirmed",
        f"{colour.label}一栏（列名「{heading}」）写有{named}：有的地方红旗、红榜是最好的一档，"
        "与红为最差的三色正好相反，这里不猜。请核对后任选一种办法：确认红为最好的，"
        "在命令行加 --template red_flag_is_best 装载；不是的，把这一列连同列名改写成绿、黄、红（红为最差）。",
    )
