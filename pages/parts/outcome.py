"""What became of files: what each brings, and what was turned away, in which row and column, and why."""

import pandas as pd
import streamlit as st

from data.contract import ledgers
from data.intake.report import FileReport, Report
from pages.parts import tables, turned_away, words

COLUMNS = ("message", "heading", "cell_text", "source_row", "source_sheet")
NAMES = {"sheet": "source_sheet", "row": "source_row", "value": "cell_text", "reason": "rejected_for"}


def show(report: Report, is_loaded: bool) -> None:
    """One block a file. `is_loaded` tells a load that happened from a dry run that changed nothing."""
    if is_loaded and report.snapshot and not report.is_only_mended:
        st.success("已导入，所有页面现在显示新的数据。导错了可以在下面撤销。")
    for note in report.notes:
        st.info(words.literal(note))
    for number, file in enumerate(report.files):
        with st.container(border=True, key=f"outcome_{number}_{file.sha256[:8]}_{is_loaded}"):
            _file(file, is_loaded)


def _file(file: FileReport, is_loaded: bool) -> None:
    st.markdown(f"**{words.literal(file.path)}**")
    if file.file_reason:
        st.warning(words.literal(file.message))
        return
    brought = "、".join(f"{_title(table)} {words.number(count)} 条" for table, count in file.accepted.items())
    lead = "收下" if is_loaded else "可以收下"
    refused = f"，退回 {words.number(len(file.rejected))} 行" if file.rejected else "，没有退回"
    merged = f"，合并重复 {words.number(file.merged)} 行" if file.merged else ""
    st.write(f"{lead}{brought or ' 0 条'}{merged}{refused}。")
    for note in file.notes:
        st.caption(words.literal(note))
    if file.rejected:
        rows = pd.DataFrame([each.as_json() for each in file.rejected])
        rows = rows.rename(columns=NAMES)
        tables.long(
            turned_away.advised(rows),
            COLUMNS,
            key=f"outcome_{file.sha256[:12]}",
            title=f"退回的行-{file.path}",
        )


def _title(table: str) -> str:
    ledger = ledgers().get(table)
    return ledger.title if ledger else table
