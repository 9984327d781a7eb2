"""数据状态: how old every ledger is, what was loaded, what was turned away and why, and the clerk's door."""

import streamlit as st

from pages.parts import freshness, loads, page, rights, tables, turned_away, upload
from pages.parts.ask import street

rights.need(rights.READ)
page.heading("数据状态", "数据有多新，该催哪本台账，哪些行被退回、为什么？")

st.subheader("各台账有多新", anchor=False)
tables.short(
    freshness.ages(street()),
    ["ledger", "is_behind", "age_days", "cadence_days", "newest_at", "last_loaded_at", "record_count"],
    empty="还没有任何台账。",
    said="各台账的新旧",
)

if upload.is_open():
    st.subheader("导入新文件", anchor=False)
    upload.show()

st.subheader("已导入的文件", anchor=False)
loads.show()

st.subheader("被退回的行", anchor=False)
turned_away.show()
