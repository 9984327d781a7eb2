"""Which files rows came from, in words."""

import pandas as pd

from data.warehouse import Snapshot
from pages.parts import freshness, words
from pages.parts.ask import ask
from queries import data_status

NAMED = 5


def told(rows: pd.DataFrame, street: Snapshot) -> str:
    """来源文件：《隐患台账.xlsx》 12 行 …; at most five files by name, those with most rows first."""
    if "batch_id" not in rows:
        return "由多本台账汇总。"
    names = ask(data_status.batches, freshness.whole(street)).set_index("batch_id")["file_name"]
    counts = rows["batch_id"].map(names).value_counts()
    named = "、".join(f"《{name}》{words.number(count)} 行" for name, count in counts.head(NAMED).items())
    more = f" 等 {len(counts)} 个文件" if len(counts) > NAMED else ""
    return f"来源文件：{named}{more}。"
