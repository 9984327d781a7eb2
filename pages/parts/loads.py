"""The files loaded so far, and taking back the last load."""

import streamlit as st

from pages.parts import ask, freshness, tables, upload, words
from queries import data_status

COLUMNS = (
    "loaded_at",
    "file_name",
    "ledger",
    "accepted_count",
    "merged_count",
    "rejected_count",
    "rejected_row_rate",
    "notes",
)


def show() -> None:
    """Every file, the newest first, and the way to take back the last load where the server allows it."""
    street = ask.street()
    loaded = ask.ask(data_status.batches, freshness.whole(street))
    tables.long(loaded, COLUMNS, key="batches", title="已导入的文件")
    if upload.is_open() and len(loaded):
        _undo(list(loaded[loaded["load_id"] == loaded["load_id"].iloc[0]]["file_name"]))


def _undo(last: list[str]) -> None:
    with st.popover("撤销上次导入"):
        names = "、".join(f"《{words.literal(name)}》" for name in last[:5])
        st.write(f"将收回 {len(last)} 个文件：{names}{' 等' if len(last) > 5 else ''}。更早的数据不受影响。")
        if st.button("确认撤销", type="primary", key="undo"):
            undone = ask.warehouse().undo()
            st.toast(f"已撤销 {len(undone.file_names)} 个文件的导入。")
            st.rerun()
