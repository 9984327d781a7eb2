"""By which rule the colours are given, in one line: its version, 试行, or why it does not apply yet."""

import html

import streamlit as st

from pages.parts import words
from pages.parts.ask import ask
from queries import Scope, three_colour

TRIAL = '<b class="trial">试行</b>'


def show(scope: Scope, scheme: str) -> None:
    """规则版本 2026-12-01 试行, 指纹 1a2b3c4d; or that the ledger of ratings stands in for it."""
    rules = ask(three_colour.rules_in_force, scope)
    rule = rules[rules["scheme"] == scheme].iloc[0]
    trial = TRIAL if rule["is_trial"] else f"批准 {html.escape(str(rule['approved_by']))}"
    version = (
        f"规则 {html.escape(rule['rule_version'])}（{html.escape(rule['rule_mark'])}）{trial}，"
        f"绿 ≥ {words.number(rule['green_floor'])} 分，黄 ≥ {words.number(rule['yellow_floor'])} 分"
    )
    told = (
        f"颜色按{version}。"
        if rule["colour_basis"] == "rule"
        else f"颜色取自三色评定台账：规则要看的台账还没有齐，不按规则算（{version}）。"
    )
    st.html(f'<p class="quiet">{told}颜色只作内部管理参考，走访是服务，不是行政检查。</p>')
