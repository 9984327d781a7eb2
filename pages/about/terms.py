"""指标说明: every measure as it is worked out, straight from the glossary."""

import streamlit as st

from pages.parts import page, rights, terms

rights.need(rights.READ)
page.heading("指标说明", "每个数是怎么算的，分子分母是什么，往哪边走是好？")
terms.show(
    st.text_input("查找指标", placeholder="如 按期、超期、红色", key="term", bind="query-params", width=320)
)
