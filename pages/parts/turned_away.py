"""The rows of loaded files that were turned away: why, where they stand, and what must be mended."""

import pandas as pd
import streamlit as st

from data.intake.reasons import ADVICE
from pages.parts import freshness, labels, notices, tables
from pages.parts.ask import ask, street
from queries import data_status

COLUMNS = ("message", "heading", "cell_text", "source_row", "source_sheet", "file_name")
EVERY = "全部原因"


def show() -> None:
    """The reasons by number, then the rows, narrowed by reason and by any word in them."""
    scope = freshness.whole(street())
    by_reason = ask(data_status.rejected_by_reason, scope)
    if by_reason.empty:
        notices.quiet("没有被退回的行。")
        return
    tables.short(
        by_reason.head(8),
        ["ledger", "rejected_for", "heading", "rejected_count", "example"],
        empty="",
        said="退回原因",
    )
    with st.container(horizontal=True):
        reasons = {labels.said("rejected_for", code): code for code in by_reason["rejected_for"].unique()}
        reason = st.selectbox(
            labels.label("rejected_for"), [EVERY, *reasons], key="reason", bind="query-params", width=220
        )
        search = st.text_input(
            "查找", placeholder="文件名、栏目或内容", key="search", bind="query-params", width=260
        )
    rows = ask(data_status.rejected_rows, scope, rejected_for=reasons.get(reason, ""), search=search.strip())
    if rows.empty:
        notices.quiet("没有符合条件的行。")
        return
    tables.long(advised(rows), COLUMNS, key="rejected", title="被退回的行")


def advised(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with nothing but the advice in 怎么改: what is wrong and where has columns of its own."""
    return rows.assign(message=rows["rejected_for"].map(ADVICE).fillna(rows["message"]))
