"""How old the data is, on every page and by the minute, even while the page merely stays open."""

import html
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from data import settings
from data.contract import ledgers
from data.warehouse import Snapshot
from pages.parts import ask, notices, words
from queries import Scope, data_status


def whole(street: Snapshot, as_at: datetime | None = None) -> Scope:
    """The snapshot's day alone, for what the filters do not touch: places, loads, the age of the data."""
    today = street.as_at.date()
    return Scope(today, today + timedelta(days=1), as_at=as_at)


def ages(street: Snapshot) -> pd.DataFrame:
    """`data_status.ages` by the clock, not by the snapshot's day: data ages while nobody loads any."""
    hour = settings.now().replace(minute=0, second=0)
    return ask.ask(data_status.ages, whole(street, max(hour, street.built_at)))


def is_demo(street: Snapshot) -> bool:
    """Whether invented data is in what is shown."""
    return bool(ask.ask(data_status.batches, whole(street))["is_demo"].any())


@st.fragment(run_every=timedelta(minutes=1))
@notices.calmly
def line() -> None:
    """演示数据, 数据截至, and the ledger due next, with 可能过期 where any is older than it should be."""
    street = ask.street()
    st.html(f'<p class="asof">{as_of(street)}{oldest(street)}</p>')


def as_of(street: Snapshot) -> str:
    """演示数据 and 数据截至, as HTML."""
    known = ages(street)
    demo = '<span class="mark demo">演示数据</span>' if is_demo(street) else ""
    newest = known["newest_at"].dropna()
    if newest.empty:
        return f"{demo}<span>还没有业务数据</span>"
    reach = words.moment(min(newest.max().to_pydatetime(), street.as_at), settings.today())
    return f"{demo}<span>数据截至 <strong>{reach}</strong></span>"


def oldest(street: Snapshot) -> str:
    """The ledger furthest through its cadence and how many are past it, as HTML; empty without any data."""
    known = ages(street)
    known = known[known["record_count"] > 0]
    if known.empty:
        return ""
    first = known.iloc[0]
    title = html.escape(ledgers()[first["ledger"]].title)
    days = int(first["age_days"])
    age = f"最新一条 {days} 天前" if days else "今天有新记录"
    behind = int(known["is_behind"].sum())
    stale = f'<span class="mark stale">▲ 可能过期：{behind} 类台账</span>' if behind else ""
    lead = "最该催" if behind else "下一个该报"
    return f"<span>{lead}：{title}，{age}，应 {int(first['cadence_days'])} 天一报</span>{stale}"
